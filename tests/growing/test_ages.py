"""The decision tables say what the database does, and a birthday is told of in good time (D5, K7; W9)."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import growing as letters
from kring.clock import usecases as clock
from kring.messaging import kinds
from kring.trust import ages, profiles, viewer
from kring.trust.ages import Matter, Who
from kring.trust.usecases import growing
from web.doorstep import account, bare, browser
from wraparound.home import Home


@pytest.fixture
def home(owner):
    return Home(owner)


def turns(home, child, years, days):
    """`child` turns `years` in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    born = day.replace(year=day.year - years) if (day.month, day.day) != (2, 29) else day - timedelta(days=1)
    home.owner.execute("UPDATE trust_birth SET born = %s WHERE person_id = %s", [born, child])
    return day


def lives_in(home, country):
    home.owner.execute("UPDATE trust_village SET country = %s WHERE id = %s", [country, home.village])


@pytest.mark.parametrize("country", list(profiles.PROFILES))
def test_the_table_says_what_the_database_does(country):
    table, profile = ages.of(country), profiles.PROFILES[country]
    for matter in (Matter.CONFIDE, Matter.READERS, Matter.OWN_PAGE):
        assert table.decides(matter, 0) == Who.CHILD
    for matter in (
        Matter.CIRCLE,
        Matter.PLAN,
        Matter.LEAVE_OUT,
        Matter.SHOW_MORE,
        Matter.STOP,
        Matter.FORGET,
    ):
        assert table.decides(matter, profile.own_voice - 1) == Who.GUARDIANS
        assert table.decides(matter, profile.own_voice) != Who.GUARDIANS
    assert table.decides(Matter.READ, profile.guardian_reads_until - 1) == Who.GUARDIANS
    assert table.decides(Matter.READ, profile.guardian_reads_until) == Who.CHILD
    assert table.source
    assert table.reviewed_on


@pytest.mark.parametrize("spoil", [
    lambda told: told["lines"].__delitem__(slice(-2, None)), lambda told: told["lines"].reverse(),
    lambda told: told["lines"][0].update({"from": 3}), lambda told: told.update(country="XX"),
], ids=("a matter is missing", "ages fall", "nobody decides for the youngest", "another country"))  # fmt: skip
def test_a_spoiled_table_is_refused(monkeypatch, tmp_path, spoil):
    from importlib.resources import files

    told = json.loads(files("kring.trust.ages").joinpath("NL.json").read_text())
    spoil(told)
    (tmp_path / "NL.json").write_text(json.dumps(told))
    monkeypatch.setattr(ages, "files", lambda package: tmp_path)
    with pytest.raises(ages.NotATable):
        ages.of.__wrapped__("NL")


def seen(home, who, child):
    with viewer.acting(who):
        return [(one.kind, one.age, one.over) for one in growing.turnings(child)]


def test_what_changes_when(home):
    lives_in(home, "NL")
    turns(home, home.yara, 12, 10)
    assert seen(home, home.naima, home.yara) == [("voice", 12, False), ("reading", 16, False)]
    turns(home, home.samira, 16, -1)
    assert seen(home, home.samira, home.samira) == [("voice", 12, True), ("reading", 16, True)]
    lives_in(home, "BE")
    assert seen(home, home.hanne, home.yara) == [("both", 12, False)]


@pytest.mark.parametrize(("said", "age"), [(None, 16), (14, 14), (10, 12), (18, 16)])
def test_a_village_may_only_tighten(home, said, age):
    lives_in(home, "NL")
    home.owner.execute("UPDATE trust_village SET reading_ends = %s WHERE id = %s", [said, home.village])
    turns(home, home.yara, 12, 10)
    assert seen(home, home.naima, home.yara)[-1][1] == age


def test_a_mother_reads_the_sheet_with_the_coordinator_at_the_foot(home, owner):
    turns(home, home.yara, 12, 10)
    page = browser(owner, home.naima).get(f"/growing/{home.yara}/").content.decode()
    assert "tel:0470001003" in page
    assert '<li dir="auto">' not in page, "a name of other letters turns no sentence of ours round"


def test_nobody_else_can_tell_when_a_child_turns(home, owner):
    turns(home, home.yara, 12, 10)
    stranger = home.worker("Stan", "worker", "Elders")
    home.exclude(home.yara, home.samir)
    for who in (stranger, home.samir):
        tab = browser(owner, who)
        hidden, nothing = tab.get(f"/growing/{home.yara}/"), tab.get(f"/growing/{home.village}/")
        assert hidden.status_code == nothing.status_code == 404
        assert bare(hidden.content) == bare(nothing.content)
    assert browser(owner, home.naima).get(f"/growing/{home.yara}/?as={home.samir}").status_code == 404
    with viewer.acting(home.naima):
        from django.db import connection

        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM trust.reckon_turnings(%s)", [home.yara])


@pytest.mark.parametrize(
    ("days", "told"), [(31, False), (30, True), (1, True), (0, True), (-13, True), (-15, False)]
)
def test_the_family_page_says_it_from_thirty_days_before(home, owner, days, told):
    turns(home, home.yara, 12, days)
    page = browser(owner, home.naima).get(f"/family/{home.family}/").content.decode()
    assert (f"/growing/{home.yara}/" in page) == told
    assert f"/growing/{home.samira}/" not in page


@pytest.mark.parametrize(("days", "count"), [(31, 0), (29, 3), (1, 3), (0, 0)])
def test_letters_thirty_days_before_and_once(home, days, count):
    turns(home, home.yara, 12, days)
    now = timezone.now()
    assert as_the_worker(clock.tell_of_birthdays, at=now) == count
    assert as_the_worker(clock.tell_of_birthdays, at=now) == 0
    rows = home.owner.execute("SELECT person_id FROM messaging_letter WHERE kind LIKE 'growing%'").fetchall()
    assert {person for (person,) in rows} == ({home.naima, home.samir, home.hanne} if count else set())


def test_who_is_left_out_gets_no_letter_and_the_letter_names_nobody(home, owner):
    turns(home, home.yara, 12, 20)
    home.exclude(home.yara, home.samir)
    assert as_the_worker(clock.tell_of_birthdays, at=timezone.now()) == 2
    account(owner, home.naima, "naima@example.org")
    asked = kinds.Asked(home.yara, home.naima, "nl", timezone.now())
    words = as_the_worker(kinds.wording(letters.kind_of("both")), asked)
    assert words is not None
    assert "Yara" not in " ".join([words.subject, *words.lines, words.link])
    turns(home, home.yara, 12, 0)
    assert as_the_worker(kinds.wording(letters.kind_of("both")), asked) is None
