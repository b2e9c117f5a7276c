"""The plan for the fridge: read as its reader may know it at this moment, set by Typst, kept for who asked."""

from __future__ import annotations

import io
import json
import logging
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from kring.web.design import days
from kring.web.wraparound.reading import GoalCard, PlanPage, Step, plan_page
from kring.wraparound import rules
from kring.wraparound.models import Paper, Plan
from kring.wraparound.usecases.papers import keep_paper, paper_failed

BUILT = Path(__file__).resolve().parents[1] / "static" / "built"
FONTS = BUILT / "paper-fonts"
log = logging.getLogger(__name__)


def print_plan(paper_id: UUID, owner_id: UUID, *, at: datetime) -> None:
    """Make one paper; what the reader may not know at this moment is not printed."""
    try:
        with viewer.acting(owner_id, page="paper") as owner:
            paper = Paper.objects.defer("sheet").filter(pk=paper_id, owner_id=owner.person_id).first()
        if paper is None:
            return
        sheet = _sheet(paper, owner_id, at)
        with viewer.acting(owner_id, page="paper") as owner:
            if sheet is None:
                paper_failed(paper_id, by=owner)
            else:
                keep_paper(paper_id, sheet, by=owner, at=at)
    except NotAllowed:
        log.info("a paper was asked for by somebody who is not there any more")


def _sheet(paper: Paper, owner_id: UUID, at: datetime) -> bytes | None:
    """The PDF; None where the reader may know nothing of the plan, or where it cannot be set."""
    other = paper.reader_id if paper.reader_id != owner_id else None
    with translation.override(paper.language):
        with viewer.acting(owner_id, page="paper", purpose="on paper", seen_as=other) as me:
            plan = Plan.objects.select_related("family").filter(pk=paper.plan_id).first()
            if plan is None:
                return None
            page = plan_page(plan, by=me, at=at)
            told = told_of(page, at=at, village=me.village_name, phone=me.village_phone)
            told["reader"] = _name(page, paper.reader_id)
        try:
            return set_in_type(told)
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
    return {
        "language": language,
        "direction": rules.direction(language),
        "title": _("Our plan"),
        "family": page.plan.family.name,
        "stage": _stage(page, language),
        "for": _("For"),
        "made": days.full(at, language=language),
        "call": {"word": _("Call"), "name": caring.get("name", village), "phone": caring.get("phone") or phone},
        "look": _("The plan on your telephone"),
        "address": address_of(page.plan.pk),
        "wishes": [_words(item.row.text, item.row.language) for item in page.wishes],
        "domains": [{"name": one.name.capitalize(), "picture": _pictures().get(one.picture, ""),
                     "goals": [_goal(card, language) for card in one.goals]} for one in page.domains],
        "by_hand": _("We tick what is done."),
        "note": _("Please take this paper down when somebody visits who may not read it."),
    }  # fmt: skip


def _stage(page: PlanPage, language: str) -> str:
    if page.in_force and page.plan.in_force_since:
        return _("in force since %(day)s") % {"day": days.full(page.plan.in_force_since, language=language)}
    return _("being written")


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
    when = days.full(action.by_when, language=language) if action.by_when else ""
    if step.ticked:
        when = str(step.badge["words"])
    elif action.every_week:
        when = _("every week")
    return {
        "who": step.doer["name"],
        "what": _words(action.what, action.language),
        "when": when,
        "done": step.ticked,
        "offer": action.offer.name if action.offer else "",
        "phone": action.offer.contact_phone if action.offer else "",
        "waits": "" if action.may_start else _("waits for everybody's yes"),
    }


def address_of(plan_id: UUID) -> str:
    """The address of the plan, for the square on the paper."""
    return str(settings.PUBLIC_ADDRESS).rstrip("/") + reverse("wraparound:plan", args=[plan_id])


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
    sprite = (BUILT / "pictograms.svg").read_text(encoding="utf-8")
    return {name: _drawn(box, inside) for name, box, inside in SYMBOL.findall(sprite)}


def _drawn(box: str, inside: str) -> str:
    for word, colour in COLOURS.items():
        inside = inside.replace(word, colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'


@cache
def _template() -> bytes:
    return files("kring.web.paper").joinpath("plan.typ").read_bytes()


def set_in_type(told: dict[str, Any]) -> bytes:
    """A PDF/UA from what is told; nothing is read from anywhere but our own template and fonts."""
    drawn = io.BytesIO()
    segno.make(told["address"], error="m", micro=False).save(
        drawn, kind="svg", border=0, svgclass=None, lineclass=None
    )
    inputs = {"told": json.dumps(told, ensure_ascii=False), "square": drawn.getvalue().decode()}
    made = typst.compile(
        _template(), format="pdf", sys_inputs=inputs, font_paths=[str(FONTS)], ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )  # fmt: skip
    return bytes(made)
