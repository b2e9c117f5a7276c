"""A long list: read and written by the worker, seen while it runs, stopped, undone (N1, E14)."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from clockwork import in_its_place
from kring.network.models import ImportDraft, Offer
from kring.network.usecases import lists, long_lists
from kring.trust.permissions import NotAllowed
from network.samples import OFFERS
from network.scene import NOW, Scene

PILOTS: dict[str, Any] = json.loads(OFFERS.read_text())


def long_list(size: int) -> bytes:
    ones = [PILOTS["contents"][number % 36] | {"id": f"long-{number}"} for number in range(size)]
    return json.dumps(ones).encode()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """How far it is, told at every record."""
    monkeypatch.setattr(long_lists, "EVERY_SECOND", 0.0)


@pytest.fixture
def draft(scene: Scene) -> ImportDraft:
    with scene.as_(scene.network) as nora:
        return long_lists.bring("list.json", long_list(40), by=nora, at=NOW)


def seen(scene: Scene, draft: ImportDraft) -> ImportDraft:
    with scene.as_(scene.network):
        return ImportDraft.objects.get(pk=draft.pk)


def work() -> None:
    """The worker does what waits, then ends."""
    from procrastinate.contrib.django import app

    with in_its_place(), app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, queues=["lists"])


def test_the_worker_reads_and_writes_and_everything_twice_is_once(scene: Scene, draft: ImportDraft) -> None:
    assert seen(scene, draft).state == "waiting"
    work()
    read = seen(scene, draft)
    assert (read.state, read.done, read.total, read.content) == ("read", 40, 40, None)
    assert read.findings["offers"]["new"]["count"] == 40
    with scene.as_(scene.network) as nora:
        assert long_lists.say_yes(draft, by=nora, at=NOW)
        assert not long_lists.say_yes(draft, by=nora, at=NOW)
    work()
    assert seen(scene, draft).state == "taken over"
    with scene.as_(scene.worker):
        assert Offer.objects.shown().count() == 40
    with scene.as_(scene.network) as nora:
        lists.undo(draft, by=nora, at=NOW)
        assert Offer.objects.shown().count() == 0


def test_how_far_it_is_can_be_seen_before_anything_is_written(
    scene: Scene, draft: ImportDraft, owner, monkeypatch
) -> None:
    work()
    monkeypatch.setattr("kring.network.usecases.taking_over.BATCH", 10)
    told: list[tuple[int, int, int]] = []
    usual = long_lists.Telling._write

    def looked(self: long_lists.Telling, done: int, total: int) -> bool:
        goes_on = usual(self, done, total)
        offers = owner.execute("SELECT count(*) FROM network_offer").fetchone()[0]
        told.append((*owner.execute("SELECT done, total FROM network_importdraft").fetchone(), offers))
        return goes_on

    monkeypatch.setattr(long_lists.Telling, "_write", looked)
    with scene.as_(scene.network) as nora:
        long_lists.say_yes(draft, by=nora, at=NOW)
    work()
    assert told == [(10, 40, 0), (20, 40, 0), (30, 40, 0), (40, 40, 0)]


def test_stop_while_it_is_written_leaves_nothing(
    scene: Scene, draft: ImportDraft, owner, monkeypatch
) -> None:
    work()
    monkeypatch.setattr("kring.network.usecases.taking_over.BATCH", 10)
    usual = long_lists.Telling._write

    def stops(self: long_lists.Telling, done: int, total: int) -> bool:
        if done == 20:
            owner.execute("UPDATE network_importdraft SET state = 'stopped'")
        return usual(self, done, total)

    monkeypatch.setattr(long_lists.Telling, "_write", stops)
    with scene.as_(scene.network) as nora:
        long_lists.say_yes(draft, by=nora, at=NOW)
    work()
    assert seen(scene, draft).state == "stopped"
    with scene.as_(scene.worker):
        assert not Offer.objects.exists()


def test_who_may_not_import_brings_stops_and_undoes_nothing(scene: Scene, draft: ImportDraft) -> None:
    with scene.as_(scene.lead) as lieve:
        for deed in (
            lambda: long_lists.bring("list.json", b"[]", by=lieve, at=NOW),
            lambda: long_lists.say_yes(draft, by=lieve, at=NOW),
            lambda: long_lists.stop(draft, by=lieve, at=NOW),
        ):
            with pytest.raises(NotAllowed):
                deed()
    with pytest.raises(NotAllowed):
        long_lists.read_waiting(draft.pk, scene.worker, at=NOW)


def test_the_page_shows_how_far_it_is_without_script_and_stops(scene: Scene, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(long_lists, "LONG", 1_000)
    nora = sign_in(scene.network)
    there = nora.post(
        "/village/import/", {"file": SimpleUploadedFile("l.json", long_list(40)), "source": "x"}
    ).url
    page = nora.get(there).content.decode()
    assert "waits for its turn" in page
    assert "<progress" in page
    draft = ImportDraft.objects.none()
    with scene.as_(scene.network):
        draft = ImportDraft.objects.get()
        ImportDraft.objects.update(state="reading", done=12, total=40)
    assert "12 of 40" in nora.get(there).content.decode()
    fragment = nora.get(there, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<section id="far"')
    for _ in range(2):
        nora.post(there, {"stop": "yes"})
    assert "Nothing was changed" in nora.get(there).content.decode()
    assert sign_in(scene.stranger).get(there).status_code == 404
    long_lists.read_waiting(draft.pk, scene.network, at=NOW)
    assert seen(scene, draft).state == "stopped"
    assert connection.in_atomic_block is False
