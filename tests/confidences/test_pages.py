"""The pages of a confidence: told beforehand, hidden like what does not exist, and the same world for everybody else."""

import re
import uuid

import pytest

from circle.two_worlds import crawl, same_before_and_after
from kring.confidences.models import Telling
from kring.trust import viewer
from web.doorstep import bare, browser

ALONE = "Something for you alone"


def sent(client, address, **fields):
    """What was typed, with the key that the page gave."""
    page = client.get(address).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    return client.post(address, fields | {"form_key": key[1] if key else ""})


def test_a_girl_reads_who_will_see_it_and_when_we_must_tell_before_she_types(home, owner):
    samira = browser(owner, home.samira)
    assert b"Call, day and night:" in samira.get(f"/me/tell/{home.mila}/").content, (
        "who cannot wait has a number"
    )
    asking = samira.get(f"/me/tell/{home.mila}/?ask=advice").content.decode()
    assert "Ask Mila something" in asking
    assert "What do you want to ask?" in asking
    assert "Ask Mila something" not in samira.get(f"/me/tell/{home.mila}/?ask=x").content.decode()
    assert b"/me/tell/" in samira.get("/me/").content
    assert f"/me/tell/{home.mila}/" in samira.get("/me/tell/").content.decode()
    page = samira.get(f"/me/tell/{home.mila}/").content.decode()
    before, form = page.index("data-before"), page.index("<textarea")
    assert before < form
    for told in (
        "Only you and Mila can read this",
        "Mila is bound by professional secrecy",
        "must get help",
        "take it back",
    ):
        assert told in page[before:form]
    assert (
        "Noor is not bound by professional secrecy, and says so"
        in samira.get(f"/me/tell/{home.noor}/").content.decode()
    )
    assert page.count("(if you like)") == 1, "the file, not the words"
    assert "data-draft" not in page, "nothing is kept in the browser"
    assert samira.post(f"/me/tell/{home.mila}/", {"words": ""}).status_code == 422
    answer = sent(samira, f"/me/tell/{home.mila}/", words="Ik slaap niet.")
    assert answer.status_code == 302
    assert "<title>Lindekwartier</title>" in samira.get(answer["Location"]).content.decode()
    mila = browser(owner, home.mila)
    assert ALONE in mila.get("/today/").content.decode()
    assert ALONE not in browser(owner, home.noor).get("/today/").content.decode()
    assert "new" in mila.get("/me/").content.decode()
    assert "Ik slaap niet." in mila.get(answer["Location"]).content.decode()
    assert ALONE not in mila.get("/today/").content.decode(), "it is opened"
    assert sent(mila, answer["Location"], words="Kom morgen langs.").status_code == 302
    assert "Ik slaap niet." in mila.post("/me/", {"words": "SLAAP"}).content.decode()
    assert "Nothing with these words." in mila.post("/me/", {"words": "zee"}).content.decode()
    assert "Kom morgen langs." in samira.get(answer["Location"]).content.decode()


def test_a_worker_and_a_boy_at_the_table(home, owner):
    noor, address = browser(owner, home.noor), f"/me/together/{home.yara}/"
    assert address in noor.get("/me/together/").content.decode()
    told = {"words": "Hij vertelt het zelf.", "secrecy": "no"}
    answer = sent(noor, address, **told)
    assert answer.status_code == 422
    assert "Hij vertelt het zelf." in answer.content.decode(), "what was typed survives"
    assert sent(noor, address, **(told | {"secrecy": "yes", "read_back": "on"})).status_code == 422
    answer = sent(noor, address, **told, read_back="on")
    assert "read back and agreed" in browser(owner, home.yara).get(answer["Location"]).content.decode()


def test_hidden_and_missing_answer_the_same_to_everybody_else(home, owner):
    told = home.tells(home.samira, home.mila)
    with viewer.acting(home.samira):
        telling, nowhere = Telling.objects.get().pk, uuid.uuid4()
    for who in home.everybody_else(home.samira, home.mila):
        client = browser(owner, who)
        for page in ("", "hear/", "end/", f"?as={home.samira}"):
            hidden, missing = (
                client.get(f"/me/{one}/{page}").content.replace(str(one).encode(), b"it")
                for one in (told, nowhere)
            )
            assert bare(hidden) == bare(missing)
            assert client.get(f"/me/{told}/{page}").status_code == 404
        for deed in (f"back/{telling}/", "safety/", "end/", "hear/"):
            assert client.post(f"/me/{told}/{deed}", {"who": str(who), "reads": "all"}).status_code == 404
    mila = browser(owner, home.mila)
    for deed in ("hear/", "end/"):
        assert (
            mila.get(f"/me/{told}/{deed}").status_code == mila.post(f"/me/{told}/{deed}").status_code == 404
        )
    assert browser(owner, home.naima).get(f"/me/tell/{home.mila}/").status_code == 404
    assert browser().get(f"/me/{told}/").status_code == 302


def test_what_a_worker_wrote_down_looks_the_same_after_being_left_out(home, owner):
    """She keeps what she wrote; that the girl has not opened it yet stands there as before (K4)."""
    noor = browser(owner, home.noor)
    fields = {"words": "Ze slaapt slecht.", "secrecy": "no", "read_back": "on"}
    there = sent(noor, f"/me/together/{home.samira}/", **fields)["Location"]
    noor.get(there)  # what was written is said once

    def page():
        return re.sub(rb'((?:form_key|token)" value)="[^"]*"', rb"\1", bare(noor.get(there).content))

    before = page()
    assert b"not opened yet" in before
    home.exclude(home.samira, home.noor, "own choice")
    assert page() == before


