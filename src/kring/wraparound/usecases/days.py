"""The steps of somebody's day: one's own, what one waits for, what was done lately; and what was answered to plans."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from kring.trust.viewer import Viewer
from kring.wraparound.models import Action, Approval

WEEK, NEARLY_A_WEEK = timedelta(days=7), timedelta(days=6)
#: Why a step stands on the page of the day: it was done, it is one's own, it is late and somebody else's.
JOY, MINE, LATE = 1, 2, 3

# Written out, because what the viewer may know is asked anew in each statement, and a sentence as long as this one
# takes longer to put together than to answer. The policies hold here as everywhere.
STEPS = """
SELECT id, circle_id, about_id, what, language, by_when, state, every_week, done_at, how_it_went, doer_id, doer_words,
       plan_id, doer_name, kind, of_all
FROM (SELECT step.*, count(*) OVER (PARTITION BY kind) AS of_all, row_number() OVER (
        PARTITION BY kind ORDER BY CASE kind WHEN 1 THEN done_at END DESC NULLS LAST, by_when, id) AS place
      FROM (SELECT a.id, a.circle_id, a.about_id, a.what, a.language, a.by_when, a.state, a.every_week, a.done_at,
                   a.how_it_went, a.doer_id, a.doer_words, g.plan_id, p.given_name AS doer_name,
                   CASE WHEN a.state = 'done' AND a.done_at >= %(week_ago)s
                          OR a.state = 'open' AND a.every_week AND a.done_at > %(nearly_a_week_ago)s THEN 1
                        WHEN a.state = 'open' AND a.doer_id = %(me)s AND a.by_when <= %(soon)s THEN 2
                        WHEN a.state = 'open' AND a.by_when < %(today)s AND a.doer_id IS DISTINCT FROM %(me)s
                          AND plan.family_id = ANY(%(families)s) THEN 3 END AS kind
            FROM wraparound_action a JOIN wraparound_goal g ON g.id = a.goal_id AND g.state = 'in the plan'
            JOIN wraparound_plan plan ON plan.id = g.plan_id AND plan.stage <> 'closed'
            LEFT JOIN trust_person p ON p.id = a.doer_id) step
      WHERE kind IS NOT NULL) placed
WHERE place <= CASE kind WHEN 1 THEN %(joys)s WHEN 2 THEN %(own)s ELSE %(late)s END
ORDER BY kind, place"""


def steps_of_a_day(
    *, by: Viewer, at: datetime, today: date, families: Iterable[UUID], joys: int, own: int, late: int
) -> dict[int, list[Any]]:
    """Steps by why they stand there, at most so many of each; each knows of how many it is one (`of_all`).

    Late steps of others are those of `families`; joys come newest first, the rest oldest first.
    """
    asked = {
        "me": by.person_id, "week_ago": at - WEEK, "nearly_a_week_ago": at - NEARLY_A_WEEK, "soon": today + WEEK,
        "today": today, "families": list(families), "joys": joys, "own": own, "late": late,
    }  # fmt: skip
    found: dict[int, list[Any]] = {JOY: [], MINE: [], LATE: []}
    rows: Iterable[Any] = Action.objects.raw(STEPS, asked)
    for row in rows:
        found[row.kind].append(row)
    return found


# Of everybody the newest answer to each version; of the yeses of a week only so many, each knows of how many it is one.
# Who is left out of a child in silence does not read the child's row, but reads beside the plan that it said yes, as
# everybody does (`trust.answers_to`): so it stands here too, for a yes that is missing here alone would tell (K4).
ANSWERS = """
SELECT id, circle_id, about_id, at, answer, person_id, version_id, of_all
FROM (SELECT newest.*, count(*) OVER (PARTITION BY answer) AS of_all,
             row_number() OVER (PARTITION BY answer ORDER BY at DESC, id) AS place
      FROM (SELECT DISTINCT ON (a.version_id, a.person_id) a.id, a.circle_id, a.about_id, a.at, a.answer, a.person_id,
                   a.version_id, v.stage
            FROM (SELECT id, circle_id, about_id, at, answer, person_id, version_id FROM wraparound_approval
                  UNION ALL
                  SELECT t.person_id, o.circle_id, o.about_id, t.at, t.answer, t.person_id, o.id
                  FROM wraparound_version o CROSS JOIN LATERAL trust.answers_to(o.id) t
                  WHERE EXISTS (SELECT 1 FROM trust_denial)
                    AND coalesce(o.in_force_at, o.replaced_at, 'infinity') > %(week_ago)s
                    AND t.person_id IN (SELECT d.subject_id FROM trust_denial d WHERE d.ground <> 'court order'
                      AND d.since <= trust.moment() AND trust.moment() < d.until)) a
            JOIN wraparound_version v ON v.id = a.version_id
            JOIN wraparound_plan p ON p.id = v.plan_id
            WHERE p.family_id = ANY(%(families)s) AND a.at >= %(two_weeks_ago)s
            ORDER BY a.version_id, a.person_id, a.at DESC, a.id DESC) newest
      WHERE answer = 'change' AND stage = 'waiting' OR answer = 'yes' AND at > %(week_ago)s) lately
WHERE answer = 'change' OR place <= %(yeses)s
ORDER BY at, id"""


def answers_of_a_day(*, at: datetime, families: Iterable[UUID], yeses: int) -> tuple[list[Any], list[Any]]:
    """Wishes to change a plan that waits, and the newest yeses of a week, so many at most (`of_all` says of how many)."""
    asked = {
        "families": list(families),
        "week_ago": at - WEEK,
        "two_weeks_ago": at - 2 * WEEK,
        "yeses": yeses,
    }
    rows: list[Any] = list(Approval.objects.raw(ANSWERS, asked))
    return [row for row in rows if row.answer == "change"], [row for row in rows if row.answer == "yes"]
