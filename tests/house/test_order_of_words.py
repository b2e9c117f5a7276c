"""The catalogues: nothing stale, nothing missing. English, Dutch and French everywhere; Arabic where a family reads."""

from kring.commands import catalogues


def test_every_sentence_is_there_in_every_language() -> None:
    found = catalogues.problems()
    assert found == [], f"{len(found)} problems; `kring catalogues update` adds new sentences"
