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
from kring.trust.usecases import accounts, links
from kring.web import context, errors, security, sessions
from kring.web.devices import coming_in
from kring.web.doors import door
from kring.web.shared import gate
from kring.web.trust import cards
from kring.web.trust.forms import LinkCode

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
    form = LinkCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = links.exchange(token, form.cleaned_data["code"], device)
        if opened:
            return _come_in(request, opened, token)
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


def _come_in(request: HttpRequest, opened: links.Opened, token: str) -> HttpResponse:
    if gate.is_shared(request):
        return _own_page_here(request, opened)
    if opened.purpose == Link.Purpose.SIGN_IN:
        return _sign_in(request, opened.person_id)
    if opened.object_id is None:
        return _over(request)
    if sessions.person_of(request) == opened.person_id and sessions.has_second_factor(request):
        return redirect(PAGES[opened.purpose].format(opened.object_id))  # who is in already stays in
    sessions.begin_scope(
        request, person=opened.person_id, object_id=opened.object_id, token_hash=links.token_hash(token)
    )
    return redirect(PAGES[opened.purpose].format(opened.object_id))


def _own_page_here(request: HttpRequest, opened: links.Opened) -> HttpResponse:
    """On a shared device a card opens a young person's own page, for a minute at a time, and signs nobody in."""
    young = opened.purpose == Link.Purpose.SIGN_IN and not accounts.is_staff(opened.person_id)
    if not young or not accounts.of_person(opened.person_id).is_active:
        return _over(request)
    with viewers.acting(opened.person_id, page="own page", at=timezone.now()) as viewer:
        own = context.own_page_of(viewer)
    if own is None:
        return _over(request)
    gate.open_for(request, opened.person_id, gate.YOUNG)
    return redirect("circle:own_page", own)


def _sign_in(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Family is in, by two ways at once; staff still choose their own two factors."""
    account = accounts.of_person(person_id)
    if not account.is_active:
        return _over(request)
    staff = accounts.is_staff(person_id)
    sessions.begin(request, account, second=not staff, method="link", invited=staff)
    if staff:
        return redirect("begin")
    messages.info(request, _("You are in. If you like, this device can remember you: see “How you sign in”."))
    return redirect("/")


@door("second-factor", page="link")
def new_link(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """A card with which somebody of one's circle can come in; the card and the code go different ways."""
    person = get_object_or_404(Person, pk=person_id)
    if request.method != "POST":
        return TemplateResponse(request, "trust/link_new.html", {"person": person})
    made = links.make(person, Link.Purpose.SIGN_IN, None, by=request.viewer, at=timezone.now())
    return cards.card(request, person, made)


def address_of(request: HttpRequest, token: str) -> str:
    """The whole address of a link, as it is written down or sent."""
    return request.build_absolute_uri(reverse("link", args=[token]))
