"""The page behind a link on a phone: listen or read, and say yes or "I want to change something"."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from kring.network.words import language_name
from kring.web.design.lists import listed
from kring.web.doors import door
from kring.web.network.speaking import spoken
from kring.web.wraparound.around import language, viewer_of
from kring.web.wraparound.forms import ChangeForm
from kring.web.wraparound.frozen import Told, laid_out, told
from kring.web.wraparound.reading import now
from kring.wraparound import rules
from kring.wraparound.models import Recording, Remark, Version, VersionPart
from kring.wraparound.usecases import approvals
from kring.wraparound.usecases.versions import Asked, answers_to, as_listed, in_force_before

RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})$")


@door("link", page="approval")
def answer(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One page with the plan; then yes, or something else; then once more to be sure."""
    version = _version(version_id)
    mine = _mine(request, version)
    if request.method == "POST":
        return _answered(request, version)
    asked = request.GET.get("answer", "")
    if mine is not None and asked in _open_answers(version):
        return _confirm(request, version, asked, ChangeForm(), mine=mine)
    parts = list(version.parts.all())
    pages = laid_out(parts)
    if pages.is_empty:
        raise Http404
    sound = _recording_for(version)
    viewer = viewer_of(request)
    before = [] if viewer.seen_as else in_force_before(version)
    context = _around(version) | {
        "pages": pages,
        "written_by": version.caring.get("written_by", "") if version.author_id != viewer.person_id else "",
        "changes": _new_in_it(version, before),
        "asked_again": bool(before),
        "mine": mine,
        "said_beside": _said_beside(request, version),
        "recording": reverse("wraparound:sound", args=[version.pk, sound.pk]) if sound else "",
        "sound": sound,
        "other_languages": "" if sound else _other_languages(parts),
        "newer": _newer(version),
    }
    return TemplateResponse(request, "wraparound/answer.html", context)


def _other_languages(parts: list[VersionPart]) -> str:
    """The languages of the words in it which are not the language of the page."""
    here = (get_language() or "en").split("-")[0]
    found = {str(part.content.get("language", "")) for part in parts} - {here, ""}
    return listed(sorted(language_name(code) for code in found))


def _version(version_id: UUID) -> Version:
    found = Version.objects.filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found


def _around(version: Version) -> dict[str, Any]:
    frozen = {key: word for key, word in (version.caring or {}).items() if key != "written_by"}
    if not frozen:
        return {"version": version, "caring": {}}
    role = (
        gettext("coordinator")
        if frozen.get("seat", "coordinator") == "coordinator"
        else frozen.get("role", "")
    )
    caring = frozen | {"languages": spoken(frozen.get("languages", "")), "kind": "professional", "role": role}
    return {"version": version, "caring": caring}


def _mine(request: HttpRequest, version: Version) -> Asked | None:
    """What is asked of the one who looks; None for those of whom no yes is asked."""
    who = viewer_of(request).person_id
    return next((one for one in answers_to(version.pk) if one.person_id == who), None)


def _new_in_it(version: Version, before: list[Any]) -> list[Told]:
    """What came, changed or went since the version that was in force before; nothing for a first one."""
    return told(rules.what_changed(before, as_listed(version))) if before else []


def _open_answers(version: Version) -> tuple[str, ...]:
    """What one can still answer: in force, a yes stands, and a wish to change is said beside it."""
    if version.stage == Version.Stage.REPLACED:
        return ()
    return ("change",) if version.stage == Version.Stage.IN_FORCE else ("yes", "change")


def _said_beside(request: HttpRequest, version: Version) -> bool:
    """Whether the one who looks asked for a change after the version came in force."""
    rows = Remark.objects.filter(on=Remark.On.VERSION, object_id=version.pk)
    return version.stage == Version.Stage.IN_FORCE and any(
        row.author_id == viewer_of(request).person_id for row in rows
    )


def _newer(version: Version) -> Version | None:
    if version.stage != Version.Stage.REPLACED:
        return None
    rows = Version.objects.filter(plan_id=version.plan_id, number__gt=version.number).exclude(
        stage="replaced"
    )
    newest: Version | None = rows.order_by("-number").first()
    return newest


def _recording_for(version: Version) -> Recording | None:
    """The recording in the language of the page, else any."""
    rows = list(Recording.objects.filter(version=version).defer("sound").order_by("-at"))
    return next((row for row in rows if row.language == language()), rows[0] if rows else None)


def _confirm(
    request: HttpRequest,
    version: Version,
    asked: str,
    form: ChangeForm,
    status: int = 200,
    mine: Asked | None = None,
) -> HttpResponse:
    takes_back = mine is not None and mine.answer == "yes" and version.stage == Version.Stage.WAITING
    context = _around(version) | {"asked": asked, "form": form, "takes_back": takes_back}
    return TemplateResponse(request, "wraparound/confirm.html", context, status=status)


def _answered(request: HttpRequest, version: Version) -> HttpResponse:
    """Keep the answer once, however often it is sent."""
    viewer, said = viewer_of(request), request.POST.get("answer", "")
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _confirm(request, version, "change", form, 422)
    try:
        if said == "yes":
            approvals.approve(version, language=language(), by=viewer, at=now())
        else:
            words = form.cleaned_data["words"]
            approvals.ask_for_change(version, words=words, language=language(), by=viewer, at=now())
    except (approvals.ANewerVersionCame, approvals.IsInForce):
        return redirect("wraparound:answer", version.pk)
    except approvals.NoYesIsAsked as problem:
        raise Http404 from problem
    return redirect("wraparound:thanks", version.pk)


@door("link", page="approval")
def thanks(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Thank you, what happens now, and the person to call."""
    version = _version(version_id)
    mine = _mine(request, version)
    beside = _said_beside(request, version)
    if mine is None or not (mine.answer or beside):
        return redirect("wraparound:answer", version.pk)
    context = _around(version) | {
        "mine": mine,
        "said_beside": beside,
        "in_force": version.stage == Version.Stage.IN_FORCE,
        "by_link": viewer_of(request).scope is not None,
    }
    return TemplateResponse(request, "wraparound/thanks.html", context)


@door("link", page="approval")
def sound(request: HttpRequest, version_id: UUID, recording_id: UUID) -> HttpResponse:
    """A recording, whole or the piece a player asks for."""
    the_recording = Recording.objects.filter(pk=recording_id, version_id=version_id).first()
    if the_recording is None:
        raise Http404
    whole = bytes(the_recording.sound)
    asked = RANGE.match(request.headers.get("Range", ""))
    if asked is None:
        response = HttpResponse(whole, content_type=the_recording.media_type)
    else:
        first = int(asked[1])
        last = min(int(asked[2]) if asked[2] else len(whole) - 1, len(whole) - 1)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(whole)}"})
        response = HttpResponse(whole[first : last + 1], content_type=the_recording.media_type, status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{len(whole)}"
    response["Accept-Ranges"] = "bytes"
    return response
