"""Who may know what, asked at random: Kring through its real policies, and a reading of the rules by other hands."""

import json
import os
import subprocess
import sys
from pathlib import Path

QUESTIONS = int(os.environ.get("KRING_QUESTIONS", "20000"))
TESTS = Path(__file__).resolve().parents[1]


def test_kring_and_the_oracle_never_differ(furnished: dict[str, str]) -> None:
    command = [sys.executable, "-m", "oracle", "--questions", str(QUESTIONS), "--seed", "7", "--json"]
    command += ["--harness", f"{sys.executable} -m kring.commands.cli harness"]
    done = subprocess.run(
        command, env={**furnished, "PYTHONPATH": str(TESTS)}, capture_output=True, text=True, timeout=1500
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    said = json.loads(done.stdout)
    assert said["questions"] >= QUESTIONS
    assert (said["leaks"], said["wrong_denials"], said["differences"]) == (0, 0, [])
