"""What changed: every choice with who and when, what it was and what it became; taken back with one tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kring.network.words import LifeDomain
from kring.trust import chosen, colours
from kring.trust.models import Change, Person, Village
from kring.trust.usecases import choices
from kring.web.administration import keeping
from kring.web.administration.forms import LABELS, WEEKDAYS
from kring.web.administration.wording import as_given
from kring.web.design.lists import listed
from kring.web.doors import door
from kring.web.modules import MODULES

A_PAGE = 30
TITLES: dict[str, Promise] = {
    "name": gettext_lazy("Name of the village"),
    "phone": gettext_lazy("Telephone of the contact point"),
    "answer_days": gettext_lazy("Working days until somebody answers"),
    "term_days": gettext_lazy("Days until it is deleted"),
    "language": gettext_lazy("First language"),
    "timezone": gettext_lazy("Time zone"),
    chosen.LANGUAGES: gettext_lazy("Languages of the pages"),
    chosen.COLOURS: gettext_lazy("Colours"),
    chosen.LOGO: gettext_lazy("Logo"),
    chosen.MODULES_OFF: gettext_lazy("Switched off"),
    chosen.DOMAINS: gettext_lazy("Parts of life"),
    chosen.TURNS: gettext_lazy("Who answers on which day"),
}


@dataclass(frozen=True)
class Told:
    """One change as people read it."""

    change: Change
    title: str
    before: str
    after: str
    stands: bool


@require_safe
@door("second-factor", page="what changed")
def changes(request: HttpRequest) -> HttpResponse:
    """The newest change first."""
    viewer = keeping.keeper(request)
    village = keeping.village_of(viewer)
    rows = Change.objects.filter(village=village).select_related("by", "takes_back").order_by("-at", "-id")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return keeping.page(
        request, "changes", {"lines": told(village, list(page), newest=page.number == 1), "page": page}
    )


def told(village: Village, rows: list[Change], *, newest: bool) -> list[Told]:
    """Changes in words; of each thing only the newest can be taken back, and only where it still stands."""
    names, seen, lines = _names(rows), set[str](), list[Told]()
    for change in rows:
        first = newest and change.name not in seen
        seen.add(change.name)
        stands = first and not change.takes_back_id and choices.standing(village, change.name) == change.after
        before, after = (_said(change.name, value, names) for value in (change.before, change.after))
        lines.append(Told(change, _title(change.name), before, after, stands))
    return lines


def last(village: Village) -> list[Told]:
    """The change that was made last."""
    rows = Change.objects.filter(village=village).select_related("by").order_by("-at", "-id")[:1]
    return told(village, list(rows), newest=True)


@require_POST
@door("second-factor", page="what changed")
def take_back(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """As it was before."""
    try:
        choices.take_back(change_id, by=keeping.keeper(request), at=timezone.now())
    except Change.DoesNotExist as problem:
        raise Http404 from problem
    except choices.ChangedSince:
        messages.warning(request, _("This was changed again since. Take back the newer change first."))
    else:
        messages.success(request, _("It is as it was before."))
    return redirect("administration:changes")


def _names(rows: Any) -> dict[str, str]:
    """The names of those who were named to answer."""
    named = [value for row in rows if row.name == chosen.TURNS for value in (row.before, row.after) if value]
    ids = {person for value in named for person in value.values()}
    if not ids:
        return {}
    return {str(one.pk): one.full_name for one in Person.objects.filter(pk__in=ids)}


def _title(name: str) -> str:
    if name in TITLES:
        return str(TITLES[name])
    _word, language, ours = name.split(" ", 2)
    named = {
        "word": as_given(gettext_lazy(ours), language),
        "language": dict(settings.LANGUAGES).get(language, language),
    }
    return _("Our word “%(word)s” (%(language)s)") % named


def _said(name: str, value: Any, names: dict[str, str]) -> str:
    """A choice in words."""
    if value in (None, "", {}, []):
        return _("nothing") if name in ("phone", chosen.MODULES_OFF) else _("as Kring gives it")
    if name == chosen.COLOURS:
        return listed(f"{LABELS[use]} {value[use]}" for use in colours.GIVEN if use in value)
    if name == chosen.LOGO:
        return _("a picture")
    if name == chosen.MODULES_OFF:
        return listed(str(module.name) for module in MODULES if module.code in value)
    if name == chosen.LANGUAGES:
        return listed(word for code, word in settings.LANGUAGES if code in value)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if name == chosen.TURNS:
        return listed(f"{WEEKDAYS[int(day) - 1]} {names.get(who, '')}" for day, who in sorted(value.items()))
    if name == chosen.DOMAINS:
        return _domains(value)
    return str(value)


def _domains(value: dict[str, Any]) -> str:
    """The parts of life that are on, in their order."""
    own = value.get("own", {})
    codes = [code for code in value.get("order", ()) if code not in value.get("off", ())]
    return listed(
        own.get(code) or (str(LifeDomain(code).label) if code in LifeDomain else code) for code in codes
    )
