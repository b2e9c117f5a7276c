"""D8, no machine judgement: no field, annotation, order or list scores, ranks or predicts persons.

Whatever puts things in an order is named here with its reason. A new one fails until somebody says why; one that is not
there any more fails too. Searching ranks offers and words, never people.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from kring.trust.enforcement import guarded_models

SOURCE = Path(__file__).parents[2] / "src/kring"

JUDGING = re.compile(
    r"(^|_)(score[sd]?|scoring|rank(ing|ed|s)?|risk(s|y)?|predict\w*|probab\w*|likelihood|severity|priorit\w*|urgency|"
    r"urgent|rating|rated|grade[sd]?|points|percentile|quantile|weight|danger_level|level)(_|$)", re.IGNORECASE,
)  # fmt: skip

#: Names that judge no person, each with its reason. A model's field, an annotation, a column a function answers with.
NAMES: dict[str, str] = {
    "points": "the points of an agenda",
    "has_points": "whether an agenda has points",
    "rank": "how well the words of an offer fit the words that are searched for",
}

#: By what things stand in an order: words that say nothing about how somebody is doing.
ORDERED_BY: dict[str, set[str]] = {
    "the moment it happened, was promised or is planned": {
        "added_at",
        "answer_by",
        "answered_at",
        "applied_at",
        "asked_at",
        "at",
        "begins_at",
        "by_when",
        "closed_at",
        "day",
        "done_at",
        "drawn_at",
        "dropped_at",
        "due",
        "due_at",
        "earliest",
        "goal_at",
        "held_on",
        "kept_at",
        "known_at",
        "max",
        "minute",
        "moment",
        "month",
        "next_review_on",
        "offered_at",
        "on",
        "opened_at",
        "seen_at",
        "since",
        "since_year",
        "started_at",
        "taken_at",
        "told_at",
        "until",
    },
    "the alphabet": {
        "_by_name",
        "_name",
        "face",
        "fold",
        "full_name",
        "given_name",
        "name",
        "person",
        "slug",
        "sort_key",
        "str",
        "surname",
        "word",
    },
    "a number without a meaning, so that the order stays the same": {
        "family_id",
        "id",
        "job_id",
        "offer_id",
        "person_id",
        "pk",
        "ref",
        "village_id",
    },
    "a place somebody gave it, or the number it came with": {
        "first",
        "goal",
        "number",
        "place",
        "position",
        "seal",
        "second",
        "version",
    },
    "what somebody is here, never how they are doing": {
        "CHILD",
        "GUARDIAN",
        "Kind",
        "Role",
        "as_role",
        "coordinator",
        "family",
        "kind",
        "professional",
        "ring",
        "role",
        "seat_role",
    },
    "oneself and one's own first": {"mine", "you"},
    "what is open before what is settled": {"concern", "circle", "is_open", "promise"},
    "to whom something was told, each by themselves": {"whom"},
    "the plain rule that found it, and the page it was on": {"part", "rule"},
}

#: Orders that need a sentence of their own: as they are written, and why.
ORDERS: dict[str, str] = {
    "_place": "the rows of a package by the day they were written, together as their page has them",
    "lambda row: (not row.concern.wants_help_now, row.due, row.concern.at, str(row.concern.pk))": "who asks said in their own words that it cannot wait (D8: a human's word); then the day that was promised",
    "'rank'": "offers, by how well their words fit",
    "'far'": "steps without a day after those with one",
    "'-shared'": "spellings of words, by how many letters they share",
    "'-differs'": "offers about which somebody said that something is different, first",
    "lambda line: bool(line['answer'])": "offers not answered about, first",
    "lambda line: not line['here']": "offers nearby, first",
    "lambda name: signs.places[name]": "places of the village, by how many offers they have",
    "lambda family: day.families[family]": "the alphabet: the name of each family",
    "lambda row: _moment(_due(row), here)": "the moment of a promise",
    "p.given_name, p.id, j.bound DESC": "the alphabet; of two jobs of one person the one with secrecy",
    "7 DESC NULLS LAST, c.id": "confidences of one's own, by what was said last",
    "s.seen_at DESC, s.since DESC OFFSET 19": "sessions of one person, the one used longest ago last",
    "a.version_id, a.person_id, a.at DESC, a.id DESC": "of everybody the newest answer to each version",
    "5, 1": "by the moment one was asked",
    "4, 1": "families that wait, by since when",
    "1": "a random number",
    "1, 2": "names of tables; random numbers",
    "1, 2, 3": "moments and random numbers",
    "j.role <> 'contact point', j.since, j.id": "of two jobs of one person, the one that answers",
    "mine.role <> 'contact point', mine.since, mine.id": "of two jobs of one person, the one that answers",
    "j.given_here AND j.confirmed_at IS NULL, j.since, j.id": "of the jobs of one person, the one that rests on nobody here",
    "p.id = d.person_id DESC,": "who is on duty today, first",
    "EXISTS (SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id": "the family that both know",
    "EXISTS (SELECT 1 FROM trust_seat o WHERE o.circle_id = k.circle_id AND o.role = 'coordinator'": "the family that has somebody who calls",
    "(c.kind = 'family'": "the circle of the family before its parts",
    "(j.person_id IS NOT DISTINCT FROM k.owner_id": "who keeps an offer, before colleagues",
    "coalesce(k.phone, ''": "of one family, whoever has a telephone",
    "coalesce(n.given_name, a.name": "the alphabet",
    "CASE kind WHEN 1 THEN done_at END DESC NULLS LAST, by_when, id": "what was done last, then what is to be done first",
    "v LOOP": "numbers of villages",
    'text COLLATE "C"': "texts of the harness",
    "n": "the order in which values were given",
    "len": "addresses, the longest",
    "head.count": "which sign parts the columns of a file",
    "CLASSES.index": "how private a field is",
    "lambda pair: pair[0]": "names of files",
    "lambda path: _number(path.parent.parent.name)": "versions of the database's programs",
    "lambda kind: found[kind]": "formats a program asks for",
    "lambda polygon: abs(_area(polygon[0]))": "shapes on the map",
    "lambda item: _name(item[0])": "names of tables",
    "lambda i: _name(i[0])": "names of tables",
    "lambda one: one[0]": "names",
    "lambda one: one[1]": "days",
    "lambda one: fold(one[1])": "the alphabet",
    "lambda one: rules.fold(one[1])": "the alphabet",
    "lambda one: rules.fold(one[0])": "the alphabet",
    "lambda line: ''.join((one.word for one in rules.tokens(line.word)))": "the alphabet",
}


def sources(pattern: str) -> Iterator[str]:
    """The text of our own files."""
    for path in sorted(SOURCE.glob(pattern)):
        if "migrations" not in path.parts and not {"bench.py", "benching"} & set(path.parts):
            yield path.read_text(encoding="utf-8")


def annotations(text: str) -> Iterator[str]:
    """The names that annotate, aggregate or alias give to what they reckon."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
            "annotate",
            "aggregate",
            "alias",
        ):
            yield from (word.arg for word in node.keywords if word.arg)


