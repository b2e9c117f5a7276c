"""One button for everything about me: what I may know, nothing of others, locked, gone after seven days."""

import io
import json
import re
import zipfile
from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from circle.furnished import Furnished
from clockwork import as_the_worker
from forgetting.backup import stands
from intake.desk import JONAS, Desk
from kring.clock import usecases as clock
from kring.confidences.files import Sent
from kring.confidences.usecases import tellings
from kring.intake.models import Concern
from kring.intake.usecases import concerns, handing_in
from kring.trust import keys, viewer
from kring.trust.models import Person
from kring.trust.usecases import along, exclusions
from kring.web.mine import packing, readable
from kring.web.mine.packing import pack, packed
from kring.wraparound.models import Note, Plan
from kring.wraparound.usecases import versions
from trust.circle_scene import AT
from trust.scenes import insert
from trust.unheard import unheard


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def taken(scene, owner, person) -> tuple[dict, str]:
    """What somebody finds in their package."""
    browser = scene.browser(person)
    assert browser.get("/mine/along/package/").status_code == 404
    assert browser.post("/mine/along/").status_code == 302
    (along,) = owner.execute("SELECT id FROM trust_takenalong WHERE person_id = %s", [person]).fetchone()
    pack(along, person, at=timezone.now())
    assert "/mine/along/package/" in browser.get("/mine/along/").content.decode()
    answer = browser.get("/mine/along/package/")
    assert answer["Content-Disposition"].startswith("attachment")
    bundle = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(bundle.namelist()) >= {"everything.json", "schema.json"}
    alone = browser.get("/mine/along/page/")
    assert alone["Content-Disposition"].startswith("attachment"), "kept, never opened under our address"
    assert alone.content.decode() == page_of(bundle)
    return json.loads(bundle.read("everything.json")), page_of(bundle)


def page_of(bundle) -> str:
    """The page to read, by the name it has in the reader's language."""
    (name,) = [name for name in bundle.namelist() if name.endswith(".html")]
    return bundle.read(name).decode()


def test_a_mother_takes_along_what_she_may_know_and_nothing_more(scene, owner, monkeypatch):
    with viewer.acting(scene.samira) as me:
        exclusions.leave_out(
            Person.objects.get(pk=scene.samira), by=me, at=timezone.now(), person_id=scene.naima
        )
    told = insert(owner, "trust_circle", village_id=scene.village, family_id=scene.family, kind="confidence", name="", safety=False,
                  secrecy=False, subject_id=scene.samira, opened_by_id=scene.samira, opened_at=AT)  # fmt: skip
    scene.seat(told, scene.samira, ground="own choice", decided_by_id=scene.samira)
    scene.seat(told, scene.naima, ground="own choice", decided_by_id=scene.samira)
    insert(
        owner,
        "wraparound_note",
        circle_id=told,
        author_id=scene.samira,
        at=AT,
        text="Enkel voor jou",
        signed="",
    )
    machine, page = taken(scene, owner, scene.naima)
    assert "Enkel voor jou" not in page, "what another told her alone"
    for words in ("aim home", "aim friends", "Lindelaan 1", "Karim", "Naima"):
        assert words in page, words
    assert "Ik wil dansen" not in page + json.dumps(machine, ensure_ascii=False), (
        "the own page of her daughter"
    )
    assert not any("exclusion" in part["kind"].lower() for part in machine["parts"])
    with viewer.acting(scene.samira) as me:
        drawn = Sent("draak.pdf", "pdf", "application/pdf", b"%PDF-1.7 geheim")
        tellings.add(told, "", key=UUID(int=1), by=me, at=timezone.now(), files=[drawn])
    page = taken(scene, owner, scene.samira)[1]
    assert "Enkel voor jou" in page
    assert 'href="attachments/1.pdf"' in page
    assert packed_of(scene.samira)["attachments/1.pdf"] == "%PDF-1.7 geheim", "what lies with it goes along"
    assert not [name for name in packed_of(scene.naima) if name.startswith("attachments/")]
    monkeypatch.setattr(packing, "MOST_BESIDE", 14)
    without = packed_of(scene.samira)
    assert ("attachments/1.pdf" in without, "too large to lie here" in without["everything.html"]) == (
        False,
        True,
    )
    assert stands(owner, {"PK\x03\x04"}) == set(), "locked in the database"


def test_a_worker_takes_along_the_own_card_and_no_familys_life(scene, owner):
    insert(
        owner,
        "wraparound_note",
        circle_id=scene.circle,
        author_id=scene.noor,
        at=AT,
        text="Mama huilde",
        signed="",
    )
    with viewer.acting(scene.noor):
        assert Note.objects.filter(text="Mama huilde").exists(), "what the worker reads at work"
    _machine, page = taken(scene, owner, scene.noor)
    assert "Noor" in page
    for words in ("aim home", "Familie Amrani", "Mama huilde"):
        assert words not in page, words


