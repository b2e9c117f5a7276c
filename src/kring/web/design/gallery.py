"""`python -m kring.web.design.gallery OUT.html [language] [template]`: every part of the design on one page, with made-up people."""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def configure() -> None:
    """Django with nothing but templates; used when no settings are at work."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"string_if_invalid": "MISSING %s"},
    }
    settings.configure(
        SECRET_KEY="the gallery keeps no secrets",  # noqa: S106
        INSTALLED_APPS=["django.contrib.staticfiles", "kring.web"],
        TEMPLATES=[engine],
        ROOT_URLCONF="kring.web.design.gallery_urls",
        STATIC_URL="static/",
        FORM_RENDERER="kring.web.design.forms.Renderer",
        USE_TZ=True,
        TIME_ZONE="Europe/Brussels",
        LANGUAGES=[("en", "English"), ("nl", "Dutch"), ("fr", "French"), ("ar", "Arabic")],
        LOCALE_PATHS=[ROOT.parent / "locale"],
    )
    django.setup()


def render(template: str, language: str, **context: Any) -> str:
    """One page of the gallery in one language."""
    from django.template.loader import render_to_string
    from django.utils import translation

    with translation.override(language):
        return render_to_string(template, {"csrf_token": "x" * 64, **context})


def main(arguments: list[str]) -> int:
    """Writes the page."""
    configure()
    from kring.web.design import gallery_sample

    out = Path(arguments[0])
    language = arguments[1] if len(arguments) > 1 else "en"
    template = arguments[2] if len(arguments) > 2 else "gallery.html"
    out.write_text(render(template, language, **gallery_sample.everything(language)), encoding="utf-8")
    print(out)  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
