"""Mutants nobody can notice, each with the reason why it answers like the whole. An entry that is caught, or gone, fails."""

BEFORE = "a first look for speed: each of the three arms behind it asks the same again"
FASTER = "the plain arm only saves time: what it gives, the arm by a seat gives too"
IN_DANGER_TOO = "danger opens the same circle in the arm by danger, and hides less there"
HELD_BEFORE = (
    "the first look asks whether the circle is open now, in any way; and one person has one seat in it"
)
ONE_SEAT = "access by danger never hides what came before, and one person has one live seat in a circle"

MORE = "reckons more seats than it must; what is reckoned anew comes out the same"
LOCKS = "only two who write at once could tell; `make revocation` ends an agreement while a seat is written"
SAME = "a first look for speed: the function behind it asks the same again"
NOBODY = "nothing is ever laid down for nobody"
NULL = "unknown goes the same way there as no"
ALONE = "work that is confirmed, or not given here, makes its holder stand alone: the next clause says so"
GONE = "whoever sits there in another way was told already that it is gone"
PAST = "a seat of the past ends before the one that begins, and is never the later of the two"
NO_OLD = "of a row that is new nothing stood before: the comparison behind it says the same"
REFUSED = "what comes behind it refuses with the same word"
EMPTY = "nobody without a birth date gets that far: there is no row in trust_birth then"

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
    "function agreements_changed · 5.3 dropped": MORE,
    "function agreements_changed · 8.5 dropped": MORE,
    "function agreements_changed · 8.7 dropped": MORE,
    "function agreements_changed · 10.9 dropped": MORE,
    "function agreements_changed · 10.11 dropped": MORE,
    "function agreements_changed · 6.13 not done": LOCKS,
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
    "function organisations_changed · 3.1 dropped": MORE,
    "function organisations_changed · 3.3 dropped": MORE,
    "function organisations_changed · 4.7 dropped": MORE,
    "function identity · 6.1 dropped": NULL,
    "function identity · 6.3 dropped": "the signature of an empty text is never empty: the next clause refuses it",
    "function identity · 12.13 shifted": "only a clock that stands on a whole second could tell, and nobody sets that one",
    "function link_viewer · 4.1 dropped": NULL,
    "function link_knows · 4.1 dropped": SAME,
    "function check_invitation · 4.9 dropped": REFUSED,
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
