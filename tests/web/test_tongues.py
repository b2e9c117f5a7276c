"""Words in another language than the page: the reader hears it first, in their own language."""

import pytest
from django.template import Context, Template
from django.utils import translation

from kring.web.context import ShownPerson, ShownViewer

MOTHER = ShownViewer(ShownPerson("Naima", "family"), None, works=False)  # type: ignore[arg-type]
HANNE = {"name": "Hanne", "kind": "professional"}
DUTCH = '<p lang="nl" dir="ltr">Ik wil weer dansen.</p>'


def shown(inside: str, language: str = "ar", **context: object) -> str:
    with translation.override(language):
        page = Template("{% load tongues %}{% own_words %}" + inside + "{% endown_words %}")
        return page.render(Context({"viewer": MOTHER} | context))


def test_a_mother_hears_in_arabic_that_it_is_dutch_and_who_reads_it_with_her() -> None:
    page = shown(DUTCH, caring=HANNE)
    assert page.index("الهولندية") < page.index("Ik wil weer dansen.")
    assert "Hanne" in page


def test_the_coordinator_is_named_too_where_nobody_knows_which_language_it_is() -> None:
    page = shown('<p lang="">أريد أن أفهم</p>', "en", caring=HANNE)
    assert "in another language. Ask Hanne to read them with you." in page
    assert "somebody you trust" not in page


def test_nobody_is_named_where_nobody_is_known_to_read_it() -> None:
    assert "Ask somebody you trust" in shown('<p lang="ar">أريد أن أفهم</p>', "en")
    point = {"name": "the contact point", "kind": "contact point"}
    assert "Ask somebody you trust" in shown(DUTCH, "en", caring=point)


@pytest.mark.parametrize("inside", ["", DUTCH, "<p dir='auto'>أريد أن أفهم</p>", '<b lang="ar"> </b>'])
def test_nothing_is_said_where_nothing_is_known_to_be_other(inside: str) -> None:
    assert "note" not in shown(inside, "nl")


def test_every_language_is_named_once_and_no_list_of_choices_counts() -> None:
    choices = '<select><option lang="fr">français</option></select>'
    page = shown(DUTCH * 3 + '<p lang="ar">أريد<br>أن أفهم</p>' + choices, "en")
    assert "in Arabic and Dutch." in page
    assert "French" not in page


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [
        ("Ze kwam niet op school.", "ar", True),
        ("لم تأت إلى المدرسة اليوم.", "nl", True),
        ("Ze kwam niet op school.", "nl", False),
        ("Hanne Maes", "ar", False),
        ("لم تأت إلى المدرسة مع Hanne.", "ar", False),
        ("112 015 10", "ar", False),
    ],
)
def test_of_words_whose_language_nobody_wrote_down_the_letters_tell(
    words: str, language: str, told: bool
) -> None:
    assert ("note" in shown(f'<p lang="">{words}</p>', language)) is told


def test_who_works_here_reads_without_a_note() -> None:
    worker = ShownViewer(ShownPerson("Hanne", "professional"), None, works=True)  # type: ignore[arg-type]
    assert shown(DUTCH, viewer=worker) == DUTCH
