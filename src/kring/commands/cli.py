"""The `kring` command: finds what was asked for and says problems in one sentence."""

import importlib
import os
import sys
from collections.abc import Callable

from kring.commands.children import Stopped, stop_politely
from kring.ground.refusals import Refusal

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("kring.commands.serving", "serve the pages (--workers N, --port N, --host NAME)"),
    "worker": ("kring.commands.working", "do the background work"),
    "check": (
        "kring.commands.checking",
        "look at settings, roles and policies (--drill: try the newest backup)",
    ),
    "migrate": ("kring.commands.migrating", "make roles and tables ready"),
    "journal": (
        "kring.commands.journal",
        "journal seal, verify (--seals FILE) or aside: that no line was changed",
    ),
    "backup": ("kring.commands.backing_up", "everything in one sealed file (FOLDER, --list, --codes)"),
    "restore": ("kring.commands.restoring", "restore FILE: a backup back, by two people (--number, --codes)"),
    "keys": ("kring.commands.keys", "keys count, rotate, finish, backup or restore: what opens confidences"),
    "forget": (
        "kring.commands.forgetting",
        "forget due, or forget replay: after a restore nobody comes back",
    ),
    "kept": (
        "kring.commands.kept",
        "kept list, find NAME BORN, or open ID --number N: what the law makes us keep, by two people",
    ),
    "village": (
        "kring.commands.villages",
        "village create: found a village and print an invitation; village confirm E-MAIL: stand for a colleague",
    ),
    "setup": ("kring.commands.setting_up", "print the code with which an empty house gets its village"),
    "import": ("kring.commands.importing", "import hsds FILE: organisations and offers"),
    "export": ("kring.commands.exporting", "export hsds or data-inclusion: the public directory as a file"),
    "catalogues": ("kring.commands.catalogues", "catalogues update, compile or check: the languages"),
    "demo": ("kring.commands.demo", "the demonstration village (--port N, --fresh)"),
    "bench": ("kring.commands.bench", "how fast it is, in a made-up city"),
    "harness": ("kring.commands.harness", "answer questions about who may know what, line by line"),
    "manage": ("kring.commands.managing", "Django's own commands"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when it went well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
    if argv is None:
        stop_politely()
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in ("-h", "--help", "help"):
        _help()
        return 0
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        print(f"There is no command {name!r}. `kring help` lists them.", file=sys.stderr)
        return 2
    try:
        return _find(name)(rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Stopped):
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _find(name: str) -> Callable[[list[str]], int]:
    """The function behind a name, imported only when asked for."""
    found: Callable[[list[str]], int] = importlib.import_module(COMMANDS[name][0]).main
    return found


def _help() -> None:
    print("kring COMMAND [options]\n")
    for name, (_, sentence) in COMMANDS.items():
        print(f"  {name:<12}{sentence}")


if __name__ == "__main__":
    sys.exit(main())
