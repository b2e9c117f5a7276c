"""What every page knows without asking: who is here, where they can go, whose village it is."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.web import houses, modules, sessions

#: Where an administrator begins.
KEEPING = "/village/keep/"
#: A page that says nothing about who reads it.
AWAY = "https://www.wikipedia.org/"
#: Where one says a second yes, asks for it, or stands for somebody's work; and who among the staff does.
TWO = "/two-people/"
TAKE_PART = (Permission.SECOND, Permission.ADMINISTER, Permission.KEEP_DIRECTORY, Permission.KEEP_OWN_OFFERS)


@dataclass(frozen=True)
class ShownVillage:
    """The village as pages name it."""

    id: UUID | None
    name: str
    slug: str
    phone: str
    chosen_version: int = 0


@dataclass(frozen=True)
class ShownPerson:
    """Who is here, as the bar shows them."""

    name: str
    kind: str


@dataclass(frozen=True)
class ShownViewer:
    """Who is here, for templates; `request.viewer` is the viewer whom the database knows."""

    person: ShownPerson
    person_id: UUID
    works: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The context every template gets."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return {
        "village": SimpleLazyObject(lambda: village_of(request, viewer)),
        "viewer": _shown(viewer),
        "nav": [] if _young_here(request, viewer) else nav(request, viewer),
        "viewer_menu": [] if _young_here(request, viewer) else _menu(viewer),
        "quick_leave": reverse("leave") if viewer and not viewer.works else "",
        "away": AWAY,
        "here": sessions.here(request),
        "quiet_title": _quiet_title(request, viewer),
        "whose": SimpleLazyObject(lambda: sessions.whose(request)),
        "seeing_as": _seeing_as(request),
        "in_danger": viewer.danger if viewer and viewer.seen_as is None else None,
        "told_of_danger": _heard(request, viewer),
        "digits_forgotten": _said_forgotten(request, viewer),
        "may_think_again": viewer is not None and viewer.may_think_again,
        "demo": settings.DEMO,
        "off": SimpleLazyObject(lambda: houses.chosen_here(request).modules_off),
    }


def _young_here(request: HttpRequest, viewer: Viewer | None) -> bool:
    """Whether a young person opened their own page on a device left to others: nothing else opens there."""
    return viewer is not None and not viewer.works and bool(request.session.get(sessions.SHARED))


def _quiet_title(request: HttpRequest, viewer: Viewer | None) -> bool:
    """Whether tab and history name the village only: for every family and child, until they wish otherwise."""
    if viewer is None or viewer.works:
        return False
    return bool(getattr(request.user, "quiet_titles", True))


def village_of(request: HttpRequest, viewer: Viewer | None) -> ShownVillage:
    """The viewer's village; for who is not signed in, the one this house serves."""
    if viewer is not None:
        return ShownVillage(
            viewer.village_id,
            viewer.village_name,
            viewer.village_slug,
            viewer.village_phone,
            viewer.chosen_version,
        )
    found = houses.house_of(request)
    if found is None:
        return ShownVillage(None, "Kring", "", "")
    return ShownVillage(found.id, found.name, found.slug, found.phone, found.chosen_version)


def _shown(viewer: Viewer | None) -> ShownViewer | None:
    if viewer is None:
        return None
    name = f"{viewer.given_name} {viewer.surname}".strip()
    kind = "professional" if viewer.works else "family"
    return ShownViewer(ShownPerson(name, kind), viewer.person_id, viewer.works)


def nav(request: HttpRequest, viewer: Viewer | None) -> list[dict[str, Any]]:
    """Where this person can go: staff through their day, a family through its circle."""
    if viewer is None or viewer.scope is not None:
        return []
    off = houses.chosen_here(request).modules_off
    pages = _staff(viewer) if viewer.works else _family(viewer)
    return _items(request, [page for page in pages if modules.MENU.get(page[0]) not in off])


def _staff(viewer: Viewer) -> list[tuple[str, Promise, str]]:
    answers = any(job.role == "contact point" for job in viewer.jobs)
    concern = (
        ("/concerns/", _("Concerns"), "inbox")
        if answers
        else ("/concerns/new/", _("A concern"), "message-circle")
    )
    writes = viewer.can(Permission.WRITE_DOWN_CONCERN)
    meets = any(seat.kind == "family" or seat.family for seat in viewer.seats)
    families = answers or meets or any(job.role == "coordinator" for job in viewer.jobs)
    two = any(viewer.can(one) for one in TAKE_PART)
    return [
        ("/today/", _("Today"), "sun"),
        *([("/families/", _("Families"), "users")] if families else []),
        *([concern] if writes else []),
        ("/village/offers/", _("Village"), "map"),
        *([(TWO, _("Two people"), "users")] if two else []),
        *([("/watching/", _("Trust"), "eye")] if viewer.can(Permission.READ_JOURNAL_FACTS) else []),
        *([(KEEPING, _("Keep the village"), "settings")] if viewer.can(Permission.ADMINISTER) else []),
    ]


def _family(viewer: Viewer) -> list[tuple[str, Promise, str]]:
    family, own = home_of(viewer), own_page_of(viewer)
    pages: list[tuple[str, Promise, str]] = []
    if family is not None:
        pages += [
            (f"/family/{family}/", _("Our circle"), "users"),
            (f"/family/{family}/plan/", _("Our plan"), "clipboard-list"),
            (f"/family/{family}/who-looked/", _("Who looked"), "eye"),
        ]
    if own is not None:
        pages.append((f"/own/{own}/", _("My page"), "star"))
    return pages


