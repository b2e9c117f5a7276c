"""Every way out but a page: what one person gets by it, and what the oracle lets them have.

Each way answers which items came out. `may` is the most the oracle allows, `must` the least: what danger opens is read
on a screen and leaves by no way, and a page of a family opens to who sits in its circle.
"""

import io
import json
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import unescape
from random import Random
from re import DOTALL, search
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from kring.clock import role
from kring.messaging import kinds
from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from kring.web.mine.packing import packed, page_name
from kring.web.paper.printing import print_plan
from kring.wraparound.meeting_letters import CALLED
from kring.wraparound.models import Plan
from kring.wraparound.usecases.papers import ask_for_paper
from oracle import facts
from oracle.world import Operation
from oracle.world import World as Oracle
from proofs.laid import ask_to_every_talk
from proofs.webworld import MARKS, Pages

#: So many talks are looked at by one question.
A_FEW = 3


@dataclass
class Question:
    """Who asks, when, of which family; and what the oracle knows of it."""

    pages: Pages
    oracle: Oracle
    op: Operation
    family: str
    browser: Client

    @cached_property
    def me(self) -> facts.Person:
        """Who asks, as the oracle knows them."""
        return self.oracle.persons[self.op["viewer"]]

    @cached_property
    def at(self) -> datetime:
        """The moment."""
        return facts.moment(self.op["at"])

    def id(self, name: str) -> UUID:
        """What the product calls it."""
        return self.pages.world.names[name][1]

    @cached_property
    def bars(self) -> dict:
        """On which grounds the asker is left out, by child."""
        return self.oracle._bars(self.me, self.at)[0]

    @cached_property
    def seats(self) -> dict:
        """The circles open by a seat, and from which moment."""
        return self.oracle._open_seats(self.me, self.at, self.oracle._bars(self.me, self.at)[1])

    @cached_property
    def dangers(self) -> set[str]:
        """The circles open in danger."""
        return self.oracle._open_dangers(self.me, self.at, self.oracle._bars(self.me, self.at)[1])

    @cached_property
    def known(self) -> set[str]:
        """Everything the asker may know."""
        return set(self.oracle.ask(self.me, self.at))

    @cached_property
    def by_seat(self) -> set[str]:
        """What the asker may know without danger."""
        circles = ((self.oracle.circles[name], start) for name, start in self.seats.items())
        return {
            item
            for circle, start in circles
            for item in self.oracle._shown(circle, self.me, start, False, self.bars)
        }

    def of_family(self, items: Set[str], kinds: tuple[str, ...] = ()) -> set[str]:
        """Of these the ones that lie with the family, in circles of these kinds."""
        lying = {name: self.oracle.items[name].circle for name in items}
        return {
            name for name, circle in lying.items()
            if circle.family and circle.family.id == self.family and (not kinds or circle.kind in kinds)
        }  # fmt: skip

    @cached_property
    def opens(self) -> bool:
        """Whether every circle of the whole family opens to the asker by a seat, and says nothing that is hidden."""
        mine = [one for one in self.oracle.circles_of[self.family] if one.kind == "family"]
        return all(one.id in self.seats and not self.bars.get(one.subject) for one in mine)


class Way(ABC):
    """One way out."""

    name: str

    @abstractmethod
    def got(self, asked: Question) -> tuple[set[str], int]:
        """What came out by name, and how many more are said to be there."""

    @abstractmethod
    def may(self, asked: Question) -> set[str]:
        """The most that may come out."""

    def must(self, asked: Question) -> set[str]:
        """The least that must come out."""
        return self.may(asked) if asked.opens and not asked.dangers else set()

    def judged(self, asked: Question) -> tuple[int, int, int]:
        """How much came out, leaked, was wrongly kept."""
        (found, more), may, must = self.got(asked), self.may(asked), self.must(asked)
        leaks = max(len(found - may), len(found) + more - len(may))
        return len(found) + more, max(0, leaks), max(0, len(must - found) - more)


