"""What a law makes us keep goes apart, locked, opened by two, until its day (D7); everything else is forgotten."""

import json
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from clockwork import as_the_worker
from forgetting.backup import Backup
from kring.clock import usecases
from kring.commands import kept as command
from kring.ground.refusals import Refusal
from kring.trust import kept, keys, ledger, profiles, retention, viewer
from kring.trust.models import Forgetting, Organisation
from kring.trust.usecases import forgettings, moving_apart, two_people
from kring.wraparound.models import Action
from kring.wraparound.usecases import actions
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser
from wraparound.home import Home

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
(DUTCH, FLEMISH) = (retention.of("NL"), retention.of("BE"))
NOTE = "Samira praatte vandaag lang over haar oma."
THEIRS = "De tante schreef dit zelf."
#: What the organisation wrote by its work, from the plan of the home: also how its own step went, not how the father's did.
PLAN = {
    "Ik mis het dansen\nOp vrijdag dansen", "brengt haar vrijdag", "belt de dansschool", "vraagt uitleg aan de arts",
    "De dansschool belt terug.",
}  # fmt: skip


@pytest.fixture
def home(owner, settings, tmp_path, monkeypatch):
    """A family whose coordinator's organisation says that its file lies here, as under Dutch law."""
    settings.KEPT_FOLDER = tmp_path / "kept"
    monkeypatch.setattr(retention, "of", lambda country: DUTCH)
    home = Home(owner)
    owner.execute("UPDATE trust_organisation SET file_here = true WHERE name = 'Wijkteam'")
    for author, words in ((home.hanne, NOTE), (home.fatna, THEIRS)):
        insert(owner, "wraparound_note", circle_id=home.circle, subject_id=home.samira, about_id=home.samira,
               author_id=author, at=LONG_AGO, text=words, signed="")  # fmt: skip
    return home


def forget(home, days_pass, law="Jeugdwet"):
    """The family asks it, and fourteen days go by."""
    with viewer.acting(home.naima) as me:
        which = forgettings.ask(Forgetting.Kind.FAMILY, home.family, by=me, at=timezone.now())
    page = browser(home.owner, home.naima).get("/mine/").content.decode()
    number = moving_apart.number_of(which, "youth help")
    assert f"/kept/{number}/" in page
    assert law in page
    told = browser(home.owner, home.naima).get("/how-long/").content.decode()
    assert "A locked copy stays apart" in told
    assert "It lies with their organisation, not here." not in told
    days_pass(15)
    assert as_the_worker(forgettings.forget_those_due) == 1
    return number


def test_only_what_the_law_names_is_kept_and_only_two_people_open_it(home, owner, days_pass):
    ada, vera = home.worker("Ada", "administrator", "Town"), home.worker("Vera", "trust officer", "Town")
    live_by_the_plan(home)
    before = Backup(owner)
    number = forget(home, days_pass)
    copy = kept.find(number)
    assert copy.ends.year == timezone.now().year + 20, "a step was done today: the last change in it"
    raw = (kept.folder() / f"{number}{kept.ENDING}").read_bytes()
    assert not [words for words in (NOTE, THEIRS, "Samira", "Amrani") if words.encode() in raw]
    assert owner.execute("SELECT count(*) FROM wraparound_note").fetchone() == (0,)
    assert json.loads(ledger.path().read_text().splitlines()[-1])["kept"] == [
        {"id": str(number), "law": copy.law, "until": copy.until}
    ]

    anybody = browser()
    shown = anybody.get(f"/kept/{number}/").content.decode()
    assert "Jeugdwet" in shown
    assert "Samira" not in shown
    assert anybody.get(f"/kept/{home.circle}/").status_code == 404
    with pytest.raises(Refusal):
        command.opened_by_two(number, "123456789", datetime.now(UTC))
    with viewer.acting(ada) as me:
        matter = two_people.ask(
            "kept copy", {"copy": number}, "De rechter vraagt het.", by=me, at=timezone.now()
        )
    with viewer.acting(vera) as me:
        assert (
            two_people.answer(two_people.told(me, timezone.now())[0].matter, True, by=me, at=timezone.now())
            == "yes"
        )
    with pytest.raises(Refusal):
        command.opened_by_two(home.circle, matter.number, datetime.now(UTC))
    path = kept.folder() / f"{number}{kept.ENDING}"
    for line, why in (
        (replace(copy, law="another"), "damaged"),
        (replace(copy, house=str(home.circle)), "did not agree"),
    ):
        path.write_bytes(json.dumps(asdict(line)).encode() + b"\n" + raw.partition(b"\n")[2])
        with pytest.raises(Refusal, match=why):
            command.opened_by_two(number, matter.number, datetime.now(UTC))
    path.write_bytes(raw)
    with keys_gone(), pytest.raises(Refusal, match="keys restore"):
        command.opened_by_two(number, matter.number, datetime.now(UTC))
    told = command.opened_by_two(
        number, matter.number, datetime.now(UTC)
    )  # what did not open used no number up
    assert {text["words"] for text in told["texts"]} == {NOTE, *PLAN}
    assert {text["by"] for text in told["texts"]} == {"Hanne"}
    with pytest.raises(Refusal):
        command.opened_by_two(number, matter.number, datetime.now(UTC))
    assert kept.find(number).opened_on

    before.restore(owner)
    forgettings.replay()
    assert owner.execute("SELECT count(*) FROM wraparound_note").fetchone() == (0,)
    assert kept.find(number).until == copy.until


