"""W14, W25, W26: the pages, as each of the circle sees them; whoever may not know finds nothing and cannot tell."""

import re
import uuid

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from circle.counting import statements
from kring.intake.models import Promise
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import (
    EarlierHelp,
    EarlierTelling,
    LearningProfile,
    LearningSheet,
    OwnPage,
    TalentWord,
)
from kring.wraparound.usecases import learning, paths, talents
from web.doorstep import browser

from .test_learning import HELD, SHEETS
from .test_path import SPEECH
from .test_talents import SEEN

NOWHERE = uuid.UUID("00000000-0000-4000-8000-000000000001")


def signed_in(home, person):
    return browser(home.owner, person)


def told(home, near=False):
    with viewer.acting(home.naima) as me:
        circle = Circle.objects.get(pk=home.circle)
        return paths.add_help(circle, SPEECH, by=me, at=timezone.now(), child=home.samira, near=near).pk


def sheets(home, child):
    with viewer.acting(home.mila) as me:
        circle = Circle.objects.get(pk=home.circle)
        learning.write_learning(circle, child, HELD, SHEETS, by=me, at=timezone.now())
        return LearningProfile.objects.get().pk, {row.for_whom: row.pk for row in LearningSheet.objects.all()}


def named(home, child):
    with viewer.acting(home.lotte) as me:
        circle = Circle.objects.get(pk=home.circle)
        return talents.name_talent(circle, child, SEEN, by=me, at=timezone.now()).pk


def text(answer, status=200):
    assert answer.status_code == status, answer.content[-1500:]
    return answer.content.decode()


def test_the_mother_tells_the_path_and_reads_it_as_a_line_and_as_words(home):
    address = f"/family/{home.family}/path/"
    mother = signed_in(home, home.naima)
    assert "The path is still empty" in text(mother.get(address))
    form = {"what": "logopedie", "since_year": "2018", "since_season": "spring", "until_year": "now", "language": "nl",
            "helped": "Spelletjes.", "child": str(home.samira), "near": "all"}  # fmt: skip
    wrong = mother.post(address + "add/", form | {"since_year": "", "what": "logopedie op school"})
    assert "logopedie op school" in text(wrong, 422), "what was typed stays"
    mother.post(address + "add/", form)
    mother.post(address + "add/", form)
    html = text(mother.get(address))
    for words in (
        "logopedie",
        "since spring 2018, and it still goes on",
        "Spelletjes.",
        "Some words here are in Dutch.",
        "<svg",
        "<rect",
    ):
        assert words in html
    assert html.count('id="help-') == 1, "sent twice, it is one"
    assert "Fatna" in re.search(r"Who may know this: ([^.]*)", html)[1]
    early = mother.post(address + "add/", form | {"until_year": "2017"})
    assert "before it began" in text(early, 422)
    with viewer.acting(home.naima):
        row = EarlierHelp.objects.get().pk
    mother.post(f"/path/{row}/change/", form | {"what": "logopedie in de klas"})
    with viewer.acting(home.naima):
        before = EarlierTelling.objects.get().pk
    assert "Told before" in text(mother.get(address))
    mother.post(f"/path/tellings/{before}/as-it-was/")
    mother.post(f"/path/{row}/take-off/")
    assert "Taken off the path" in text(mother.get(address))
    mother.post(f"/path/{row}/put-back/")
    assert 'id="help-' in text(mother.get(address))
    paper = mother.get(address + "paper.pdf")
    assert paper.content.startswith(b"%PDF")


def test_a_draft_of_the_path_is_kept(home):
    mother = signed_in(home, home.naima)
    mother.post(f"/drafts/{home.circle}/", {"draft": f"path:{home.family}", "what": "half ge"})
    assert "half ge" in text(mother.get(f"/family/{home.family}/path/add/"))