def test_at_the_table_a_worker_does_not_notice_being_left_out(home, owner):
    noor, address = browser(owner, home.noor), f"/me/together/{home.samira}/"

    def pages():
        hide = re.compile(rb'(name="form_key" value|csrfmiddlewaretoken" value|nonce)="[^"]*"')
        return [bare(hide.sub(b"", noor.get(one).content)) for one in ("/me/together/", address)]

    before = pages()
    assert home.samira in {one.id for one in home.at_the_table(home.noor)}
    home.exclude(home.samira, home.noor, "own choice")
    assert pages() == before, "byte for byte"
    answer = sent(noor, address, words="Zij vertelt het toch.", secrecy="no", read_back="on")
    assert "Zij vertelt het toch." in noor.get(answer["Location"]).content.decode(), "one's own words stay"
    told = uuid.UUID(answer["Location"].strip("/").split("/")[-1])
    home.answers(home.samira, told, "Alleen voor mij.")
    page = noor.get(answer["Location"]).content.decode() + noor.get("/me/").content.decode()
    assert "Alleen voor mij." not in page
    assert "badge sun over" not in page, "nor that there is more"
    home.exclude(home.samira, home.noor, "court order")
    assert noor.get(address).status_code == noor.get(answer["Location"]).status_code == 404


def test_who_is_left_out_did_not_stop_working_here(home, owner):
    samira = browser(owner, home.samira)
    for hearer in (home.noor, home.samir):
        told = home.tells(home.samira, hearer)
        home.exclude(home.samira, hearer, "own choice")
        page = samira.get(f"/me/{told}/").content.decode()
        assert "cannot read this now" in page
        assert "does not work here any more" not in page + samira.get("/me/").content.decode()


def test_taking_back_ending_and_somebody_elses_yes(home, owner):
    samira, told = browser(owner, home.samira), home.tells(home.samira, home.noor, "Nog niet.")
    with viewer.acting(home.samira):
        telling = Telling.objects.get().pk
    assert f"/me/{told}/" in samira.get("/me/").content.decode()
    gone = samira.post(f"/me/{told}/back/{telling}/")
    assert gone["Location"] == "/me/", "nothing of it is left to look at"
    for who in (home.samira, home.noor):
        page = browser(owner, who).get("/me/").content.decode()
        assert f"/me/{told}/" not in page, "whoever holds the telephone does not see with whom it was"
    assert "Nog niet." not in samira.get(f"/me/{told}/").content.decode()
    sent(samira, f"/me/{told}/", words="Toch wel.")
    assert f"/me/{told}/" in samira.get("/me/").content.decode(), "told after all, it stands there again"
    assert "Toch wel." in browser(owner, home.noor).get(f"/me/{told}/").content.decode()
    home.leaves(home.noor)
    page = samira.get(f"/me/{told}/").content.decode()
    assert "Noor does not work here any more" in page
    assert str(home.noor) not in samira.get(f"/me/{told}/hear/").content.decode()
    assert samira.post(f"/me/{told}/hear/", {"who": str(home.mila), "reads": "all"}).status_code == 302
    assert "Toch wel." in browser(owner, home.mila).get(f"/me/{told}/").content.decode()
    assert browser(owner, home.noor).get(f"/me/{told}/").status_code in (302, 403, 404)
    assert samira.post(f"/me/{told}/end/").status_code == 302
    assert browser(owner, home.mila).get(f"/me/{told}/").status_code == 404
    assert samira.post(f"/me/{told}/safety/").status_code == 302


@pytest.mark.parametrize("who", ["naima", "lotte", "hanne", "amina", "ada", "karin"])
def test_two_worlds_with_and_without_a_confidence(home, owner, who):
    """Mother, teacher, coordinator, network coordinator, administrator, colleague: byte for byte the same."""
    client = browser(owner, getattr(home, who))
    starts = [f"/family/{home.family}/", f"/family/{home.family}/who-looked/", "/today/", "/families/", "/me/",
              "/village/people/", "/village/keep/people/", "/leaving/"]  # fmt: skip
    addresses = crawl(client, starts, most=25)

    def a_life_between_two():
        told = home.tells(home.samira, home.mila, "Marker van Samira", safety=True)
        home.hears(home.mila, told)
        home.answers(home.mila, told, "Marker van Mila")
        home.tells(home.yara, home.samir, "Marker van Yara")

    addresses = [one for one in addresses if same_before_and_after(client, [one], int) == {}]
    assert len(addresses) >= 3
    changed = same_before_and_after(client, addresses, a_life_between_two)
    assert changed == {}, list(changed)


def test_who_hears_it_at_home_finds_it_on_the_familys_page_and_nobody_else_does(home, owner):
    home.tells(home.samira, home.naima)
    page = f"/family/{home.family}/"
    assert ALONE in browser(owner, home.naima).get(page).content.decode()
    for other in (home.samira, home.samir, home.noor):
        assert ALONE not in browser(owner, other).get(page).content.decode()
    with_a_card = browser(owner, home.naima, shown=False)  # and nobody who holds her card or her telephone
    assert ALONE not in with_a_card.get(page).content.decode()
