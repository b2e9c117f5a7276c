"""One button for everything about me; seven days to fetch it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.trust import keys
from kring.trust.models import TakenAlong
from kring.trust.usecases import along
from kring.web.circle.faces import viewer_of
from kring.web.doors import door
from kring.web.mine import packing
from kring.web.mine.tasks import pack_everything
from kring.web.mine.views import around


@door("second-factor", page="everything about me")
def take(request: HttpRequest) -> HttpResponseBase:
    """Ask for it; then how far it is, and then the package."""
    viewer = viewer_of(request)
    if request.method == "POST":
        asked = along.ask(language=get_language() or "en", by=viewer, at=timezone.now())
        pack_everything.defer(along_id=str(asked.pk), person_id=str(viewer.person_id))
        return redirect("mine:take")
    told: dict[str, Any] = {"along": (found := along.mine(by=viewer, at=timezone.now()))}
    if found is not None:
        with translation.override(found.language):
            told["file"] = packing.page_name()
    if request.htmx:  # type: ignore[attr-defined]
        return TemplateResponse(request, "mine/parts/along.html", told)
    return TemplateResponse(request, "mine/take.html", told | around(viewer))


@door("only-you", page="everything about me")
def fetch(request: HttpRequest) -> HttpResponseBase:
    """The package itself, for who asked for it, under a name that names nobody."""
    _found, package = _package(request)
    return _leaves(package, _("everything") + ".zip", "application/zip")


@door("only-you", page="everything about me")
def fetch_page(request: HttpRequest) -> HttpResponseBase:
    """The page to read alone: a telephone opens it by itself, and it goes on paper."""
    found, package = _package(request)
    with translation.override(found.language), zipfile.ZipFile(io.BytesIO(package)) as bundle:
        name = packing.page_name()
        return _leaves(bundle.read(name), name, "text/html; charset=utf-8")


def _package(request: HttpRequest) -> tuple[TakenAlong, bytes]:
    """What was made for who asks, as they may know it now; hidden and missing are the same."""
    viewer, now = viewer_of(request), timezone.now()
    found = along.ready(by=viewer, at=now)
    if found is None:
        raise Http404
    try:
        package = along.opened(found, by=viewer) or packing.anew(found, viewer)
    except keys.Gone as problem:
        raise Http404 from problem
    along.leaves(by=viewer)
    return found, package


def _leaves(content: bytes, name: str, kind: str) -> HttpResponse:
    """Kept on the device, never opened here."""
    kept = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": kept})
