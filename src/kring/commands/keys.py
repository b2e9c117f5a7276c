"""`kring keys`: how many there are, and a new master key without anybody waiting."""

import argparse
import secrets
from collections import Counter

from django.conf import settings

from kring.commands import preparing
from kring.ground import keeping
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Count the keys, rotate the master key, or finish a rotation."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    {"count": _count, "rotate": _rotate, "finish": _finish}[asked.deed]()
    return 0


def _count() -> None:
    from kring.trust.keys import store

    found = Counter(path.read_bytes()[0] for path in store.every_key())
    for number in sorted(keeping.master_keys(settings.PLACE)):
        print(f"Wrapped by master key {number}: {found[number]}")


def _rotate() -> None:
    """A new master key for what is new from now on, then every old key is wrapped by it; both are live meanwhile."""
    from kring.trust.keys import store

    masters = keeping.master_keys(settings.PLACE)
    if len(masters) == 1:
        masters[max(masters) % 255 + 1] = secrets.token_bytes(32)
        keeping.write_master_keys(settings.PLACE, masters)
    newest = max(masters)
    done = sum(store.wrap_anew(path, newest) for path in store.every_key())
    print(f"Wrapped anew by master key {newest}: {done}. `kring keys finish` lets the old one go.")


def _finish() -> None:
    """Let the old master key go, once nothing is wrapped by it any more."""
    from kring.trust.keys import store

    masters = keeping.master_keys(settings.PLACE)
    newest = max(masters)
    left = sum(path.read_bytes()[0] != newest for path in store.every_key())
    if left:
        raise Refusal(f"{left} keys are still wrapped by the old master key; run kring keys rotate.")
    keeping.write_master_keys(settings.PLACE, {newest: masters[newest]})
    print(f"Only master key {newest} is live.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring keys")
    parser.add_argument("deed", choices=("count", "rotate", "finish"))
    return parser
