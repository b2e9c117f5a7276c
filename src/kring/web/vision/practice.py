"""When it is hot: seven cards, each one tap away, and the person one calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.viewer import Viewer
from kring.vision.models import Counts
from kring.vision.usecases import practice
from kring.web.doors import door
from kring.web.vision.around import Around, around, keeper
from kring.web.vision.forms import BackupForm, CardForm

PICTURES = {
    "presence": "family", "care": "safety", "gestures": "talent", "iron": "calm", "together": "friends",
    "repair": "help", "persevere": "way",
}  # fmt: skip


@door("signed-in", page="practice")
def hot(request: HttpRequest) -> TemplateResponse:
    """It is hot now: which card?"""
    here = around(request)
    cards = [(one, PICTURES[one.key]) for one in practice.cards(here.village, here.language)]
    return TemplateResponse(request, "vision/practice.html", {**here.context, "cards": cards})


@door("signed-in", page="practice")
def card(request: HttpRequest, key: str) -> TemplateResponse:
    """One card, in big letters, with the one person to call."""
    here, viewer = around(request), _viewer(request)
    found = _card(here, key)
    context = {
        **here.context,
        "card": found,
        "picture": PICTURES[key],
        "backup": practice.backup_of(viewer),
        "village_phone": viewer.village_phone,
        "level": key == "care",
    }
    return TemplateResponse(request, "vision/card.html", context)


@door("signed-in", page="practice")
def paper(request: HttpRequest) -> TemplateResponse:
    """All cards in the size of a pocket."""
    here = around(request)
    context = {
        **here.context,
        "cards": practice.cards(here.village, here.language),
        "backup": practice.backup_of(_viewer(request)),
    }
    return TemplateResponse(request, "vision/pocket.html", context)


@door("second-factor", page="practice")
def backup(request: HttpRequest) -> HttpResponse:
    """Somebody writes down whom they call."""
    viewer, here = _viewer(request), around(request)
    chosen = practice.backup_of(viewer)
    if request.method == "POST" and "nobody" in request.POST:
        practice.forget_backup(by=viewer, at=timezone.now())
        return HttpResponseRedirect(reverse("vision:practice"))
    initial = {"name": chosen.name, "phone": chosen.phone} if chosen else {}
    form = BackupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        practice.choose_backup(
            form.cleaned_data["name"], form.cleaned_data["phone"], by=viewer, at=timezone.now()
        )
        messages.success(request, _("%(name)s stands on every card now.") % form.cleaned_data)
        return HttpResponseRedirect(reverse("vision:practice"))
    context = {**here.context, "form": form, "chosen": chosen}
    return TemplateResponse(request, "vision/backup.html", context, status=422 if form.is_bound else 200)


@door("second-factor", page="practice")
def change_card(request: HttpRequest, key: str) -> HttpResponse:
    """The village says a card in its own words."""
    viewer, here = keeper(request), around(request)
    found = _card(here, key)
    initial = {part: getattr(found.words, part) for part in practice.PARTS}
    form = CardForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        practice.write(here.language, key, form.words(), by=viewer, at=timezone.now())
        messages.success(request, _("From now on your words count."))
        return _to_card(here.language, key)
    context = {**here.context, "form": form, "card": found}
    return TemplateResponse(request, "vision/change_card.html", context, status=422 if form.is_bound else 200)


@require_POST
@door("second-factor", page="practice")
def card_counts(request: HttpRequest, key: str) -> HttpResponse:
    """Put our card back, or take the village's own again."""
    viewer, here, counts = keeper(request), around(request), request.POST.get("counts", "")
    if counts not in (Counts.OURS, Counts.VILLAGE):
        raise Http404
    try:
        practice.let_count(here.language, key, counts, by=viewer, at=timezone.now())
    except practice.NoSuchCard as problem:
        raise Http404 from problem
    return _to_card(here.language, key)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _card(here: Around, key: str) -> practice.Card:
    try:
        return practice.card(here.village, here.language, key)
    except practice.NoSuchCard as problem:
        raise Http404 from problem


def _to_card(language: str, key: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('vision:card', args=[key])}?language={language}")
