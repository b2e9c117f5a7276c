"""Every page has a door: who may come in, and as whom the page asks the database.

`@door("public" | "link" | "signed-in" | "second-factor" | "only-you", page="plan")` opens the unit of work, puts the viewer on
`request.viewer`, renders the whole answer inside it and commits the journal before the first byte leaves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kring.trust import unit
from kring.trust import viewer as viewers
from kring.trust.identity import NOTHING
from kring.trust.models import Person
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import links
from kring.trust.viewer import Viewer
from kring.web import door_log, errors, houses, modules, sessions, still_here
from kring.web.only_you import gate as only_you
from kring.web.pieces import in_pieces
from kring.web.shared import gate

#: From here on one showed two things; and, before what is told between two people, that it is oneself.
SECOND_FACTOR, ONLY_YOU = "second-factor", "only-you"
KINDS = ("public", "link", "signed-in", SECOND_FACTOR, ONLY_YOU)
View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")
#: Pages from which something leaves on paper; and whatever is no page leaves as a file.
ON_PAPER = "paper"
PAGE = "text/html"


class StreamsPastTheJournal(Exception):
    """An answer is made whole before it leaves, so that the journal comes first."""


@dataclass(frozen=True)
class Entering:
    """As whom a request comes in."""

    person: UUID | None = None
    scope: UUID | None = None
    seen_as: UUID | None = None
    purpose: str = ""

    @contextmanager
    def unit(self, page: str, purpose: str) -> Iterator[Viewer | None]:
        """One transaction as this person, or as nobody."""
        if self.person is None:
            with transaction.atomic():
                viewers.nobody()
                yield None
            return
        purpose = purpose or self.purpose or ("seen as another member" if self.seen_as else "")
        with viewers.acting(
            self.person, page=page, purpose=purpose, scope=self.scope, seen_as=self.seen_as, at=timezone.now()
        ) as viewer:
            yield viewer


def door(kind: str, *, page: str = "", purpose: str = "") -> Callable[[View], View]:
    """Who may come in: anybody; who came by a link; who is signed in; who showed a second factor too; and
    who showed within half an hour that it is they themselves.
    """
    if kind not in KINDS:
        raise ValueError(kind)

    def hang(view: View) -> View:
        needed = modules.of_room(view.__module__)

        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.viewer, request.seeing_as = None, None
            shared = gate.is_shared(request)
            entering = (
                _on_a_shared_device(request, kind, view.__module__)
                if shared
                else _entering(request, kind, kwargs)
            )
            if isinstance(entering, HttpResponseBase):
                return entering
            go_on = partial(view, request, *args, **kwargs)
            if kind == ONLY_YOU:
                go_on = partial(only_you.first, request, go_on)
            answer = _through(request, entering, go_on, page, purpose, needed)
            return gate.closes_by_itself(answer) if shared else answer

        enter.door = kind
        enter.page = page
        return enter

    return hang


def _through(request: HttpRequest, entering: Entering, view: Callable[[], HttpResponseBase], page: str,
             purpose: str, needed: frozenset[str]) -> HttpResponseBase:  # fmt: skip
    """Run the view in its unit of work; what goes wrong is undone and said in a sentence."""
    try:
        with entering.unit(page, purpose) as viewer, houses.spoken_in(request):
            request.viewer = viewer
            if needed:
                modules.must_be_on(needed, houses.chosen_here(request))
            request.seeing_as = _other(entering.seen_as)
            answer = _whole(view())
            _nothing_leaves_in_danger(viewer, answer, page)
            return answer if viewer is None or _is_page(answer) else in_pieces(answer, viewer)
    except NotAllowed:
        if entering.person and request.viewer is None:  # the person is not there any more
            logout(request)
            return _to_sign_in(request)
        door_log.refused(page)
        return errors.not_allowed(request)
    except Exception as problem:
        answer = errors.answer(request, problem)
        if answer is None:
            raise
        return answer


def _nothing_leaves_in_danger(viewer: Viewer | None, answer: HttpResponseBase, page: str) -> None:
    """What danger opened is read on the screen: it is not here as paper, file or calendar (K8)."""
    work = unit.current()
    if viewer is None or not viewer.danger_circles or work is None:
        return
    leaves = ON_PAPER in page or not _is_page(answer)
    if leaves and any(circle in viewer.danger_circles for circle, _about, _part in work.seen):
        raise Http404


def _is_page(answer: HttpResponseBase) -> bool:
    return answer.headers.get("Content-Type", PAGE).startswith(PAGE)


def _whole(response: HttpResponseBase) -> HttpResponseBase:
    """The answer with every word of it made."""
    if response.streaming:
        raise StreamsPastTheJournal
    if hasattr(response, "render") and callable(response.render):
        response.render()
    return response


def _entering(request: HttpRequest, kind: str, kwargs: dict[str, Any]) -> Entering | HttpResponseBase:
    """As whom the request comes in at this kind of door, or where it is sent instead."""
    if kind == "link":
        return _by_link(request, kwargs)
    person = sessions.person_of(request)
    if person is None:
        return Entering() if kind == "public" else _to_sign_in(request)
    if not sessions.has_second_factor(request):
        if kind in (SECOND_FACTOR, ONLY_YOU):
            return _to_sign_in(request, "second_factor")
        return Entering(person, scope=NOTHING)
    if "as" in request.GET and kind != "public":
        return _seeing_as(request, person)
    return Entering(person)


def _on_a_shared_device(request: HttpRequest, kind: str, room: str) -> Entering | HttpResponseBase:
    """As nobody, or for a minute as who showed their card or PIN; from every other room back to the start."""
    opened = gate.opened(request)
    if not gate.may_enter(request, kind, room, opened):
        gate.close(request)
        return _sent(request, reverse("shared:start"))
    if opened is None or kind == "public":
        return Entering()
    return Entering(opened.person, purpose="on a shared device")


def _by_link(request: HttpRequest, kwargs: dict[str, Any]) -> Entering:
    """Who came by a living link to the object in the address; else who is signed in; else nobody comes in."""
    for value in kwargs.values():
        scope = sessions.scope_of(request, value)
        if scope and links.lives(scope[1]):
            return Entering(scope[0], scope=UUID(str(value)))
    person = sessions.person_of(request)
    if person is None or not sessions.has_second_factor(request):
        raise Http404
    return Entering(person)


def _seeing_as(request: HttpRequest, person: UUID) -> Entering | HttpResponseBase:
    """Through the eyes of another member; one looks through them and does nothing."""
    try:
        other = UUID(request.GET["as"])
    except ValueError as problem:
        raise Http404 from problem
    if other == person:
        return Entering(person)
    if request.method not in READING:
        return errors.not_allowed(request)
    return Entering(person, seen_as=other)


def _other(person_id: UUID | None) -> Person | None:
    if person_id is None:
        return None
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def _to_sign_in(request: HttpRequest, page: str = "account_login") -> HttpResponseBase:
    """To sign in, or to show the second factor; and back afterwards where that makes sense.

    What was being sent is given back first.
    """
    if (given_back := still_here.given_back(request, still_here.SIGNED_OUT, page)) is not None:
        return given_back
    address = reverse(page)
    if page == "account_login" and request.method in READING and not request.htmx:
        address = f"{address}?{urlencode({'next': request.get_full_path()})}"
    if request.htmx:  # a page that knows how says so and stays, with what was typed on it
        return HttpResponse(
            "" if page == "account_login" else _one_thing_only(),
            status=still_here.SIGNED_OUT, headers={"HX-Redirect": address}, content_type="text/plain; charset=utf-8",
        )  # fmt: skip
    return redirect(address)


def _one_thing_only() -> str:
    """For who is in with one thing only: what is missing, and what the way to it is called."""
    said = _("Please show once more that it is you. Your words still stand here: come back and send them.")
    return f"{said}\n{_('Show once more that it is you')}"


def _sent(request: HttpRequest, address: str) -> HttpResponseBase:
    if request.htmx:  # the whole page goes there, not the fragment
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
