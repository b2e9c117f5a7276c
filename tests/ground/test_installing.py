"""The first minute on a machine: each step once, and one sentence where something is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kring.ground import installing


@pytest.fixture(autouse=True)
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(installing, "ROOT", str(tmp_path))
    monkeypatch.setattr(installing, "STAMPS", str(tmp_path))
    monkeypatch.setattr(installing, "LOG", str(tmp_path / "install.log"))
    return tmp_path


def test_it_needs_nothing_but_python_itself() -> None:
    command = [sys.executable, "-I", "-S", installing.__file__, "port"]
    done = subprocess.run(command, env={**os.environ, "PORT": "x"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip() == "There is no port x; choose one from 1024 to 65535."


def test_a_step_is_done_once_until_its_inputs_change(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[int] = []
    result = workshop / "result"
    result.touch()
    for inputs in ("a", "a", "b"):
        installing.once("step", inputs, "A step", lambda: done.append(1), [str(result)])
    assert len(done) == 2
    result.unlink()
    installing.once("step", "b", "A step", lambda: done.append(1), [str(result)])
    assert len(done) == 3
    assert capsys.readouterr().out.count("A step .......") == 3


def test_packages_are_installed_again_when_the_environment_is_gone(
    workshop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    kring = workshop / "bin" / "kring"

    def run(command: list[str]) -> None:
        done.append(command[-1])
        kring.parent.mkdir(exist_ok=True)
        kring.touch()

    (workshop / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/build.txt", "requirements/test.txt", "python"):
        (workshop / name).touch()
    monkeypatch.setattr(installing, "VENV", str(workshop))
    monkeypatch.setattr(installing, "PYTHON", str(workshop / "python"))
    monkeypatch.setattr(installing, "run", run)
    for lock in ("test", "test", "build"):
        installing.packages(lock)
    assert len(done) == 2
    kring.unlink()
    installing.packages("build")
    assert len(done) == 4


def test_a_step_that_failed_is_done_again(workshop: Path) -> None:
    def fail() -> None:
        raise installing.Stopped("no")

    with pytest.raises(installing.Stopped):
        installing.once("step", "a", "A step", fail)
    assert not installing.fresh("step", "a")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "one\nOSError: [Errno 28] No space left on device\n",
            "The disk is full; make room and start again.",
        ),
        (
            "one\nERROR: no such thing\n",
            "This step failed: ERROR: no such thing (all of it is in var/install.log)",
        ),
        (
            "npm error code E404\nnpm error 404 no such package\nnpm error A complete log of this run",
            "This step failed: npm error 404 no such package (all of it is in var/install.log)",
        ),
        ("", "This step failed: no reason given (all of it is in var/install.log)"),
    ],
)
def test_a_failing_program_is_said_in_one_sentence(said: str, sentence: str) -> None:
    with pytest.raises(installing.Stopped) as stopped:
        installing.run([sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"])
    assert str(stopped.value) == sentence


def test_a_package_of_the_system_we_may_not_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(installing, "has_ensurepip", lambda: False)
    monkeypatch.setattr(installing, "PYTHON", "/nowhere/python")
    with pytest.raises(
        installing.Stopped, match=r"^python3\.\d+-venv is missing on this machine; install it and"
    ):
        installing.environment()


def test_a_browser_that_is_there_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "apt", lambda *names: pytest.fail("fetched"))
    monkeypatch.setattr(
        installing.shutil, "which", lambda name: "/usr/bin/x" if name == "google-chrome" else None
    )
    installing.browser()


def test_an_old_python_gives_way_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(installing.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(
        installing.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "python3.12" else None
    )
    monkeypatch.setattr(os, "execv", lambda path, words: called.append(path))
    with pytest.raises(SystemExit):
        installing.newer_python()
    assert called == ["/usr/bin/python3.12"]


def test_an_old_python_alone_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installing.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(installing.shutil, "which", lambda name: None)
    monkeypatch.setattr(installing, "THIS", "Python3.9")
    with pytest.raises(SystemExit):
        installing.newer_python()
    assert capsys.readouterr().err == "Python3.9 is too old; Kring needs Python 3.11 or newer.\n"


def test_without_node_the_one_that_came_along_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "PYTHON", sys.executable)
    monkeypatch.setattr(installing.shutil, "which", lambda name: None)
    node, npm = installing.node_and_npm()
    assert npm[0] == node
    for path in (node, npm[1]):
        assert Path(path).exists()
