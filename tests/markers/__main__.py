"""`python -m markers [--without-village]`: tell, work, kill, back up; then search every file. Prints what was found."""

import argparse
import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path

import psycopg

import figures
from crash.house import House
from crash.post import Load
from kring.ground import places
from markers import scan


def main() -> int:
    """0 when nothing was found."""
    made = argparse.ArgumentParser(prog="python -m markers", description=__doc__)
    made.add_argument(
        "--without-village", action="store_true", help="without the demonstration village: quicker"
    )
    made.add_argument("--area", type=Path, help="a folder whose tables are made already")
    asked = made.parse_args()
    area = asked.area or places.here("test").area / f"trial-{uuid.uuid4().hex[:6]}"
    scanned, words = searched(area, village=not asked.without_village)
    sys.stdout.write(
        f"{len(words)} markers ({', '.join(words)}): {scanned.files} files, {scanned.size} bytes, {scanned.streams} pressed "
        f"streams searched raw, base64, hexadecimal, UTF-16 and unpressed; found: {len(scanned.found)}\n"
    )
    for where in scanned.found:
        sys.stdout.write(f"  {where}\n")
    command = "python -m markers --without-village" if asked.without_village else "make markers"
    figures.keep("markers", command, bytes=scanned.size, found=len(scanned.found))
    return 1 if scanned.found else 0


def searched(area: Path, *, village: bool) -> tuple[scan.Scanned, dict[str, str]]:
    """A house in which it was told, worked, killed and backed up; every file of it, and what it said, searched."""
    house = House(area)
    passing = area / "passing"
    passing.mkdir(parents=True)
    house.surroundings |= {"TMPDIR": str(passing)}
    try:
        house.prepare()
        os.environ |= {name: house.surroundings[name] for name in ("KRING_AREA", "TMPDIR")}
        from kring.commands import preparing

        preparing.django_ready()
        words = _told(house, village)
        load = Load(house.port, 2)
        while len(load.acknowledged) < 20:
            house.answers()
        house.kill("database")
        house.start("database")
        load.stop()
        house.run("backup")
        house.run("keys", "backup")
        return scan.scan([area], words.values()), words
    finally:
        with suppress(Exception):
            house.leave()


def _told(house: House, village: bool) -> dict[str, str]:
    from django.utils import timezone

    from markers import telling

    if village:
        from kring.demo import village as demonstration

        demonstration.load(on=timezone.localdate(), tell=lambda sentence: None)
    with psycopg.connect(house.cluster.conninfo(dbname="kring"), autocommit=True) as owner:
        return telling.told(owner)


if __name__ == "__main__":
    sys.exit(main())
