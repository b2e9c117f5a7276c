"""What was promised to a family, and how its circle began."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kring.intake import rules
from kring.intake.models import Beginning, Promise
from kring.intake.usecases import promises
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.web.circle.faces import known_by, must_sit, sentence_of
from kring.web.circle.members import around_family
from kring.web.doors import door
from kring.web.intake.promise_forms import FamilyPromiseForm, OtherDayForm
from kring.wraparound.usecases import correcting

DECIDE = ("child", "guardian")


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="promises")
def promised(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Every promise of the circle, the oldest day first; and with what it began."""
    seat, now = must_sit(request, family_id), timezone.now()
    viewer: Viewer = request.viewer
    form = FamilyPromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("what", "to_whom")}
        try:
            promises.promise(seat.circle, due_at=form.moment(viewer.timezone), by=viewer, at=now, **words)
        except promises.DayIsPast:
            form.add_error("day", _("This moment is past. Which day do you mean?"))
        else:
            return redirect("intake:family_promises", family_id)
    return _page(request, family_id, {"form": form})


def again(request: HttpRequest, promise: Promise, day_form: OtherDayForm) -> HttpResponse:
    """The page once more, with a day that was not understood."""
    family_id = request.viewer.family_of(promise.circle_id)
    assert family_id is not None  # noqa: S101  such a promise lies with a family
    return _page(request, family_id, {"form": FamilyPromiseForm(), "day_form": day_form})


def _line(
    row: Promise, sentence: str, viewer: Viewer, role: str, keeps: bool, now: datetime
) -> dict[str, Any]:
    """One promise, and what the one who looks may do about it."""
    return {
        "promise": row,
        "state": row.state(now),
        "known": sentence,
        "mine": row.is_open and viewer.seen_as is None and (keeps or row.by_id == viewer.person_id),
        "asks": role in DECIDE and row.by_id != viewer.person_id and _asks(row, now),
    }


def _page(request: HttpRequest, family_id: UUID, forms: dict[str, Any]) -> HttpResponse:
    seat, now = must_sit(request, family_id), timezone.now()
    viewer: Viewer = request.viewer
    faces, told = around_family(request, family_id)
    rows = list(
        Promise.objects.in_family(family_id)
        .with_people()
        .prefetch_related("changes")
        .order_by("due_at", "id")
    )
    beginnings = list(Beginning.objects.in_family(family_id).order_by("at", "id"))
    known = [sentence_of(who, faces) for who in known_by([*beginnings, *rows], faces)]
    right = correcting.beside(row.pk for row in beginnings)
    keeps = viewer.can(Permission.KEEP_PLAN, seat.circle)
    sentences = known[len(beginnings) :]
    lines = [_line(*pair, viewer, seat.role, keeps, now) for pair in zip(rows, sentences, strict=True)]
    lines.sort(key=lambda line: (not line["promise"].is_open, line["promise"].due_at))
    context = told | {
        "family_id": family_id, "lines": lines,
        "beginnings": [(row, who, right.get(row.pk, [])) for row, who in zip(beginnings, known, strict=False)],
        "may_promise": viewer.can(Permission.DO_ACTION, seat.circle), "answers": Promise.WasTrue.choices,
        "day_form": OtherDayForm(),
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values())
    return TemplateResponse(request, "intake/family.html", context | forms, status=422 if wrong else 200)


def _asks(row: Promise, now: Any) -> bool:
    """Two weeks after it was kept, the family is asked whether it was true."""
    return row.kept_at is not None and not row.was_true and row.kept_at + rules.ASK_WHETHER_TRUE_AFTER <= now
