"""When something cannot be done: one kind sentence, the right number, nothing of what one may not know."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.db import DatabaseError, DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.web import still_here
from kring.wraparound.usecases.plans import PlanIsClosed

REFUSED, FORBIDDEN, TAKEN, CLASHES = "KR001", "42501", "23505", "23P01"

NOT_NOW = _("This is not possible as it stands now. Somebody may just have changed something.")
#: What the database refuses, by the name of the refusal.
REFUSALS: dict[str, Promise] = {
    "no_link_for_a_stranger": _("The coordinator or the contact point makes this card. Ask them."),
    "stays_as_written": _("What was written stays as it was written. You can add something new."),
    "never_changes": _("This can never be changed."),
    "before_own_voice": _("This is possible from the age at which a young person decides alone."),
    "after_own_voice": _("The young person is old enough to decide this alone."),
    "not_a_guardian_of_this_family": _("This person is not a guardian of this family."),
    "no_guardian_seat_here": _("A guardian has no seat of their own here."),
    "not_bound_by_secrecy": _("Only somebody bound by professional secrecy can sit here."),
    "seat_through_anothers_job": _("This job belongs to somebody else."),
    "subject_without_birth_date": _("First write down on which day this child was born."),
    "crosses_villages": _("These belong to two villages. Villages do not know each other."),
    "crosses_families": _("These belong to two families. They cannot be joined here."),
    "not_everybody_said_yes": _("The plan is in force when everybody who decides has said yes."),
    "a_newer_version_came": _("The plan was written anew. There is a newer version to answer to."),
    "no_yes_is_asked_of_this_person": _("No yes is asked of this person."),
    "plan_is_closed": _("This plan is closed."),
    "too_late_to_take_back": _("Only who told it can take it back, within the day."),
    "ends_by_the_familys_word": _(
        "This is decided by the family's word, when you look at the plan together."
    ),
    "review_is_over": _("You already looked at the plan together. What was said then stays."),
    "review_within_six_months": _("Choose a day from tomorrow on, within six months."),
    "one_running_review_per_plan": _("People are already getting ready to look at this plan together."),
    "one_open_plan_per_family": _("This family has a plan already. Load the page again."),
    "one_live_seat_per_person_and_circle": _("This person already has a seat here."),
    "one_live_coordinator_per_circle": _("This family has a coordinator already. Load the page again."),
    "a_seat_is_not_lengthened": _("A seat that ends cannot be made longer. Ask this person in again."),
    "leaves_only_by_itself": _("A child or a parent leaves the circle only by their own choice."),
    "only_the_family_shows_more": _("Only the family can show this to more people."),
    "the_family_is_told_first": _("Tell the family first. Then you write down here whom you told."),
    "somebody_else_coordinates": _("Somebody else coordinates this family now. Load the page again."),
    "one_open_hand_over_per_circle": _("A hand-over has begun already. Load the page again."),
    "somebody_leaves_a_job_once": _("This last day was said already. Load the page again."),
    "one_is_asked_to_take_a_promise": _("Somebody is asked already. Load the page again."),
    "one_is_asked_to_take_a_step": _("Somebody is asked already. Load the page again."),
    "not_yours_to_decide": _("Somebody else decides this. Ask the person you know here."),
    "not_yours_to_offer": _("This offer belongs to another organisation."),
    "not_yet": _("It is too early for this."),
    "no_such_answer": _("We do not know this answer. Choose one of those on the page."),
    "no_contact_point": _("The contact point of this village is not open yet. Please call."),
    "set_up_is_over": _("This code does not work any more. Run kring setup on the server for a new one."),
    "another_person_says_yes": _("You asked this yourself. Somebody else says yes or no."),
    "two_people_decide": _("Two people decide this together. Ask for it on the page “Two people”."),
    "danger_without_the_right": _(
        "You do not have the right to open this. Call one of the people on the page."
    ),
    "the_right_in_danger_sleeps": _("Your right sleeps until somebody has looked at the last time."),
    "one_danger_at_a_time": _("Something is open already. End it first."),
    "danger_without_a_reason": _("Say why, and whom you tried to reach first."),
    "no_other_way_in": _(
        "First add a passkey, or a password and an app. Else you could not come in any more."
    ),
    "no_seat_by_this_job": _("Somebody else must give you this seat."),
    "not_changed_yet": _("Nothing is different yet. First change it, then say that it is changed."),
    "was_opened_already": _("Somebody has opened it already. You can add something new."),
}
#: Here what was sent could be read, and the words come back.
WITH_WORDS = frozenset({403, 409})


def answer(request: HttpRequest, problem: Exception) -> HttpResponse | None:
    """The answer to a mistake that a view did not catch; None where the house has its own way."""
    if isinstance(problem, ValidationError):
        if request.method in ("GET", "HEAD"):
            raise Http404 from problem
        return not_understood(request)
    if isinstance(problem, UnicodeError | UnreadablePostError | DataError):
        return not_understood(request)
    if isinstance(problem, DatabaseError):
        return _of_the_database(request, problem)
    if isinstance(problem, PlanIsClosed):
        return refused(request, "plan_is_closed")
    return None


def _of_the_database(request: HttpRequest, problem: DatabaseError) -> HttpResponse | None:
    state = getattr(problem.__cause__, "sqlstate", None) or ""
    diagnosis = getattr(problem.__cause__, "diag", None)
    if state == REFUSED:
        return refused(request, diagnosis.message_primary if diagnosis else "")
    if state in (TAKEN, CLASHES):
        return refused(request, (diagnosis and diagnosis.constraint_name) or "")
    if state == FORBIDDEN:
        return not_allowed(request)
    return None


def refused(request: HttpRequest, name: str = "") -> HttpResponse:
    """409: what can never be, or not any more."""
    return _said(request, 409, _("This does not fit"), REFUSALS.get(name, NOT_NOW))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page is there, but this is not for this person to do."""
    return _said(
        request, 403, _("This is not yours to do"),
        _("Somebody else decides this. Ask the person you know here."),
    )  # fmt: skip


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when it was too much."""
    if isinstance(exception, RequestDataTooBig):
        return _said(
            request, 413, _("This is too much at once"),
            _("Please make it shorter, or choose a smaller file. Then send it again."),
        )  # fmt: skip
    return _said(
        request, 400, _("We could not read this"),
        _("Something in it is not text we know. Go back, look at it and send it again."),
    )  # fmt: skip


def nothing_to_read(request: HttpRequest) -> HttpResponse:
    """405: something is sent to this address, and there is nothing to open."""
    return _said(
        request, 405, _("There is nothing to read here"),
        _("Something is sent to this address. Go back to the page you came from, or begin at the first page."),
    )  # fmt: skip


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same for what is hidden and for what does not exist."""
    if _is_part(request):
        return _said(
            request,
            404,
            _("This page is not here"),
            _("The address may be wrong, or it is not there any more."),
        )
    return render(request, "404.html", {"words": still_here.own_words(request)}, status=404)


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: please wait."""
    if _is_part(request):
        return _said(request, 429, _("Too many tries"), _("Please wait a few minutes. Then try again."))
    return render(request, "429.html", status=429)


def not_sent_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open for too long, or somebody else's page sent this."""
    if _is_part(request):
        return _said(request, 403, _("This did not work"), _("Load the page again and try once more."))
    given_back = still_here.given_back(request, still_here.TOO_OLD)
    return given_back or render(request, "403_csrf.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500: our mistake."""
    if _is_part(request):
        return _said(request, 500, _("Something went wrong with us"), _("Go back and try once more."))
    return render(None, "500.html", status=500)


def _is_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _said(request: HttpRequest, status: int, title: Any, sentence: Any) -> HttpResponse:
    told = {"title": title, "sentence": sentence}
    if _is_part(request):
        response = render(None, "trust/refusal_part.html", told, status=status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    if status in WITH_WORDS:
        told["words"] = still_here.own_words(request)
    return render(request, "trust/refusal.html", told, status=status)
