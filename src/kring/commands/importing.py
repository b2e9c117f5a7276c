"""`kring import hsds FILE`: organisations and offers of another directory, from the command line."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

MOST_SHOWN = 50


def main(argv: list[str]) -> int:
    """Reads a list and takes it over; 0 when all of it could be read, 1 when nothing could."""
    asked = _arguments().parse_args(argv)
    path = Path(asked.file)
    if asked.format == "made-up":
        if not asked.file.isdecimal():
            print("How many offers? Like: kring import made-up 20000", file=sys.stderr)
            return 1
        asked.dry_run = True
    elif not path.is_file():
        print(f"There is no file {asked.file}.", file=sys.stderr)
        return 1
    import django

    django.setup()
    return _import(path, asked)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring import", description="Takes over a directory.")
    parser.add_argument("format", choices=["hsds", "made-up"],
                        help="HSDS 3.0: JSON, or the tables in a zip; made-up: how long so many offers take")  # fmt: skip
    parser.add_argument("file", help="the file; for made-up: how many offers")
    parser.add_argument(
        "--village", default="", help="the village's address (slug); needed when there are several"
    )
    parser.add_argument(
        "--by", default="", help="e-mail address of who takes it over; else the network coordinator"
    )
    parser.add_argument("--source", default="", help="what the list is called, the same each time")
    parser.add_argument("--hide-gone", action="store_true", help="hide offers that are no longer in the list")
    parser.add_argument("--dry-run", action="store_true", help="only look, change nothing")
    return parser


def _import(path: Path, asked: argparse.Namespace) -> int:
    from kring.network.usecases import lists
    from kring.trust.permissions import NotAllowed

    person, why = _who(asked.village, asked.by)
    if person is None:
        print(why, file=sys.stderr)
        return 1
    try:
        findings = _take_over(person, path, asked)
    except lists.ListIsEmpty:
        print("There is nothing in this list that we can take over. Nothing was changed.", file=sys.stderr)
        return 1
    except NotAllowed:
        print(
            "This person may not take over a list: a network coordinator or an administrator may.",
            file=sys.stderr,
        )
        return 1
    _tell(findings, dry_run=asked.dry_run)
    return 0


def _take_over(person: UUID, path: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Looks and takes over in one go; what could not be read is told first, whatever comes of it."""
    from django.db import transaction
    from django.utils import timezone

    from kring.network.hsds import read
    from kring.network.hsds.shapes import IN_THE_BACKGROUND
    from kring.network.usecases import lists
    from kring.trust.viewer import acting, identify

    at, reader = timezone.now(), partial(read, limits=IN_THE_BACKGROUND)
    content = _content(path, asked, IN_THE_BACKGROUND.bytes)
    begun = time.monotonic()
    with acting(person, page="import", purpose="command line") as viewer:
        draft = lists.look(path.name, content, by=viewer, at=at, source=asked.source or "HSDS", reader=reader)
        _tell_problems(draft.findings)
        looked = time.monotonic()
        if asked.format == "made-up" or not asked.dry_run:
            identify(person)
            draft = lists.take_over(
                draft, by=viewer, at=at, hide_gone=asked.hide_gone, tell=lambda _done, _all: identify(person)
            )
        draft.findings["seconds"] = {"look": looked - begun, "write": time.monotonic() - looked}
        if asked.dry_run:
            transaction.set_rollback(True)
    return draft.findings


def _content(path: Path, asked: argparse.Namespace, most: int) -> bytes:
    if asked.format == "made-up":
        from kring.commands.benching.lists import made_up

        return made_up(int(asked.file))
    with path.open("rb") as opened:
        return opened.read(most + 1)


def _who(slug: str, email: str) -> tuple[UUID | None, str]:
    """In whose name the list is taken over: the one named, else somebody who keeps the directory."""
    from kring.trust import looking
    from kring.trust.models import Account, Village

    if email:
        with looking.by_address(email):
            account = Account.objects.filter(email__iexact=email, is_active=True).first()
        return (account.person_id, "") if account else (None, f"Nobody signs in with {email}.")
    villages = list(Village.objects.order_by("slug")[:50])
    found = [village for village in villages if slug in ("", village.slug)]
    if len(found) != 1:
        names = ", ".join(village.slug for village in villages) or "none yet"
        return None, f"Which village? Say --village SLUG. There are: {names}."
    person = _keeper(found[0].pk)
    return (
        person,
        "" if person else "This village has no network coordinator and no administrator yet. Say --by EMAIL.",
    )


def _keeper(village: UUID) -> UUID | None:
    """The village's network coordinator, else its administrator, asked as the owner of the database."""
    from django.db import connections, transaction

    asked = (
        "SELECT j.person_id FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id "
        "WHERE o.village_id = %s AND j.role IN ('network', 'administrator') "
        "AND j.since <= now() AND (j.until IS NULL OR now() < j.until) "
        "AND EXISTS (SELECT 1 FROM trust_agreement a WHERE a.organisation_id = o.id "
        "AND a.since <= now() AND (a.until IS NULL OR now() < a.until)) "
        "ORDER BY j.role DESC, j.since, j.id LIMIT 1"
    )
    with transaction.atomic(using="migrator"), connections["migrator"].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kring_gatekeeper")
        cursor.execute(asked, [village])
        row = cursor.fetchone()
    return row[0] if row else None


def _tell(findings: dict[str, Any], *, dry_run: bool) -> None:
    told = {name: findings["offers"][name]["count"] for name in ("new", "changed", "gone")}
    homes = {name: findings["organisations"][name]["count"] for name in ("new", "changed")}
    print("Only looked, nothing changed:" if dry_run else "Taken over:")
    print(
        f"  offers         {told['new']} new, {told['changed']} changed, {findings['offers']['same']} the same"
    )
    print(
        f"  organisations  {homes['new']} new, {homes['changed']} changed, {findings['organisations']['same']} the same"
    )
    seconds = findings["seconds"]
    print(f"  seconds        {seconds['look']:.1f} to look, {seconds['write']:.1f} to write")
    if told["gone"]:
        hidden = findings.get("hidden") or 0
        print(
            f"  no longer in the list: {told['gone']}" + (f", {hidden} hidden" if hidden else ", still shown")
        )


def _tell_problems(findings: dict[str, Any]) -> None:
    """Every problem on a line of its own: file, row, column, sentence."""
    from kring.network.problems import sentence

    problems = findings["problems"][:MOST_SHOWN]
    for one in problems:
        place = ", ".join(
            filter(None, [one["file"], f"row {one['row']}" if one["row"] else "", one["column"]])
        )
        print(f"  {place}: {sentence(one['message_key'], one['params'])}", file=sys.stderr)
    more = findings["problem_count"] - len(problems)
    if more:
        print(f"  and {more} more.", file=sys.stderr)
