"""A short run of `make mutants`: twelve clauses broken in the database, chosen by a seed, and every one is noticed."""

from dataclasses import replace
from pathlib import Path

from proofs import book
from proofs.alike import gone
from proofs.cutting import cuts
from proofs.mutants import Trial, chosen_mutants, reason
from proofs.order import CLOCKS, ranks
from proofs.texts import Mutant
from proofs.values import asked, wrapped
from proofs.worlds import stories

PLAIN = "a = 1 AND (b < 2 OR NOT c) AND d IN ('x', 'y')"


def test_a_condition_is_broken_in_every_way():
    broken = {cut.text for cut in cuts(PLAIN)}
    for text in (
        "true AND (b < 2 OR NOT c) AND d IN ('x', 'y')", "a = 1 AND (false OR NOT c) AND d IN ('x', 'y')",
        "a = 1 AND (b <= 2 OR NOT c) AND d IN ('x', 'y')", "a = 1 AND (b < 2 OR  c) AND d IN ('x', 'y')",
        "a = 1 AND (b < 2 OR NOT c) AND d IN ('x')", "a = 1 AND (b < 2 OR NOT c) AND true",
    ):  # fmt: skip
        assert text in broken, text


def test_a_test_that_never_met_the_value_a_mutant_changes_is_not_asked():
    ways = dict(zip((cut.name.partition(" ")[2] for cut in cuts(PLAIN)), asked("x", PLAIN), strict=True))
    signs = {name: [sign.removeprefix("cx_") for sign in one.signs] for name, one in ways.items()}
    assert signs["dropped: a = 1"] == ["4_f", "4_n"]
    assert signs["dropped: b < 2"] == ["0_t", "0_n"]
    assert signs["turned: a = 1"] == ["4"]
    assert signs["shifted: b < 2"] == ["dx_10_x"]
    some = {ways[name].watch: None for name in ("turned: a = 1", "dropped: b < 2", "shifted: b < 2")}
    assert wrapped(PLAIN, some).startswith(
        "watched.cx_4(a = 1) AND (watched.cx_0(watched.dx_10(b < 2, (b <= 2))) OR NOT c)"
    )
    with_half = "WHERE a BETWEEN b AND c AND d = 1"
    assert [cut.name for cut, one in zip(cuts(with_half), asked("x", with_half), strict=True) if one.signs] == [
        "1.5 dropped: d = 1", "1.6 turned: d = 1"]  # fmt: skip


def test_policies_come_first_and_what_only_the_clock_does_last():
    callers = {"function a": {"some_table"}, "function b": {"function a"}, "function d": {"function c"}}
    places = ["function d", "policy p", "function b", "function c", "function e", "trigger t", "function a"]
    assert ranks(places, callers, {"function c"}) == {
        "policy p": 0, "trigger t": 1, "function a": 3, "function b": 3, "function c": 4, "function d": 5, "function e": CLOCKS}  # fmt: skip


def test_what_came_of_a_mutant_counts_as_long_as_its_text_is_the_same(tmp_path, monkeypatch):
    monkeypatch.delenv("KRING_KEEP_FIGURES", raising=False)
    told = tmp_path / "told.tsv"
    first, second = (
        Mutant("function a", "3.1 dropped: b", "lay", "whole"),
        Mutant("function c", "1.1 d", "x", "y"),
    )
    both = [first.key, second.key]
    for one, by in ((first, ""), (second, "a test"), (first, "another test")):
        book.write(book.Told(one.key, by, 1.0), told)
    assert [(one.title, one.by) for one in book.told(both, told)] == [
        (first.title, "another test"), (second.title, "a test")]  # fmt: skip
    assert "caught: 2" in book.summary(both, told)
    for other in (replace(first, lay="other"), replace(first, undo="other")):
        assert other.title == first.title
        assert book.told([other.key], told) == [], "of another text nothing is known"
        assert "not tried yet: 1" in book.summary([other.key, second.key], told)


def test_who_noticed_is_kept_for_other_machines_and_who_did_not_is_not(tmp_path):
    told, noticed = tmp_path / "told.tsv", tmp_path / "noticed.txt"
    for key, by in (("a #1", "a test"), ("b #2", ""), ("c #3", "a test"), ("d #4", "another")):
        book.write(book.Told(key, by, 1.0), told)
    assert book.keep_noticed(told, noticed) == 3
    told.unlink()
    keys = ["a #1", "b #2", "c #3", "d #4", "e #5"]
    assert [(one.key, one.by) for one in book.told(keys, told, noticed)] == [
        ("a #1", "a test"), ("c #3", "a test"), ("d #4", "another")]  # fmt: skip
    book.write(book.Told("a #1", "", 1.0), told)
    assert book.keep_noticed(told, noticed) == 2, "asked anew, nobody noticed"


def test_whoever_noticed_is_still_there_to_notice_again():
    """A test that was renamed, or lost, is asked by nobody: what it noticed is laid anew then."""
    texts: dict[str, str] = {}
    for by in sorted(set(book.kept().values())):
        if by.startswith("tests/"):
            file, _, name = by.partition("::")
            text = texts.setdefault(file, Path(file).read_text() if Path(file).exists() else "")
            assert f"def {name.partition('[')[0]}(" in text, by


def test_a_broken_clause_in_the_database_is_noticed(scratch):
    chosen, everyone = chosen_mutants(scratch, sample=12, seed="short 154")
    assert gone([one.title for one in everyone]) == [], "what is said to be alike is there"
    trial = Trial(scratch, stories("7", 1500))
    verdicts = [trial.run(one) for one in chosen]
    assert [one.mutant.title for one in verdicts if one.survived and one.stands] == []
    assert sum(one.stands for one in verdicts) >= 8
    assert reason(verdicts[0].mutant.title) == ""