def test_under_flemish_law_it_is_kept_until_the_youngest_child_is_thirty_five(
    home, owner, days_pass, monkeypatch
):
    monkeypatch.setattr(retention, "of", lambda country: FLEMISH)
    number = forget(home, days_pass, law="integrale jeugdhulp")
    assert kept.find(number).ends == date(2053, 2, 1), "Yara was born in 2018"


def test_of_whom_no_day_of_birth_is_known_nothing_is_kept_too_short():
    (line,) = retention.of("BE")
    changed = datetime(2026, 5, 4, tzinfo=UTC)
    assert line.ends(changed, [date(2012, 2, 1), None]) == date(2061, 5, 4)
    assert line.ends(changed, []) == date(2061, 5, 4)
    (line,) = retention.of("NL")
    assert line.ends(changed, [None, date(2012, 2, 1)]) == date(2046, 5, 4)


@pytest.mark.parametrize("country", profiles.PROFILES)
def test_of_every_country_it_is_said_where_it_was_looked_up(country):
    told = json.loads(files(retention).joinpath(f"{country}.json").read_text(encoding="utf-8"))
    assert told["looked_up"]
    assert all(line.law and line.holds and line.what and line.since for line in retention.of(country))


def live_by_the_plan(home):
    """Everybody tells how their step went; others wrote in the goal and in one step since; Tom, who also works there, wrote as an uncle."""
    home.plan()
    for doer, words in ((home.hanne, "De dansschool belt terug."), (home.samir, "Ze zong de hele weg.")):
        with viewer.acting(doer) as me:
            step = Action.objects.get(doer_id=doer)
            actions.report_action_done(step, by=me, at=timezone.now(), how_it_went=words)
    part = home.open("part")
    home.seat(home.circle, home.tom, role="professional", job_id=home.jobs[home.tom], ring=3)
    home.seat(part, home.tom, role="natural")
    insert(home.owner, "wraparound_note", circle_id=part, subject_id=home.samira, about_id=home.samira, author_id=home.tom,
           at=LONG_AGO, text="Als oom zeg ik het zo.", signed="")  # fmt: skip
    for table, which in (("goal", ""), ("action", "WHERE what = 'brengt haar vrijdag'")):
        home.owner.execute(
            f"UPDATE wraparound_{table} SET first_author_id = author_id, author_id = NULL {which}"
        )


@contextmanager
def keys_gone():
    """As on a new machine, before the keys come back."""
    here = Path(settings.KEYS_FOLDER)
    here.rename(here.with_name("elsewhere"))
    try:
        yield
    finally:
        here.with_name("elsewhere").rename(here)


def test_on_its_day_the_key_goes_and_the_page_says_so(home, days_pass, capsys, monkeypatch):
    number = forget(home, days_pass)
    assert kept.find(number).ends.year == LONG_AGO.year + 20
    monkeypatch.setattr(settings, "IDENTITY_KEY", b"of another machine")
    with keys_gone(), pytest.raises(Refusal, match="keys restore"):
        command.listed("Samira", "2012-02-01")
    command.listed("SAMIRA ", "2012-02-01")
    command.listed("Samira", "2012-02-02")
    assert [str(number) in line for line in capsys.readouterr().out.splitlines()] == [True, False]
    content = (kept.folder() / f"{number}{kept.ENDING}").read_bytes()
    assert as_the_worker(usecases.end_what_was_kept, at=timezone.now()) == 0
    assert as_the_worker(usecases.end_what_was_kept, at=timezone.now() + timedelta(days=20 * 366)) == 1
    kept.put_back(f"{number}{kept.ENDING}", content)
    with pytest.raises((keys.Gone, keys.DoesNotOpen)):
        kept.opened(number, timezone.now())
    assert kept.find(number).destroyed_on
    assert "gone" in browser().get(f"/kept/{number}/").content.decode()


def test_what_is_written_until_the_family_is_forgotten_indeed_is_kept_too(
    home, owner, days_pass, monkeypatch
):
    """The night fails after the copy was made; the next one makes it anew."""
    with monkeypatch.context() as tonight:
        tonight.setattr(ledger, "append", lambda line: 1 / 0 if line.get("done_at") else None)
        with viewer.acting(home.naima) as me:
            which = forgettings.ask(Forgetting.Kind.FAMILY, home.family, by=me, at=timezone.now())
        days_pass(15)
        assert as_the_worker(forgettings.forget_those_due) == 0
    insert(owner, "wraparound_note", circle_id=home.circle, subject_id=home.samira, about_id=home.samira,
           author_id=home.hanne, at=timezone.now(), text="Nog één gesprek.", signed="")  # fmt: skip
    assert as_the_worker(forgettings.forget_those_due) == 1
    told = kept.opened(moving_apart.number_of(which, "youth help"), timezone.now())
    assert [text["words"] for text in told["texts"]] == [NOTE, "Nog één gesprek."]


def test_where_no_file_lies_here_nothing_is_kept(home, owner, days_pass):
    nora = home.worker("Nora", "network", "Town")
    organisation = Organisation.objects.get(name="Wijkteam")
    page = f"/village/agreements/{organisation.pk}/file/"
    assert browser(owner, home.lotte).post(page, {"here": "no"}).status_code == 404
    assert browser(owner, nora).post(page, {"here": "no"}).status_code == 302
    with viewer.acting(home.naima) as me:
        forgettings.ask(Forgetting.Kind.FAMILY, home.family, by=me, at=timezone.now())
    days_pass(15)
    assert as_the_worker(forgettings.forget_those_due) == 1
    assert list(kept.every()) == []
