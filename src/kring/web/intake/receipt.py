"""The receipt: a word, a name, a day; and nothing of the family."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kring.intake import receipts
from kring.intake.models import Concern, Promise
from kring.intake.receipts import Receipt
from kring.web.calling import HELPLINES
from kring.web.doors import door
from kring.web.intake.forms import ReachForm
from kring.web.intake.front import caring, qr

STEPS = [
    (Concern.State.RECEIVED, _("We have your message")),
    (Concern.State.TAKEN_UP, _("Somebody has taken it up")),
    (Concern.State.TALKED, _("We talked")),
]


# The address itself is the only key, on any device; nobody is signed in for it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door("public", page="receipt")
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Received, taken up, talked, done or why not. An unknown address is like one that has ended."""
    now = timezone.now()
    found = receipts.read(token, at=now)
    if found is None:
        raise Http404
    form = ReachForm(request.POST) if "reach" in request.POST else ReachForm()
    if request.method == "POST":
        if "true" in request.POST and request.POST["true"] in Promise.WasTrue.values:
            receipts.answer(token, answer=request.POST["true"], at=now)
            return redirect(f"{request.path}?thanks")
        if form.is_valid():
            told = form.cleaned_data
            receipts.add_reach(token, name=told["asker_name"], reach=told["reach"], at=now)
            return redirect(request.path)
    with timezone.override(found.village["timezone"]):
        return TemplateResponse(request, "intake/receipt.html", _shown(request, found, form, now)).render()


def _shown(request: HttpRequest, found: Receipt, form: ReachForm, now: Any) -> dict[str, Any]:
    address = request.build_absolute_uri(request.path)
    steps = STEPS[:1] if found.outcome else STEPS
    reached = next((place for place, (state, _words) in enumerate(steps) if state == found.state), 0)
    return {
        "receipt": found,
        "village": found.village,
        "person": caring(found.person, found.village["name"], found.village["phone"]),
        "stand_in": found.stand_in,
        "caring": caring(found.person, found.village["name"], found.village["phone"]),
        "late": found.due is not None and found.due < now,
        "steps": [{"words": words, "done": place <= reached} for place, (_state, words) in enumerate(steps)],
        "ended": Concern.Outcome(found.outcome).label if found.outcome else "",
        "good_end": found.outcome in Concern.GOOD_ENDS,
        "answers": Promise.WasTrue.choices,
        "thanks": "thanks" in request.GET,
        "form": form,
        "helpline": HELPLINES.get(found.village["country"], ""),
        "address": address,
        "qr": qr(address),
    }
