"""`python -m crash --rounds 200 --seed 7`: 0 lost and 0 doubled; and the control, which must lose some."""

import argparse
import sys
import uuid

import figures
from crash import rounds
from kring.ground import places


def main() -> int:
    """Print the figures; 0 when they are as they must be."""
    made = argparse.ArgumentParser(prog="python -m crash", description=__doc__)
    made.add_argument("--rounds", type=int, default=200)
    made.add_argument("--control", type=int, default=3)
    made.add_argument("--seed", type=int, default=7)
    asked = made.parse_args()
    shelf = places.here("test").area
    kept = rounds.crash(shelf / f"trial-{uuid.uuid4().hex[:6]}", asked.rounds, asked.seed)
    sys.stdout.write(f"{sum(kept.rounds.values())} rounds: {kept.told()}\n")
    sys.stdout.flush()
    careless = rounds.control(shelf / f"trial-{uuid.uuid4().hex[:6]}", asked.control, asked.seed)
    sys.stdout.write(f"control, synchronous_commit=off: {careless.told()}\n")
    told = {"rounds": sum(kept.rounds.values()), "lost": kept.lost, "doubled": kept.doubled}
    figures.keep("crash", f"make crash ROUNDS={asked.rounds}", **told)
    return 0 if not kept.lost and not kept.doubled and careless.lost else 1


if __name__ == "__main__":
    sys.exit(main())
