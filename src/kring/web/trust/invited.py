"""Who was invited chooses what they sign in with; beside the sign-in of the town only by a card of two people (D6)."""

from uuid import UUID

from django.http import HttpRequest

from kring.trust.usecases import accounts
from kring.web import sessions
from kring.web.sign_on import providers


def comes_by_the_town(person_id: UUID) -> bool:
    """Whether this colleague needs nothing beside the town: whoever made them a card would come in alone, as they.

    Where the town never shows two factors, everybody who came in by it has one of ours, and needs a card for the first.
    """
    town = providers.ours()
    return (town is None or bool(town.seconds)) and accounts.comes_by_the_town(person_id)


def is_invited(request: HttpRequest) -> bool:
    """Whether a card lets who is here choose what they sign in with."""
    how, person = request.session.get(sessions.INVITED), sessions.person_of(request)
    if not how or person is None:
        return False
    return how == sessions.BY_TWO or not comes_by_the_town(person)
