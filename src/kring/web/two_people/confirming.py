"""Somebody of another organisation stands for the work of a colleague."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.usecases import confirming
from kring.web.doors import door
from kring.web.two_people.waiting import taking_part


@require_POST
@door("second-factor", page="two people")
def confirm(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """I know this person, and this is their work."""
    confirming.confirm(job_id, by=taking_part(request, confirms=True))
    messages.success(
        request, _("Thank you. You stand for this work now, and your name stands in the journal.")
    )
    return redirect("two_people:matters")
