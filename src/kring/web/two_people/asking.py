"""Asking for what needs two people: of the whole village, by its administrator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kring.trust.models import Matter, Village
from kring.trust.profiles import PROFILES
from kring.trust.usecases import two_people
from kring.web.administration import keeping
from kring.web.circle.faces import viewer_of
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.two_people.forms import AskCountry, AskKept, AskReading, AskRestore, may_read_shorter

READ = require_http_methods(["GET", "HEAD", "POST"])


def asked(request: HttpRequest, kind: str, facts: Mapping[str, Any], why: str) -> HttpResponse:
    """It waits now for somebody else; the page of the matter says for whom and until when."""
    now = timezone.now()
    return waits(request, two_people.ask(kind, facts, why, by=viewer_of(request), at=now), now, why)


def waits(request: HttpRequest, made: Matter, at: datetime, why: str) -> HttpResponse:
    """It was asked now; or it waited already, and then the reason that was given first counts."""
    if made.asked_at < at and made.words != why.strip():
        messages.warning(request, _("This was asked already, and waits. The reason given first counts. "
                                    "To give another, take it back and ask again."))  # fmt: skip
    else:
        messages.success(request, _("Asked. Nothing happens until somebody else says yes."))
    return redirect("two_people:matter", made.pk)


def asking(
    request: HttpRequest,
    form: forms.Form,
    title: Promise | str,
    text: Promise | str,
    back: str = "/two-people/",
    button: str = "",
) -> HttpResponse:
    """The page with one question and a reason."""
    told = {"form": form, "title": title, "text": text, "back": back, "button": button}
    return TemplateResponse(request, "two_people/ask.html", told, status=422 if form.errors else 200)


@READ
@door("second-factor", page="two people")
def country(request: HttpRequest) -> HttpResponse:
    """Another country's ages and terms."""
    viewer = keeping.keeper(request)
    form = AskCountry(posted(request), now=viewer.country)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["country"]
        facts = {"country": wanted, "longest_term": PROFILES[wanted].longest_term}
        return asked(request, Matter.Kind.COUNTRY, facts, form.cleaned_data["why"])
    return asking(request, form, gettext_lazy("Another country's rules"), gettext_lazy(
        "From which age a young person decides alone, and until when a parent reads along, follows from it."))  # fmt: skip


@READ
@door("second-factor", page="two people")
def reading(request: HttpRequest) -> HttpResponse:
    """A parent's reading ends sooner than the country says, or again as it says."""
    viewer = keeping.keeper(request)
    village = Village.objects.get(pk=viewer.village_id)
    if not may_read_shorter(village.country, village.reading_ends):
        return redirect("growing:rules")  # there it says why
    form = AskReading(posted(request), country=village.country, now=village.reading_ends)
    if request.method == "POST" and form.is_valid():
        return asked(request, Matter.Kind.READING, {"age": form.chosen}, form.cleaned_data["why"])
    return asking(request, form, gettext_lazy("Until when a parent reads along"), gettext_lazy(
        "A village may let it end sooner than the country, never later. Whose child is that old already stops reading at once, unless the young person gives them a place."))  # fmt: skip


@READ
@door("second-factor", page="two people")
def restore(request: HttpRequest) -> HttpResponse:
    """A backup is put back; the command asks for the number of this matter."""
    keeping.keeper(request)
    form = AskRestore(posted(request))
    if request.method == "POST" and form.is_valid():
        facts = {"backup": form.cleaned_data["backup"]}
        return asked(request, Matter.Kind.RESTORE, facts, form.cleaned_data["why"])
    return asking(request, form, gettext_lazy("Put a backup back"), gettext_lazy(
        "What was written since that backup is gone afterwards. After the second yes, the command asks for a number."))  # fmt: skip


@READ
@door("second-factor", page="two people")
def kept(request: HttpRequest) -> HttpResponse:
    """What the law makes us keep of a family is opened; the command asks for the number of this matter."""
    viewer = keeping.keeper(request)
    form = AskKept(posted(request), house=viewer.village_id)
    if request.method == "POST" and form.is_valid():
        facts = {"copy": form.cleaned_data["copy"]}
        return asked(request, Matter.Kind.KEPT_COPY, facts, form.cleaned_data["why"])
    return asking(request, form, gettext_lazy("Open what the law makes us keep"), gettext_lazy(
        "Only when a court, an inspection or the family itself asks. The family reads on which day it was opened."))  # fmt: skip
