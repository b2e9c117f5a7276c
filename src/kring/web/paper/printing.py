"""The plan for the fridge: read as its reader may know it at this moment, set by Typst, kept for who asked."""

from __future__ import annotations

import io
import json
import logging
import re
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from kring.web.design import days
from kring.web.paper import signs
from kring.web.paper.agreed import Agreed, agreed_of
from kring.web.wraparound.frozen import Frozen, FrozenGoal
from kring.web.wraparound.reading import (
    Cheer,
    Domain,
    GoalCard,
    Item,
    PlanPage,
    Step,
    domain_name,
    picture_of,
    plan_page,
)
from kring.wraparound import rules
from kring.wraparound.models import Paper, Plan
from kring.wraparound.usecases.papers import keep_paper, paper_failed

FONTS = signs.BUILT / "paper-fonts"
log = logging.getLogger(__name__)


def print_plan(paper_id: UUID, owner_id: UUID, *, at: datetime) -> None:
    """Make one paper; what the reader may not know at this moment is not printed."""
    try:
        with viewer.acting(owner_id, page="paper", at=at) as owner:
            paper = Paper.objects.defer("sheet").filter(pk=paper_id, owner_id=owner.person_id).first()
        if paper is None:
            return
        sheet = sheet_of(paper, owner_id, at)
        with viewer.acting(owner_id, page="paper", at=at) as owner:
            if sheet is None:
                paper_failed(paper_id, by=owner)
            else:
                keep_paper(paper_id, sheet, by=owner, at=at)
    except NotAllowed:
        log.info("a paper was asked for by somebody who is not there any more")


def sheet_of(paper: Paper, owner_id: UUID, at: datetime) -> bytes | None:
    """The PDF; None where the reader may know nothing of the plan, or where it cannot be set."""
    other = paper.reader_id if paper.reader_id != owner_id else None
    with translation.override(paper.language):
        with viewer.acting(owner_id, page="paper", purpose="on paper", seen_as=other, at=at) as me:
            plan = Plan.objects.select_related("family").filter(pk=paper.plan_id).first()
            if plan is None or plan.circle_id in me.danger_circles:  # in danger one reads, and prints nothing
                return None
            page = plan_page(plan, by=me, at=at)
            told = told_of(page, at=at, village=me.village_name, phone=me.village_phone)
            told["reader"] = _name(page, paper.reader_id)
        try:
            return set_in_type(told, on=timezone.localdate(at))
        except typst.TypstError:
            log.exception("a paper could not be set")
            return None


def _name(page: PlanPage, reader_id: UUID) -> str:
    one = page.people.by_id.get(reader_id)
    return one.name if one else ""


def told_of(page: PlanPage, *, at: datetime, village: str, phone: str) -> dict[str, Any]:
    """Everything the paper says, in the language that is on now."""
    language = translation.get_language() or "en"
    caring = page.people.caring
    agreed = agreed_of(page)
    return _parts(page, agreed, language) | {
        "language": language,
        "direction": rules.direction(language),
        "title": _("Our plan"),
        "good": {"title": _("What went well"), "told": [_cheer(cheer, language) for cheer in page.cheers]},
        "family": page.plan.family.name,
        "for": _("For"),
        "made": days.full(at, language=language),
        "call": {"word": _("Call"), "name": caring.get("name", village), "phone": caring.get("phone") or phone},
        "look": _("The plan on your telephone"),
        "address": address_of(page.plan.pk),
        "by_hand": _("We tick what is done."),
        "note": _("Please take this paper down when somebody visits who may not read it."),
    }  # fmt: skip


def _parts(page: PlanPage, agreed: Agreed | None, language: str) -> dict[str, Any]:
    """What is in force and, apart, what is newer; before everybody's yes, the plan as it is now."""
    newer: dict[str, Any] = {"title": _("Since then, not yet agreed"), "wishes": [], "domains": []}
    if agreed is None:
        return {"stage": _("This plan waits for everybody's yes."), "wishes": _wishes(page.wishes),
                "domains": _domains(page.domains, language), "loose": [], "newer": newer}  # fmt: skip
    since = page.in_force.in_force_at if page.in_force else None
    newer |= {"wishes": _wishes(agreed.new_wishes), "domains": _domains(agreed.new_domains, language)}
    return {
        "stage": _("in force since %(day)s") % {"day": days.full(since, language=language) if since else ""},
        "wishes": [_words(one.content["text"], one.content["language"]) for one in agreed.pages.wishes],
        "domains": [_domain(code, [_frozen_goal(goal, agreed, language) for goal in goals])
                    for code, goals in agreed.domains.items()],
        "loose": [_frozen_step(one, agreed, language) for one in agreed.pages.loose],
        "newer": newer,
    }  # fmt: skip


def _cheer(cheer: Cheer, language: str) -> dict[str, Any]:
    """Something good, with who told it and on which day."""
    return {
        "words": _words(cheer.row.words, cheer.row.language),
        "who": cheer.face["name"],
        "day": days.full(cheer.row.at, language=language),
    }


