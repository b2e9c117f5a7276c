"""Who makes a link for somebody else, and that by a link nobody reads more than they may know themselves."""

from kring.trust import viewer
from kring.wraparound.models import Plan
from kring.wraparound.usecases import goals
from kring.wraparound.usecases.goals import GoalWords
from trust.by_hand import tried
from trust.scenes import insert
from web.doorstep import browser
from wraparound.home import AT
from wraparound.test_answering import came_in


def test_no_parent_answers_for_the_other_and_reads_with_their_eyes(home, owner):
    """K4, D3: an ex-partner made a link for the mother, kept address and code, and read and answered as she does."""
    plan = home.plan()
    version = home.offered(plan)
    at_home = browser(owner, home.samir)
    assert f"/versions/{version}/link/" not in at_home.get(f"/plans/{plan}/approval/").content.decode()
    for person in (home.naima, home.samira):
        assert at_home.post(f"/versions/{version}/link/{person}/").status_code == 403
        by_hand = "SELECT trust.make_link('\\x01', NULL, %s, %s, %s, now(), now() + interval '1 day')"
        for purpose in ("approve", "join", "prepare", "anything"):
            for somebody in (home.samir, home.lotte, home.fatna):
                assert tried(somebody, by_hand, purpose, person, version) == "refused"


def test_a_link_shows_no_more_than_whoever_made_it_may_know(home, owner):
    """Address and code go through the hands of whoever makes it; being left out stays silent that way too."""
    plan = home.plan()
    with viewer.acting(home.naima) as me:
        words = GoalWords("feelings", "Iemand om mee te praten")
        goals.add_goal(Plan.objects.get(), words, by=me, at=AT, child=home.samira)
    version = home.offered(plan)
    phone = came_in(home, owner, version, home.naima)
    assert "Iemand om mee te praten" in phone.get(f"/a/{version}/").content.decode()
    insert(
        owner, "trust_exclusion", subject_id=home.samira, person_id=home.hanne, ground="own choice", reason="", since=AT,
    )  # fmt: skip
    page = phone.get(f"/a/{version}/")
    assert (
        page.status_code,
        b"Iemand om mee te praten" in page.content,
        b"Op vrijdag dansen" in page.content,
    ) == (200, False, True)
    assert "Iemand om mee te praten" in browser(owner, home.naima).get(f"/a/{version}/").content.decode()