def own_page_of(viewer: Viewer) -> UUID | None:
    """The circle of the viewer's own page, if they are a child."""
    mine = (seat for seat in viewer.seats if seat.kind == "own" and seat.role == "child")
    return next((seat.circle for seat in mine), None)


def home_of(viewer: Viewer) -> UUID | None:
    """The family in whose circle the viewer sits."""
    return next((seat.family for seat in viewer.seats if seat.kind == "family" and seat.family), None)


def _items(request: HttpRequest, pages: list[tuple[str, Promise, str]]) -> list[dict[str, Any]]:
    """The page that is open is the one with the longest address that begins ours."""
    path = request.path.replace("/village/people/", "/village/offers/", 1)  # two halves of one page
    here = max((url for url, _label, _icon in pages if path.startswith(url)), key=len, default="")
    marked = getattr(request, "marked", ())  # where something waits, as the page that is open knows
    return [
        {"url": url, "label": label, "icon": icon, "current": url == here, "count": int(url in marked)}
        for url, label, icon in pages
    ]


def _menu(viewer: Viewer | None) -> list[dict[str, Any]]:
    if viewer is None:
        return []
    entries = [
        {"url": reverse("account_logout"), "label": _("Sign out"), "icon": "log-out", "post": True},
    ]
    if viewer.scope is None:  # the same for everybody, whether something was told or not
        entries = [*_own(), *entries]
    if viewer.works and viewer.scope is None:
        address, words = reverse("danger:start"), _("A child in danger")
        entries.insert(0, {"url": address, "label": words, "icon": "triangle-alert"})
        entries.insert(-1, {"url": reverse("handover:leaving"), "label": _("I leave"), "icon": "door-open"})
    if reached := _how_reached(viewer):
        entries.insert(0, {"url": reached, "label": _("How you are reached"), "icon": "phone"})
    if viewer.can(Permission.KEEP_WORDS):
        entries.insert(
            0, {"url": reverse("vision:words"), "label": _("Words of the village"), "icon": "pencil"}
        )
        address, words = reverse("confidences:keep_menu"), _("Whom young people can ask")
        entries.insert(0, {"url": address, "label": words, "icon": "hand-helping"})
    if viewer.can(Permission.KEEP_AGREEMENTS):
        address, words = reverse("administration:agreements"), _("Who works with us")
        entries.insert(0, {"url": address, "label": words, "icon": "handshake"})
    if viewer.can(Permission.ADMINISTER):
        address, words = reverse("administration:home"), _("Keep the village")
        entries.insert(0, {"url": address, "label": words, "icon": "settings"})
    if settings.DEMO:
        entries.append({"url": reverse("demo:cast"), "label": _("Be somebody else"), "icon": "users"})
    return entries


def _own() -> list[dict[str, Any]]:
    """What everybody has for themselves."""
    return [
        {"url": reverse("mfa_index"), "label": _("How you sign in"), "icon": "key-round"},
        {"url": reverse("mine:mine"), "label": _("Everything about me"), "icon": "book-open"},
        {"url": reverse("confidences:mine"), "label": _("Between us"), "icon": "lock"},
    ]


def _how_reached(viewer: Viewer) -> str:
    """Where somebody says how they are reached: staff on their card, the family in its circle."""
    if viewer.scope is not None:
        return ""
    if viewer.works:
        return reverse("people:own_card") if modules.is_on("people") else ""
    family = home_of(viewer)
    return reverse("reaching:wish", args=[family, viewer.person_id]) if family else ""


def _seeing_as(request: HttpRequest) -> dict[str, Any] | None:
    """The banner over a page seen through somebody else's eyes."""
    other = getattr(request, "seeing_as", None)
    if other is None:
        return None
    rest = {name: value for name, value in request.GET.items() if name != "as"}
    return {
        "person": other,
        "sentence": gettext("You see this page as %(name)s sees it. It shows only what you both may know.")
        % {"name": other.given_name},
        "back": f"{request.path}?{urlencode(rest)}" if rest else request.path,
    }


def _heard(request: HttpRequest, viewer: Viewer | None) -> UUID | None:
    """On the first page of who is here: the last danger they are told of."""
    if viewer is None or viewer.seen_as is not None or not viewer.heard_dangers:
        return None
    return viewer.heard_dangers[0] if request.path == first_page(viewer) else None


def _said_forgotten(request: HttpRequest, viewer: Viewer | None) -> bool:
    """On the first page of who is here: that somebody said, as they, that their six digits are forgotten."""
    if viewer is None or viewer.seen_as is not None or not viewer.digits_forgotten:
        return False
    return request.path == first_page(viewer)


def first_page(viewer: Viewer | None) -> str | None:
    """Where somebody who is signed in begins."""
    if viewer is None or viewer.scope is not None:
        return None
    if viewer.works:
        only_keeps = all(job.role == "administrator" for job in viewer.jobs)
        return KEEPING if only_keeps else "/today/"
    pages = _family(viewer)
    return pages[0][0] if pages else None


def address(name: str, fallback: str) -> str:
    """The address of a page by its name, or the agreed address while it has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback
