"""One thing that is not right: how it stands for who said it, and the answer for who gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.complaints import AUTHORITIES
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.not_right.forms import AnswerForm
from kring.web.not_right.saying import READ, shown, the_text
from kring.web.wraparound.around import base_of, viewer_of, whom_to_call
from kring.web.wraparound.drafting import Drafted
from kring.wraparound import rules
from kring.wraparound.models import NotRight, Remark
from kring.wraparound.usecases import correcting
from kring.wraparound.usecases.drafts import clear_draft


def the_said(said_id: UUID) -> NotRight:
    """What was said; for everybody else there is no such thing."""
    rows = NotRight.objects.select_related("asked_by", "author", "answered_by")
    found: NotRight | None = rows.filter(pk=said_id).first()
    if found is None:
        raise Http404
    return found


@READ
@door("second-factor", page="family")
def said(request: HttpRequest, said_id: UUID) -> HttpResponse:
    """How it stands; and for who may, the answer."""
    viewer, row = viewer_of(request), the_said(said_id)
    thing = the_text(row.on, row.object_id)
    told: dict[str, Any] = shown(thing) | {
        "base": base_of(viewer), "said": row, "mine": viewer.person_id == row.asked_by_id, "now": timezone.now(),
        "remarked": row.on in Remark.On.values, "authority": AUTHORITIES.get(viewer.country),
        "viewer_phone": viewer.village_phone, "family_id": (family := viewer.family_of(row.circle_id)), "thing": thing,
        "caring": whom_to_call(viewer, family),
    }  # fmt: skip
    if row.answer or not correcting.may_answer(row):
        if request.method == "POST" and row.answer:
            told["typed"] = _too_late(request, row)
        return TemplateResponse(request, "not_right/said.html", told)
    drafted = Drafted(request, f"answer:{row.pk}", row.circle_id)
    form = AnswerForm(posted(request), thing=thing, said=row, initial=drafted.initial(AnswerForm, {}))
    if request.method == "POST" and form.is_valid():
        return _answer(request, row, form, drafted, told)
    if request.method == "POST" and "new_words" not in form.fields:
        told["typed"] = _typed(request, "new_words", kept=[thing.words])
    told |= {"form": form, "drafted": drafted}
    return TemplateResponse(request, "not_right/said.html", told, status=422 if form.errors else 200)


def _answer(
    request: HttpRequest, row: NotRight, form: AnswerForm, drafted: Drafted, told: dict[str, Any]
) -> HttpResponse:
    """The answer counts; or somebody's counted just before, and then one's own words are still here."""
    words = {name: form.cleaned_data.get(name, "") for name in ("new_words", "reason")}
    try:
        correcting.answer(row, form.cleaned_data["how"], by=drafted.viewer, at=timezone.now(), **words)
    except correcting.AnsweredAlready:
        row = the_said(row.pk)
        told |= {"said": row, "typed": _too_late(request, row)}
        return TemplateResponse(request, "not_right/said.html", told)
    clear_draft(drafted.key, by=drafted.viewer)
    messages.success(request, _("Answered. %(name)s can read it now.") % {"name": row.asked_by.given_name})
    return redirect("not_right:said", row.pk)


def _too_late(request: HttpRequest, row: NotRight) -> list[str]:
    """What was typed while somebody else answered: it counts for nothing, and is shown once more."""
    if viewer_of(request).person_id not in (row.asked_by_id, row.answered_by_id):
        messages.info(request, _("Somebody answered just before you. That answer counts."))
    return _typed(request, "new_words", "reason", kept=(row.was, row.becomes, row.reason, row.should))


def _typed(request: HttpRequest, *names: str, kept: Sequence[str]) -> list[str]:
    """What somebody wrote in these fields that is not kept anywhere yet."""
    typed = [rules.plain(request.POST.get(name, "")) for name in names]
    return [words for words in typed if words and words not in kept]