def _wishes(items: list[Item]) -> list[dict[str, str]]:
    return [_words(item.row.text, item.row.language) for item in items]


def _domains(domains: list[Domain], language: str) -> list[dict[str, Any]]:
    return [_domain(one.code, [_goal(card, language) for card in one.goals]) for one in domains]


def _domain(code: str, goals: list[dict[str, Any]]) -> dict[str, Any]:
    """A part of life with its picture."""
    name = domain_name(code)
    return {
        "name": name[:1].upper() + name[1:],
        "picture": _pictures().get(picture_of(code), ""),
        "goals": goals,
    }


def _words(text: str, language: str) -> dict[str, str]:
    """Somebody's words with their own direction."""
    return {"text": text, "language": language, "direction": rules.direction(language)}


def _goal(card: GoalCard, language: str) -> dict[str, Any]:
    return {
        "aim": _words(card.row.aim, card.row.language),
        "need": _words(card.row.need, card.row.language) if card.row.need else None,
        "steps": [_step(step, language) for step in card.steps],
    }


def _step(step: Step, language: str) -> dict[str, Any]:
    action = step.row
    return {
        "who": step.doer["name"],
        "what": _words(action.what, action.language),
        "when": _when(step, language) if step.ticked or action.may_start else "",
        "done": step.ticked,
        "offer": action.offer.name if action.offer else "",
        "phone": action.offer.contact_phone if action.offer else "",
        "waits": "" if action.may_start else _("waits for everybody's yes"),
    }


def _when(step: Step, language: str) -> str:
    """The words of the badge on the screen; a day is written out."""
    due = step.badge.get("due")
    return days.full(due, language=language) if due else str(step.badge["words"])


def _frozen_goal(goal: FrozenGoal, agreed: Agreed, language: str) -> dict[str, Any]:
    told, own = goal.content, goal.content["language"]
    return {
        "aim": _words(told["aim"], own),
        "need": _words(told["need"], own) if told.get("need") else None,
        "steps": [_frozen_step(one, agreed, language) for one in goal.steps],
    }


def _frozen_step(one: Frozen, agreed: Agreed, language: str) -> dict[str, Any]:
    """A step in the words everybody said yes to, with the tick of today."""
    told, row = one.content, agreed.live.get(one.row.source_id)
    step = agreed.steps.get(one.row.source_id)
    ticked = step is not None and step.ticked
    offer = row.offer if row is not None and str(row.offer_id) == told.get("offer_id") else None
    if step is not None and ticked:
        when = _when(step, language)
    elif one.when:
        when = days.full(one.when, language=language)
    else:
        when = _("every week") if told.get("every_week") else _("when it suits")
    return {
        "who": one.face["name"],
        "what": _words(told["what"], told["language"]),
        "when": when,
        "done": ticked,
        "offer": told.get("offer", ""),
        "phone": offer.contact_phone if offer else "",
        "waits": _("not now") if agreed.rests(one) else "",
    }


def address_of(plan_id: UUID) -> str:
    """The address of the plan, for the square on the paper."""
    return settings.PUBLIC_ADDRESS + reverse("wraparound:plan", args=[plan_id])


#: The colours of the pictures on paper; on the screen they come from the theme.
COLOURS = {
    "var(--ground)": "#f6e3c5",
    "var(--accent)": "#f2b134",
    "var(--accent-line)": "#2b1c00",
    "currentColor": "#16302b",
}
SYMBOL = re.compile(r'<symbol id="([a-z]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)


@cache
def _pictures() -> dict[str, str]:
    """Our own pictograms, each as a drawing of its own."""
    sprite = (signs.BUILT / "pictograms.svg").read_text(encoding="utf-8")
    return {name: _drawn(box, inside) for name, box, inside in SYMBOL.findall(sprite)}


def _drawn(box: str, inside: str) -> str:
    for word, colour in COLOURS.items():
        inside = inside.replace(word, colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


@cache
def _template(name: str) -> bytes:
    return files("kring.web.paper").joinpath(name).read_bytes()


def set_in_type(told: dict[str, Any], template: str = "plan.typ", *, on: date) -> bytes:
    """A PDF/UA from what is told; nothing is read from anywhere but our own template and fonts, and no clock either.

    Two papers of one day that say the same are the same, byte for byte: so a paper does not tell that something is hidden.
    """
    told, has_lost_words = signs.as_printed(told)
    if has_lost_words and "note" in told:
        told["note"] += " " + _(
            "Some words stand in letters that we cannot print. Read them on the telephone."
        )
    drawn = io.BytesIO()
    segno.make(told["address"], error="m", micro=False).save(
        drawn, kind="svg", border=0, svgclass=None, lineclass=None, dark=told.get("colour", "black")
    )
    inputs = {"told": json.dumps(told, ensure_ascii=False), "square": drawn.getvalue().decode()}
    made = typst.compile(
        _template(template), format="pdf", sys_inputs=inputs, font_paths=[str(FONTS)], ignore_system_fonts=True,
        pdf_standards=["ua-1"], timestamp=int(datetime.combine(on, time(), UTC).timestamp()),
    )  # fmt: skip
    return bytes(made)
