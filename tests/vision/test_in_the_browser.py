"""The browser finds the same words as the village: one file of cases, two readers (G3)."""

import json
from typing import Any

import pytest

from kring.vision import ours
from network import browser as browsers
from vision.test_finding_words import CASES

SOURCE = browsers.ROOT / "frontend" / "js" / "finding-words.js"
ANSWER = """async ([source, cases, guides]) => {
  const { find, prepared } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return cases.map(({ text, language }) => {
    const found = find(text, prepared(guides[language]), language);
    const becomes = found.reduceRight((so, one) => so.slice(0, one.start) + one.instead + so.slice(one.end), text);
    return { found: found.map((one) => text.slice(one.start, one.end)), becomes };
  });
}"""


@pytest.mark.journey
def test_the_browser_gives_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    own = [
        {"what": form, "language": language, "text": f"🙂 {form}!", "found": [form]}
        for language in ours.LANGUAGES
        for row in ours.words(language).values()
        for form in row["word"].replace("*", "").replace("،", ",").split(", ")
    ]
    guides: dict[str, Any] = {language: list(ours.words(language).values()) for language in ours.LANGUAGES}
    with browsers.started() as chromium:
        answers = chromium.new_page().evaluate(
            ANSWER, [SOURCE.read_text(), [*CASES, *own], json.loads(json.dumps(guides))]
        )
    for case, answer in zip([*CASES, *own], answers, strict=True):
        assert answer["found"] == case["found"], case["what"]
        assert answer["becomes"] == case.get("becomes", answer["becomes"]), case["what"]
