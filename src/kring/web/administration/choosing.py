"""Choosing: the village itself, the contact point, terms, what is switched on, who answers when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kring.trust import chosen
from kring.trust.models import Job
from kring.trust.usecases import jobs
from kring.web.administration import keeping
from kring.web.administration.forms import (
    ContactPointForm,
    ModulesForm,
    TermsForm,
    TurnsForm,
    VillageForm,
    village_initial,
)
from kring.web.doors import door
from kring.web.modules import MODULES

BACK = "administration:home"


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def village(request: HttpRequest) -> HttpResponse:
    """The name, the languages and the hours of the village."""
    row = keeping.village_of(keeping.keeper(request))
    form = VillageForm(keeping.sent(request), initial=village_initial(row), zone=row.timezone)
    if request.method == "POST" and form.is_valid():
        return keeping.chosen(
            request, form.cleaned_data | {"languages": sorted(form.cleaned_data["languages"])}, BACK
        )
    return keeping.page(request, "village", {"form": form, "village_row": row})


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def contact_point(request: HttpRequest) -> HttpResponse:
    """The telephone of the contact point, and what its receipts promise."""
    row = keeping.village_of(keeping.keeper(request))
    form = ContactPointForm(
        keeping.sent(request), initial={"phone": row.phone, "answer_days": row.answer_days}
    )
    if request.method == "POST" and form.is_valid():
        return keeping.chosen(request, form.cleaned_data, BACK)
    return keeping.page(request, "contact_point", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def terms(request: HttpRequest) -> HttpResponse:
    """How long what nobody took up is kept."""
    row = keeping.village_of(keeping.keeper(request))
    form = TermsForm(keeping.sent(request), initial={"term_days": row.term_days}, country=row.country)
    if request.method == "POST" and form.is_valid():
        return keeping.chosen(request, form.cleaned_data, BACK)
    return keeping.page(request, "terms", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def modules(request: HttpRequest) -> HttpResponse:
    """What the village uses; the rest is in no menu and has no address."""
    off = set(keeping.village_of(keeping.keeper(request)).chosen.get(chosen.MODULES_OFF, ()))
    codes = [module.code for module in MODULES]
    form = ModulesForm(keeping.sent(request), initial={"on": [code for code in codes if code not in off]})
    if request.method == "POST" and form.is_valid():
        wanted = sorted(set(codes) - set(form.cleaned_data["on"]))
        return keeping.chosen(request, {chosen.MODULES_OFF: wanted}, BACK)
    return keeping.page(request, "modules", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def turns(request: HttpRequest) -> HttpResponse:
    """Who answers on which day of the week; the front door names that person."""
    viewer = keeping.keeper(request)
    working = jobs.of_village(viewer.village_id, at=timezone.now())
    answering = [job for job in working if job.role == Job.Role.CONTACT_POINT]
    now = keeping.village_of(viewer).chosen.get(chosen.TURNS, {})
    form = TurnsForm(
        keeping.sent(request),
        workers=answering,
        initial={f"day_{day}": person for day, person in now.items()},
    )
    if request.method == "POST" and form.is_valid():
        return keeping.chosen(request, {chosen.TURNS: form.turns()}, BACK)
    return keeping.page(request, "turns", {"form": form, "answering": answering})
