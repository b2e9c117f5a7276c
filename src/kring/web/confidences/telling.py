"""Beginning a confidence: choosing who hears it, knowing beforehand who will see it, and telling."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.confidences.models import OnTheMenu
from kring.confidences.usecases import hearing, tellings
from kring.web.confidences.around import alone, base_of, is_young, sent
from kring.web.confidences.forms import TellForm, TogetherForm
from kring.web.doors import door


@door("only-you", page="confidence")
def choose(request: HttpRequest) -> HttpResponse:
    """Whom does the young person want to tell something?"""
    viewer = alone(request)
    if not is_young(viewer):
        raise Http404
    able = hearing.who_can_hear()
    context = base_of(viewer) | {
        "workers": [one for one in able if one.kind == "professional"],
        "near": [one for one in able if one.kind != "professional"],
    }
    return TemplateResponse(request, "confidences/choose.html", context)


@door("only-you", page="confidence")
def tell(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Before typing: who will see it, and when we must tell. Then the words."""
    viewer = alone(request)
    hearer = next((one for one in hearing.who_can_hear() if one.id == person_id), None)
    if hearer is None:
        raise Http404
    asks = next((kind for kind in OnTheMenu.Kind if kind == request.GET.get("ask")), None)
    form = TellForm(*sent(request), hearer=hearer.name, asks=asks is not None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        opened = tellings.tell(
            hearer.id, told["words"], safety=told["safety"], key=form.key, by=viewer, at=timezone.now(),
            files=told["files"],
        )  # fmt: skip
        messages.success(request, _("It is told. Nobody else can see it."))
        return redirect("confidences:confidence", opened)
    context = base_of(viewer) | {"hearer": hearer, "form": form, "asks": asks}
    return TemplateResponse(request, "confidences/tell.html", context, status=422 if form.errors else 200)


@door("only-you", page="confidence")
def choose_young(request: HttpRequest) -> HttpResponse:
    """With whom does the worker sit at the table?"""
    viewer = alone(request)
    able = hearing.who_can_tell_me()
    return TemplateResponse(
        request, "confidences/choose_young.html", base_of(viewer) | {"able": able, "works": viewer.works}
    )


@door("only-you", page="confidence")
def together(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A worker writes down what is told at the table, reads it back, and the young person agrees."""
    viewer = alone(request)
    young = next((one for one in hearing.who_can_tell_me() if one.id == person_id), None)
    if young is None:
        raise Http404
    form = TogetherForm(
        request.POST if request.method == "POST" else None, young=young.name, bound=young.bound
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        opened = tellings.write_down_together(
            young.id, told["words"], read_back=told["read_back"], safety=told["safety"],
            secrecy=told["secrecy"] == "yes", key=form.key, by=viewer, at=timezone.now(),
        )  # fmt: skip
        return redirect("confidences:confidence", opened)
    context = base_of(viewer) | {"young": young, "form": form}
    return TemplateResponse(request, "confidences/together.html", context, status=422 if form.errors else 200)
