"""What a proof measured, kept for people to read: `KRING_KEEP_FIGURES=1 make oracle` writes its line anew."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

BOOK = Path(__file__).parents[1] / "docs" / "figures.json"


def keep(proof: str, command: str, **figures: float) -> None:
    """Write down what `proof` measured, when somebody asks for it; each figure under its name.

    The day is the one on which it was measured; `command` is how anybody measures it again.
    """
    if os.environ.get("KRING_KEEP_FIGURES") != "1":
        return
    told = json.loads(BOOK.read_text())
    told[proof] = {"on": datetime.now(UTC).date().isoformat(), "command": command, **figures}
    BOOK.write_text(json.dumps(dict(sorted(told.items())), indent=1) + "\n")
