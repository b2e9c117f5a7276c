"""What an administrator chooses holds at once, is written down, and can be taken back; nobody else chooses."""

import io

import psycopg
import pytest
from django.utils import timezone, translation
from PIL import Image

from kring.network.words import LifeDomain, domains
from kring.trust import chosen, viewer
from kring.trust.logos import NoPicture
from kring.trust.models import Change, Job, Logo, Village
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import choices, jobs
from web import doorstep

pytestmark = pytest.mark.django_db(transaction=True)
PNG = doorstep.picture()
HOME_IN_DUTCH = chosen.word_name("nl", "home")


@pytest.fixture
def here(owner: psycopg.Connection) -> doorstep.Doorstep:
    return doorstep.build(owner)


def choose(here: doorstep.Doorstep, **wishes: object) -> list[Change]:
    with viewer.acting(here.ada) as ada:
        return choices.choose(wishes, by=ada, at=timezone.now())


def test_a_word_is_said_at_once_and_in_its_language_only(here: doorstep.Doorstep) -> None:
    with viewer.acting(here.ada) as ada:
        choices.choose({HOME_IN_DUTCH: "thuis en wonen"}, by=ada, at=timezone.now())
    for person in (here.samira, here.els):
        with viewer.acting(person), translation.override("nl"):
            assert str(LifeDomain.HOME.label) == "thuis en wonen"
            assert dict(domains())["home"] == "thuis en wonen"
        with viewer.acting(person), translation.override("fr"):
            assert str(LifeDomain.HOME.label) == "maison"
    with translation.override("nl"):
        assert str(LifeDomain.HOME.label) != "thuis en wonen"


def test_a_change_is_taken_back_once_and_never_over_a_newer_one(here: doorstep.Doorstep) -> None:
    (first,) = choose(here, name="Nieuw Dorp")
    (second,) = choose(here, name="Dorp aan Zee")
    with viewer.acting(here.ada) as ada:
        with pytest.raises(choices.ChangedSince):
            choices.take_back(first.pk, by=ada, at=timezone.now())
        choices.take_back(second.pk, by=ada, at=timezone.now())
        assert choices.take_back(second.pk, by=ada, at=timezone.now()) is None
        assert Village.objects.get(pk=ada.village_id).name == "Nieuw Dorp"
        assert Change.objects.filter(takes_back=second).count() == 1


def test_the_same_choice_twice_is_one(here: doorstep.Doorstep) -> None:
    assert len(choose(here, phone="015 11 11 11", **{chosen.MODULES_OFF: ["meetings"]})) == 2
    assert choose(here, phone="015 11 11 11", **{chosen.MODULES_OFF: ["meetings"]}) == []


WRONG: tuple[dict[str, object], ...] = (
    {"term_days": 91}, {"term_days": 3}, {"answer_days": 9}, {"language": "tlh"}, {"timezone": "Mars/Base"},
    {"name": " "}, {"colours": {"main": "#ffee00"}}, {"colours": {"main": "red}"}}, {"languages": ["tlh"]},
    {"country": "FR"}, {"anything": 1}, {HOME_IN_DUTCH: "x" * 61},
)  # fmt: skip


def test_what_the_house_could_not_live_with_is_refused(here: doorstep.Doorstep) -> None:
    for wish in WRONG:
        with pytest.raises(choices.NotPossible):
            choose(here, **wish)


def test_a_logo_is_a_picture_without_a_program(here: doorstep.Doorstep) -> None:
    begins_well = b"\x89PNG\r\n\x1a\n<script>"
    with viewer.acting(here.ada) as ada:
        for wrong in (b"<svg onload='x'/>", b"GIF89a", b"", begins_well, PNG[:60], PNG + b"0" * choices.LONGEST_LOGO,
                      doorstep.picture((5_000, 5_000)), doorstep.picture(kind="GIF")):  # fmt: skip
            with pytest.raises(NoPicture):
                choices.keep_logo(wrong, by=ada, at=timezone.now())
        logo = choices.keep_logo(PNG, by=ada, at=timezone.now())
    shown = doorstep.browser().get(f"/look/{logo.pk}/")
    assert shown.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(shown.content)).size == (60, 40)


