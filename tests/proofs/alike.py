"""Mutants nobody can notice, each with the reason why it answers like the whole. An entry that is caught, or gone, fails."""

BEFORE = "a first look for speed: each of the three arms behind it asks the same again"
FASTER = "the plain arm only saves time: what it gives, the arm by a seat gives too"
IN_DANGER_TOO = "danger opens the same circle in the arm by danger, and hides less there"
HELD_BEFORE = (
    "the first look asks whether the circle is open now, in any way; and one person has one seat in it"
)
ONE_SEAT = "access by danger never hides what came before, and one person has one live seat in a circle"

SAME = "a first look for speed: the function behind it asks the same again"
NOBODY = "nothing is ever laid down for nobody"
OF_NOBODY = "no row has an empty number: there is nothing to lock and nothing to reckon anew"
NULL = "unknown goes the same way there as no"
ALONE = "work that is confirmed, or not given here, makes its holder stand alone: the next clause says so"
GONE = "whoever sits there in another way was told already that it is gone"
PAST = "a seat of the past ends before the one that begins, and is never the later of the two"
NO_OLD = "of a row that is new nothing stood before: the comparison behind it says the same"
REFUSED = "what comes behind it refuses with the same word"
EMPTY = "nobody without a birth date gets that far: there is no row in trust_birth then"
STAYS = "a seat that ends at that very moment already stays as it is"
WHOLE_SECOND = "only a clock that stands on a whole second could tell, and nobody sets that one"
GOES_ON = "nobody hits the millionth of a second of a clock that goes on while it is read"
SIGNED = "the signature of an empty text is never empty: the next clause refuses it"
MIDNIGHT = (
    "only a question that falls on the very midnight of a birthday could tell, and nobody sets that clock"
)
TOLD_OF = "a first look for speed: from whom nobody hides a word knows one of each"
FROM_A_DANGER = "what danger opens comes from a danger, and no seat has its number: the join says so"

