"""From a first talk to the family's circle, on the family's yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kring.intake.models import Concern, Promise
from kring.intake.usecases import beginnings, concerns
from kring.trust.permissions import Permission
from kring.trust.usecases.families import FamilyIsEmpty
from kring.web.doors import door
from kring.web.intake import undoing
from kring.web.intake.beginning_forms import BeginForm


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="family's yes")
def begin(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Open the family's circle; who told us stays behind."""
    request.viewer.must(Permission.OPEN_FAMILY)
    concern: Concern = get_object_or_404(Concern, pk=concern_id)
    open_promises = Promise.objects.open().filter(concern=concern, to_asker=False)
    form = BeginForm(request.POST or None, promises=[(str(one.pk), one.what) for one in open_promises])
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                opened = beginnings.begin_circle(
                    concern, name=form.cleaned_data["name"], children=form.children(), guardians=form.guardians(),
                    yes=form.yes(), wanted=form.cleaned_data["wanted"],
                    promises=[UUID(one) for one in form.cleaned_data["promises"]], by=request.viewer, at=timezone.now(),
                )  # fmt: skip
        except (concerns.AlreadyClosed, FamilyIsEmpty):
            messages.info(request, _("This was done already, or the first talk has not begun."))
            return redirect("intake:concern", concern_id)
        undoing.forget(request)
        messages.success(request, _("The circle is open."))
        name = opened.guardians[0].given_name
        messages.info(
            request, _("Now give %(name)s a card to come in: touch %(name)s in the circle.") % {"name": name}
        )
        return redirect(f"/family/{opened.family.pk}/")
    return TemplateResponse(
        request, "intake/begin.html", {"form": form, "concern": concern}, status=422 if form.errors else 200
    )
