"""Processes we start and therefore stop: the server and the worker under one roof."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, or the system at its end."""


class Children:
    """Started together, watched together, stopped together; the last one started goes first."""

    def __init__(self) -> None:
        self.running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one in a session of its own, so that Ctrl-C reaches it through us only."""
        self.running.append((name, subprocess.Popen(command, start_new_session=True)))

    def fallen(self) -> str | None:
        """The name of one that ended by itself."""
        return next((name for name, process in self.running if process.poll() is not None), None)

    def watch(self) -> str:
        """Wait until one ends by itself, and give its name."""
        while True:
            name = self.fallen()
            if name:
                return name
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask each to finish; one that does not within 20 seconds is ended."""
        for _, process in reversed(self.running):
            process.terminate()
        for _, process in reversed(self.running):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()


def stop_politely() -> None:
    """Have a request to end unwind what was begun, instead of cutting it off."""

    def stop(number: int, frame: FrameType | None) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        raise Stopped

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)


def kring(*words: str) -> list[str]:
    """The command line of another kring command with this Python."""
    return [sys.executable, "-m", "kring.commands.cli", *words]
