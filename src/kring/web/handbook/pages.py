"""The pages of the handbook, as they lie in `docs/handbook`: one folder for each language, one file for each page."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from markdown_it import MarkdownIt

BOOK = Path(__file__).parents[4] / "docs" / "handbook"
LANGUAGES = ("en", "nl", "fr")
CONTENTS = "contents"
#: For whom a page is, in the order of the contents.
NAMES = (
    "families",
    "young-people",
    "teachers",
    "workers",
    "contact-point",
    "coordinators",
    "directory",
    "administrators",
    "telling",
    "danger",
    "forgotten",
    "signing-in",
    "two-people",
    "trust-officer",
)
#: What families and young people read also stands in these.
FOR_FAMILIES = {
    "ar": (CONTENTS, "families", "young-people", "telling", "danger", "forgotten", "signing-in"),
}


@dataclass(frozen=True)
class Page:
    """One page: its title, what stands on it, and the language it is written in."""

    name: str
    language: str
    title: str
    html: str
    chapters: tuple[str, ...] = ()


def languages_of(name: str) -> tuple[str, ...]:
    """In which languages this page stands."""
    return (*LANGUAGES, *(language for language, names in FOR_FAMILIES.items() if name in names))


def find(name: str, language: str) -> Page | None:
    """The page in this language, else in English; nothing where there is no such page."""
    if name not in (CONTENTS, *NAMES):
        return None
    written = language if language in languages_of(name) else "en"
    file = BOOK / written / f"{name}.md"
    return read(file, name, written, file.stat().st_mtime_ns)


def picture(language: str, name: str) -> Path | None:
    """A picture of the handbook, made by the journeys."""
    file = BOOK / "pictures" / language / f"{name}.png"
    return file if language in (*LANGUAGES, *FOR_FAMILIES) and file.is_file() else None


@lru_cache(maxsize=64)
def read(file: Path, name: str, language: str, changed: int) -> Page:
    """The page as HTML, kept until its file changes."""
    text = file.read_text()
    title = re.match(r"# (.+)", text)
    marks = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    marks.add_render_rule("image", _image)
    marks.add_render_rule("link_open", _link)
    marks.add_render_rule("heading_open", _heading)
    chapters = tuple(re.findall(r"^## (.+)", text, re.MULTILINE))
    return Page(name, language, title[1] if title else name, marks.render(text, {}), chapters)


def _heading(self: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    """A chapter has a name to jump to: its number on the page."""
    if tokens[place].tag == "h2":
        env["chapter"] = env.get("chapter", 0) + 1
        tokens[place].attrs["id"] = f"chapter-{env['chapter']}"
    return str(self.renderToken(tokens, place, options, env))


def _image(self: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    """A picture at the address from which we give it; it comes when one reads that far."""
    token = tokens[place]
    language, name = re.fullmatch(r"\.\./pictures/(\w+)/([\w-]+)\.png", token.attrs["src"]).groups()
    token.attrs["src"] = reverse("handbook:picture", args=[language, name])
    token.attrs["loading"] = "lazy"
    token.attrs["class"] = "book-picture" + (" phone" if name.endswith("-phone") else "")
    token.attrs["alt"] = self.renderInlineAsText(token.children, options, env)
    return str(self.renderToken(tokens, place, options, env))


def _link(self: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    """A link from page to page of the handbook."""
    token = tokens[place]
    beside = re.fullmatch(r"([\w-]+)\.md(#[\w-]+)?", token.attrs["href"])
    if beside:
        token.attrs["href"] = reverse("handbook:page", args=[beside[1]]) + (beside[2] or "")
    return str(self.renderToken(tokens, place, options, env))
