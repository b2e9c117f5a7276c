"""The village's own words: for states and for parts of life, in each of its languages, with ours beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kring.intake.models import Concern
from kring.network.rules import one_line
from kring.network.words import LifeDomain
from kring.trust import chosen
from kring.trust.usecases import choices
from kring.web.administration import keeping
from kring.web.doors import door
from kring.wraparound.models import Action, Goal, Meeting

GROUPS: tuple[tuple[Promise, Any], ...] = (
    (gettext_lazy("Parts of life"), LifeDomain),
    (gettext_lazy("How far a concern is"), Concern.State),
    (gettext_lazy("How a concern ended"), Concern.Outcome),
    (gettext_lazy("How far a step is"), Action.State),
    (gettext_lazy("How far a goal is"), Goal.State),
    (gettext_lazy("How far a meeting is"), Meeting.State),
)


@dataclass
class Word:
    """One of our words, and the village's own for it."""

    ours: str
    name: str
    shown: str
    own: str
    mistake: str = ""


def as_given(label: Any, language: str) -> str:
    """A word as the house gives it, whatever the village says."""
    with chosen.spoken(lambda: chosen.AS_GIVEN), translation.override(language):
        return str(label)


def groups(told: dict[str, Any], language: str) -> list[tuple[str, list[Word]]]:
    """All words one may replace, in their groups; a word that stands twice is asked once."""
    seen: set[str] = set()
    found = []
    for title, states in GROUPS:
        words = []
        for state in states:
            ours = as_given(state.label, "en")
            if ours not in seen:
                seen.add(ours)
                own = str(told.get(chosen.word_name(language, ours), ""))
                words.append(Word(ours, f"word_{len(seen)}", as_given(state.label, language), own))
        found.append((str(title), words))
    return found


def offered(told: dict[str, Any]) -> list[tuple[str, str]]:
    """The languages of the village."""
    wanted = told.get(chosen.LANGUAGES)
    return [one for one in settings.LANGUAGES if not wanted or one[0] in wanted]


@require_http_methods(["GET", "HEAD", "POST"])
@door("second-factor", page="administration")
def words(request: HttpRequest) -> HttpResponse:
    """Say it as people here say it; an empty place is our word again."""
    told = keeping.village_of(keeping.keeper(request)).chosen
    languages = offered(told)
    wanted = request.GET.get("language") or translation.get_language()
    language = wanted if wanted in dict(languages) else languages[0][0]
    shown = groups(told, language)
    if request.method == "POST":
        _take(request, shown)
        if not any(word.mistake for _title, group in shown for word in group):
            wishes = {
                chosen.word_name(language, word.ours): word.own for _title, group in shown for word in group
            }
            return keeping.chosen(request, wishes, f"{request.path}?language={language}")
    mistakes = [word for _title, group in shown for word in group if word.mistake]
    answer = keeping.page(
        request,
        "words",
        {"groups": shown, "languages": languages, "language": language, "mistakes": mistakes},
    )
    answer.status_code = 422 if mistakes else 200
    return answer


def _take(request: HttpRequest, shown: list[tuple[str, list[Word]]]) -> None:
    """What was typed, tidied; our own word is no own word, and one that is too long stays to be made shorter."""
    for _title, group in shown:
        for word in group:
            typed = one_line(request.POST.get(word.name, ""), choices.LONGEST_WORD + 1)
            word.own = "" if typed == word.shown else typed
            if len(typed) > choices.LONGEST_WORD:
                word.mistake = _("Make it shorter: %(most)d signs at most.") % {"most": choices.LONGEST_WORD}
