"""The steps before there is a village. Each can be left and taken up again on the same device; back loses nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.trust import limits
from kring.trust.usecases import setting_up
from kring.web import errors, sessions
from kring.web.administration.keeping import sent
from kring.web.doors import door
from kring.web.security import address_of
from kring.web.setting_up.forms import AgreementForm, CodeForm, VillageForm, YouForm

KEPT = "setting up"
OF = 4
TRIES, MINUTES = 20, 10


@require_http_methods(["GET", "HEAD", "POST"])
@door("public", page="set-up code")
def code(request: HttpRequest) -> HttpResponse:
    """Whoever can read the server's screen may begin."""
    _must_be_empty()
    if request.method == "POST" and not limits.within(
        "set-up code", address_of(request), most=TRIES, seconds=MINUTES * 60
    ):
        return errors.too_often(request)
    form = CodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        hashed, kept = setting_up.code_hash(form.cleaned_data["code"]), _kept(request)
        device = kept.get("device") or get_random_string(43)
        if setting_up.opens(hashed, device, at=timezone.now()):
            request.session[KEPT] = kept | {"device": device, "hash": hashed.hex()}
            return redirect("setting_up:village")
        form.add_error(
            "code", _("This code does not open anything. Run kring setup on the server for a new one.")
        )
    return _page(request, "code", form, 1)


@require_http_methods(["GET", "HEAD", "POST"])
@door("public", page="set-up village")
def village(request: HttpRequest) -> HttpResponse:
    """What the village is called, where it lies, what it speaks."""
    return _step(
        request, "village", VillageForm, 2, "setting_up:you", {"languages": [get_language() or "en"]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door("public", page="set-up administrator")
def you(request: HttpRequest) -> HttpResponse:
    """Who keeps the village from now on."""
    return _step(request, "you", YouForm, 3, "setting_up:agreement", {})


@require_http_methods(["GET", "HEAD", "POST"])
@door("public", page="set-up agreement")
def agreement(request: HttpRequest) -> HttpResponse:
    """The one page that makes the work of the village begin; with this yes the village is there."""
    kept = _opened(request)
    if kept is None:
        return redirect("setting_up:code")
    told, keeper = VillageForm(kept.get("village")), YouForm(kept.get("you"))
    if not told.is_valid():
        return redirect("setting_up:village")
    if not keeper.is_valid():
        return redirect("setting_up:you")
    form = AgreementForm(sent(request))
    if request.method == "POST" and form.is_valid():
        wish = setting_up.Wish(
            **told.cleaned_data | {"languages": tuple(told.cleaned_data["languages"])}, **keeper.cleaned_data,
            speaks=get_language() or "en",
        )  # fmt: skip
        account = setting_up.found(wish, bytes.fromhex(kept["hash"]), kept["device"], at=timezone.now())
        sessions.begin(request, account, second=False, method="link", invited=True)
        return redirect("begin")
    return _page(request, "agreement", form, 4, name=told.cleaned_data["name"])


def _step(
    request: HttpRequest, name: str, kind: type[forms.Form], number: int, then: str, initial: dict[str, Any]
) -> HttpResponse:
    """One page of questions: what is typed is kept, right or not, and stands there again."""
    kept = _opened(request)
    if kept is None:
        return redirect("setting_up:code")
    if request.method == "POST":
        form = kind(request.POST)
        typed = {field: request.POST.getlist(field) if field == "languages" else request.POST.get(field, "")
                 for field in form.fields}  # fmt: skip
        request.session[KEPT] = kept | {name: typed}
        if form.is_valid():
            return redirect(then)
    else:
        form = kind(initial=initial | kept.get(name, {}))
    return _page(request, name, form, number)


def _kept(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(KEPT, {}))


def _opened(request: HttpRequest) -> dict[str, Any] | None:
    """What was said so far, while the code of this device lives; a code that ended is asked for again."""
    _must_be_empty()
    kept = _kept(request)
    lives = "hash" in kept and setting_up.opens(
        bytes.fromhex(kept["hash"]), kept["device"], at=timezone.now()
    )
    return kept if lives else None


def _must_be_empty() -> None:
    """Where a village lives, there is nothing to set up."""
    if not setting_up.house_is_empty():
        raise Http404


def _page(
    request: HttpRequest, template: str, form: forms.Form, number: int, **told: Any
) -> TemplateResponse:
    return TemplateResponse(
        request, f"setting_up/{template}.html", {"form": form, "now": number, "of": OF, **told},
        status=422 if form.is_bound and form.errors else 200,
    )  # fmt: skip
