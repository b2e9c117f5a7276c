"""Asking to open what the law makes us keep of a family that was forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Matter
from kring.web.administration import keeping
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.two_people.asking import READ, asked, asking
from kring.web.two_people.forms import AskKept


@READ
@door("second-factor", page="two people")
def kept(request: HttpRequest) -> HttpResponse:
    """The command asks for the number of this matter."""
    viewer = keeping.keeper(request)
    form = AskKept(posted(request), house=viewer.village_id)
    if request.method == "POST" and form.is_valid():
        facts = {"copy": form.cleaned_data["copy"]}
        return asked(request, Matter.Kind.KEPT_COPY, facts, form.cleaned_data["why"])
    return asking(request, form, _("Open what the law makes us keep"), _(
        "Only when a court, an inspection or the family itself asks. The family reads on which day it was opened."))  # fmt: skip