def marks(text: str) -> set[str]:
    """The items whose words stand in it."""
    return set(MARKS.findall(text))


class FamilySearch(Way):
    """The families one searches by name: found is whose circle is open."""

    name = "search, families"

    def got(self, asked: Question) -> tuple[set[str], int]:
        page = asked.browser.get("/families/", {"words": asked.family}).content.decode()
        return {name for name in asked.oracle.families if f"/family/{asked.id(name)}/" in page}, 0

    def may(self, asked: Question) -> set[str]:
        circles = [asked.oracle.circles[name] for name in (*asked.seats, *asked.dangers)]
        return {circle.family.id for circle in circles if circle.family}

    def must(self, asked: Question) -> set[str]:
        return {asked.family} if asked.opens else set()


class ConfidenceSearch(Way):
    """What was told alone, opened and searched."""

    name = "search, confidences"

    def got(self, asked: Question) -> tuple[set[str], int]:
        return marks(asked.browser.post("/me/", {"words": "item"}).content.decode()), 0

    def may(self, asked: Question) -> set[str]:
        """What lies in a confidence where one sits; danger opens its own page and no search."""
        items = {name: asked.oracle.items[name] for name in asked.known}
        lying = {name: one.circle for name, one in items.items() if one.subject in (None, one.circle.subject)}
        return {
            name for name, circle in lying.items() if circle.kind == "confidence" and circle.id in asked.seats
        }

    def must(self, asked: Question) -> set[str]:
        """A confidence is about the one who confided; who is left out of it finds it no more."""
        items = asked.oracle.items
        return {
            name for name in self.may(asked)
            if (young := items[name].circle.subject) is not None and not asked.bars.get(young)
            and name in asked.by_seat
        }  # fmt: skip


class Counts(Way):
    """The page of the family: the next steps, and how many more there are."""

    name = "counts"

    def got(self, asked: Question) -> tuple[set[str], int]:
        page = asked.browser.get(f"/family/{asked.id(asked.family)}/").content.decode()
        steps = search(r'id="summary-title"(.*?)</section>', page, DOTALL)
        more = search(r">(\d+) more steps?<", page)
        beside = marks(page) - self.may(asked)  # the next talk stands there too
        return (marks(steps[1]) if steps else set()) | beside, int(more[1]) if more else 0

    def may(self, asked: Question) -> set[str]:
        return asked.of_family(asked.known)


class Export(Way):
    """Everything about me: the same in the page to read and in the file for machines."""

    name = "export"

    def got(self, asked: Question) -> tuple[set[str], int]:
        with viewer.acting(asked.id(asked.me.id), page="everything about me", at=asked.at) as me:
            if me.danger_circles:
                with pytest.raises(NotAllowed):
                    packed(me, asked.at)
                return set(), 0
            package = zipfile.ZipFile(io.BytesIO(packed(me, asked.at)))
        readable = marks(unescape(package.read(page_name()).decode()))
        parts = json.loads(package.read("everything.json"))["parts"]
        assert readable == marks(json.dumps(parts, ensure_ascii=False)), "one says more than the other"
        return readable, 0

    def may(self, asked: Question) -> set[str]:
        """Nothing that another told alone, nothing sealed, nothing that only danger opens."""
        items = asked.oracle.items
        return {
            name
            for name in asked.by_seat
            if items[name].circle.kind not in ("confidence", "sealed") or self._mine(items[name], asked)
        }

    def must(self, asked: Question) -> set[str]:
        """What lies where one sits for oneself; what one reads by one's work is not one's own."""
        if asked.dangers:
            return set()
        own = {
            seat.circle.id
            for seat in asked.oracle.seats_of[asked.me.id]
            if seat.job is None and seat.circle.id in asked.seats
        }
        by_work = {seat.circle.id for seat in asked.oracle.seats_of[asked.me.id] if seat.job is not None}
        lying = {name: asked.oracle.items[name].circle for name in self.may(asked)}
        return {name for name, circle in lying.items() if circle.id in own - by_work and circle.family}

    @staticmethod
    def _mine(item: facts.Item, asked: Question) -> bool:
        return item.circle.kind == "confidence" and item.circle.subject is asked.me


