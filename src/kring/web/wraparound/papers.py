"""The plan on paper: asked for, made in the background, fetched."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kring.web.doors import door
from kring.web.paper.printing import sheet_of
from kring.web.paper.tasks import make_paper
from kring.web.wraparound.approvals import language_of
from kring.web.wraparound.around import around, the_plan, viewer_of
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import now
from kring.wraparound.models import Paper
from kring.wraparound.usecases.papers import ask_for_paper


@door("second-factor", page="paper")
def paper(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """For whom, and in which language."""
    plan, viewer = the_plan(plan_id), viewer_of(request)
    people = people_of(plan.family_id, now())
    if request.method == "POST":
        reader = _one_of(request.POST.get("reader", ""), people.by_id)
        chosen = request.POST.get("language", "")
        language = chosen if chosen in dict(settings.LANGUAGES) else language_of(reader)
        asked = ask_for_paper(plan, reader_id=reader, language=language, by=viewer, at=now())
        make_paper.defer(paper_id=str(asked.pk), owner_id=str(viewer.person_id))
        return redirect("wraparound:paper_ready", asked.pk)
    context = around(request, people) | {
        "plan": plan,
        "people": list(people),
        "languages": settings.LANGUAGES,
    }
    return TemplateResponse(request, "wraparound/paper.html", context)


def _one_of(written: str, known: dict[UUID, object]) -> UUID:
    try:
        found = UUID(written)
    except ValueError as problem:
        raise Http404 from problem
    if found not in known:
        raise Http404
    return found


def _own(paper_id: UUID) -> Paper:
    found = Paper.objects.select_related("plan", "reader").defer("sheet").filter(pk=paper_id).first()
    if found is None:
        raise Http404
    return found


@door("second-factor", page="paper")
def ready(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """How far it is, and then the paper."""
    asked = _own(paper_id)
    if request.htmx:  # type: ignore[attr-defined]
        return TemplateResponse(request, "wraparound/parts/paper_state.html", {"paper": asked})
    context = around(request, people_of(asked.plan.family_id, now())) | {"paper": asked, "plan": asked.plan}
    return TemplateResponse(request, "wraparound/paper_ready.html", context)


@door("second-factor", page="paper")
def fetch(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """The paper itself, for who asked for it: opened, or kept under a name that names nobody.

    It says what may be known now. What was set before would still tell what was taken away since.
    """
    found = Paper.objects.defer("sheet").filter(pk=paper_id, state=Paper.State.MADE).first()
    sheet = sheet_of(found, viewer_of(request).person_id, now()) if found else None
    if sheet is None:
        raise Http404
    response = HttpResponse(sheet, content_type="application/pdf")
    named = content_disposition_header("keep" in request.GET, _("plan") + ".pdf")
    response["Content-Disposition"] = named or "inline"
    return response
