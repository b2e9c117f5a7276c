"""The question to who looked in an unusual way: kind, once, and answered in one tap and a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kring.trust.models import UnusualLook
from kring.trust.usecases import watching
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.watching.forms import LookForm


@dataclass(frozen=True)
class Asked:
    """One look, with what was opened and the form to answer."""

    look: UnusualLook
    opened: str
    form: LookForm

    @property
    def why(self) -> str:
        """The rule, in words."""
        return str(UnusualLook.Rule(self.look.rule).label)

    @property
    def said(self) -> str:
        """What was answered, in words."""
        return str(UnusualLook.Answer(self.look.answer).label) if self.look.answer else ""


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="own unusual looks")
def looks(request: HttpRequest) -> HttpResponse:
    """You opened this: was that right?"""
    viewer, now = viewer_of(request), timezone.now()
    if not viewer.works:
        raise Http404
    form = LookForm(request.POST, prefix=request.POST.get("look", "")) if request.method == "POST" else None
    if form is not None and form.is_valid():
        return _answered(request, viewer, form, now)
    asked = _asked(viewer, now, form)
    return TemplateResponse(request, "watching/mine.html", {"asked": asked, "form": form}, status=422 if form else 200)  # fmt: skip


def _answered(request: HttpRequest, viewer: Viewer, form: LookForm, now: datetime) -> HttpResponse:
    try:
        look = UUID(form.prefix or "")
    except ValueError as problem:
        raise Http404 from problem
    told = form.cleaned_data
    if not watching.answer(look, told["answer"], told["words"], by=viewer, at=now):
        raise Http404
    if told["answer"] == UnusualLook.Answer.NOT_ME:
        messages.warning(request, _("Thank you. Change your password now; the trust officer calls you."))
    else:
        messages.success(request, _("Thank you. That is all."))
    return redirect("watching:mine")


def _asked(viewer: Viewer, now: datetime, sent: LookForm | None) -> list[Asked]:
    found = watching.mine(by=viewer, at=now)
    names = watching.families_of(found, by=viewer)
    return [
        Asked(look, _opened(look, names), sent if sent and sent.prefix == str(look.pk) else _form(look))
        for look in found
    ]


def _form(look: UnusualLook) -> LookForm:
    return LookForm(prefix=str(look.pk), initial={"answer": look.answer, "words": look.words})


def _opened(look: UnusualLook, names: dict[UUID, str]) -> str:
    """The family by name where it may still be known; else how many."""
    if look.circle_id in names:
        return names[look.circle_id]
    return ngettext("a page of %(count)s family", "pages of %(count)s families", look.families) % {"count": look.families}  # fmt: skip