class PlanOnPaper(Way):
    """The plan, set in type and read back from the sheet."""

    name = "PDF, plan"

    def got(self, asked: Question) -> tuple[set[str], int]:
        person, at, family = asked.id(asked.me.id), asked.at, asked.id(asked.family)
        with viewer.acting(person, page="paper", at=at) as me:
            plan = Plan.objects.filter(family_id=family).first()
            if plan is None or me.danger_circles:
                return set(), 0
            paper = ask_for_paper(plan, reader_id=person, language="en", by=me, at=at).pk
        print_plan(paper, person, at=at)
        sheet = asked.pages.world.owner.execute(
            "SELECT sheet FROM wraparound_paper WHERE id = %s", [paper]
        ).fetchone()
        return (marks(words_of(bytes(sheet[0]))) if sheet and sheet[0] else set()), 0

    def may(self, asked: Question) -> set[str]:
        return asked.of_family(asked.by_seat)


class PathOnPaper(Way):
    """The help of before, on paper."""

    name = "PDF, path"

    def got(self, asked: Question) -> tuple[set[str], int]:
        answer = asked.browser.get(f"/family/{asked.id(asked.family)}/path/paper.pdf")
        return (marks(words_of(answer.content)) if answer.status_code == 200 else set()), 0

    def may(self, asked: Question) -> set[str]:
        return asked.of_family(asked.by_seat, ("family", "part"))


def words_of(sheet: bytes) -> str:
    """What stands on a sheet, without the ends of its lines."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages).replace("\n", "")


class Letters(Way):
    """A letter to who is asked to a talk: it goes only to who may know of it, and says nothing."""

    name = "letters"

    def got(self, asked: Question) -> tuple[set[str], int]:
        person, gone = asked.id(asked.me.id), set()
        ask_to_every_talk(asked.pages.world, person)
        with role.for_a_while(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('harness.at', %s, false)", [asked.op["at"]])
            for name in few(asked):
                words = kinds.wording(CALLED)(kinds.Asked(asked.id(name), person, "email", asked.at))
                if words is None:
                    continue
                gone.add(name)
                said = " ".join((words.subject, *words.lines, words.link, words.calendar.decode()))
                assert asked.family not in MARKS.sub(asked.family, said), "a letter says what it is about"
        return gone, 0

    def may(self, asked: Question) -> set[str]:
        return asked.known & set(few(asked))

    def must(self, asked: Question) -> set[str]:
        return self.may(asked)


class Calendar(Way):
    """A talk as a file for a calendar."""

    name = "calendar"

    def got(self, asked: Question) -> tuple[set[str], int]:
        answers = {
            name: asked.browser.get(f"/meetings/{asked.id(name)}/invitation.ics") for name in few(asked)
        }
        return set().union(*(marks(a.content.decode()) for a in answers.values() if a.status_code == 200)), 0

    def may(self, asked: Question) -> set[str]:
        return asked.by_seat & set(few(asked))

    def must(self, asked: Question) -> set[str]:
        return set() if asked.dangers else self.may(asked)


def few(asked: Question) -> list[str]:
    """Some talks of the family, the same for every way."""
    there = sorted(asked.of_family(asked.oracle.items.keys(), ("family", "part")))
    return Random(f"{asked.op}").sample(there, min(A_FEW, len(there)))


WAYS: tuple[Way, ...] = (
    FamilySearch(), ConfidenceSearch(), Counts(), Export(), PlanOnPaper(), PathOnPaper(), Letters(), Calendar(),
)  # fmt: skip
#: What cannot be asked like this, and why.
NOT_ASKED = (
    "search of offers and people: they are the village's, and lie in no circle",
    "sheets of how a child learns: one object each, as talks are",
    "letters of the desk, of danger and of birthdays: they are about no item of a circle; their own tests ask them",
)
