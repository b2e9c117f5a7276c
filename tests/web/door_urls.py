"""Pages that misbehave in every way, each behind a door; only for the tests of doors."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.urls import path

from kring.trust.models import Circle, Organisation, Person
from kring.trust.permissions import NotAllowed, Permission
from kring.web.doors import door
from kring.web.urls import *  # noqa: F403
from kring.web.urls import urlpatterns as house
from kring.wraparound.models import Note


def who(request: HttpRequest) -> HttpResponse:
    """Whom the page and the database take the asker for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.viewer()::text, trust.link_viewer()::text, trust.scope()::text, trust.seen_as()::text"
        )
        told = cursor.fetchone()
    named = request.viewer.given_name if request.viewer else "nobody"
    return HttpResponse(
        "|".join([named, str(len(request.viewer.seats) if request.viewer else 0), *(t or "-" for t in told)])
    )


def in_a_unit(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(connection.in_atomic_block))


def circle(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    return HttpResponse(str(get_object_or_404(Circle, pk=circle_id).kind))


def notes(request: HttpRequest) -> SimpleTemplateResponse:
    """Reads guarded rows only while the answer is being rendered."""
    template = engines["django"].from_string("{% for note in notes %}{{ note.text }};{% endfor %}")
    return SimpleTemplateResponse(template, {"notes": Note.objects.all()})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def later() -> Iterator[bytes]:
        yield b"too late for the journal"

    return StreamingHttpResponse(later())


def half(request: HttpRequest) -> HttpResponse:
    """Writes half of something and then falls."""
    Organisation.objects.create(village_id=request.viewer.village_id, name="half written", sector="education")
    raise NotAllowed("to the end")


def must(request: HttpRequest) -> HttpResponse:
    request.viewer.must(Permission.ADMINISTER)
    return HttpResponse("allowed")


MISTAKES: dict[str, Any] = {
    "missing": lambda request: (_ for _ in ()).throw(Http404()),
    "suspicious": lambda request: (_ for _ in ()).throw(SuspiciousOperation("odd")),
    "malformed": lambda request: HttpResponse(Person.objects.filter(pk="not an id").count()),
    "invalid": lambda request: (_ for _ in ()).throw(ValidationError("no")),
    "null": lambda request: HttpResponse(Person.objects.filter(given_name="a\0b").count()),
    "surrogate": lambda request: HttpResponse(Person.objects.filter(given_name="\ud800").count()),
    "forbidden": lambda request: HttpResponse(
        Person.objects.create(
            id=uuid4(), village_id=request.viewer.village_id, given_name="x", met_by_id=uuid4()
        ).pk
    ),
    "refused": lambda request: HttpResponse(_refuse("crosses_villages")),
    "ours": lambda request: 1 / 0,
    "typed": lambda request: HttpResponse(request.POST.get("text", "")[:3]),
}


def _refuse(name: str) -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT trust.refuse(%s)", [name])
    return ""


def mistake(request: HttpRequest, name: str) -> HttpResponse:
    return MISTAKES[name](request)


urlpatterns = [
    *house,
    path("t/public/", door("public")(who)),
    path("t/signed-in/", door("signed-in")(who)),
    path("t/second-factor/", door("second-factor")(who)),
    path("t/link/<uuid:object_id>/", door("link")(lambda request, object_id: who(request))),
    path("t/unit/", door("public")(in_a_unit)),
    path("t/circle/<uuid:circle_id>/", door("second-factor")(circle)),
    path("t/notes/", door("second-factor", page="notes")(notes)),
    path("t/streamed/", door("public")(streamed)),
    path("t/half/", door("second-factor")(half)),
    path("t/must/", door("second-factor")(must)),
    path("t/mistake/<str:name>/", door("second-factor")(mistake)),
    path("t/open-mistake/<str:name>/", door("public")(mistake)),
]
