"""Nobody can notice what they may not see: not the teacher, not a father left out of a child; on no page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from circle.two_worlds import same_before_and_after
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import EarlierHelp, LearningSheet, TalentWord
from kring.wraparound.usecases import learning, paths, talents
from web.doorstep import browser

from .test_learning import HELD, SHEETS
from .test_path import SPEECH
from .test_talents import SEEN


def addresses(home):
    family = f"/family/{home.family}/"
    more = ["", "path/", f"learning/{home.samira}/", f"learning/{home.yara}/", "who-sees/", "who-looked/", "promises/",
            "people/" + str(home.samira) + "/"]  # fmt: skip
    return [*(family + one for one in more), "/today/", "/families/", f"{family}path/paper.pdf"]


def live(home, child):
    """A help kept near, a screening, and words of two people, all read by those who may."""
    at = timezone.now()
    with viewer.acting(home.naima, at=at) as me:
        circle = Circle.objects.get(pk=home.circle)
        row = paths.add_help(circle, SPEECH, by=me, at=at, child=child, near=True)
    with viewer.acting(home.naima, at=at) as me:
        due = at + timedelta(days=7)
        paths.ask_for_papers(row, "report", due_at=due, person_id=home.hanne, by=me, at=at)
    with viewer.acting(home.mila, at=at) as me:
        learning.write_learning(Circle.objects.get(pk=home.circle), child, HELD, SHEETS, by=me, at=at)
        talents.name_talent(Circle.objects.get(pk=home.circle), child, SEEN, by=me, at=at)
    for who in (home.naima, home.mila, home.samira):
        with viewer.acting(who, page="learning", at=at):
            list(LearningSheet.objects.all())
            list(TalentWord.objects.all())
            list(EarlierHelp.objects.all())


@pytest.mark.parametrize("child", ["samira", "yara"])
@pytest.mark.parametrize("ground", ["court order", "guardian or own choice"])
def test_a_father_left_out_of_a_child_cannot_tell(home, child, ground):
    whom = getattr(home, child)
    own = "own choice" if child == "samira" else "guardian"
    home.exclude(whom, home.samir, "court order" if ground == "court order" else own)
    father = browser(home.owner, home.samir)
    # who looked is told circle by circle; of the parts about the child he has no seat
    pages = [one for one in addresses(home) if "who-looked" not in one]
    assert same_before_and_after(father, pages, lambda: live(home, whom)) == {}
    seated = home.owner.execute(
        "SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id "
        "WHERE c.kind = 'part' AND c.subject_id = %s AND s.person_id = %s",
        [whom, home.samir],
    )
    assert seated.fetchall() == []
    assert father.get(f"/family/{home.family}/path/").status_code == 200


def test_the_teacher_and_the_grandmother_cannot_tell(home):
    tabs = [browser(home.owner, one) for one in (home.lotte, home.fatna)]

    def others():
        live(home, home.samira)

    assert same_before_and_after(tabs[0], addresses(home), others) == {}
    assert same_before_and_after(tabs[1], addresses(home), lambda: live(home, home.yara)) == {}
