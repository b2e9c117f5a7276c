"""The story: reading it, telling it, writing down what was told."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.web.doors import door
from kring.web.wraparound.around import around, family_circle, knowing, language, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.forms import ToldStory, TypedStory
from kring.web.wraparound.people import people_of
from kring.web.wraparound.reading import Item, Said, now
from kring.wraparound.models import Remark, Story
from kring.wraparound.usecases.drafts import clear_draft
from kring.wraparound.usecases.stories import tell_story


@door("second-factor", page="story")
def story(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The family's story as it tells it now; what it told before stays below."""
    circle = family_circle(family_id)
    viewer = viewer_of(request)
    people = people_of(family_id, now())
    rows = Story.objects.in_family(family_id).select_related("told_by").order_by("-at", "-id")[:30]
    items = [Item(row, Remark.On.STORY) for row in rows]
    for item, persons in zip(items, who_knows([i.row for i in items], people.persons), strict=True):
        item.names = names(persons)
    found = {item.row.pk: item for item in items}
    for row in (
        Remark.objects.filter(on="story", object_id__in=list(found)).select_related("author").order_by("at")
    ):
        found[row.object_id].remarks.append(Said(row, people.face(row.author_id)))
    context = around(request, people) | {
        "family": circle.family,
        "item": items[0] if items else None,
        "older": items[1:],
        "may_tell": viewer.can(Permission.TELL_STORY, circle.pk),
        "may_record": viewer.can(Permission.RECORD_FAMILYS_WORD, circle.pk),
    }
    return TemplateResponse(request, "wraparound/story.html", context)


@door("second-factor", page="story")
def tell(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """The family types its story."""
    circle = family_circle(family_id)
    viewer = viewer_of(request)
    viewer.must(Permission.TELL_STORY, circle.pk)
    drafted = Drafted(request, f"story:{family_id}", circle.pk)
    last = Story.objects.filter(circle=circle, how="typed").order_by("-at").first()
    given = {"language": last.language if last else language(), "text": last.text if last else ""}
    form = TypedStory(request.POST or None, initial=drafted.initial(TypedStory, given))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        tell_story(circle.pk, told["text"], language=told["language"], by=viewer, at=now())
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Thank you. Your story is kept as you told it."))
        return redirect("wraparound:story", family_id)
    return _form(request, form, drafted, family_id, _("Our story"))


@door("second-factor", page="story")
def write_down(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Somebody writes down what the family told, or read out and agreed."""
    circle = family_circle(family_id)
    viewer = viewer_of(request)
    viewer.must(Permission.RECORD_FAMILYS_WORD, circle.pk)
    drafted = Drafted(request, f"told:{family_id}", circle.pk)
    today = timezone.localdate()
    given = {"language": language(), "how": Story.How.TOLD, "agreed_on": today}
    people = people_of(family_id, now())
    form = ToldStory(
        request.POST or None, initial=drafted.initial(ToldStory, given), people=people, today=today
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        tell_story(
            circle.pk, told["text"], language=told["language"], told_by=UUID(told["told_by"]), how=told["how"],
            agreed_on=told["agreed_on"], interpreter=told["interpreter"], by=viewer, at=now(),
        )  # fmt: skip
        clear_draft(drafted.key, by=viewer)
        messages.success(request, _("Written down, in their words."))
        return redirect("wraparound:story", family_id)
    return _form(request, form, drafted, family_id, _("Write down what they told"))


def _form(request: HttpRequest, form: object, drafted: Drafted, family_id: UUID, title: str) -> HttpResponse:
    people = people_of(family_id, now())
    told = Story(circle_id=drafted.circle_id, author_id=drafted.viewer.person_id, at=now())
    context = around(request, people) | {
        "knowing": knowing(told, people),
        "form": form,
        "drafted": drafted,
        "title": title,
        "send": _("Keep it"),
        "back": "wraparound:story",
        "back_id": family_id,
    }
    status = 422 if getattr(form, "errors", None) else 200
    return TemplateResponse(request, "wraparound/form.html", context, status=status)
