"""The guide of words: read by everybody, asked for by the browser while somebody writes, kept by the village."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.vision import ours
from kring.vision.models import Counts
from kring.vision.usecases import kept, word_hints
from kring.web.doors import door
from kring.web.vision.around import around, keeper
from kring.web.vision.forms import NewWordForm, WordForm, fresh_key

A_WHILE = 300


@door("public", page="words")
def guide(request: HttpRequest) -> TemplateResponse:
    """Words that help, for everybody; who keeps them changes them here."""
    here = around(request)
    lines = word_hints.guide(here.village, here.language)
    shown = [line for line in lines if here.keeps or line.on]
    return TemplateResponse(request, "vision/words.html", {**here.context, "lines": shown})


@require_GET
@door("public", page="words")
def listed(request: HttpRequest, language: str) -> HttpResponse:
    """The guide as the browser takes it when somebody begins to write. It says nothing back, ever."""
    if language not in ours.LANGUAGES:
        raise Http404
    told = json.dumps(word_hints.hints(around(request).village, language), ensure_ascii=False)
    tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'
    same = request.headers.get("If-None-Match") == tag
    answer = HttpResponse(status=304) if same else HttpResponse(told, content_type="application/json")
    answer["ETag"], answer["Cache-Control"] = tag, f"private, max-age={A_WHILE}"
    patch_vary_headers(answer, ["Cookie"])
    return answer


@door("second-factor", page="words")
def new_word(request: HttpRequest) -> HttpResponse:
    """The village adds a word of its own."""
    keeper(request)
    here = around(request)
    form = NewWordForm(request.POST or None, initial={"key": fresh_key()})
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        key = told.pop("key").hex
        if _written(request, form, here.language, key, word_hints.HintWords(**told)):
            return _to_guide(here.language, key)
    return _page(request, form, title=_("Add a word"))


@door("second-factor", page="words")
def change_word(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """The village says one word in its own way."""
    viewer = keeper(request)
    line = _line(viewer.village_id, language, key)
    initial = {part: getattr(line, part) for part in word_hints.PARTS}
    form = WordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _written(request, form, language, key, form.words()):
        return _to_guide(language, key)
    return _page(request, form, title=_("Change this word"), line=line, written_in=language)


@require_POST
@door("second-factor", page="words")
def word_counts(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Switch a word off or on, put ours back, or take the village's own words again."""
    viewer, counts = keeper(request), request.POST.get("counts", "")
    _line(viewer.village_id, language, key)
    if counts not in Counts.values:
        raise Http404
    try:
        word_hints.let_count(language, key, counts, by=viewer, at=timezone.now())
    except kept.NothingOfOurs as problem:
        raise Http404 from problem
    return _to_guide(language, key)


def _line(village: UUID, language: str, key: str) -> word_hints.Line:
    try:
        return word_hints.line_of(village, language, key)
    except word_hints.NoSuchWord as problem:
        raise Http404 from problem


def _written(
    request: HttpRequest, form: WordForm, language: str, key: str, words: word_hints.HintWords
) -> bool:
    """Whether the words were kept; if not, the form says why and still holds them."""
    try:
        word_hints.write(language, key, words, by=keeper(request), at=timezone.now())
    except word_hints.WordStandsThere:
        form.add_error("word", _("This word stands in the guide already. Change it there."))
        return False
    except word_hints.WordIsMissing:
        form.add_error("word", _("Please write at least one word."))
        return False
    messages.success(request, _("From now on your words count."))
    return True


def _page(request: HttpRequest, form: WordForm, **more: object) -> TemplateResponse:
    here = around(request)
    context = {**here.context, "form": form, **more}
    if "written_in" in more:
        context["language"] = more["written_in"]
    return TemplateResponse(request, "vision/word.html", context, status=422 if form.is_bound else 200)


def _to_guide(language: str, key: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('vision:words')}?language={language}#{key}")
