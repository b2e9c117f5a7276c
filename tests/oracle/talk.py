"""Talking: sends the same operations to a harness and to the oracle, and compares.

Lines are streamed: many are on their way before the first answer is read. Answers come
back in the order of the lines.
"""

import contextlib
import json
import queue
import shlex
import shutil
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import Any, Protocol

from oracle.world import Operation, World

Answer = dict[str, Any]
STARTING, ANSWERING = 600.0, 180.0


class Stopped(Exception):
    """The harness closed, broke or went silent."""


class Harness(Protocol):
    """Anything that takes lines and gives answers in order."""

    def put(self, op: Operation) -> None: ...
    def get(self) -> Answer: ...
    def restart(self) -> None: ...
    def close(self) -> None: ...


class Direct:
    """A world in this process, for tests."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._answers: deque[Answer] = deque()

    def put(self, op: Operation) -> None:
        """Answer at once and keep the answer."""
        self._answers.append(self.world.answer(op))

    def get(self) -> Answer:
        """The oldest answer."""
        return self._answers.popleft()

    def restart(self) -> None:
        """Forget what is on its way."""
        self._answers.clear()

    def close(self) -> None:
        """Nothing to close."""


def command(text: str) -> list[str]:
    """The words of a command; `kring` is also looked for beside this Python."""
    words = shlex.split(text)
    beside = Path(sys.executable).parent / words[0]
    if shutil.which(words[0]) is None and beside.exists():
        words[0] = str(beside)
    return words


class Piped:
    """A harness started as a command, spoken to in JSON lines."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._unsent: list[str] = []
        self._wait = STARTING
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()

    @staticmethod
    def _read(process: Any, lines: Any) -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    def put(self, op: Operation) -> None:
        """Send one line, together with some others."""
        self._unsent.append(json.dumps(op))
        if len(self._unsent) >= 64:
            self._flush()

    def _flush(self) -> None:
        text, self._unsent = "".join(line + "\n" for line in self._unsent), []
        try:
            self._process.stdin.write(text)
            self._process.stdin.flush()
        except (BrokenPipeError, OSError) as broken:
            raise Stopped(f"the harness takes no more lines: {broken}") from broken

    def get(self) -> Answer:
        """The next answer; what is unsent is sent first."""
        if self._lines.empty():
            self._flush()
        try:
            line = self._lines.get(timeout=self._wait)
        except queue.Empty as silent:
            raise Stopped(f"no answer for {self._wait:.0f} seconds") from silent
        if line is None:
            raise Stopped(f"the harness ended with {self._process.wait(timeout=60)}")
        self._wait = ANSWERING
        try:
            return json.loads(line)
        except json.JSONDecodeError as broken:
            raise Stopped(f"not a JSON line: {line[:200]!r}") from broken

    def restart(self) -> None:
        """Begin again with a new process."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the process that was started here, and wait for it."""
        with contextlib.suppress(OSError):  # it may have gone already
            self._process.stdin.close()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def differs(expected: Answer, got: Answer) -> bool:
    """Two answers differ. Any error equals any error; an error to a question shows nothing."""
    if "error" in expected:
        return "error" not in got and got.get("items") != []
    return expected != got
