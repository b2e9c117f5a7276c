"""`kring import hsds FILE`: the same taking over, from the command line (rows N1, E14)."""

from pathlib import Path

import pytest

from network.samples import EXAMPLES, OFFERS, example_tables, packed
from network.scene import Scene


@pytest.fixture
def keeper(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The command finds the network coordinator; how it asks the owner's role is tested on its own."""
    from kring.commands import importing

    monkeypatch.setattr(
        importing, "_keeper", lambda village: scene.network if village == scene.village else None
    )
    return scene


def run(*words: str) -> int:
    from kring.commands import importing

    return importing.main(["hsds", *words])


def test_the_pilots_list_comes_in_from_the_command_line(
    keeper: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    from kring.network.models import Offer

    assert run(str(OFFERS), "--village", "maasdorp") == 0
    assert "36 new, 0 changed, 0 the same" in capsys.readouterr().out
    assert run(str(OFFERS), "--village", "maasdorp") == 0
    assert "0 new, 0 changed, 36 the same" in capsys.readouterr().out
    assert Offer.objects.filter(village_id=keeper.village).count() == 36


def test_only_looking_changes_nothing(keeper: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    from kring.network.models import ImportDraft, Offer

    assert run(str(OFFERS), "--village", "maasdorp", "--dry-run") == 0
    assert "Only looked, nothing changed:" in capsys.readouterr().out
    assert Offer.objects.count() == 0
    with keeper.as_(keeper.network):
        assert ImportDraft.objects.count() == 0


def test_what_cannot_be_read_is_named(
    keeper: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "examples.zip"
    file.write_bytes(packed(example_tables()))
    assert run(str(file), "--village", "maasdorp") == 0
    told = capsys.readouterr()
    assert "contacts.csv, row 2, organization_id:" in told.err
    assert "1 new" in told.out


def test_a_file_without_offers_is_told_and_fails(keeper: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(EXAMPLES / "taxonomy.json"), "--village", "maasdorp") == 1
    assert "Nothing was changed." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.json"], "There is no file nowhere.json."),
        ([str(OFFERS)], "Which village? Say --village SLUG. There are: elders, maasdorp."),
        ([str(OFFERS), "--village", "atlantis"], "Which village?"),
        ([str(OFFERS), "--village", "elders"], "Say --by EMAIL."),
        ([str(OFFERS), "--by", "nobody@example.org"], "Nobody signs in with nobody@example.org."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    keeper: Scene, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(*words) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_the_command_finds_who_keeps_the_directory(scene: Scene) -> None:
    from kring.commands import importing

    assert importing._keeper(scene.village) == scene.network
    assert importing._keeper(scene.club) is None


def test_a_worker_cannot_take_over_a_list_from_the_command_line(
    scene: Scene, owner: object, capsys: pytest.CaptureFixture[str]
) -> None:
    owner.execute(
        "INSERT INTO trust_account (id, person_id, email, password, language, is_active, shortcuts) "
        "VALUES (gen_random_uuid(), %s, 'wout@example.org', '!', 'en', true, true)",
        [scene.worker],
    )
    assert run(str(OFFERS), "--by", "Wout@example.org") == 1
    assert "may not take over a list" in capsys.readouterr().err


def test_every_problem_has_a_sentence() -> None:
    import re

    from kring.network import hsds
    from kring.network.problems import SENTENCES, sentence

    code = "".join(path.read_text() for path in Path(hsds.__file__).parent.glob("*.py"))
    used = set(re.findall(r'(?:Unreadable|report_file)\("(\w+)"', code))
    used |= set(re.findall(r'(?:report|leave_out)\((?:column|step|"[\w-]*"), "(\w+)"', code))
    used |= set(re.findall(r'Problem\([^()]*?"(\w+)"(?:, \(\(|\))', code))
    assert used - SENTENCES.keys() == set()
    assert len(used) > 30
    assert sentence("points_nowhere", {"value": "x"}).startswith("“x” points")
    assert sentence("a key of tomorrow", {}) == "This cannot be read."


def test_how_long_a_long_list_takes_is_measured_and_nothing_stays(
    keeper: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    from kring.commands import importing
    from kring.network.models import Offer

    assert importing.main(["made-up", "40", "--village", "maasdorp"]) == 0
    told = capsys.readouterr().out
    assert "40 new, 0 changed" in told
    assert "to look" in told
    with keeper.as_(keeper.worker):
        assert Offer.objects.count() == 0
