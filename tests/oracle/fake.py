"""A harness of paper: it speaks the protocol without a database, so that the driver can be tested.

It answers with the plain rule of `knowing.py`, the oracle with the fast one; so the two
also watch each other. `python -m oracle.fake --mutant NAME` breaks one sentence of it.
"""

import argparse
import json
import sys
from datetime import datetime

from oracle.facts import Person
from oracle.world import World


class PlainWorld(World):
    """Answers item by item, sentence by sentence."""

    def _visible(self, viewer: Person, at: datetime) -> list[str]:
        return self.ask_plainly(viewer, at)


def serve(world: World) -> None:
    """Answer every line of standard input with one line."""
    for line in sys.stdin:
        try:
            answer = world.answer(json.loads(line))
        except json.JSONDecodeError as broken:
            answer = {"error": "malformed", "message": str(broken)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Start the paper harness, whole or broken."""
    from oracle.mutants import MUTANTS, broken_world  # mutants are built on this module

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mutant", choices=sorted(MUTANTS))
    name = options.parse_args().mutant
    serve(broken_world(name) if name else PlainWorld())


if __name__ == "__main__":
    main()