def test_the_papers_are_asked_for_in_one_tap_and_stand_on_the_coordinators_day(home):
    row = told(home)
    mother = signed_in(home, home.naima)
    html = text(mother.get(f"/path/{row}/papers/"))
    chosen = dict(re.findall(r'name="(\w+)" value="([^"]+)"[^>]* checked', html))
    assert chosen == {"paper": "report", "who": str(home.hanne)}
    day = re.search(r'name="day" value="([^"]+)"', html)[1]
    for _twice in range(2):
        mother.post(f"/path/{row}/papers/", chosen | {"day": day})
    with viewer.acting(home.hanne):
        (promise,) = Promise.objects.open().of(home.hanne)
        assert promise.to_whom == "Naima"
    assert "logopedie" in text(signed_in(home, home.hanne).get("/today/"))
    assert "Hanne" in text(mother.get(f"/family/{home.family}/path/"))
    assert mother.post(f"/path/{row}/papers/", chosen | {"day": "2020-01-01"}).status_code == 422
    assert mother.post(f"/path/{row}/papers/", chosen | {"who": str(home.stranger)}).status_code == 422


def test_who_may_not_know_a_help_finds_nothing_and_cannot_tell(home):
    row = told(home, near=True)
    for who in (home.lotte, home.stranger, home.fatna):
        tab = signed_in(home, who)
        for one in ("change/", "papers/"):
            hidden, missing = tab.get(f"/path/{row}/{one}"), tab.get(f"/path/{NOWHERE}/{one}")
            assert (hidden.status_code, missing.status_code) == (404, 404)
        assert tab.post(f"/path/{row}/take-off/").status_code == 404
    assert "logopedie" not in text(signed_in(home, home.lotte).get(f"/family/{home.family}/path/"))
    assert signed_in(home, home.stranger).get(f"/family/{home.family}/path/").status_code == 404
    assert signed_in(home, home.lotte).get(f"/family/{home.family}/path/add/").status_code == 403
    home.exclude(home.samira, home.samir)
    father = signed_in(home, home.samir)
    assert "logopedie" not in text(father.get(f"/family/{home.family}/path/"))
    assert father.get(f"/family/{home.family}/path/paper.pdf").status_code == 404
    assert father.get(f"/path/{row}/change/").status_code == 404


def test_the_girl_gives_her_teacher_one_sheet_and_the_rest_stays_hers(home):
    profile, found = sheets(home, home.samira)
    address = f"/family/{home.family}/learning/{home.samira}/"
    girl, teacher = signed_in(home, home.samira), signed_in(home, home.lotte)
    html = text(girl.get(address))
    assert "You decide who gets which sheet" in html
    assert "Jullie luisteren zo goed." in html
    assert "No sheet here yet" in text(teacher.get(address))
    eyes = f"/family/{home.family}/who-sees/sheet/{found['teacher']}/"
    assert teacher.get(eyes).status_code == 404
    text(girl.post(eyes, {"face": str(home.lotte), "open": "yes"}, follow=True))
    html = text(teacher.get(address))
    assert "Geef één opdracht tegelijk." in html
    assert "Jullie luisteren" not in html
    assert "Who gets it?" not in html
    for sheet, who, status in (
        ("teacher", home.lotte, 200), ("parents", home.lotte, 404), ("parents", home.naima, 404),
        ("child", home.samira, 200), ("child", home.stranger, 404),
    ):  # fmt: skip
        answer = signed_in(home, who).get(f"/learning/sheets/{found[sheet]}/paper.pdf?language=ar")
        assert answer.status_code == status
    for who, status in ((home.mila, 200), (home.samira, 200), (home.naima, 404), (home.hanne, 404)):
        assert signed_in(home, who).get(f"/learning/profiles/{profile}/").status_code == status


