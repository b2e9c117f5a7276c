"""What a law makes us keep goes apart, locked, opened by two, until its day (D7); everything else is forgotten."""

import io
import json
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from forgetting.backup import Backup
from kring.clock import usecases
from kring.commands import kept as command
from kring.ground.refusals import Refusal
from kring.trust import kept, keys, ledger, retention, viewer
from kring.trust.models import Forgetting, Organisation
from kring.trust.usecases import forgettings, moving_apart, two_people
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser
from wraparound.home import Home

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
NOTE = "Samira praatte vandaag lang over haar oma."
THEIRS = "De tante schreef dit zelf."


@pytest.fixture
def home(owner, settings, tmp_path, monkeypatch):
    """A family whose coordinator's organisation says that its file lies here, as under Dutch law."""
    settings.KEPT_FOLDER = tmp_path / "kept"
    dutch = retention.of("NL")
    monkeypatch.setattr(retention, "of", lambda country: dutch)
    home = Home(owner)
    owner.execute("UPDATE trust_organisation SET file_here = true WHERE name = 'Wijkteam'")
    for author, words in ((home.hanne, NOTE), (home.fatna, THEIRS)):
        insert(owner, "wraparound_note", circle_id=home.circle, subject_id=home.samira, about_id=home.samira,
               author_id=author, at=LONG_AGO, text=words, signed="")  # fmt: skip
    return home


def forget(home, days_pass):
    """The family asks it, and fourteen days go by."""
    with viewer.acting(home.naima) as me:
        which = forgettings.ask(Forgetting.Kind.FAMILY, home.family, by=me, at=timezone.now())
    page = browser(home.owner, home.naima).get("/mine/").content.decode()
    assert f"/kept/{moving_apart.number_of(which)}/" in page
    assert "Jeugdwet" in page
    days_pass(15)
    assert forgettings.forget_those_due() == 1
    return moving_apart.number_of(which)


def test_only_what_the_law_names_is_kept_and_only_two_people_open_it(home, owner, days_pass):
    ada, vera = home.worker("Ada", "administrator", "Town"), home.worker("Vera", "trust officer", "Town")
    before = Backup(owner)
    number = forget(home, days_pass)
    copy = kept.find(number)
    assert copy.ends.year == LONG_AGO.year + 20
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
        command.opened_by_two(moving_apart.number_of(home.circle), matter.number, datetime.now(UTC))
    told = command.opened_by_two(number, matter.number, datetime.now(UTC))
    assert [text["words"] for text in told["texts"]] == [NOTE]
    with pytest.raises(Refusal):
        command.opened_by_two(number, matter.number, datetime.now(UTC))
    assert kept.find(number).opened_on

    before.restore(owner)
    forgettings.replay()
    assert owner.execute("SELECT count(*) FROM wraparound_note").fetchone() == (0,)
    assert kept.find(number).until == copy.until


def test_on_its_day_the_key_goes_and_the_page_says_so(home, days_pass):
    number = forget(home, days_pass)
    said = io.StringIO()
    with redirect_stdout(said):
        command.listed("Samira", "2012-02-01")
    assert str(number) in said.getvalue()
    content = (kept.folder() / f"{number}{kept.ENDING}").read_bytes()
    assert usecases.end_what_was_kept(at=timezone.now()) == 0
    assert usecases.end_what_was_kept(at=timezone.now() + timedelta(days=20 * 366)) == 1
    kept.put_back(f"{number}{kept.ENDING}", content)
    with pytest.raises((keys.Gone, keys.DoesNotOpen)):
        kept.opened(number, timezone.now())
    assert kept.find(number).destroyed_on
    assert "gone" in browser().get(f"/kept/{number}/").content.decode()


def test_where_no_file_lies_here_nothing_is_kept(home, owner, days_pass):
    nora = home.worker("Nora", "network", "Town")
    organisation = Organisation.objects.get(name="Wijkteam")
    page = f"/village/agreements/{organisation.pk}/file/"
    assert browser(owner, home.lotte).post(page, {"here": "no"}).status_code == 404
    assert browser(owner, nora).post(page, {"here": "no"}).status_code == 302
    with viewer.acting(home.naima) as me:
        forgettings.ask(Forgetting.Kind.FAMILY, home.family, by=me, at=timezone.now())
    days_pass(15)
    assert forgettings.forget_those_due() == 1
    assert list(kept.every()) == []
