"""Telling of earlier help, telling it anew, taking it off and putting it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed, Permission
from kring.web.doors import door
from kring.web.path.forms import ALL, NEAR, HelpForm, given
from kring.web.path.page import children_of
from kring.web.wraparound.around import around, family_circle, knowing, language, sent, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import people_of
from kring.wraparound.models import EarlierHelp, EarlierTelling
from kring.wraparound.usecases import paths
from kring.wraparound.usecases.drafts import clear_draft


def the_help(help_id: UUID) -> EarlierHelp:
    """The help in the address; hidden and missing are the same."""
    found: EarlierHelp | None = (
        EarlierHelp.objects.select_related("circle__family").filter(pk=help_id).first()
    )
    if found is None or found.circle.family_id is None:
        raise Http404
    return found


def back_to(row: EarlierHelp) -> HttpResponse:
    """To the line where it stands."""
    return redirect(reverse("path:path", args=[row.circle.family_id]) + f"#help-{row.pk}")


@door("second-factor", page="path")
def add(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """One more help."""
    circle, viewer = family_circle(family_id), viewer_of(request)
    viewer.must(Permission.TELL_STORY, circle.pk)
    children = children_of(family_id)
    drafted = Drafted(request, f"path:{family_id}", circle.pk)
    form = HelpForm(
        sent(request), initial=drafted.initial(HelpForm, {"language": language()}),
        children=children, today=timezone.localdate(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        child = UUID(said["child"]) if said.get("child", ALL) != ALL else None
        row = paths.add_help(
            circle, form.told(), child=child, near=said["near"] == NEAR, by=viewer, at=timezone.now()
        )
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("It stands on the path."))
        if "more" in request.POST:
            return redirect("path:add", family_id)
        return redirect(reverse("path:path", args=[family_id]) + f"#help-{row.pk}")
    told = {"drafted": drafted, "title": _("Earlier help"), "adds": True}
    return _page(request, family_id, form, told)


@door("second-factor", page="path")
def change(request: HttpRequest, help_id: UUID) -> HttpResponse:
    """A help in other words; how it was told before stays."""
    row, viewer = the_help(help_id), viewer_of(request)
    if not paths.may_write(row, viewer):
        raise NotAllowed(Permission.TELL_STORY.value)
    family_id: UUID = row.circle.family_id
    drafted = Drafted(request, f"path:{help_id}", row.circle_id)
    form = HelpForm(
        sent(request), initial=drafted.initial(HelpForm, given(paths.told_of(row))),
        today=timezone.localdate(),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        paths.say_anew(row, form.told(), by=viewer, at=timezone.now())
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Told anew. How it was told before stays below it."))
        return back_to(row)
    told = {"drafted": drafted, "title": _("Tell it in other words"),
            "knowing": knowing(row, people_of(family_id, timezone.now()))}  # fmt: skip
    return _page(request, family_id, form, told)


def _page(request: HttpRequest, family_id: UUID, form: HelpForm, told: dict[str, Any]) -> HttpResponse:
    context = around(request, people_of(family_id, timezone.now())) | told
    context |= {
        "form": form,
        "family_id": family_id,
        "houses": Organisation.objects.filter(village_id=viewer_of(request).village_id).order_by(
            "name", "id"
        ),
    }
    return TemplateResponse(request, "path/form.html", context, status=422 if form.errors else 200)


@require_POST
@door("second-factor", page="path")
def take_off(request: HttpRequest, help_id: UUID) -> HttpResponse:
    """It does not stand on the path any more."""
    row = the_help(help_id)
    paths.take_off(row, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("Taken off. You find it at the foot of the page, to put it back."))
    return redirect(reverse("path:path", args=[row.circle.family_id]) + "#resting")


@require_POST
@door("second-factor", page="path")
def put_back(request: HttpRequest, help_id: UUID) -> HttpResponse:
    """It stands on the path again."""
    row = the_help(help_id)
    paths.put_back(row, by=viewer_of(request), at=timezone.now())
    return back_to(row)


@require_POST
@door("second-factor", page="path")
def as_it_was(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """The words of before come back."""
    telling = EarlierTelling.objects.filter(pk=telling_id).first()
    if telling is None:
        raise Http404
    row = the_help(telling.help_id)
    telling.help = row
    paths.as_it_was(telling, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("It stands as it was. The other words stay below it."))
    return back_to(row)
