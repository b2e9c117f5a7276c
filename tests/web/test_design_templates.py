"""What every template of the house keeps to: nothing inline, known pictures, the CSRF header of htmx 4."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.test import RequestFactory

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "src/kring/web/templates").rglob("*.html"))
ICONS = set((ROOT / "frontend/icons.txt").read_text().split())


@pytest.fixture(autouse=True)
def only_our_own_addresses(settings: Any) -> None:
    """The look stands on its own: it needs no page of anybody else."""
    settings.ROOT_URLCONF = "kring.web.design.gallery_urls"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "src/kring/web/templates"))


@pytest.fixture(params=TEMPLATES, ids=name)
def source(request: pytest.FixtureRequest) -> str:
    return request.param.read_text()


def test_nothing_inline_that_a_strict_policy_refuses(source: str) -> None:
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"\son[a-z]+\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert "javascript:" not in source


def test_htmx_evaluates_nothing(source: str) -> None:
    assert "hx-on" not in source
    assert not re.search(r"hx-(vals|headers|vars)[\w:-]*=[\"']js:", source)
    assert not re.search(r"hx-trigger=[\"'][^\"']*\[", source), "a filter in brackets is code"


def test_icons_are_in_the_sprite(source: str) -> None:
    used = set(re.findall(r"""{%\s*icon\s+["']([\w-]+)["']""", source))
    assert used <= ICONS, f"add to frontend/icons.txt: {used - ICONS}"


def test_pictures_are_ours(source: str) -> None:
    drawn = {path.stem for path in (ROOT / "frontend/art/pictograms").glob("*.svg")}
    assert set(re.findall(r"""{%\s*pictogram\s+["']([\w-]+)["']""", source)) <= drawn


def test_no_left_and_no_right_in_attributes(source: str) -> None:
    assert not re.search(r"\b(align|dir)=\"(left|right)\"", source)


@pytest.mark.parametrize("base", ["base.html", "base_family.html", "base_public.html"])
def test_a_page_lets_its_children_inherit_the_csrf_header(base: str) -> None:
    """htmx 4 inherits only what says so; without it every answer is 403."""
    page = render_to_string(base, {"csrf_token": get_token(RequestFactory().get("/"))})
    token = re.search(r"""hx-headers:inherited='\{"X-CSRFToken": "(\w{64})"\}'""", page)
    assert token, "hx-headers must be inherited and carry a token"


def test_the_title_says_when_there_is_a_mistake() -> None:
    from django import forms

    class Short(forms.Form):
        word = forms.CharField()

    page = render_to_string("base_public.html", {"form": Short({}), "csrf_token": "x"})
    assert re.search(r"<title>Error: ", page)
    assert "data-focus-me" in page
    assert 'href="#id_word"' in page


@pytest.mark.parametrize("status", ["404", "403", "429", "500", "403_csrf"])
def test_pages_of_trouble_need_nothing(status: str) -> None:
    page = render_to_string(f"{status}.html", {"csrf_token": "x"} if status != "500" else None)
    assert "<h1>" in page
    assert 'href="' in page


def test_how_long_words_may_be_is_said_by_a_form_or_the_view_that_reads_them(source: str) -> None:
    assert not re.search(r'maxlength="?\d', source)


def test_the_gallery_uses_no_variable_that_is_not_there() -> None:
    import subprocess
    import sys

    code = (
        "from kring.web.design import gallery; gallery.configure();"
        "from kring.web.design.gallery_sample import everything;"
        "pages = [gallery.render(t, l, LANGUAGE_CODE=l, **everything(l)) for l in ('nl', 'ar')"
        " for t in ('gallery.html', 'parts/gallery/family_page.html', 'parts/gallery/door_page.html')];"
        "assert not any('MISSING' in page for page in pages)"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, cwd=ROOT / "src")
