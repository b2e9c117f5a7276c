"""Taking over the list of another directory: upload, look, yes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.network.models import ImportDraft, Offer
from kring.network.problems import sentence
from kring.network.usecases import lists, long_lists
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.network.forms import ListForm

SHOWN_PROBLEMS = 200
SHOWN_NAMES = 100
#: With one of these the file as a whole is no list of ours.
NO_LIST = {"empty", "json_broken", "no_tables", "zip_broken"}


@door("second-factor", page="import")
def lists_read(request: HttpRequest) -> HttpResponse:
    """Lists taken over before, and the form for a new one."""
    viewer = request.viewer  # type: ignore[attr-defined]
    viewer.must(Permission.IMPORT_DIRECTORY)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        source = form.cleaned_data["source"]
        bring = long_lists.bring if file.size > long_lists.LONG else lists.look
        draft = bring(file.name, file.read(), by=viewer, at=timezone.now(), source=source or "HSDS")
        return HttpResponseRedirect(reverse("network:import_draft", args=[draft.pk]))
    rows = ImportDraft.objects.filter(village_id=viewer.village_id, applied_at__isnull=False)
    before = rows.defer("reading", "before", "content").order_by("-applied_at", "id")[:10]
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "network/import.html", {"form": form, "before": before}, status=status)


@door("second-factor", page="import")
def list_read(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What a list would change, what could not be read, and the yes."""
    viewer = request.viewer  # type: ignore[attr-defined]
    viewer.must(Permission.IMPORT_DIRECTORY)
    draft = lists.draft_of(draft_id)
    if draft is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, draft)
    if draft.is_at_work or draft.state == draft.State.STOPPED:
        part = "network/import_far.html" if getattr(request, "htmx", False) else "network/import_work.html"
        return TemplateResponse(request, part, {"draft": draft})
    response = TemplateResponse(request, "network/import_draft.html", _shown(draft))
    if getattr(request, "htmx", False):  # it was at work a moment ago: the whole page is there now
        response["HX-Refresh"] = "true"
    return response


def _answer(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    """Yes; stop; or: as it was before."""
    who: dict[str, Any] = {"by": request.viewer, "at": timezone.now()}  # type: ignore[attr-defined]
    if "stop" in request.POST:
        long_lists.stop(draft, **who)
    elif "undo" in request.POST:
        lists.undo(draft, **who)
        messages.success(request, _("The list is undone. The directory reads as before."))
    elif draft.done > long_lists.MANY:
        long_lists.say_yes(draft, hide_gone=request.POST.get("hide_gone") == "yes", **who)
    else:
        return _take_over(request, draft)
    return HttpResponseRedirect(reverse("network:import_draft", args=[draft.pk]))


def _take_over(request: HttpRequest, draft: ImportDraft) -> HttpResponse:
    hide = request.POST.get("hide_gone") == "yes"
    try:
        lists.take_over(draft, by=request.viewer, at=timezone.now(), hide_gone=hide)  # type: ignore[attr-defined]
    except lists.ListIsEmpty:
        messages.error(request, _("There is nothing in this list that we can take over."))
    return HttpResponseRedirect(reverse("network:import_draft", args=[draft.pk]))


def _shown(draft: ImportDraft) -> dict[str, Any]:
    told = draft.findings
    kinds = {name: told["offers"][name] for name in ("new", "changed", "gone")}
    for kind in kinds.values():
        kind["shown"] = kind["lines"][:SHOWN_NAMES]
        kind["more"] = kind["count"] - len(kind["shown"])
    for line in kinds["changed"]["shown"]:
        line["fields"] = [Offer._meta.get_field(name).verbose_name for name in line.get("what", ())]
    problems = [one | {"sentence": sentence(one["message_key"], one["params"])} for one in told["problems"]]
    anything = told["offers"]["new"]["count"] + told["offers"]["changed"]["count"] + told["offers"]["same"]
    anything += told["organisations"]["new"]["count"] + told["organisations"]["changed"]["count"]
    return {
        "draft": draft,
        "no_list": not anything and any(one["message_key"] in NO_LIST for one in told["problems"]),
        "told": told,
        "kinds": kinds,
        "problems": problems[:SHOWN_PROBLEMS],
        "more_problems": told["problem_count"] - len(problems[:SHOWN_PROBLEMS]),
        "anything": anything,
        "done": draft.applied_at is not None,
        "undone": draft.state == draft.State.UNDONE,
        "may_undo": lists.may_undo(draft),
    }