def orders(text: str) -> Iterator[tuple[str, set[str]]]:
    """Every order in a Python file, as it is written, with the words it goes by."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from sql_orders(node.value)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "order_by":
                yield from ((ast.unparse(one), words_of(one)) for one in node.args)
            elif name in ("sorted", "sort", "min", "max", "nlargest", "nsmallest", "heappush"):
                yield from (
                    (ast.unparse(k.value), words_of(k.value)) for k in node.keywords if k.arg == "key"
                )
        elif isinstance(node, ast.Assign) and "ordering" in [getattr(one, "id", "") for one in node.targets]:
            yield ast.unparse(node.value), words_of(node.value)


def words_of(order: ast.expr) -> set[str]:
    """The fields a Python expression asks about; a whole function by its name."""
    found = set()
    called = {id(node.func) for node in ast.walk(order) if isinstance(node, ast.Call)}
    for node in ast.walk(order):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value.lstrip("-").rsplit("__", 1)[-1])
        elif isinstance(node, ast.Attribute) and id(node) not in called:
            found.add(node.attr)
    return found or {ast.unparse(order)}


def sql_orders(text: str) -> Iterator[tuple[str, set[str]]]:
    """Every order in SQL, with the columns it goes by; one that is more than columns stands for itself."""
    for order in re.findall(r"ORDER BY ([^;)\n]+?)(?= LIMIT| FOR | ROWS|  --|\)|;|\n|$)", text):
        columns = [
            re.sub(r"( DESC| ASC)?( NULLS (LAST|FIRST))?,?$", "", one.strip()) for one in order.split(",")
        ]
        plain = [re.fullmatch(r"(?:\w+\.)?([a-z]\w*)", one) for one in columns if one]
        yield order, {found[1] for found in plain if found} if all(plain) else {order}


@cache
def every_order() -> dict[str, set[str]]:
    """Every order of the house with its words."""
    found: dict[str, set[str]] = {}
    for text in sources("**/*.py"):
        found.update(orders(text))
    for text in sources("**/*.sql"):
        found.update(sql_orders(text))
    return found


def unnamed(found: dict[str, set[str]]) -> list[str]:
    """Orders by something that has no reason here."""
    allowed = set().union(*ORDERED_BY.values())
    return sorted(order for order, words in found.items() if not words <= allowed and order not in ORDERS)


def judging(names: set[str]) -> set[str]:
    """Names that sound like a judgement and have no reason here."""
    return {name for name in names if JUDGING.search(name)} - set(NAMES)


def fields() -> set[str]:
    """The fields of every model."""
    return {field.name for model in guarded_models() for field in model._meta.get_fields()}


def columns() -> set[str]:
    """What functions of the database take, answer with and are called."""
    return {
        word
        for text in sources("**/*.sql")
        for word in re.findall(r"\b[a-z][a-z_]+\b", re.sub(r"--.*|'[^']*'", "", text))
    }


def test_nothing_is_called_a_judgement() -> None:
    named = fields() | columns() | {name for text in sources("**/*.py") for name in annotations(text)}
    assert judging(named) == set()
    assert set(NAMES) - named == set()


def test_everything_that_stands_in_an_order_has_a_reason() -> None:
    assert unnamed(every_order()) == []


def test_every_reason_is_still_needed() -> None:
    found = every_order()
    allowed = set().union(*ORDERED_BY.values())
    assert allowed - set().union(*found.values()) == set()
    assert set(ORDERS) - {order for order, words in found.items() if not words <= allowed} == set()


def test_urgency_is_a_word_somebody_wrote_and_no_number() -> None:
    """What stands on a waiting list for hurry was said by a human: yes or no, or words; never reckoned, never a number."""
    said = [
        f
        for model in guarded_models()
        for f in model._meta.get_fields()
        if re.search(r"urgen|hurry|help_now", f.name)
    ]
    assert said
    assert all(isinstance(field, models.CharField | models.TextField | models.BooleanField) for field in said)


@pytest.mark.parametrize("planted", [
    "Family.objects.annotate(risk_score=Count('looks')).order_by('-risk_score')",
    "Person.objects.order_by('-missed_meetings')",
    "sorted(children, key=lambda child: child.absences)",
    "sorted(children, key=worst_first)",
    "class Meta:\n    ordering = ('-concerns',)",
    "cursor.execute('SELECT id FROM trust_person ORDER BY missed DESC, id')",
    "cursor.execute('SELECT id FROM trust_person ORDER BY (SELECT count(*) FROM intake_concern) DESC')",
    "max(families, key=lambda family: len(family.notes))",
])  # fmt: skip
def test_a_planted_order_is_found(planted: str) -> None:
    assert unnamed(dict(orders(planted)))


def test_a_planted_name_is_found() -> None:
    planted = {
        "risk",
        "risk_score",
        "score_of_child",
        "predicted_dropout",
        "urgency",
        "priority",
        "ranks",
        "needs_level",
    }
    assert judging(planted) == planted
    assert set(annotations("Child.objects.annotate(dropout_probability=F('x'))")) == {"dropout_probability"}
    assert judging({"frankly", "underscore", "prank", "asked_at", "appointment"}) == set()
    assert apps.get_model("trust", "Person") in set(guarded_models())
