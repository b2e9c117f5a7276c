"""`kring export hsds` or `data-inclusion`: the public directory of a village as a file for other programs."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kring.commands import preparing
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Writes what everybody may read of one village; 0 when the file is whole."""
    asked = _arguments().parse_args(argv)
    preparing.django_ready()
    content, sentence = _read(asked)
    words = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if asked.out == "-":
        sys.stdout.write(words)
    else:
        _write(Path(asked.out), words)
    print(sentence, file=sys.stderr)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring export", description="The directory for other programs.")
    parser.add_argument("format", choices=list(FORMATS), help="; ".join(HELP))
    parser.add_argument("--village", default="", help="the village's address (slug), when there are several")
    parser.add_argument("--out", default="-", metavar="FILE", help="the file; - is the screen (the default)")
    return parser


def _read(asked: argparse.Namespace) -> tuple[Any, str]:
    """The directory as nobody in particular sees it, in one transaction."""
    from django.db import transaction

    from kring.trust import viewer

    with transaction.atomic():
        viewer.nobody()
        return FORMATS[asked.format](_village(asked.village))


def _village(slug: str) -> Any:
    from kring.trust.models import Village

    villages = list(Village.objects.order_by("slug")[:50])
    found = [village for village in villages if slug in ("", village.slug)]
    if len(found) != 1:
        names = ", ".join(village.slug for village in villages) or "none yet"
        raise Refusal(f"Which village? Say --village SLUG. There are: {names}.")
    return found[0]


def _hsds(village: Any) -> tuple[Any, str]:
    from kring.network.published.finding import whole_directory

    directory = whole_directory(village.pk)
    homes = {one["organization_id"] for one in directory["contents"]}
    return directory, f"{directory['total_items']} offers of {len(homes)} organisations of {village.name}."


def _data_inclusion(village: Any) -> tuple[Any, str]:
    from django.conf import settings
    from django.utils import translation

    from kring.network.published import finding
    from kring.network.published.data_inclusion import Publisher, listing
    from kring.web.network import speaking

    def ages(offer: Any) -> str:
        known = offer.youngest is not None or offer.oldest is not None
        return speaking.ages(offer.youngest, offer.oldest) if known else ""

    offers = finding.with_all_that_is_told(finding.offers(village.pk))
    with translation.override("fr"):
        found = listing(offers, Publisher(f"kring-{village.slug}", settings.PUBLIC_ADDRESS, ages))
    told = f"{len(found.services)} services of {len(found.structures)} structures of {village.name}."
    if found.left_out:
        told += f" Without a description, so left out: {', '.join(found.left_out)}."
    return found.content, told


def _write(path: Path, words: str) -> None:
    """Lays the file down whole or not at all."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(words, encoding="utf-8")
        beside.replace(path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise Refusal(f"{path} cannot be written: {problem.strerror}.") from problem


FORMATS: dict[str, Callable[[Any], tuple[Any, str]]] = {"hsds": _hsds, "data-inclusion": _data_inclusion}
HELP = ("hsds: HSDS 3.0, one page of services", "data-inclusion: structures and services, schema v1")