def test_a_logo_says_nothing_of_where_it_was_taken(here: doorstep.Doorstep) -> None:
    """Everybody who comes by sees it; what a telephone writes beside the dots stays behind."""
    exif = Image.Exif()
    exif[0x010E] = "GPS of somebody's home"
    with viewer.acting(here.ada) as ada:
        for kind in ("JPEG", "PNG"):
            sent = doorstep.picture((1_200, 600), kind=kind, exif=exif) + b"<?php and more"
            assert b"somebody's home" in sent
            kept = bytes(choices.keep_logo(sent, by=ada, at=timezone.now()).picture)
            assert b"somebody's home" not in kept
            assert b"php" not in kept
            assert Image.open(io.BytesIO(kept)).size == (512, 256)


def test_nobody_else_chooses_reads_what_changed_or_ends_work(here: doorstep.Doorstep) -> None:
    (change,) = choose(here, phone="015 11 11 11")
    for person in (here.samira, here.els, here.wim, here.stranger):
        with viewer.acting(person) as somebody:
            for deed in (
                lambda: choices.choose({"name": "Mine"}, by=somebody, at=timezone.now()),
                lambda: choices.take_back(change.pk, by=somebody, at=timezone.now()),
                lambda: choices.keep_logo(PNG, by=somebody, at=timezone.now()),
                lambda: jobs.end(here.scene.jobs[here.wim], by=somebody, at=timezone.now()),
                lambda: jobs.invite_again(here.scene.jobs[here.wim], by=somebody, at=timezone.now()),
            ):
                with pytest.raises(NotAllowed):
                    deed()
            assert not Change.objects.exists()
            assert Village.objects.filter(pk=somebody.village_id).update(name="Mine") == 0
    with pytest.raises(Exception, match="row-level security"), viewer.acting(here.els) as els:
        Logo.objects.create(village_id=els.village_id, kind="png", picture=PNG, at=timezone.now())


def test_work_that_ends_closes_the_desk_and_can_begin_again(here: doorstep.Doorstep) -> None:
    desk = here.scene.jobs[here.wim]
    with viewer.acting(here.ada) as ada:
        jobs.end(desk, by=ada, at=timezone.now())
        assert jobs.end(desk, by=ada, at=timezone.now()).until is not None
    with viewer.acting(here.wim) as wim:
        assert (wim.jobs, wim.seats) == ((), ())
    with viewer.acting(here.ada) as ada:
        jobs.begin_again(desk, by=ada, at=timezone.now())
    with viewer.acting(here.wim) as wim:
        assert [seat.kind for seat in wim.seats] == ["desk"]


def test_an_administrator_wakes_neither_their_own_work_nor_what_ended_long_ago(
    here: doorstep.Doorstep, owner: psycopg.Connection
) -> None:
    """K9: with the work its seats would wake, and the administrator would open a family's pages by themself."""
    mine, desk = here.scene.jobs[here.ada], here.scene.jobs[here.wim]
    ended = owner.execute(
        "INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since, until) "
        "SELECT gen_random_uuid(), person_id, organisation_id, 'worker', '', false, '', '', since, now() - interval '1 day' "
        "FROM trust_job WHERE id = %s RETURNING id", [mine],
    ).fetchone()  # fmt: skip
    assert ended
    owner.execute("UPDATE trust_job SET until = now() - interval '31 days' WHERE id = %s", [desk])
    with viewer.acting(here.ada) as ada:
        with pytest.raises(jobs.OwnWork):
            jobs.begin_again(ended[0], by=ada, at=timezone.now())
        with pytest.raises(Job.DoesNotExist):
            jobs.begin_again(desk, by=ada, at=timezone.now())
    assert owner.execute("SELECT count(*) FROM trust_job WHERE until IS NULL AND id = ANY(%s)",
                         [[ended[0], desk]]).fetchone() == (0,)  # fmt: skip


def test_somebody_keeps_the_village(here: doorstep.Doorstep, owner: psycopg.Connection) -> None:
    with viewer.acting(here.ada) as ada, pytest.raises(jobs.LastAdministrator):
        jobs.end(here.scene.jobs[here.ada], by=ada, at=timezone.now())
    bob = here.scene.worker("Bob", "administrator", "Town")
    doorstep.account(owner, bob)
    with viewer.acting(here.ada) as ada, pytest.raises(jobs.LastAdministrator):
        jobs.end(here.scene.jobs[here.ada], by=ada, at=timezone.now())  # Bob was only invited
    owner.execute("UPDATE trust_account SET last_login = now() WHERE person_id = %s", [bob])
    with viewer.acting(here.ada) as ada:
        assert jobs.end(here.scene.jobs[here.ada], by=ada, at=timezone.now()).until is not None