READ = "policy circle, read · 1."
ALIKE = {
    READ + "1 dropped": BEFORE,
    READ + "3 dropped": BEFORE,
    READ + "5 dropped": IN_DANGER_TOO,
    READ + "6 turned": FASTER,
    READ + "13 dropped": FASTER,
    READ + "15 dropped": FASTER,
    READ + "17 dropped": FASTER,
    READ + "19 dropped": FASTER,
    READ + "25 dropped": IN_DANGER_TOO,
    READ + "27 dropped": HELD_BEFORE,
    READ + "29 dropped": HELD_BEFORE,
    READ + "51 dropped": ONE_SEAT,
    READ + "61 dropped": ONE_SEAT,
    READ + "63 dropped": ONE_SEAT,
    READ + "73 dropped": IN_DANGER_TOO,
    READ + "115 dropped": FASTER,
    READ + "121 dropped": BEFORE,
    READ + "126 shifted": BEFORE,
    READ + "127 shifted": FASTER,
    READ + "130 shifted": FASTER,
    READ + "132 shifted": HELD_BEFORE,
    "function birth_goes · 5.9 shifted": STAYS,
    "function circles_changed · 2.1 dropped": OF_NOBODY,
    "function reckon_seats · 14.13 dropped": "of nobody no birthday is known: of the ends the earliest that is known counts",
    "function reckon_exclusions · 9.5 dropped": "nobody is never somebody else than the child: the last clause says so",
    "function birthday · 7.1 dropped": EMPTY,
    "policy person, read · 1.1 dropped": SAME,
    "policy person, read · 1.5 dropped": "whoever asks stands among their own companions",
    "policy family, read · 1.1 dropped": SAME,
    "function known_families · 4.1 dropped": NOBODY,
    "function known_families · 8.11 dropped": NULL,
    "function may_move · 6.11 dropped": NULL,
    "function brought_in · 2.3 dropped": ALONE,
    "function brought_in · 2.5 dropped": ALONE,
    "function may_second · 2.29 dropped": "whoever asked is not two with themselves: the function behind it says so",
    "function answer_invitation · 32.65 dropped": NULL,
    "function answer_invitation · 33.71 dropped": GONE,
    "function answer_invitation · 35.83 dropped": GONE,
    "function answer_invitation · 33.73 dropped": PAST,
    "function answer_invitation · 33.77 dropped": PAST,
    "function identity · 6.1 dropped": NULL,
    "function identity · 6.3 dropped": SIGNED,
    "function identity · 12.13 shifted": WHOLE_SECOND,
    "function link_viewer · 4.1 dropped": NULL,
    "function link_knows · 4.1 dropped": SAME,
    "function check_invitation · 4.9 dropped": REFUSED,
    "function check_circle · 3.3 dropped": NULL,
    "function check_guarded · 5.3 dropped": NO_OLD,
    "function check_job_change · 3.30 coalesce without 'infinity'": NULL,
    "function check_seat_change · 4.21 coalesce without 'infinity'": NULL,
    "function check_seat_change · 7.9 dropped": NULL,
    "function check_review_ends · 4.9 dropped": NO_OLD,
    "function check_preparation · 4.1 dropped": NO_OLD,
    "function narrow_along · 3.3 dropped": "every row gets the value that stands there",
    "function check_hand_over · 14.19 dropped": REFUSED,
    "function check_not_right · 5.1 dropped": REFUSED,
    "function hears_not_right · 2.19 dropped": NOBODY,
    "function may_say_not_right · 4.19 dropped": "a constraint demands a family for such a circle",
    "function may_move · 6.50 coalesce without false": NULL,
    "function keeps_a_silence · 2.7 dropped": (
        "an exclusion always has a subject: about nobody there is none, and unknown goes the same way as no"
    ),
    "function is_denied · 2.25 dropped": (
        "an exclusion always has a subject: about nobody there is none, and the last clause says no"
    ),
    "function knows_exclusion · 3.10 coalesce without false": (
        "whether a seat says so is asked by EXISTS, which never answers unknown, also about no circle"
    ),
    "function open_danger · 4.1 dropped": (
        "nobody holds the right in danger: the next clause but one refuses with the same word"
    ),
    "function open_danger · 4.65 coalesce without false": (
        "whether somebody holds the right is asked by EXISTS, which never answers unknown"
    ),
    "function open_confidence · 7.45 not done": "only two who write at once could tell",
    "function let_hear · 9.33 shifted": STAYS,
    "function choose_digits · 6.9 dropped": (
        "of a row that is not there nothing was set and nothing forgotten: the next clause says the same"
    ),
    "function choose_digits · 12.21 dropped": (
        "only two who write at once could tell: the row was read and held before, and had none set"
    ),
    "function choose_digits · 15.44 coalesce without false": NULL,
    "function choose_digits · 16.46 coalesce without false": NULL,
    "function count_against · 6.10 shifted": GOES_ON,
    "function count_against · 7.11 shifted": GOES_ON,
    "function count_against · 9.12 shifted": (
        "a throw of the dice that is exactly one in a hundred sweeps a moment earlier what is old anyway"
    ),
    "function count_against · 9.13 shifted": GOES_ON,
    "function answers_that_wait · 5.13 dropped": (
        "whoever may answer it may so only while it has no answer: the function behind it asks the same"
    ),
    "function pass_on_talk · 6.15 dropped": (
        "a concern that is not there was taken up by nobody: the next clauses say no"
    ),
    "function pass_on_talk · 26.71 shifted": STAYS,
    "function answer_receipt · 7.5 dropped": (
        "to a concern that is not there nothing was promised: no row is found to answer"
    ),
    "function receipt · 11.11 dropped": (
        "nobody works at no contact point: the next clause says so of nobody too"
    ),
    "function offers_kept · 4.1 dropped": (
        "nobody works here who is nobody: the last of these clauses says so too"
    ),
    "function reckon_signposts · 4.1 dropped": (
        "an offer has a village, a constraint demands it; and of no village nothing is counted"
    ),
    "function undo_arranged · 7.29 dropped": (
        "a seat ends when it begins at the earliest: one that does ends there already"
    ),
    "function undo_arranged · 7.76 shifted": "an empty seat ends where it begins already: nothing changes",
    "function coordinator_goes · 11.37 shifted": STAYS,
    "function coordinator_comes · 7.21 shifted": STAYS,
    "function stand_in_goes · 11.33 shifted": STAYS,
    "function end_seats_in_family · 14.51 shifted": STAYS,
    "function end_seats_in_family · 9.15 dropped": (
        "nobody sits in a circle that is not there: the next clause says so"
    ),
    "function stop_hand_over · 6.15 dropped": (
        "of a hand-over that is not there nobody speaks for the family or coordinates: the next "
        "clause refuses"
    ),
    "function stop_hand_over · 17.45 dropped": (
        "what was arranged was stopped a line before by the same one at the same moment; of any other "
        "the answer was given already"
    ),
    "function seat_by_job · 6.5 dropped": (
        "work that is not there is nobody's and of no village: the next clauses refuse"
    ),
    "function colleagues · 4.1 dropped": "nobody works as nobody: the next clause says so",
    "function organisations_led · 4.1 dropped": "no work is nobody's: the list is empty then too",
    "function keeps_somebody · 3.23 dropped": (
        "a guardian of it, and who sits in its circle, is of that family: the last clause says so"
    ),
    "function answer_invitation · 33.99 shifted": (
        "a seat that ends when this one begins is never the later of the two"
    ),
    "function answer_invitation · 33.101 shifted": (
        "an empty seat within these hours ends before them, and is never the later of the two"
    ),
    "function answer_invitation · 35.102 shifted": STAYS,
    "function answer_invitation · 13.113 coalesce without false": (
        "whether somebody decides is yes or no, never unknown"
    ),
    "function asked_of_me · 18.43 dropped": SAME,
    "function asked_of_me · 18.44 turned": (
        "the work that waits is itself such work of somebody else; the function behind it asks the rest"
    ),
    "function asked_of_me · 19.45 dropped": SAME,
    "function asked_of_me · 18.49 dropped": SAME,
    "function asked_of_me · 20.57 dropped": SAME,
    "function may_withdraw · 8.34 coalesce without false": NULL,
    "function withdraw · 9.61 shifted": STAYS,
    "function may_think_again · 2.8 coalesce without false": NULL,
    "function think_again · 5.15 shifted": (
        "the clock on the wall goes on while it is asked: nobody meets that very instant"
    ),
    "function word_to_forget · 8.33 coalesce without false": NULL,
    "function answer_not_right · 5.3 dropped": (
        "of a question that is not there nobody answers: the clause behind it gives the same"
    ),
    "function reckon_answers · 4.1 dropped": (
        "who could answer has a seat in the circle where the text lies: the function behind it asks "
        "for what that seat opens"
    ),
    "function reckon_turnings · 6.8 turned": (
        "where both come on one day, the second line says what the first would have said"
    ),
    "function may_link · 2.57 dropped": "who is nobody has no village, and nobody is of that one",
    "function settle_review · 6.3 dropped": (
        "who keeps no plan is refused with the same word, and nobody keeps the plan of a review that "
        "is not there"
    ),
    "function record_preparation · 6.21 dropped": (
        "nobody knows a review that is not there: the next clause refuses with the same word"
    ),
    "function tell_instead · 4.1 dropped": "nobody has no card, and without a card it is a letter like any other",
    "function waiting_families · 7.54 shifted": "with an agreement that begins at that instant the seat lives, and nobody waits",
    "function keeps_plan · 4.9 dropped": FROM_A_DANGER,
    "function confirm_work · 5.3 dropped": (
        "whoever is nobody stands on nobody: the function behind it says no"
    ),
    "function confirm_work · 5.7 dropped": (
        "nobody gave work that is not there: the function behind it says no"
    ),
    "function work_to_confirm · 6.33 dropped": "work never crosses villages: a trigger refuses it, and the rules behind ask",
    "function work_to_confirm · 9.17 dropped": ALONE,
    "function begin_sign_on · 4.1 dropped": "whoever is nobody does not work: the last clause says so",
    "function show_card · 5.9 dropped": (
        "of a card that is not there nobody is the person: nothing is told and nothing is changed either way"
    ),
    "function sign_on · 5.39 shifted": WHOLE_SECOND,
    "function keep_session · 6.30 coalesce without false": (
        "whether nobody works is answered no, never with nothing"
    ),
    "function greet_device · 6.10 dropped": (
        "a device that is known is not written twice: nothing is told then either"
    ),
    "function viewer · 13.15 shifted": WHOLE_SECOND,
    "function whoami · 7.1 dropped": SAME,
    "function whoami · 7.3 dropped": SAME,
    "function whoami · 7.15 dropped": SAME,
    "function whoami · 22.52 dropped": FROM_A_DANGER,
    "function named_by_kring · 4.1 dropped": "what is missing was signed by nobody: the next clause says so",
    "function named_by_kring · 4.3 dropped": SIGNED,
    "function named_by_kring · 8.13 shifted": WHOLE_SECOND,
    "function viewer · 6.1 dropped": NULL,
    "function viewer · 6.3 dropped": SIGNED,
    "function coming_in · 4.1 dropped": (
        "unknown goes the same way there as no: of nothing there is no number"
    ),
    "function ids_in · 2.2 coalesce without '[]'": "of nothing there are no elements either",
    "function answer_two · 4.1 dropped": (
        "nobody has no matters of theirs: the last arm of the same condition says so"
    ),
    "function answer_two · 4.3 dropped": (
        "through other eyes nothing is among one's matters: the last arm of the same condition says so"
    ),
    "function reckon_looks · 5.11 dropped": "a constraint demands a family for such a circle",
    "function somebody_can_second · 3.5 dropped": (
        "whoever works as a trust officer has such a job, and each of their jobs is in their own village"
    ),
    "function check_first · 3.3 dropped": "both triggers that call it ask the same in their WHEN",
    "function scope · 4.1 dropped": NULL,
    "function seen_as · 5.6 coalesce without '00000000-0000-0000-0000-000000000000'": (
        "what is not empty there is never nothing: the line before said so"
    ),
    "function reckon_missing · 5.29 shifted": MIDNIGHT,
    "function reckon_told_version · 4.1 dropped": TOLD_OF,
    "function reckon_told_version · 4.3 dropped": TOLD_OF,
    "policy only between some of wraparound_version, circle by a link, read · 1.136 dropped": TOLD_OF,
    "policy only between some of wraparound_approval, circle by a link, read · 1.136 dropped": TOLD_OF,
    "policy only between some of wraparound_remark, circle by a link, read · 1.136 dropped": TOLD_OF,
    "policy only between some of wraparound_sheet, circle, read · 1.125 dropped": TOLD_OF,
    "policy only between some of wraparound_sheet, circle, read · 1.126 turned": TOLD_OF,
    "policy only between some of wraparound_sheet, circle, read · 1.129 dropped": TOLD_OF,
    "policy only between some of wraparound_review, circle, read · 1.125 dropped": TOLD_OF,
    "function reckon_told_version · 4.15 dropped": TOLD_OF,
    "function who_knows · 6.5 dropped": (
        "a first look for speed: the function behind it asks the same again of their seat in that circle"
    ),
    "function reckon_asker · 4.5 dropped": "whoever is nobody knows nothing: the function behind it says so",
    "function may_move · 6.48 shifted": MIDNIGHT,
    "constraint trust_seat.trust_seat_ring_check · dropped": "the rule of the three rings refuses the same",
    "constraint trust_sealkeeper.trust_sealkeeper_place_check · dropped": "the rule of the two keepers refuses it",
    "policy two people, seen_as · 1.1 dropped": (
        "through other eyes nothing is among one's matters: trust.my_matters, by which it is read, says so"
    ),
    "policy kept by the trust officer, seen_as · 1.1 dropped": (
        "nobody watches through other eyes: trust.watches, by which it is read, says so"
    ),
    "function who_knows · 4.1 dropped": (
        "a first look for speed: the function behind it asks for their seat in that circle, and each "
        "is told once"
    ),
}


def reason(title: str) -> str:
    """Why nobody can notice this one; nothing when somebody should."""
    return next((why for start, why in ALIKE.items() if title.startswith(f"{start}:") or title == start), "")


def gone(titles: list[str]) -> list[str]:
    """Entries of which there is no such mutant any more."""
    return [
        start
        for start in ALIKE
        if not any(title.startswith(f"{start}:") or title == start for title in titles)
    ]
