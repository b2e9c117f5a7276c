"""What is new for a family, in one statement: a yes that waits, a review, the next meeting, something good."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kring.trust.guard import Guarded
from kring.trust.viewer import Viewer
from kring.web.circle.page import JOY_LASTS
from kring.wraparound.models import Celebration, Meeting
from kring.wraparound.rules import MEETING_IS_AWAITED
from kring.wraparound.usecases.celebrations import may_take_back

NEWS = """
    SELECT jsonb_build_object(
      'waits', (SELECT v.id FROM wraparound_version v JOIN wraparound_plan p ON p.id = v.plan_id
        CROSS JOIN LATERAL trust.answers_to(v.id) a
        WHERE v.stage = 'waiting' AND p.family_id = %(family)s AND a.person_id = %(viewer)s
          AND a.answer IS DISTINCT FROM 'yes' ORDER BY v.at DESC LIMIT 1),
      'review', (SELECT jsonb_build_object('id', r.id, 'prepared', EXISTS (SELECT 1 FROM wraparound_preparation o
          WHERE o.review_id = r.id AND o.author_id = %(viewer)s))
        FROM wraparound_review r JOIN wraparound_plan p ON p.id = r.plan_id
        WHERE p.family_id = %(family)s AND r.settled_at IS NULL LIMIT 1),
      'cheer', (SELECT to_jsonb(c) || jsonb_build_object('teller', n.given_name)
        FROM wraparound_celebration c JOIN trust_circle k ON k.id = c.circle_id
        LEFT JOIN trust_person n ON n.id = c.author_id
        WHERE k.family_id = %(family)s AND c.at > %(since)s ORDER BY c.at DESC, c.id LIMIT 1),
      'meeting', (SELECT to_jsonb(m) FROM wraparound_meeting m
        WHERE m.family_id = %(family)s AND m.ended_at IS NULL AND m.cancelled_at IS NULL
          AND (m.begins_at > %(awaited)s OR m.begun_at IS NOT NULL)
        ORDER BY m.begins_at, m.id LIMIT 1),
      'told', EXISTS (SELECT 1 FROM trust.told_and_not_opened()),
      'takes', EXISTS (SELECT 1 FROM wraparound_passon o JOIN trust_circle k ON k.id = o.circle_id
        WHERE o.to_id = %(viewer)s AND o.answer = '' AND o.taken_back_at IS NULL AND k.family_id = %(family)s),
      'growing', trust.turning_soon(%(family)s), 'asleep', trust.asleep_in(%(family)s))::text
"""


@dataclass(frozen=True)
class News:
    """What the page of the family says first."""

    waits: str = ""
    review: str = ""
    prepared: bool = False
    cheer: Celebration | None = None
    teller: str = ""
    may_take_back: bool = False
    meeting: Meeting | None = None
    growing: dict[str, Any] | None = None
    asleep: tuple[dict[str, Any], ...] = ()
    told: bool = False
    takes: bool = False


def news_of(viewer: Viewer, family_id: UUID, at: datetime) -> News:
    """What is new, as far as the viewer may know it; through other eyes nothing waits for oneself."""
    asked = {"family": family_id, "viewer": viewer.person_id, "since": at - JOY_LASTS,
             "awaited": at - MEETING_IS_AWAITED}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(NEWS, asked)
        told: dict[str, Any] = json.loads(cursor.fetchone()[0])
    cheer: Celebration | None = _row(Celebration, told["cheer"])
    good = News(
        cheer=cheer,
        teller=(told["cheer"] or {}).get("teller") or "",
        may_take_back=cheer is not None and may_take_back(cheer, viewer, at),
        meeting=_row(Meeting, told["meeting"]),
    )
    if viewer.seen_as is not None:
        return good
    review = told["review"] or {}
    return News(
        told["waits"] or "", review.get("id", ""), review.get("prepared", False),
        good.cheer, good.teller, good.may_take_back, good.meeting, told["growing"], tuple(told["asleep"] or ()),
        told["told"], told["takes"],
    )  # fmt: skip


def _row(model: type[Guarded], told: dict[str, Any] | None) -> Any:
    """The row as the database told it, noted for the journal like any other; None when there is none."""
    if told is None:
        return None
    fields = model._meta.concrete_fields
    values = [one.to_python(told[one.column]) for one in fields]
    return model.from_db("default", [one.attname for one in fields], values)
