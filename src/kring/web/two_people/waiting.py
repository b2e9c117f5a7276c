"""What waits for my yes, what I asked, and one matter with its two buttons."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.trust.matters import OFFICER, RULES
from kring.trust.models import Job, Matter, Village
from kring.trust.permissions import Permission
from kring.trust.usecases import confirming, danger_rights, jobs, two_people
from kring.trust.usecases.two_people import Told
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.two_people.forms import Answer, may_read_shorter

SAID = {
    "yes": gettext_lazy("Done. Both your names stand in the journal."),
    "no": gettext_lazy("You said no. It does not happen, and whoever asked reads why."),
    "over": gettext_lazy("Too late: something changed since it was asked. Nothing happened."),
}
#: It was said, and is said once.
DECIDED = frozenset({"yes", "no"})
#: One sentence for whatever does not fit: it says of neither of the two which it is.
STAY_TWO = gettext_lazy("Nothing happened: these two stay two here. Both may sign in, or one of them works here, was a child "
                        "here, stands with a family that somebody else keeps, or has something that cannot be moved.")  # fmt: skip


def taking_part(request: HttpRequest, *, confirms: bool = False) -> Viewer:
    """Who asks or answers here: somebody with work in the village; for everybody else there is no such page.

    Who keeps the directory neither asks nor answers, but may stand for the work of somebody else.
    """
    viewer = viewer_of(request)
    takes_part = viewer.can(Permission.ASK_TWO) or viewer.can(Permission.SECOND)
    if not (takes_part or (confirms and viewer.can(Permission.KEEP_DIRECTORY))):
        raise Http404
    return viewer


@require_safe
@door("second-factor", page="two people")
def matters(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I asked, what is over."""
    viewer = taking_part(request, confirms=True)
    found, works = two_people.told(viewer, timezone.now()), confirming.unconfirmed()
    told = {
        "for_me": sorted((one for one in found if one.waits and not one.mine), key=lambda one: one.until),
        "asked": [one for one in found if one.waits and one.mine],
        "over": [one for one in found if not one.waits],
        "keeps": viewer.can(Permission.ADMINISTER),
        "reads_shorter": viewer.can(Permission.ADMINISTER) and _may_read_shorter(viewer),
        "asks_danger": danger_rights.may_ask(viewer),
        "works": works,
        "confirms": any(not work.mine for work in works),
    }
    return TemplateResponse(request, "two_people/matters.html", told)


def _may_read_shorter(viewer: Viewer) -> bool:
    village = Village.objects.get(pk=viewer.village_id)
    return may_read_shorter(village.country, village.reading_ends)


def _one(viewer: Viewer, matter_id: UUID) -> Told:
    for one in two_people.told(viewer, timezone.now(), only=matter_id):
        return one
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="two people")
def matter(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """One matter: what exactly happens, why it is asked, yes or no."""
    viewer = taking_part(request)
    one = _one(viewer, matter_id)
    form = Answer(posted(request))
    if request.method == "POST" and ((one.state in DECIDED and not one.mine) or form.is_valid()):
        return _answered(request, one, form, viewer)
    return _page(request, one, form, viewer, status=422 if form.errors else 200)


def _answered(request: HttpRequest, one: Told, form: Answer, viewer: Viewer) -> HttpResponse:
    """What counts now. Whoever came second hears it, and keeps the words that do not count any more."""
    matter, counts, said = one.matter, one.state, "yes" if request.POST.get("answer") == "yes" else "no"
    if counts not in DECIDED or one.mine:
        counts = two_people.answer(
            matter, said == "yes", form.cleaned_data["why_not"], by=viewer, at=timezone.now()
        )
        one = _one(viewer, matter.pk) if counts in DECIDED else one
    if counts not in DECIDED:
        messages.warning(request, STAY_TWO if matter.kind == Matter.Kind.MERGE else SAID[counts])
        return redirect("two_people:matters")
    if (counts, one.matter.answered_by_id) == (said, viewer.person_id):
        messages.success(request, SAID[counts])
        return redirect("two_people:matter", matter.pk)
    messages.warning(request, _("This was answered already. What you sent now changes nothing."))
    words = request.POST.get("why_not", "").strip()
    return _page(request, one, Answer(), viewer, status=409, typed=[words] if words and words != one.why_not else [])  # fmt: skip


def _page(
    request: HttpRequest, one: Told, form: Answer, viewer: Viewer, *, status: int, typed: Sequence[str] = ()
) -> HttpResponse:
    told = {"one": one, "form": form, "rule": RULES[one.matter.kind], "typed": typed}
    told["officers"] = _to_ring(one, viewer)
    told["alone"] = one.waits and one.mine and not confirming.somebody_can_second()
    return TemplateResponse(request, "two_people/matter.html", told, status=status)


def _to_ring(one: Told, viewer: Viewer) -> list[Job]:
    """Whom to tell that it waits; nobody where not every trust officer may know, and not whom it is about."""
    if not (one.waits and one.mine and RULES[one.matter.kind].seconds is OFFICER):
        return []
    found = jobs.officers(viewer.village_id, at=timezone.now())
    return [job for job in found if str(job.person_id) not in map(str, one.matter.facts.values())]


@require_POST
@door("second-factor", page="two people")
def take_back(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Who asked does not ask any more."""
    viewer = taking_part(request)
    if two_people.take_back(_one(viewer, matter_id).matter, by=viewer, at=timezone.now()):
        messages.success(request, _("Taken back. Nothing happens."))
    return redirect("two_people:matter", matter_id)
