"""Work as it stands written, whoever gave it and whenever: laid as no rule would."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg

from trust.each_policy import NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.whoever import stands

BEFORE = NOW - timedelta(days=2)


def all_of_old(owner: psycopg.Connection) -> Neighbourhood:
    """A neighbourhood in which all work was written down when it began, and everybody has a surname."""
    here = Neighbourhood(owner)
    stands(here, "UPDATE trust_job SET written_at = since")
    stands(here, "UPDATE trust_person SET surname = given_name || 's'")
    return here


def work(here: Neighbourhood, who: UUID, role: str, organisation: str, **more: Any) -> UUID:
    """One more job that somebody has, of old and given by nobody here if nothing else is said."""
    said = {
        "person_id": who, "role": role, "organisation_id": here.organisation(organisation), "since": LONG_AGO,
        "written_at": more.get("since", LONG_AGO),
    }  # fmt: skip
    with unheard(here.owner):
        job: UUID = lay(here.owner, "trust_job", said | more)
    return job


def given(
    here: Neighbourhood, who: UUID, by: UUID, role: str = "trust officer", organisation: str = "School De Linde", **more: Any
) -> UUID:  # fmt: skip
    """Work that somebody here gave two days ago, and that nobody confirmed yet."""
    said = {"given_here": True, "given_by_id": by, "since": BEFORE, "written_at": BEFORE}
    return work(here, who, role, organisation, **said | more)


def gave_all(here: Neighbourhood, who: UUID, by: UUID) -> None:
    """All the work somebody has was given by this one, a day after it began."""
    stands(
        here,
        "UPDATE trust_job SET given_here = true, given_by_id = %s, written_at = since + interval '1 day' WHERE person_id = %s",
        by,
        who,
    )


def agreement_ends(here: Neighbourhood, organisation: str) -> None:
    """The agreement of this organisation ended an hour ago."""
    stands(
        here,
        "UPDATE trust_agreement SET since = %s, until = now() - interval '1 hour' WHERE organisation_id = %s",
        LONG_AGO,
        here.organisations[organisation],
    )