def test_who_wrote_down_a_concern_or_a_first_talk_by_the_work_takes_none_of_it_along(owner):
    desk = Desk(owner)
    with viewer.acting(desk.els) as me:
        handing_in.write_down(
            replace(JONAS, channel="talk"), village=desk.village, form_key="1" * 32, by=me, at=timezone.now()
        )
        (concern,) = Concern.objects.all()
        concerns.take_up(concern, by=me, at=timezone.now())
    with viewer.acting(desk.els) as me:
        (concern,) = Concern.objects.filter(author_id=desk.els)
        concerns.write_note(concern, text="Juf Karin belt", reached=True, by=me, at=timezone.now())
        kinds = {part.model._meta.label for part in along.everything(by=me)}
    assert "trust.Job" in kinds
    assert not kinds & {"intake.Concern", "intake.TalkNote", "intake.Promise"}


def in_it(answer) -> str:
    return page_of(zipfile.ZipFile(io.BytesIO(answer.content)))


def test_a_package_is_packed_anew_when_a_right_changed_and_fetching_it_is_a_reading(scene, owner):
    """Whoever was left out meanwhile cannot tell: nothing is gone, and nothing is said (K4)."""
    read = "SELECT count(*) FROM trust_entry WHERE kind = 'read' AND person_id = %s AND circle_id = %s"
    insert(owner, "wraparound_note", circle_id=scene.circle, subject_id=scene.samira, about_id=scene.samira,
           author_id=scene.noor, at=AT, text="Samira zong", signed="")  # fmt: skip
    assert "Samira zong" in taken(scene, owner, scene.naima)[1]
    (old, until) = owner.execute("SELECT id, until FROM trust_takenalong").fetchone()
    browser, of = scene.browser(scene.naima), [scene.naima, scene.circle]
    (before,) = owner.execute(read, of).fetchone()
    assert browser.get("/mine/along/package/").status_code == 200
    assert owner.execute(read, of).fetchone() == (before + 1,), (
        "each fetch is a reading of every circle in it"
    )
    with viewer.acting(scene.samira) as me:
        samira = Person.objects.get(pk=scene.samira)
        exclusions.leave_out(samira, by=me, at=timezone.now(), person_id=scene.naima)
    page = browser.get("/mine/along/", headers={"HX-Request": "true"}).content
    for _time in range(2):
        answer = browser.get("/mine/along/package/")
        assert answer.status_code == 200
        told = in_it(answer)
        assert "Samira zong" not in told
        assert "aim home" in told
    assert keys.destroyed("circle", old), "what was packed before opens to nobody"
    ((anew, same),) = owner.execute("SELECT id, until FROM trust_takenalong").fetchall()
    assert (anew != old, same) == (True, until)
    assert browser.get("/mine/along/", headers={"HX-Request": "true"}).content == page, (
        "also its page is as it was"
    )


def moments_in(answer) -> tuple[str, str, set[tuple[int, ...]]]:
    """Every moment at which a package says it was made: for a program, for a reader, and beside each file."""
    bundle = zipfile.ZipFile(io.BytesIO(answer.content))
    said = re.search(r"<p>For .*?</p>", page_of(bundle))
    return (
        json.loads(bundle.read("everything.json"))["made_at"],
        said[0],
        {i.date_time for i in bundle.infolist()},
    )


def test_a_package_packed_anew_bears_the_moment_of_the_asking(scene, owner):
    """Else who is left out meanwhile reads beside each file when that was (K4)."""
    browser = scene.browser(scene.karim)
    browser.post("/mine/along/")
    ((asked, at),) = owner.execute(
        "UPDATE trust_takenalong SET at = date_trunc('minute', at) - interval '3 hours' RETURNING id, at"
    ).fetchall()
    pack(asked, scene.karim, at=timezone.now())
    before = moments_in(browser.get("/mine/along/package/"))
    assert before[2] == {timezone.localtime(at).timetuple()[:6]}
    with viewer.acting(scene.samira) as me:
        samira = Person.objects.get(pk=scene.samira)
        exclusions.leave_out(samira, by=me, at=timezone.now(), person_id=scene.karim)
    assert moments_in(browser.get("/mine/along/package/")) == before
    ((anew,),) = owner.execute("SELECT id FROM trust_takenalong").fetchall()
    assert anew != asked, "it was packed anew"


