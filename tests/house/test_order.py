"""The order of the house: small files, names from the field, nothing unfinished, nothing borrowed unseen."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kring"

LONGEST_FILE = 300
LONGEST_TEST = 350
LONGEST_FUNCTION = 30
LONGEST_TEMPLATE = 60

# Longer on purpose: path or "path::function" and the reason. A stale entry fails.
LONGER: dict[str, str] = {}

NO_ROOM_FOR = {"utils", "util", "common", "core", "helpers", "helper", "services", "managers", "misc", "base"}
# Names that are somebody else's word for a thing of the field.
ROOMS_ALLOWED = {"src/kring/network/hsds/services.py": "a service is the noun of the HSDS standard it reads"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?i:coming soon|lorem ipsum)")


def kept(pattern: str, folder: Path = SOURCE) -> list[Path]:
    """Our own files: what was built, migrated or compiled is not ours to shorten."""
    without = {"migrations", "built", "__pycache__", "node_modules"}
    return [path for path in sorted(folder.glob(pattern)) if not without.intersection(path.parts)]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function with its number of lines, the docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if ast.get_docstring(node, clean=False) is not None:
                doc = node.body[0]
                lines -= (doc.end_lineno or doc.lineno) - doc.lineno + 1
            found.append((node.name, lines))
    return found


def too_long() -> dict[str, int]:
    """Everything longer than the house allows, by name."""
    found = {}
    for path in [*kept("**/*.py"), *kept("**/*.py", ROOT / "tests")]:
        lines = len(path.read_text().splitlines())
        if lines > (LONGEST_FILE if path.is_relative_to(SOURCE) else LONGEST_TEST):
            found[name(path)] = lines
        if path.is_relative_to(SOURCE):
            found |= {f"{name(path)}::{of}": size for of, size in functions(path) if size > LONGEST_FUNCTION}
    for path in kept("**/templates/**/*.html"):
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_TEMPLATE:
            found[name(path)] = lines
    return found


def test_files_functions_and_templates_stay_short() -> None:
    assert {what: lines for what, lines in too_long().items() if what not in LONGER} == {}


def test_what_may_be_longer_still_is() -> None:
    assert set(LONGER) - set(too_long()) == set()


def test_no_room_without_a_field_name() -> None:
    rooms = [
        path for path in kept("**/*.py") if {path.stem, *path.relative_to(SOURCE).parts[:-1]} & NO_ROOM_FOR
    ]
    assert {name(path) for path in rooms} == set(ROOMS_ALLOWED)


def test_every_room_says_what_it_is() -> None:
    silent = []
    for path in kept("*/__init__.py"):
        if not ast.get_docstring(ast.parse(path.read_text())):
            silent.append(name(path))
    assert silent == []


@pytest.mark.parametrize("pattern", ["**/*.py", "**/*.html", "**/*.sql", "**/*.css", "**/*.js"])
def test_nothing_is_left_unfinished(pattern: str) -> None:
    files = [*kept(pattern), *kept(pattern, ROOT / "frontend")]
    found = [f"{name(path)}: {hit.group()}" for path in files if (hit := UNFINISHED.search(path.read_text()))]
    assert found == []


def test_every_dependency_has_its_reason() -> None:
    bare = []
    for path in sorted((ROOT / "requirements").glob("*.in")):
        for line in path.read_text().splitlines():
            if line and not line.startswith(("#", "-r")) and "#" not in line:
                bare.append(f"{path.name}: {line}")
    assert bare == []


def test_locks_have_a_hash_for_everything_and_name_no_host() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text()
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==", text, re.IGNORECASE | re.MULTILINE)
        assert len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text)) == len(pins) > 0, path.name
        assert "://" not in text, path.name
    assert "://" not in re.sub(r'"(url|funding)":[^\n]*', "", (ROOT / "package-lock.json").read_text())


def test_the_locks_agree_with_each_other() -> None:
    def pins(file: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE))

    assert pins("run.txt") <= pins("build.txt") <= pins("test.txt")


def test_front_end_packages_are_pinned_exactly() -> None:
    package = re.findall(r'"[^"]+": "([\d^~*<>=][^"]*)"', (ROOT / "package.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+|>=\d+", version) for version in package)


def test_every_package_we_import_by_name_is_in_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["scripts"] == {"kring": "kring.commands.cli:main"}
    assert project["project"]["requires-python"] == ">=3.11"


def test_hooks_and_people_use_the_same_recipe() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def test_every_recipe_and_every_command_is_in_the_handbook_of_the_house() -> None:
    from kring.commands.cli import COMMANDS

    told = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    recipes = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    missing = [f"make {recipe}" for recipe in recipes if f"make {recipe}" not in told]
    missing += [f"kring {command}" for command in COMMANDS if f"kring {command}" not in told]
    assert missing == []


def test_in_sql_too_a_floor_knows_only_the_floors_below_it() -> None:
    layers = re.search(r"^layers =\n((?: +.*\n)+)", (ROOT / ".importlinter").read_text(), re.MULTILINE)
    assert layers
    floors = [re.findall(r"\w+", line) for line in reversed(layers[1].splitlines())]
    height = {room: floor for floor, rooms in enumerate(floors) for room in rooms}
    tables = {model._meta.db_table: height.get(model._meta.app_label, 0) for model in apps.get_models()}
    wrong = []
    for path in sorted((ROOT / "src" / "kring").glob("*/sql/*.sql")):
        named = set(re.findall(r"\w+", re.sub("--.*", "", path.read_text())))
        wrong += [f"{path.name}: {table}" for table in named if tables.get(table, 0) > height[path.parts[-3]]]
    assert wrong == []


def test_decisions_are_numbered_without_a_gap_and_fit_a_page() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    assert [path.name for path in records if len(path.read_text().splitlines()) > 60] == []
