"""What an administrator types: it starts, it stops, and it says in one sentence what is wrong."""

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from kring.commands import cli, safety
from kring.commands.demo import port_is_free
from kring.ground import postmaster
from kring.ground.places import Place
from kring.ground.refusals import Refusal


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kring(surroundings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kring.commands.cli", *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)


class Spoken:
    """A command that goes on, and what it has said so far."""

    def __init__(self, surroundings: dict[str, str], *words: str) -> None:
        command = [sys.executable, "-m", "kring.commands.cli", *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.process = subprocess.Popen(command, env=surroundings, **pipes)
        self.lines: list[str] = []
        self.arrived = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            with self.arrived:
                self.lines.append(line)
                self.arrived.notify_all()

    def until(self, words: str, seconds: int = 90) -> None:
        with self.arrived:
            heard = self.arrived.wait_for(lambda: any(words in line for line in self.lines), seconds)
        assert heard, "".join(self.lines)

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        code = self.process.wait(60)
        self.process.stdout.close()
        return code


@pytest.fixture
def started(surroundings: dict[str, str]) -> Iterator[list[Spoken]]:
    """Whatever a test starts is ended, also when it fails."""
    running: list[Spoken] = []
    yield running
    for spoken in running:
        if spoken.process.poll() is None:
            spoken.process.terminate()
            spoken.process.wait(60)


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as problem:
        problem.close()
        return problem.code


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstration_starts_answers_and_takes_everything_with_it(
    furnished: dict[str, str], place: Place, started: list[Spoken], how: signal.Signals
) -> None:
    port = free_port()
    demo = Spoken(furnished, "demo", "--port", str(port), "--workers", "1")
    started.append(demo)
    demo.until("Kring is ready: http://localhost")
    assert status_of(f"http://127.0.0.1:{port}/") == 200
    assert postmaster.running(place.data)
    assert demo.end(how) == 0
    assert "Everything is stopped." in "".join(demo.lines)
    assert not postmaster.running(place.data)
    port_is_free(port)


def test_serving_says_what_the_embedded_database_is_for(
    furnished: dict[str, str], place: Place, started: list[Spoken]
) -> None:
    port = free_port()
    server = Spoken(furnished, "serve", "--port", str(port), "--workers", "1")
    started.append(server)
    server.until(f"Serving on http://127.0.0.1:{port}")
    assert server.lines[0] == "This is the embedded database: for a demonstration, tests and a small trial.\n"
    for _ in range(100):
        if port_answers(port):
            break
        time.sleep(0.2)
    assert status_of(f"http://127.0.0.1:{port}/demo/") == 404
    assert server.end(signal.SIGTERM) == 0
    assert not postmaster.running(place.data)


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_port_that_is_taken_is_said_in_one_sentence(surroundings: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = kring(surroundings, "demo", "--port", str(taken.getsockname()[1]))
    assert said.returncode == 1
    assert said.stderr.strip().endswith("is taken by another program; choose another with PORT=8080.")
    assert said.stderr.count("\n") == 1


def test_migrating_twice_and_checking(surroundings: dict[str, str], place: Place) -> None:
    for _ in range(2):
        said = kring(surroundings, "migrate")
        assert said.stdout.strip().endswith("The database is ready."), said.stderr
    assert kring(surroundings, "worker", "--once").returncode == 0
    said = kring(surroundings, "check")
    assert (said.returncode, said.stderr) == (0, "")
    assert not postmaster.running(place.data)


def test_founding_a_village_gives_an_invitation_once(furnished: dict[str, str]) -> None:
    flags = ["--country", "NL", "--timezone", "Europe/Amsterdam", "--admin", "mo@example.org"]
    said = kring(furnished, "village", "create", "--name", "Kade", *flags)
    assert said.stdout.startswith("Kade is founded.\nInvitation for mo: http://localhost:8000/l/"), (
        said.stderr
    )
    said = kring(furnished, "village", "create", "--name", "Kade", *flags)
    assert said.stderr.strip() == "There is a village called kade already; choose another name."
    said = kring(furnished, "village", "create", "--name", "Elders", *flags)
    assert said.stderr.strip() == "mo@example.org has an account already; choose another address."
    said = kring(
        furnished, "village", "create", "--name", "Elders", *flags[:2], "--timezone", "Mars", *flags[4:]
    )
    assert said.stderr.strip() == "There is no time zone Mars; one is called Europe/Brussels."


@pytest.mark.parametrize("words", [("worker", "--once"), ("check",)])
def test_working_before_the_tables_are_there(surroundings: dict[str, str], words: tuple[str, ...]) -> None:
    said = kring(surroundings, *words)
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert said.stderr.startswith("The database kring does not let kring_runtime in")


def test_serving_before_the_tables_are_there_on_a_server_of_ones_own(surroundings: dict[str, str]) -> None:
    url = "postgresql://kring_runtime:word@127.0.0.1:1/kring"
    said = kring({**surroundings, "DATABASE_URL": url}, "serve")
    assert said.returncode == 1
    assert said.stderr.strip() == "The database kring does not answer at 127.0.0.1."


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense:/", "DATABASE_URL is not an address such as postgresql://user:word@host/name."),
        ("postgresql://host/", "DATABASE_URL must name a user and a database."),
        ("postgresql://me@127.0.0.1:1/kring", "The database kring does not answer at 127.0.0.1."),
    ],
)
def test_a_wrong_address_is_said_in_one_sentence(
    surroundings: dict[str, str], url: str, sentence: str
) -> None:
    said = kring({**surroundings, "DATABASE_URL": url}, "migrate")
    assert (said.returncode, said.stderr.strip()) == (1, sentence)


def test_a_word_that_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["dance"]) == 2
    assert capsys.readouterr().err == "There is no command 'dance'. `kring help` lists them.\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in cli.COMMANDS)


def test_who_asks_for_help_gets_words_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    for name in cli.COMMANDS.keys() - {"manage"}:
        with pytest.raises(SystemExit) as ended:
            cli.main([name, "--help"])
        assert ended.value.code == 0
        assert f"usage: kring {name}" in capsys.readouterr().out


def test_no_port_of_that_number() -> None:
    with pytest.raises(Refusal, match="There is no port 99999"):
        port_is_free(99999)


@pytest.mark.django_db
def test_a_demonstration_is_not_served_to_others(settings) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost"]
    assert "The demonstration lets anyone be anybody." in " ".join(safety.problems("0.0.0.0"))
    assert "The demonstration lets anyone" not in " ".join(safety.problems("localhost"))


@pytest.mark.django_db
def test_unsafe_settings_are_refused(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setenv("KRING_SECRET", "a" * 40)
    said = " ".join(safety.problems("localhost"))
    for part in ("DEBUG is on", "KRING_HOSTS may not be a star", "KRING_SECRET is too weak"):
        assert part in said


@pytest.mark.django_db
def test_a_server_that_may_lose_what_it_was_told_is_refused() -> None:
    """The server of the tests does not wait for the disk: it must be refused."""
    said = safety.problems("localhost")
    assert any("fsync=off" in sentence for sentence in said)
    assert any("full_page_writes=off" in sentence for sentence in said)
    assert not any("checksums" in sentence for sentence in said)
