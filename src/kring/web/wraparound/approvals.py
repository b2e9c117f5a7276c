"""Asking everybody's yes: freezing the plan, a link, a sheet of paper, a voice, and what each answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.trust.models import ContactCard
from kring.trust.permissions import Permission
from kring.web.doors import door
from kring.web.trust import cards
from kring.web.wraparound.around import around, language, the_plan, the_version, viewer_of
from kring.web.wraparound.forms import PaperForm, RecordingForm, SpokenWord
from kring.web.wraparound.frozen import laid_out
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import now
from kring.web.wraparound.versions import parts_known_to
from kring.wraparound import rules
from kring.wraparound.models import Approval, Recording, Sheet, Version
from kring.wraparound.models.recordings import LARGEST
from kring.wraparound.usecases import approvals
from kring.wraparound.usecases import versions as freezing
from kring.wraparound.usecases.approvals import FamilysWord
from kring.wraparound.usecases.versions import answers_to


@door("second-factor", page="approval")
def approval(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """How it stands with everybody's yes, and every way to ask for it."""
    plan, viewer = the_plan(plan_id), viewer_of(request)
    people = people_of(plan.family_id, now())
    if request.method == "POST":
        return _settled(request, plan) if "settle" in request.POST else _offered(request, plan)
    rows = Version.objects.filter(plan=plan).exclude(stage="replaced").order_by("-number")
    version = next(iter(rows), None)
    asked = answers_to(version.pk) if version else []
    answers = (
        Approval.objects.filter(version=version).exclude(words="").select_related("author").order_by("-at")
        if version
        else []
    )
    context = around(request, people) | {
        "plan": plan,
        "version": version,
        "asked": asked,
        "all_said_yes": rules.everybody_said_yes(one.answer for one in asked),
        "answers": [(row, people.face(row.person_id)) for row in answers],
        "recordings": list(Recording.objects.filter(version=version).defer("sound")) if version else [],
        "may_write": viewer.can(Permission.WRITE_PLAN, plan.circle_id),
        "may_record": viewer.can(Permission.RECORD_FAMILYS_WORD, plan.circle_id),
    }
    return TemplateResponse(request, "wraparound/approval.html", context)


def _settled(request: HttpRequest, plan: Any) -> HttpResponse:
    """Somebody of whom a yes was asked is not in the circle any more: look again who is."""
    version = Version.objects.filter(plan=plan, stage=Version.Stage.WAITING).first()
    if version is None:
        raise Http404
    if approvals.settle(version, by=viewer_of(request), at=now()):
        messages.success(request, _("Everybody said yes. The plan is in force."))
    else:
        messages.info(request, _("We are still collecting answers."))
    return redirect("wraparound:approval", plan.pk)


def _offered(request: HttpRequest, plan: Any) -> HttpResponse:
    try:
        freezing.offer_for_approval(plan, by=viewer_of(request), at=now())
    except freezing.PlanIsEmpty:
        messages.warning(request, _("There is no goal yet. First put one in the plan."))
        return redirect("wraparound:plan", plan.pk)
    except freezing.NobodySaysYes:
        messages.warning(
            request, _("Nobody who decides sits in the circle, so nobody can say yes. First ask a parent in.")
        )
        return redirect("wraparound:plan", plan.pk)
    messages.success(request, _("The plan is frozen as it stands. Now everybody can say yes."))
    return redirect("wraparound:approval", plan.pk)


@require_POST
@door("second-factor", page="approval")
def link(request: HttpRequest, version_id: UUID, person_id: UUID) -> HttpResponse:
    """A link and a code for one person; the two go different ways."""
    version = the_version(version_id)
    person = _asked_person(version, person_id)
    made = approvals.link_to_answer(version, person, by=viewer_of(request), at=now())
    return cards.card(request, person, made)


def _asked_person(version: Version, person_id: UUID) -> Any:
    """Somebody of whom a yes is asked; anybody else is not found."""
    one = people_of(version.plan.family_id, now()).by_id.get(person_id)
    if one is None or all(asked.person_id != person_id for asked in answers_to(version.pk)):
        raise Http404
    return one.person


def language_of(person_id: UUID) -> str:
    """The language of a person, from their contact card; else the language of the page."""
    card = ContactCard.objects.filter(person_id=person_id).exclude(language="").order_by("id").first()
    return card.language if card and translation.check_for_language(card.language) else language()


