"""A short run of `make mutants`: twelve clauses broken in the database, chosen by a seed, and every one is noticed."""

from dataclasses import replace

from proofs import book
from proofs.alike import gone
from proofs.cutting import cuts
from proofs.mutants import Trial, chosen_mutants, reason
from proofs.texts import Mutant
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
    book.forget([first.key], told)
    assert [one.key for one in book.told(both, told)] == [second.key]


def test_a_broken_clause_in_the_database_is_noticed(scratch):
    asked, everyone = chosen_mutants(scratch, sample=12, seed="short 154")
    assert gone([one.title for one in everyone]) == [], "what is said to be alike is there"
    trial = Trial(scratch, stories("7", 1500))
    verdicts = [trial.run(one) for one in asked]
    assert [one.mutant.title for one in verdicts if one.survived and one.stands] == []
    assert sum(one.stands for one in verdicts) >= 8
    assert reason(verdicts[0].mutant.title) == ""