def packed_of(person) -> dict[str, str]:
    """The files in a package of this moment."""
    with viewer.acting(person) as me:
        bundle = zipfile.ZipFile(io.BytesIO(packed(me, AT)))
    return {name: bundle.read(name).decode() for name in bundle.namelist()}


def test_the_page_to_read_is_in_the_readers_words(scene, owner):
    """Days, a yes, names and titles; no stamp, no number of a row, no word of a program."""
    owner.execute("UPDATE wraparound_action SET by_when = NULL WHERE what = 'step home 0'")
    with viewer.acting(scene.naima) as me:
        versions.offer_for_approval(Plan.objects.get(pk=scene.plan), by=me, at=AT)
    with translation.override("nl"):
        files = packed_of(scene.naima)
    page = files["alles.html"]
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert {"Ons plan", "Het plan zoals het was", "Wie hier wie is"} <= set(titles)
    assert len(titles) == len(set(titles))
    (version,) = re.findall(r"<h3>Versie</h3>\s*<article>(.*?)</article>", page, re.DOTALL)
    for words in ("Ik wil weer met plezier naar school", "aim friends", "step home 0"):
        assert words in version
    told = page[page.index("<body") :]
    assert not re.search(r"\d{4}-\d\d-\d\d|True|False|None|[{}]|[0-9a-f]{8}-[0-9a-f]{4}-", told)
    machine = files["everything.json"]
    assert '"field": "authority"' in machine
    assert ('"by_when": null' in machine, '"None"' in machine) == (True, False), "no day is no word"


def test_before_words_in_another_language_it_says_so(scene, owner):
    owner.execute("UPDATE wraparound_wish SET language = 'nl'")
    with translation.override("ar"):
        told = packed_of(scene.naima)[f"{_('everything')}.html"]
    assert 'lang="nl"' in told
    assert told.index("الهولندية") < told.index("<details")
    assert "icons.svg" not in told, "it stands alone"


def test_its_chapters_are_folded_under_their_titles_and_what_is_long_in_them_once_more(scene):
    page = packed_of(scene.naima)["everything.html"]
    chapters = re.findall(r'<details class="chapter">\s*<summary><h2', page)
    assert len(chapters) == page.count('<h2 id="c') - 1, "all but the title of the contents"
    for kind in re.split("<h3>", page)[1:]:
        folded = kind.split("</h3>", 1)[1].startswith("</summary>")
        assert folded == (kind.count("<article") > readable.AT_ONCE)
    assert page.count("<details") == page.count("</details>")


def test_what_is_hidden_in_the_middle_of_a_version_leaves_no_gap(scene, owner):
    """Byte for byte the package of a village where it was never written, whatever number it had (K4)."""
    with viewer.acting(scene.naima) as me:
        versions.offer_for_approval(Plan.objects.get(pk=scene.plan), by=me, at=AT)
    with viewer.acting(scene.samira) as me:
        samira = Person.objects.get(pk=scene.samira)
        exclusions.leave_out(samira, by=me, at=timezone.now(), person_id=scene.karim)
    with_it = packed_of(scene.karim)
    assert not [name for name, told in with_it.items() if "aim school" in told]
    assert [name for name, told in with_it.items() if "aim home" in told and "aim friends" in told]
    with unheard(owner):
        for table in ("wraparound_versionpart", "wraparound_action", "wraparound_goal", "wraparound_wish"):
            owner.execute(f"DELETE FROM {table} WHERE about_id = %s", [scene.samira])
        owner.execute("UPDATE wraparound_versionpart p SET position = n.nth FROM (SELECT id, row_number() OVER (ORDER BY position)"
                      " AS nth FROM wraparound_versionpart) n WHERE n.id = p.id AND p.position <> n.nth")  # fmt: skip
        changed = owner.execute(
            "UPDATE wraparound_goal SET position = position - 1 WHERE position > 1 RETURNING id"
        )
        assert changed.fetchall(), "the numbers closed up"
    assert packed_of(scene.karim) == with_it


def test_a_package_is_its_owners_alone_and_gone_after_seven_days(scene, owner):
    taken(scene, owner, scene.samira)
    assert scene.browser(scene.naima).get("/mine/along/package/").status_code == 404
    assert as_the_worker(clock.forget_packages, at=timezone.now()) == 0
    owner.execute(
        "UPDATE trust_takenalong SET at = at - interval '8 days', until = until - interval '8 days'"
    )
    for fetched in ("package", "page"):
        assert scene.browser(scene.samira).get(f"/mine/along/{fetched}/").status_code == 404
    assert as_the_worker(clock.forget_packages, at=timezone.now()) == 1
    assert owner.execute("SELECT count(*) FROM trust_takenalong").fetchone() == (0,)
