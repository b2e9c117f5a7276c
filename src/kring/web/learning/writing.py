"""Writing down a screening or talent interview."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.learning.forms import LearningForm
from kring.web.learning.page import child_in
from kring.web.wraparound.around import around, family_circle, language, sent, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import people_of
from kring.wraparound.usecases import learning
from kring.wraparound.usecases.drafts import clear_draft


@door("second-factor", page="learning")
def write(request: HttpRequest, family_id: UUID, child_id: UUID) -> HttpResponse:
    """All of it for who held it, and a short sheet for each who can do something with it."""
    circle, viewer, today = family_circle(family_id), viewer_of(request), timezone.localdate()
    viewer.must(Permission.WRITE_LEARNING, circle.pk)
    child, _family = child_in(family_id, child_id)
    drafted = Drafted(request, f"learning:{child_id}", circle.pk)
    given = {"language": language(), "held_on": today, "how": "screening"}
    form = LearningForm(sent(request), initial=drafted.initial(LearningForm, given), today=today)
    back = reverse("learning:learning", args=[family_id, child_id])
    if request.method == "POST" and form.is_valid():
        try:
            learning.write_learning(
                circle, child_id, form.held(), form.sheets(), by=viewer, at=timezone.now()
            )
        except learning.NobodyDecides:
            form.add_error(
                None, _("Nobody can decide about these sheets yet. Ask the coordinator to invite them.")
            )
        else:
            clear_draft(drafted.key, by=viewer)
            messages.success(request, _("Kept. The family sees the sheets first and decides who gets which."))
            return redirect(back)
    context = around(request, people_of(family_id, timezone.now())) | {
        "form": form, "drafted": drafted, "back_url": back, "send": _("Keep it"),
        "title": _("How %(name)s learns best") % {"name": child.given_name},
        "note": _("The sheets go to the child first, or to the parents of a younger child. They decide who gets which."),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)