@door("second-factor", page="sheet")
def sheet(request: HttpRequest, version_id: UUID, person_id: UUID) -> HttpResponse:
    """A version to print for one person to sign, in their language, with the code that brings it home."""
    version, viewer = the_version(version_id), viewer_of(request)
    person = _asked_person(version, person_id)
    if request.method == "POST":
        freezing.make_sheet(version, person_id, by=viewer, at=now())
        return redirect("wraparound:sheet", version_id, person_id)
    found = Sheet.objects.filter(version=version, person_id=person_id).first()
    if found is None:
        raise Http404
    people = people_of(version.plan.family_id, now())
    context = {
        "sheet": found,
        "person": person,
        "version": version,
        "pages": laid_out(parts_known_to(version, person_id, people)),
        "caring": people.caring,
    }
    with translation.override(language_of(person_id)):
        return render(request, "wraparound/sheet.html", context)


@door("second-factor", page="approval")
def spoken(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What somebody said after the plan was read out, written down for them."""
    version, viewer = the_version(version_id), viewer_of(request)
    viewer.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    given = {"language": language(), "said_on": timezone.localdate(), "person": request.GET.get("person", "")}
    form = SpokenWord(request.POST or None, initial=given, asked=answers_to(version.pk))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        word = FamilysWord(
            told["answer"],
            Approval.How.SPOKEN,
            told["said_on"],
            told["language"],
            told["words"],
            told["interpreter"],
        )
        if _recorded(form, lambda: approvals.record_approval(
            version, UUID(told["person"]), word, by=viewer, at=now())):  # fmt: skip
            messages.success(request, _("Written down. Thank you for reading it out."))
            return redirect("wraparound:approval", version.plan_id)
    return _form(request, version, form, _("Write down what was said"))


@door("second-factor", page="approval")
def paper(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A signed sheet came home: its code and its day."""
    version, viewer = the_version(version_id), viewer_of(request)
    viewer.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    form = PaperForm(request.POST or None, initial={"said_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        word = FamilysWord(Approval.Answer.YES, Approval.How.PAPER, told["said_on"], language())
        if _recorded(form, lambda: approvals.record_paper(version, told["code"], word, by=viewer, at=now())):
            messages.success(request, _("The yes on paper is written down."))
            return redirect("wraparound:approval", version.plan_id)
    return _form(request, version, form, _("A signed sheet came home"))


def _recorded(form: forms.Form, record: Any) -> bool:
    """Write it down, or say on the form why not."""
    try:
        record()
    except approvals.NoSuchSheet:
        form.add_error("code", _("No sheet of this version has this code. Please look once more."))
    except approvals.DayIsToCome:
        form.add_error("said_on", _("This day is still to come. Which day was it?"))
    except approvals.DayIsTooEarly:
        form.add_error("said_on", _("This version was not there yet on that day."))
    except approvals.IsInForce:
        form.add_error(
            None, _("This version is in force; its answers stand. Ask a new yes for the plan as it is now.")
        )
    except approvals.ANewerVersionCame:
        form.add_error(None, _("There is a newer version. Please ask for a yes to that one."))
    return not form.errors


@door("second-factor", page="approval")
def recording(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Somebody reads the plan aloud, for those who like to hear it."""
    version, viewer = the_version(version_id), viewer_of(request)
    viewer.must(Permission.RECORD_FAMILYS_WORD, version.circle_id)
    form = RecordingForm(request.POST or None, request.FILES or None, initial={"language": language()})
    if request.method == "POST" and form.is_valid() and _kept(form, version, request):
        messages.success(request, _("The recording is there for everybody who may know this version."))
        return redirect("wraparound:approval", version.plan_id)
    return _form(request, version, form, _("Read the plan aloud"), upload=True)


def _kept(form: forms.Form, version: Version, request: HttpRequest) -> bool:
    told = form.cleaned_data
    sound = b"" if told["sound"].size > LARGEST else told["sound"].read()
    try:
        if not sound:
            raise freezing.SoundIsTooLong
        freezing.add_recording(
            version,
            sound,
            spoken_by=told["spoken_by"],
            language=told["language"],
            by=viewer_of(request),
            at=now(),
        )
    except freezing.SoundIsTooLong:
        form.add_error("sound", _("This recording is larger than 5 megabytes. Please make it shorter."))
    except freezing.NotASound:
        form.add_error(
            "sound", _("We cannot play this. Please choose a recording: webm, ogg, mp3, m4a or wav.")
        )
    return not form.errors


def _form(
    request: HttpRequest, version: Version, form: forms.Form, title: str, *, upload: bool = False
) -> HttpResponse:
    context = around(request, people_of(version.plan.family_id, now())) | {
        "form": form, "title": title, "send": _("Keep it"), "back": "wraparound:approval",
        "back_id": version.plan_id, "upload": upload,
        "note": _("Everybody in the circle who may know this version can hear it.") if upload else "",
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)
