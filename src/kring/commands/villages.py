"""`kring village create`: found a village and print the invitation of its administrator.

`kring village confirm`: stand for the work of the first colleague of another organisation, who then confirms others.
"""

import argparse

from kring.commands import database, preparing
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Found the village that the flags describe."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    with database.running() as found:
        if found.embedded:
            preparing.prepare(found)
        preparing.refuse_unready(found)
        return _confirm(asked) if "email" in asked else _create(asked)


def _confirm(asked: argparse.Namespace) -> int:
    from kring.trust.usecases import villages

    if not villages.confirm(asked.email):
        raise Refusal(f"No work of {asked.email} waits to be confirmed.")
    print(f"The work of {asked.email} is confirmed.")
    return 0


def _create(asked: argparse.Namespace) -> int:
    from django.utils import timezone

    from kring.trust.usecases import accounts, villages

    named = asked.given_name or asked.admin.partition("@")[0]
    try:
        made = villages.found(
            asked.name, country=asked.country, timezone=asked.timezone, language=asked.language, phone=asked.phone,
            organisation=asked.organisation, given_name=named, surname=asked.surname, email=asked.admin,
            at=timezone.now(),
        )  # fmt: skip
    except villages.VillageExists as problem:
        raise Refusal(f"There is a village called {problem} already; choose another name.") from problem
    except accounts.AddressIsTaken as problem:
        raise Refusal(f"{asked.admin} has an account already; choose another address.") from problem
    except villages.NoSuchCountry as problem:
        raise Refusal("Choose the country NL, BE, UK or FR: Kring knows the ages of these.") from problem
    except villages.NoSuchZone as problem:
        raise Refusal(f"There is no time zone {problem}; one is called Europe/Brussels.") from problem
    print(f"{made.village.name} is founded.")
    print(f"Invitation for {named}: {asked.address.rstrip('/')}/l/{made.link.token}/")
    print(f"Code, to be told another way: {made.link.in_groups}")
    print("Both work for seven days and are not shown again.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring village")
    deeds = parser.add_subparsers(required=True, metavar="create|confirm")
    confirm = deeds.add_parser("confirm")
    confirm.add_argument("email", metavar="E-MAIL", help="of a colleague whom you know and who works here")
    create = deeds.add_parser("create")
    create.add_argument("--name", required=True, help="the name of the village")
    create.add_argument("--country", required=True, help="NL, BE, UK or FR: whose ages hold")
    create.add_argument("--timezone", default="Europe/Brussels")
    create.add_argument("--language", default="en", help="en, nl, fr or ar")
    create.add_argument("--phone", default="", help="the telephone of the contact point")
    create.add_argument(
        "--organisation", default="", help="the town's own organisation; else the village's name"
    )
    create.add_argument("--admin", required=True, metavar="E-MAIL", help="the administrator's e-mail address")
    create.add_argument("--given-name", default="", help="of the administrator; else from the e-mail address")
    create.add_argument("--surname", default="")
    create.add_argument(
        "--address",
        default="http://localhost:8000",
        help="where Kring is reached, for the link that is printed",
    )
    return parser
