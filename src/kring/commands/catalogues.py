"""`kring catalogues`: the words of the pages in every language, gathered, kept in order and compiled.

The sentences stand in English in the templates and the code; each other language has one file. All in
Python, so that no gettext program has to be installed.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kring.ground.refusals import Refusal

HOME = Path(__file__).resolve().parents[1]
LOCALE = HOME / "locale"
LANGUAGES = ("nl", "fr", "ar")
WITHOUT = {"migrations", "locale", "static", "gallery"}
# Pages of the staff: there English, Dutch and French are complete. A family reads Arabic too.
STAFF = (
    "kring/network/problems.py",
    "kring/web/network/forms.py",
    "kring/web/network/speaking.py",
    "kring/web/templates/account/",
    "kring/web/templates/intake/close",
    "kring/web/templates/intake/desk",
    "kring/web/templates/intake/duty",
    "kring/web/templates/intake/promise",
    "kring/web/templates/intake/take_up",
    "kring/web/templates/intake/undo",
    "kring/web/templates/intake/write_down",
    "kring/web/templates/mfa/",
    "kring/web/templates/network/import",
    "kring/web/templates/network/write_offer",
    "kring/web/templates/today/",
    "kring/web/today/",
)
#: The space before these signs, and the one after the first of two.
FRENCH_SIGNS = re.compile(r" (?=[:;?!»])|(?<=«) ")
CONTEXT = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "own_word": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (CONTEXT, 2),
    "pgettext_lazy": (CONTEXT, 2),
    "npgettext": (CONTEXT, 2, 3),
    "npgettext_lazy": (CONTEXT, 2, 3),
}


def main(argv: list[str]) -> int:
    """Update, compile or check."""
    parser = argparse.ArgumentParser(prog="kring catalogues")
    parser.add_argument("what", choices=["update", "compile", "check"])
    what = parser.parse_args(argv).what
    if what == "update":
        update()
    elif what == "compile":
        compile_all()
    else:
        found = problems()
        for sentence in found:
            print(sentence, file=sys.stderr)
        return 1 if found else 0
    return 0


def gather() -> Catalog:
    """Every sentence of templates and code, with the files it stands in."""
    gathered = Catalog(charset="utf-8")
    places: dict[tuple[object, str | None], set[str]] = defaultdict(set)
    for path in _sources():
        for words, context in _sentences(path):
            places[words, context].add(str(path.relative_to(HOME.parent)))
    for (words, context), files in places.items():
        gathered.add(words, locations=[(file, 0) for file in sorted(files)], context=context)  # type: ignore[arg-type]
    return gathered


def update() -> None:
    """Bring every language's file up to date: new sentences empty, translations kept, order stable."""
    gathered = gather()
    for language in LANGUAGES:
        catalogue = _read(language)
        for message in catalogue.obsolete.values():  # a sentence may come back
            catalogue.add(message.id, message.string, context=message.context)
        catalogue.obsolete.clear()
        catalogue.update(gathered, no_fuzzy_matching=True)
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(catalogue))
        empty = sum(1 for message in catalogue if message.id and not _translated(message))
        print(f"{language}: {len(catalogue)} sentences, {empty} to translate")


def compile_all() -> None:
    """Make each file ready to be read by the pages."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parent.parent.name)
        if path.parent.parent.name == "fr":
            hold_signs(catalogue)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        path.with_suffix(".mo").write_bytes(compiled.getvalue())


def hold_signs(catalogue: Catalog) -> None:
    """In French a space stands before “:” and “?”: one that never lets the sign begin a line."""
    for message in catalogue:
        if message.id:
            words = message.string
            message.string = _held(words) if isinstance(words, str) else tuple(_held(one) for one in words)


def _held(words: str) -> str:
    return FRENCH_SIGNS.sub("\N{NO-BREAK SPACE}", words)


def problems() -> list[str]:
    """What is stale, missing or damaged in any language, one sentence each."""
    gathered = gather()
    wanted = {(message.id, message.context) for message in gathered if message.id}
    found = []
    for language in LANGUAGES:
        catalogue = _read(language)
        there = {(message.id, message.context): message for message in catalogue if message.id}
        found += [
            f"{language}: not in the file: {_short(words)}"
            for words, _ in sorted(wanted - set(there), key=str)
        ]
        found += [
            f"{language}: no longer used: {_short(words)}"
            for words, _ in sorted(set(there) - wanted, key=str)
        ]
        for key in sorted(wanted & set(there), key=str):
            message = there[key]
            if (not _translated(message) or message.fuzzy) and not (
                language == "ar" and _staff_only(gathered, key)
            ):
                found.append(f"{language}: not translated: {_short(message.id)}")
            found += [f"{language}: {error}: {_short(message.id)}" for error in message.check(catalogue)]
    return found


def _staff_only(gathered: Catalog, key: tuple[object, str | None]) -> bool:
    """Does this sentence stand on pages of the staff only?"""
    message = gathered.get(key[0], key[1])  # type: ignore[arg-type]
    return message is not None and all(file.startswith(STAFF) for file, _ in message.locations)


def _sources() -> Iterator[Path]:
    for pattern in ("**/*.py", "**/*.html", "**/*.txt"):
        for path in sorted(HOME.glob(pattern)):
            if not WITHOUT.intersection(path.relative_to(HOME).parts) and not path.stem.startswith("gallery"):
                yield path


def _sentences(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    text = path.read_text()
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        try:
            text = templatize(text, origin=str(path))
        except SyntaxError as problem:
            raise Refusal(f"The template {path.name} cannot be read: {problem}.") from problem
        text = "\n".join(line.lstrip() for line in text.splitlines())  # a page's indents are not Python's
    source = BytesIO(text.encode())
    for _, words, _, context in extract("python", source, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        if words:
            yield words if isinstance(words, str) else (words[0], words[1]), context


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="Kring", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _written(catalogue: Catalog) -> bytes:
    """The file, sorted, without dates or line numbers that would change by themselves."""
    file = BytesIO()
    write_po(
        file,
        catalogue,
        width=0,
        sort_output=True,
        include_lineno=False,
        include_previous=False,
        omit_header=True,
    )
    plural = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    header = [
        "Content-Type: text/plain; charset=utf-8",
        f"Language: {catalogue.locale}",
        f"Plural-Forms: {plural}",
    ]
    lines = "".join(f'"{line}\\n"\n' for line in header)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + file.getvalue()


def _translated(message: Message) -> bool:
    words = message.string
    return all(words) if isinstance(words, (tuple, list)) else bool(words)


def _short(words: object) -> str:
    return str(words if isinstance(words, str) else words[0])[:80]  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
