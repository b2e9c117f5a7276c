"""A backup is one sealed file: read by its key alone, whole or refused, thinned by a plain rule, opened by two people."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kring.ground.backups import bundles, codes, sealing, shelf, thinning
from kring.ground.places import Place
from kring.ground.refusals import Refusal

KEY, OTHER = bytes(range(32)), bytes(32)
PAGES = [b"what a mother said " * 40_000, bytes(range(256)) * 9_000, b""]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "kring-20261122T080000Z.backup"
    with bundles.writing(path, KEY, "everything") as bundle:
        for number, page in enumerate(PAGES):
            bundle.add(
                f"page {number}", (page[begin : begin + 7_777] for begin in range(0, len(page), 7_777))
            )
    return path


def read(path: Path, key: bytes = KEY, purpose: str = "everything") -> dict[str, bytes]:
    return {name: b"".join(pieces) for name, pieces in bundles.reading(path, key, purpose)}


def test_what_was_sealed_is_read_again_and_nothing_of_it_lies_in_the_clear(backup: Path) -> None:
    assert list(read(backup).values()) == PAGES
    assert b"mother" not in backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
    for _name, _unread in bundles.reading(backup, KEY, "everything"):
        pass  # who skips a page still comes to the end


def test_another_key_or_another_purpose_opens_nothing(backup: Path) -> None:
    for key, purpose in ((OTHER, "everything"), (KEY, "keys")):
        with pytest.raises(
            sealing.Unusable, match=r"kring-20261122T080000Z\.backup is damaged, or made with another"
        ):
            read(backup, key, purpose)


def test_every_damaged_byte_and_every_missing_end_is_named(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    hurt = tmp_path / "hurt.backup"
    for place in (0, 20, 47, 48, 55, len(whole) // 2, len(whole) - 1):
        hurt.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(sealing.Unusable, match=r"hurt\.backup"):
            read(hurt)
    for length in (0, 30, 49, len(whole) // 2, len(whole) - 1):
        hurt.write_bytes(whole[:length])
        with pytest.raises(sealing.Unusable, match=r"hurt\.backup is (unfinished|damaged)"):
            read(hurt)
    hurt.write_bytes(whole + b"x")
    with pytest.raises(sealing.Unusable):
        read(hurt)


def test_chunks_cannot_change_places_nor_the_last_be_left_out() -> None:
    written = io.BytesIO()
    sealer = sealing.Sealer(written, KEY, "everything")
    for letter in b"abc":
        sealer.write(bytes([letter]) * sealing.CHUNK)
    sealer.finish()
    whole, head, step = written.getvalue(), 47, sealing.CHUNK + 20
    first, second, third = (whole[head + step * n : head + step * (n + 1)] for n in range(3))
    for other in (second + first + third, first + third, first + second, first + second + third[4:]):
        with pytest.raises(sealing.Unusable):
            sealing.Opener(io.BytesIO(whole[:head] + other), KEY, "everything", "it").finish()


def test_a_backup_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def pieces():
        yield b"begun"
        raise OSError("the disk is full")

    with (
        pytest.raises(OSError, match="full"),
        bundles.writing(tmp_path / "kring-x.backup", KEY, "all") as bundle,
    ):
        bundle.add("one", pieces())
    assert list(tmp_path.iterdir()) == []


def test_seven_days_four_weeks_and_six_months_stay() -> None:
    began, kept = datetime(2026, 1, 1, 3, tzinfo=UTC), set()
    for half in range(2 * 326):  # a backup every twelve hours, thinned each time
        now = began + timedelta(hours=12 * half)
        kept = thinning.kept(kept | {now})
        assert now in kept
    assert {now.date() - timedelta(days=back) for back in range(7)} <= {moment.date() for moment in kept}
    assert {(now - timedelta(weeks=back)).isocalendar()[1] for back in range(4)} <= {
        moment.isocalendar()[1] for moment in kept
    }
    assert {moment.month for moment in kept} == {6, 7, 8, 9, 10, 11}
    assert len(kept) <= 7 + 4 + 6
    assert thinning.kept([]) == set()


def test_two_codes_are_the_key_and_one_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(tmp_path)
    monkeypatch.delenv("KRING_BACKUP_KEY", raising=False)
    key = codes.backup_key(place)
    assert codes.backup_key(place) == key
    assert (place.keep / "backup-key").stat().st_mode & 0o777 == 0o600
    first, second = codes.halves(key)
    assert codes.joined(f"  {first.lower().replace('-', ' ')}", second) == key
    assert codes.joined(second, first) == key
    assert codes.joined(first, codes.halves(key)[1]) != key, "a code of another printing does not fit"
    slip = ("B" if first[0] == "A" else "A") + first[1:]
    with pytest.raises(Refusal, match="not read well"):
        codes.joined(slip, second)
    monkeypatch.setenv("KRING_BACKUP_KEY", "12")
    with pytest.raises(Refusal, match="64 hexadecimal"):
        codes.backup_key(place)


def test_a_backup_counts_for_thirty_days_after_it_was_tried(tmp_path: Path) -> None:
    place, now = Place(tmp_path), datetime(2026, 11, 22, tzinfo=UTC)
    place.keep.mkdir()
    assert not shelf.counts(place, now)
    shelf.remember(place, "backup", at=now.isoformat())
    assert not shelf.counts(place, now), "a backup nobody restored counts as none"
    shelf.remember(place, "drill", at=now.isoformat())
    assert shelf.counts(place, now + timedelta(days=30))
    assert not shelf.counts(place, now + timedelta(days=31))
    assert shelf.last(place, "backup") == now


def test_two_backups_at_once_take_turns(tmp_path: Path) -> None:
    with shelf.turn(tmp_path), pytest.raises(Refusal, match="Another backup"), shelf.turn(tmp_path):
        pass
