""" "Tell my parents? Tell my school?": two people's questions, answered by the young person alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.confidences.models import TellThem
from kring.confidences.usecases import telling_them
from kring.trust.models import Circle
from kring.web.confidences.around import alone, base_of
from kring.web.context import home_of, own_page_of
from kring.web.doors import door


@door("only-you", page="own page")
def told(request: HttpRequest) -> HttpResponse:
    """Every question with its newest answer and its day; answering anew counts from now on."""
    viewer = alone(request)
    own = Circle.objects.filter(pk=own_page_of(viewer)).first()
    if own is None:
        raise Http404
    if request.method == "POST":
        whom, _mark, matter = request.POST.get("about", "").partition("|")
        try:
            telling_them.say(
                own, whom, matter, request.POST.get("yes") == "yes", by=viewer, at=timezone.now()
            )
        except telling_them.NoSuchQuestion as problem:
            raise Http404 from problem
        messages.success(request, _("It counts from now on, also for letters that wait."))
        return redirect("confidences:told")
    said = telling_them.answers(own.pk)
    questions = [
        (matter.label, [_asked(whom, matter, said.get((whom, matter))) for whom in TellThem.Whom])
        for matter in TellThem.Matter
    ]
    context = base_of(viewer) | {"questions": questions, "own": own, "family_id": home_of(viewer)}
    return TemplateResponse(request, "confidences/told.html", context)


def _asked(whom: TellThem.Whom, matter: TellThem.Matter, said: TellThem | None) -> dict[str, Any]:
    """One question on the page; as long as nothing is answered it is yes."""
    return {
        "about": f"{whom}|{matter}", "id": f"ask-{whom.name}-{matter.name}".lower(), "whom": whom.label, "said": said,
        "yes": said is None or said.yes,
    }  # fmt: skip
