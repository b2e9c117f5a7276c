"""In the demonstration one can be anybody. Anywhere else these pages do not exist."""

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kring.trust import viewer as viewers
from kring.trust.models import Link, Person
from kring.trust.usecases import accounts, links
from kring.web import sessions
from kring.web.doors import door
from kring.web.languages import IN_SESSION
from kring.web.trust import cards

View = Callable[..., HttpResponseBase]
#: Who reads another language than most is shown their pages in it; for all others the visitor's choice holds.
OF_THE_VILLAGE = "nl"


def only_in_the_demonstration(view: View) -> View:
    """Elsewhere: this page is not here."""

    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return check


def people() -> list[Any]:
    """The cast, if the demonstration village is there: each with id, name, group and a sentence."""
    if not find_spec("kring.demo") or not find_spec("kring.demo.village"):
        return []
    from kring.demo import village

    return list(village.people())


def waiting_yes() -> Any:
    """What waits for a mother's yes in the demonstration village, if it is there."""
    if not find_spec("kring.demo") or not find_spec("kring.demo.village"):
        return None
    from kring.demo import village

    return village.waiting_yes()


@door("public", page="demonstration")
@only_in_the_demonstration
def cast(request: HttpRequest) -> HttpResponseBase:
    """Everybody one can be, family by family and organisation by organisation."""
    groups = [(group, list(members)) for group, members in groupby(people(), key=lambda person: person.group)]
    return TemplateResponse(request, "trust/demo.html", {"groups": groups, "waiting": waiting_yes()})


@door("public", page="demonstration")
@only_in_the_demonstration
@require_POST
def card(request: HttpRequest) -> HttpResponseBase:
    """A link and a code for the mother whose yes is waited for, as her coordinator makes them."""
    waiting = waiting_yes()
    if waiting is None:
        return redirect("demo:cast")
    with viewers.acting(waiting.maker_id, page="approval") as hanne:
        mother = Person.objects.get(pk=waiting.person_id)
        made = links.make(mother, Link.Purpose.APPROVE, waiting.version_id, by=hanne, at=timezone.now())
    return cards.card(request, mother, made)


@door("public", page="demonstration")
@only_in_the_demonstration
@require_POST
def be(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """From now on one is this member of the cast."""
    somebody = next((person for person in people() if person.id == person_id), None)
    if somebody is None:
        raise Http404
    sessions.begin(request, accounts.of_person(person_id), second=True, method="demonstration")
    if somebody.language and somebody.language != OF_THE_VILLAGE:
        request.session[IN_SESSION] = somebody.language
    return redirect("/")
