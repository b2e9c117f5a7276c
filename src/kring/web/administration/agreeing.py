"""The organisations of the village: who has read the one page and agrees, kept by the network coordinator."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kring.trust import retention
from kring.trust.models import Organisation
from kring.trust.permissions import Permission
from kring.trust.usecases import agreements, moving_apart
from kring.trust.viewer import Viewer
from kring.web.administration import keeping
from kring.web.doors import door
from kring.web.trust.forms import OneLine

HERE = "administration:agreements"


class JoiningForm(forms.Form):
    """An organisation that joins."""

    name = OneLine(label=gettext_lazy("Name of the organisation"), max_length=200)
    sector = forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Organisation.Sector.choices)
    yes = forms.BooleanField(
        label=gettext_lazy("They have read the page and agree."),
        error_messages={"required": gettext_lazy("First let them read the page and agree.")},
    )


class LastDayForm(forms.Form):
    """The day on which an agreement ends."""

    last = forms.DateField()


def keeper(request: HttpRequest) -> Viewer:
    """Who keeps the agreements; for everybody else there is no such page."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.can(Permission.KEEP_AGREEMENTS):
        raise Http404
    return viewer


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="agreements")
def joined(request: HttpRequest) -> HttpResponse:
    """Who works with the village, and one more."""
    viewer, now = keeper(request), timezone.now()
    form = JoiningForm(keeping.sent(request))
    if request.method == "POST" and form.is_valid():
        agreements.agree(form.cleaned_data["name"], form.cleaned_data["sector"], by=viewer, at=now)
        messages.success(request, _("Agreed. An administrator can invite their people now."))
        return redirect(HERE)
    mine = {job.organisation for job in viewer.jobs}
    lines = [
        {
            "row": one.organisation,
            "lives": one.lives,
            "last": one.until and one.until - timedelta(microseconds=1),
            "mine": one.organisation.pk in mine,
        }
        for one in agreements.of_village(by=viewer, at=now)
    ]
    told = {
        "form": form,
        "lines": lines,
        "name": viewer.village_name,
        "asks_file": retention.of(viewer.country),
    }
    return keeping.page(request, "agreements", told)


@require_POST
@door("second-factor", page="agreements")
def end(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """It ends now."""
    try:
        agreements.end(organisation_id, by=keeper(request), at=timezone.now())
    except Organisation.DoesNotExist as problem:
        raise Http404 from problem
    except agreements.OwnAgreement:
        messages.error(request, _("This is your own organisation. Ask somebody else to end it."))
    return redirect(HERE)


@require_POST
@door("second-factor", page="agreements")
def end_on(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """It ends when a day is over."""
    viewer, form = keeper(request), LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("On which day does it end? Please say it once more."))
        return redirect(HERE)
    try:
        agreements.end_on(organisation_id, form.cleaned_data["last"], by=viewer, at=timezone.now())
    except Organisation.DoesNotExist as problem:
        raise Http404 from problem
    except agreements.OwnAgreement:
        messages.error(request, _("This is your own organisation. Ask somebody else to end it."))
    except agreements.EndsInThePast:
        messages.error(request, _("This day is past, or more than a year away. Which day do you mean?"))
    return redirect(HERE)


@require_POST
@door("second-factor", page="agreements")
def file_here(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The file which the law makes this organisation keep lies here, or with itself."""
    viewer = keeper(request)
    found = Organisation.objects.filter(pk=organisation_id, village_id=viewer.village_id).first()
    if found is None:
        raise Http404
    moving_apart.say_where_a_file_lies(found, request.POST.get("here") == "yes", by=viewer, at=timezone.now())
    messages.success(request, _("Kept. Families read it before they ask to be forgotten."))
    return redirect(HERE)


@require_POST
@door("second-factor", page="agreements")
def renew(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """It goes on."""
    try:
        agreements.renew(organisation_id, by=keeper(request), at=timezone.now())
    except Organisation.DoesNotExist as problem:
        raise Http404 from problem
    return redirect(HERE)
