"""Mutants: broken copies of the rule, each with one sentence dropped, turned round or shifted.

A test that cannot fail shows nothing. Every mutant must be caught by the random questions.
"""

from oracle.breaks import (
    Broken,
    agreed_job,
    always,
    any_hour,
    any_job,
    closed_overlap,
    danger_since,
    empty_overlap,
    exclusion_for_ever,
    forgotten_agreement,
    half_batch,
    lasting,
    late_voice,
    leap_in_february,
    never,
    only,
    opening,
    passing,
    reading_by_item,
    reading_by_own_voice,
    shifted,
    spares_by,
    stopping,
    unchecked,
    utc_midnight,
    without,
)
from oracle.fake import PlainWorld
from oracle.knowing import DANGER_LASTS, OPEN_IN_DANGER
from oracle.moments import DAY
from oracle.refusals import refuse


def broken_world(name: str) -> PlainWorld:
    """A world in which one sentence is broken."""
    return type("BrokenWorld", (PlainWorld,), MUTANTS[name])()


MUTANTS: dict[str, Broken] = {
    "until counts still": {"runs": lambda _, fact, at: fact.since <= at <= fact.until},
    "since counts not yet": {"runs": lambda _, fact, at: fact.since < at < fact.until},
    "until is dropped": {"runs": lambda _, fact, at: fact.since <= at},
    "since is dropped": {"runs": lambda _, fact, at: at < fact.until},
    "seat never ends": {"seat_runs": lambda _, seat, at: seat.since <= at},
    "seat always begun": {"seat_runs": lambda _, seat, at: at < seat.until},
    "agreement is ignored": {"job_carries": lambda world, job, at: job is None or world.runs(job, at)},
    "job is ignored": {
        "job_carries": lambda world, job, at: job is None or world.agreed(job.organisation, at)
    },
    "job and agreement are ignored": {"job_carries": always},
    "renewal does not wake": {
        "agreed": lambda world, o, at: any(world.runs(one, at) for one in world.agreements_of[o.id][:1])
    },
    "any agreement ever": {"agreed": lambda world, o, at: bool(world.agreements_of[o.id])},
    "history is ignored": {"reaches_back": always},
    "history begins after": {"reaches_back": lambda _, seat, item: seat.history or item.at > seat.since},
    "history is turned round": {
        "reaches_back": lambda _, seat, item: not seat.history or item.at >= seat.since
    },
    "history by seat's end": {"reaches_back": lambda _, s, item: s.history or s.since <= item.at < s.until},
    "guardians read for ever": {"still_reads": always},
    "guardians read a day longer": shifted("reading_ends", DAY),
    "guardians read a day less": shifted("reading_ends", -DAY),
    "guardians read one microsecond longer": {
        "still_reads": lambda world, seat, at: (
            seat.ground != "guardian" or at <= world.reading_ends(seat.circle)
        )
    },
    "guardians end at own voice": {"reading_ends": reading_by_own_voice},
    "guardians end on any ground": {
        "still_reads": lambda world, seat, at: (
            not (seat.circle.family and seat.person in seat.circle.family.guardians)
            or at < world.reading_ends(seat.circle)
        )
    },
    "guardians end by the item": {"seat_opens": reading_by_item},
    "midnight in UTC": {"turns": utc_midnight},
    "leap day in February": {"birthday": leap_in_february},
    "persons are not excluded": only("person"),
    "organisations are not excluded": only("organisation"),
    "sectors are not excluded": only("sector"),
    "former job still excluded": {"works_at": any_job},
    "exclusion needs an agreement": {"works_at": agreed_job},
    "exclusion hits the subject": {
        "spares": lambda _, one, who, item: item.author is who and one.ground != "court order"
    },
    "exclusion hits the author": spares_by(("own choice", "guardian", "court order", "conflict", "withheld")),
    "conflict hits the author": spares_by(("court order", "conflict")),
    "withheld hits the author": spares_by(("court order", "withheld")),
    "court order spares the author": spares_by(()),
    "guardian's exclusion never ends": {"exclusion_runs": exclusion_for_ever},
    "own voice a day late": shifted("own_voice", DAY),
    "own voice a day early": shifted("own_voice", -DAY),
    "own voice ends every exclusion": {
        "exclusion_runs": lambda world, one, at: (
            world.runs(one, at) and (one.ground in ("own choice",) or at < world.own_voice(one.subject))
        )
    },
    "circle's subject is forgotten": {"subject_of": lambda _, item: item.subject},
    "item's subject is forgotten": {"subject_of": lambda _, item: item.circle.subject},
    "circle's subject comes first": {"subject_of": lambda _, item: item.circle.subject or item.subject},
    "hidden before its moment": {
        "reaches_back": lambda world, s, item: item.at <= s.until and (s.history or item.at >= s.since)
    },
    "danger passes a court order": passing("own choice", "guardian", "court order"),
    "danger passes a conflict": passing("own choice", "guardian", "conflict"),
    "danger passes what is withheld": passing("own choice", "guardian", "withheld"),
    "danger stops at own choice": passing("guardian"),
    "danger stops at a guardian": passing("own choice"),
    "danger passes nothing": {"danger_passes": never},
    "danger opens what is sealed": opening(*OPEN_IN_DANGER, "sealed"),
    "danger opens a group": opening(*OPEN_IN_DANGER, "group"),
    "danger opens every confidence": opening(*OPEN_IN_DANGER, safe=always),
    "danger opens no confidence": opening(*OPEN_IN_DANGER, safe=never),
    "danger opens bound secrets only": opening(*OPEN_IN_DANGER, safe=lambda c: c.safety and not c.secrecy),
    "danger does not open a part": opening("family", "home", "own"),
    "danger does not open own pages": opening("family", "home", "part"),
    "danger does not open homes": opening("family", "own", "part"),
    "danger lasts a day": lasting(DAY),
    "danger lasts an instant more": lasting(DANGER_LASTS, closed=True),
    "danger opens before it began": {
        "danger_runs": lambda _, danger, at: danger.at - DAY <= at < danger.at + DANGER_LASTS
    },
    "danger outlives the job": {"danger_carries": any_hour},
    "danger outlives the agreement": {"danger_carries": forgotten_agreement},
    "danger without history": {"danger_opens": danger_since},
    "danger opens every family": {
        "danger_reaches": lambda _, danger, c: (
            c.kind in OPEN_IN_DANGER or (c.kind == "confidence" and c.safety)
        )
    },
    "touching seats overlap": {"overlap": closed_overlap},
    "empty seats overlap": {"overlap": empty_overlap},
    "seats may overlap": {"overlap": never},
    "any job will do": without("check_seat_job", "another person's job"),
    "no job needed": without("check_seat_job", "no job"),
    "secrecy is not checked": {"check_bound": unchecked},
    "guardians in confidences": without("check_guardian_place", "no guardians in this circle"),
    "guardians without a family": {
        "check_guardian_place": unchecked,
        "check_guardian": lambda _, seat: refuse(
            seat.circle.family is not None and seat.person not in seat.circle.family.guardians,
            "not a guardian",
        ),
    },
    "anybody is a guardian": {"check_guardian": unchecked},
    "own choice at any age": without("check_voice", "before own voice"),
    "guardians exclude at any age": without("check_voice", "after own voice"),
    "guardians exclude at own voice": {"check_voice": late_voice},
    "birth date not needed": {"check_subject": unchecked},
    "family not needed": {"check_needs_family": unchecked},
    "villages may be crossed": {"check_same_village": unchecked},
    "families may be crossed": without("check_child", "crosses families"),
    "moves may cross families": without("check_move", "crosses families"),
    "until may come first": {"check_period": unchecked},
    "ids may be repeated": without("check_id", "a repeated id"),
    "danger without a job": {"check_danger_job": unchecked},
    "danger by anybody": without("check_danger_job", "another person's job"),
    "danger without agreement": without("check_danger", "no agreement"),
    "danger despite a court order": stopping("conflict"),
    "danger despite a conflict": stopping("court order"),
    "danger refused when withheld": stopping("court order", "conflict", "withheld"),
    "danger refused by own choice": stopping("court order", "conflict", "own choice"),
    "ending may prolong": {"ended": lambda _, fact, at: max(fact.since, at)},
    "ending does nothing": {"ended": lambda _, fact, at: fact.until},
    "moving does nothing": {"_lay": unchecked},
    "half a batch stays": {"_batch": half_batch},
}
