"""Coming in by a link and its code; and making such a link on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.trust import limits
from kring.trust import viewer as viewers
from kring.trust.models import Link, Person
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import accounts, links
from kring.web import context, door_log, errors, security, sessions
from kring.web.devices import coming_in
from kring.web.doors import door
from kring.web.shared import gate
from kring.web.trust import cards
from kring.web.trust.forms import LinkCode
from kring.web.trust.invited import comes_by_the_town

#: Where the object of a link is opened.
PAGES = {"approve": "/a/{}/", "join": "/join/{}/", "interpret": "/i/{}/", "prepare": "/p/{}/"}
TRIES, MINUTES = 30, 10


@door("public", page="link")
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Somebody came by a link: they type the code, and are in."""
    device = coming_in.kept_by(request)
    response = _answer(request, token, device)
    coming_in.remember(response, device)
    return response


def _answer(request: HttpRequest, token: str, device: str) -> HttpResponse:
    if request.method == "POST" and not _patient(request):
        return errors.too_often(request)
    opening = links.opening(token, device)
    if opening is None:
        return _over(request)
    shared = gate.is_shared(request)
    if shared and opening.purpose != Link.Purpose.SIGN_IN:
        return _not_here(request)
    form = LinkCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        come = _with_card_here if shared else _come_in
        if inside := come(request, token, form.cleaned_data["code"], device):
            return inside
        door_log.stayed_out("link")
        opening = links.opening(token, device)
        if opening is None:
            return _over(request)
        form.add_error("code", _wrong(opening.tries_left))
    status = 422 if form.errors else 200
    return TemplateResponse(
        request, "trust/link_code.html", {"form": form, "purpose": opening.purpose}, status=status
    )


def _patient(request: HttpRequest) -> bool:
    return limits.within("link code", security.address_of(request), most=TRIES, seconds=MINUTES * 60)


def _wrong(left: int) -> str:
    return ngettext(
        "This is not the code of this link. You can try %(left)d more time.",
        "This is not the code of this link. You can try %(left)d more times.",
        left,
    ) % {"left": left}


def _over(request: HttpRequest) -> HttpResponse:
    """Unknown, over, used up, another device's: one sentence, and somebody to call."""
    return TemplateResponse(request, "trust/link_over.html", status=404)


def _come_in(request: HttpRequest, token: str, code: str, device: str) -> HttpResponse | None:
    """With the right code the link is this device's, and opens what it is for."""
    opened = links.exchange(token, code, device)
    if opened is None:
        return None
    if opened.purpose == Link.Purpose.SIGN_IN:
        return _sign_in(request, opened.person_id, by_two=opened.object_id is not None)
    if opened.object_id is None:
        return _over(request)
    if sessions.person_of(request) == opened.person_id and sessions.has_second_factor(request):
        return redirect(PAGES[opened.purpose].format(opened.object_id))  # who is in already stays in
    sessions.begin_scope(
        request, person=opened.person_id, object_id=opened.object_id, token_hash=links.token_hash(token)
    )
    return redirect(PAGES[opened.purpose].format(opened.object_id))


def _not_here(request: HttpRequest) -> HttpResponse:
    """On a device that others use too: nothing opened and nothing is used up; on one's own it still works."""
    return TemplateResponse(request, "trust/link_not_here.html", status=403)


def _with_card_here(request: HttpRequest, token: str, code: str, device: str) -> HttpResponse | None:
    """On a shared device a card opens a young person's own page, for a minute at a time, and signs nobody in."""
    person_id = links.show_card(token, code, device)
    if person_id is None:
        return None
    if accounts.is_staff(person_id):
        return _not_here(request)
    with viewers.acting(person_id, page="own page", at=timezone.now()) as viewer:
        own = context.own_page_of(viewer)
    if own is None or not accounts.of_person(person_id).is_active:
        return _not_here(request)
    gate.open_for(request, person_id, gate.YOUNG)
    return redirect("circle:own_page", own)


def _sign_in(request: HttpRequest, person_id: UUID, *, by_two: bool) -> HttpResponse:
    """Family is in, by two ways at once; staff still choose their own two factors, or come in by the town."""
    account = accounts.of_person(person_id)
    if not account.is_active:
        return _over(request)
    staff = accounts.is_staff(person_id)
    if staff and not by_two and comes_by_the_town(person_id):
        messages.error(
            request,
            _(
                "You come in by the sign-in of your town, not by a card. Is that gone? Ask your administrator: two people make you a new way in."
            ),
        )
        return redirect("account_login")
    invited = sessions.BY_TWO if staff and by_two else staff
    sessions.begin(request, account, second=not staff, method="link", invited=invited)
    if staff:
        return redirect("begin")
    messages.info(request, _("You are in. If you like, this device can remember you: see “How you sign in”."))
    return redirect("/")


@door("second-factor", page="link")
def new_link(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """A card with which somebody of one's circle can come in; the card and the code go different ways."""
    person = get_object_or_404(Person, pk=person_id)
    if request.method != "POST":
        if not links.may_make(person, Link.Purpose.SIGN_IN, request.viewer):
            raise NotAllowed("make a link")
        return TemplateResponse(request, "trust/link_new.html", {"person": person})
    made = links.make(person, Link.Purpose.SIGN_IN, None, by=request.viewer, at=timezone.now())
    return cards.card(request, person, made)


def address_of(request: HttpRequest, token: str) -> str:
    """The whole address of a link, as it is written down or sent."""
    return request.build_absolute_uri(reverse("link", args=[token]))