def test_a_screener_writes_it_on_one_page_and_nothing_typed_is_lost(home):
    address = f"/family/{home.family}/learning/{home.yara}/"
    screener = signed_in(home, home.mila)
    form = {
        "how": "screening",
        "held_on": "2026-03-01",
        "text": "Alles.",
        "language": "nl",
        "teacher_advice": "",
    }
    html = text(screener.post(address + "write/", form), 422)
    assert "Write at least one sheet" in html
    assert "Alles." in html
    assert (
        screener.post(address + "write/", form | {"best": "Ik leer het best met muziek."}).status_code == 302
    )
    assert "Ik leer het best met muziek." in text(signed_in(home, home.naima).get(address))
    assert signed_in(home, home.naima).get(address + "write/").status_code == 403
    assert screener.get(f"/family/{home.family}/learning/{home.naima}/").status_code == 404
    assert signed_in(home, home.stranger).get(address).status_code == 404


def test_the_teacher_answers_on_one_page_and_the_child_keeps_it(home):
    address = f"/family/{home.family}/learning/{home.yara}/"
    mother, teacher, child = (signed_in(home, one) for one in (home.naima, home.lotte, home.yara))
    mother.post(address + "ask/", {"who": str(home.lotte)})
    with translation.override("nl"):
        what = gettext("tell what I see in %(name)s when it goes well") % {"name": "Yara"}
    assert what in text(teacher.get("/today/")), "in the language of the village"
    html = text(teacher.get(address + "talents/"))
    assert "talks all the time" in html
    assert "Write a few words, or choose a talent." in text(
        teacher.post(address + "talents/", {"language": "nl"}), 422
    )
    four = {"talents": ["tells", "asks", "moves", "leads"], "sees": "Ze helpt iedereen.", "language": "nl"}
    assert "Ze helpt iedereen." in text(teacher.post(address + "talents/", four), 422)
    teacher.post(address + "talents/", four | {"talents": ["tells"]})
    with viewer.acting(home.lotte):
        word = TalentWord.objects.get().pk
        assert Promise.objects.get().kept_at is not None
    own = f"/own/{home.own[home.yara]}/"
    assert "Somebody sees something good in you" in text(child.get(own))
    for _twice in range(2):
        child.post(f"{own}talents/{word}/", {"answer": "kept"})
    html = text(child.get(own))
    assert "Ze helpt iedereen." in html
    assert "– Lotte" in html
    child.post(f"{own}talents/{word}/", {"answer": "away"})
    with viewer.acting(home.yara):
        assert not OwnPage.objects.exists()
    assert "Put away" in text(child.get(own))
    assert child.post(f"{own}talents/{word}/", {"answer": "score"}).status_code == 403
    for who in (home.samira, home.naima, home.lotte):
        assert signed_in(home, who).post(f"{own}talents/{word}/", {"answer": "kept"}).status_code == 404
    assert "Ze helpt" not in text(signed_in(home, home.hanne).get(address))
    assert "Ze helpt" in text(mother.get(address)), "with a young child the parents read along"


def test_a_father_kept_away_by_a_court_meets_no_broken_page(home):
    home.exclude(home.samira, home.samir)
    father, address = signed_in(home, home.samir), f"/family/{home.family}/"
    sheets(home, home.samira)
    assert "No sheet here yet" in text(father.get(f"{address}learning/{home.samira}/"))
    form = {"what": "iets", "since_year": "2018", "child": str(home.samira), "near": "all", "language": "nl"}
    for where, sent in (
        ("path/add/", form), (f"learning/{home.samira}/talents/", {"sees": "iets", "language": "nl"}),
        (f"learning/{home.samira}/ask/", {"who": str(home.lotte)}),
    ):  # fmt: skip
        assert father.post(address + where, sent).status_code in (302, 403), where


@pytest.mark.parametrize("page", ["path/", "learning/{yara}/", "path/add/", "learning/{yara}/talents/"])
def test_pages_ask_the_database_little(home, page):
    told(home)
    sheets(home, home.yara)
    named(home, home.yara)
    mother = signed_in(home, home.naima)
    address = f"/family/{home.family}/" + page.format(yara=home.yara)
    mother.get(address)
    with statements() as asked:
        text(mother.get(address))
    assert len(asked) <= 14, "\n".join(asked)
