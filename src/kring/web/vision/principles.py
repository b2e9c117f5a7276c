"""What the village stands for: its own page, how it came about, and one principle quietly where it fits."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kring.vision.usecases import principles as stands
from kring.web.doors import door
from kring.web.vision.around import Around, around, keeper
from kring.web.vision.forms import PrinciplesForm, fresh_key

AN_HOUR = 3600


@door("public", page="principles")
def principles(request: HttpRequest) -> TemplateResponse:
    """What the village stands for now, and how it came about."""
    here = around(request)
    versions = stands.versions(here.village, here.language)
    shown = stands.read(versions[0]) if versions else stands.brought(here.language)
    context = {
        **here.context,
        "principles": shown,
        "versions": versions,
        "latest": versions[0] if versions else None,
    }
    return TemplateResponse(request, "vision/principles.html", context)


@door("public", page="principles")
def version(request: HttpRequest, number: int) -> TemplateResponse:
    """What the village stood for before."""
    here = around(request)
    versions = stands.versions(here.village, here.language)
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Http404
    context = {
        **here.context, "principles": stands.read(found), "versions": versions, "latest": versions[0], "shown": found,
    }  # fmt: skip
    return TemplateResponse(request, "vision/principles.html", context)


@require_GET
@door("public", page="principles")
def quietly(request: HttpRequest, where: str) -> TemplateResponse:
    """One principle that fits a page, fetched when its foot comes into sight and kept there for an hour."""
    if where not in stands.FITTING:
        raise Http404
    here = around(request)
    one = stands.fitting(stands.now(here.village, here.language)[1], where)
    answer = TemplateResponse(request, "vision/parts/quietly_said.html", {**here.context, "principle": one})
    answer["Cache-Control"] = f"private, max-age={AN_HOUR}"
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return answer


@door("second-factor", page="principles")
def change(request: HttpRequest) -> HttpResponse:
    """The village writes its principles anew, and says why."""
    keeper(request)
    here = around(request)
    number, before = stands.now(here.village, here.language)
    form = PrinciplesForm(
        request.POST or None, before=tuple(before), initial={"key": fresh_key(), "after": number}
    )
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, form, here)
        except stands.WrittenMeanwhile:
            newer, form = before, _again(request, form, number)
    context = {**here.context, "form": form, "newer": newer}
    return TemplateResponse(
        request, "vision/change_principles.html", context, status=422 if form.is_bound else 200
    )


def _kept(request: HttpRequest, form: PrinciplesForm, here: Around) -> HttpResponse:
    told = form.cleaned_data
    stands.write(
        here.language, form.principles(), because=told["because"], after=told["after"], key=told["key"],
        by=keeper(request), at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("A new version stands there. The earlier ones stay readable."))
    return HttpResponseRedirect(f"{reverse('vision:principles')}?language={here.language}")


def _again(request: HttpRequest, form: PrinciplesForm, number: int) -> PrinciplesForm:
    """Everything that was typed, on top of the version that came meanwhile."""
    typed = request.POST.copy()
    typed["after"] = str(number)
    again = PrinciplesForm(typed, before=tuple(form.principles()))
    again.add_error(
        None,
        _("Somebody wrote a newer version meanwhile. Yours is still here: compare them, and send again."),
    )
    return again
