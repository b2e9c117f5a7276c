"""A short run of `make mutants`: twelve clauses broken in the database, chosen by a seed, and every one is noticed."""

from proofs.alike import gone
from proofs.cutting import cuts
from proofs.mutants import Trial, chosen_mutants, reason
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


def test_a_broken_clause_in_the_database_is_noticed(scratch):
    asked, everyone = chosen_mutants(scratch, sample=12, seed="short 154")
    assert gone([one.title for one in everyone]) == [], "what is said to be alike is there"
    trial = Trial(scratch, stories("7", 1500))
    verdicts = [trial.run(one) for one in asked]
    assert [one.mutant.title for one in verdicts if one.survived and one.stands] == []
    assert sum(one.stands for one in verdicts) >= 8
    assert reason(verdicts[0].mutant.title) == ""
