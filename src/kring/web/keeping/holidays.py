"""The school holidays of the village, by which an offer knows whether it is open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.network.models import SchoolHoliday
from kring.network.usecases import facts
from kring.trust.permissions import Permission
from kring.web.doors import door


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class HolidayForm(forms.Form):
    """A school holiday."""

    name = forms.CharField(label=_("What is it called?"), max_length=80)
    since = _day(_("First day"))
    until = _day(_("Last day"))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        told = super().clean() or self.cleaned_data
        if told.get("since") and told.get("until") and told["since"] > told["until"]:
            self.add_error("until", _("The last day is before the first. Which one is right?"))
        return told


@door("second-factor", page="offers")
def holidays(request: HttpRequest) -> HttpResponse:
    """The holidays to come, each with a way to take it out, and a place for one more."""
    viewer, at = request.viewer, timezone.now()  # type: ignore[attr-defined]
    viewer.must(Permission.KEEP_DIRECTORY)
    if request.method == "POST" and "away" in request.POST:
        facts.remove_holiday(_id(request.POST["away"]), by=viewer, at=at)
        return HttpResponseRedirect(request.path)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facts.add_holiday(told["name"], told["since"], told["until"], by=viewer, at=at)
        return HttpResponseRedirect(request.path)
    rows = SchoolHoliday.objects.filter(village_id=viewer.village_id, until__gte=timezone.localdate(at))
    context = {"form": form, "coming": list(rows.order_by("since", "id"))}
    return TemplateResponse(request, "keeping/holidays.html", context, status=422 if form.is_bound else 200)


def _id(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise Http404 from None
