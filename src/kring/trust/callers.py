"""Who may ask the database's functions what: each name stands in one list, kept by `enforcement` and a house test.

A function that asks who is here (`trust.viewer()` and its like) answers by that and stands in no list. One that never
asks answers everybody alike, and everybody is also whoever got hold of the connection of the pages: so it is for the
clock, for other functions, or stands among those that people need before anybody knows them, with the reason.
"""

#: Only whoever logs in as `kring_clock`: the worker, and what an administrator types.
BY_THE_CLOCK = (
    # forgetting, keeping, ending
    "begin_to_forget", "end_packages", "forget", "forget_at_last", "forget_concerns", "forget_letters",
    "forget_sessions", "forgettings_due", "line_of_one_due", "talks_that_are_over", "village_that_forgets",
    "what_must_be_kept",
    # reminding and telling: whom, of what
    "agreements_ending", "agreements_turned", "answers_due", "ask_whether_offers_are_right", "ask_whether_true",
    "concerns_ending", "keepers_to_tell", "not_right_to_tell", "note_unusual_looks", "remind_of_forgetting",
    "remind_of_promises", "remind_of_reviews", "seal_question", "stopped_to_tell", "tell_of_dangers", "turnings_to_tell",
    "waits_for_two",
    # letters: whether each may still go, and what it says
    "agreement_still", "child_of_meeting", "device_still_new", "for_a_danger_letter", "for_a_letter", "for_a_seal_letter",
    "for_an_answer_letter", "lost_factor_still", "forgetting_still_comes", "is_greeted", "is_kept_from", "look_still_asked",
    "meeting_letter", "not_right_still_told", "question_still_waits", "review_still_comes", "seal_for_keeper", "settle_letter",
    "still_waits", "stopped_still_told", "take_letter", "tell_instead", "turning_still_comes",
    # the keys of a desk turn
    "every_desk", "turn_told", "waits_at_desks",
    # counting and sealing
    "count_weeks", "seal_journal", "seals_after", "seals_to_tell_of",
)  # fmt: skip

#: Only other functions of the gatekeeper; besides those whose names begin with reckon_ or lock_.
BY_FUNCTIONS_ALONE = (
    "agreed_by_two", "asked_by_letter", "check_subject", "coordinator_comes", "coordinator_goes", "desk_workers",
    "empty_entries", "forgetting_reach", "guardian_reads_until", "is_child_of", "keeper_of", "keeps_a_silence", "near", "on_duty",
    "own_voice_from", "promise_to_judge", "shared_lives", "stands_to_answer", "still_to_answer", "still_waits_for_two",
    "undo_arranged",
)  # fmt: skip

#: What policies ask about somebody else by name (`who`); every other such question is for the gatekeeper or the clock:
#: whoever could ask whether another is left out, or was told of a danger, would know it.
ASKED_OF_OTHERS = ("colleague",)

#: What answers although nobody is known yet, each with the reason.
BEFORE_ANYBODY = {
    # somebody without account at the front door
    "front_door": "says who reads what is told here, before anything is told",
    "desk_of": "the number of the circle into which a concern is handed in",
    "receipt": "opened by the secret address of a receipt: a word, a name, a day",
    "answer_receipt": "the same secret",
    "asks_reach": "the same secret; the words lie locked",
    "add_reach": "the same secret",
    "question_opens": "opened by the secret address in a letter about offers",
    "offer_is_right": "the same secret",
    "offer_differs": "the same secret",
    "partners_of": "the paper that tells families who is responsible; shown to everybody",
    # somebody who comes in
    "link_opens": "opened by the secret of a link: what it is for",
    "look_at_link": "the same secret",
    "exchange_link": "the same secret and its code, on one device",
    "show_card": "the same secret and its code, on a device that is shared",
    "sign_on": "believed only with the signature of Kring under who came in over there",
    "count_against": "counts tries under a fingerprint",
    "forget_count": "forgets them",
    "sought": "believed only with the signature of Kring under what is looked for",
    "named_by_kring": "the same",
    # the session of a browser, found by the fingerprint of its key
    "live_session": "the key is the secret; with it comes the account that is in",
    "keep_session": "the key is the secret, and whose it is bears the signature of Kring",
    "session_stands": "the key is the secret",
    "session_seen": "the key is the secret",
    "end_session": "the key is the secret",
    "try_pin": "the key is the secret; five tries",
    "pin_was_right": "the key is the secret",
    # a house without a village, and a server that starts
    "house_is_empty": "whether the first page is that of setting up",
    "living_set_up_code": "opened by the code from the server's own screen",
    "found_village": "the same code, once",
    "words_are_locked": "a server does not start where words are locked and no key is: yes or no, of all tables at once",
    # what a page or a policy asks for somebody, and which tells nobody anything new
    "danger_told_at": "a moment, for whoever has the random number of a danger already",
    "queue_letter": "a page puts letters in the outbox and reads none; before each leaves, the kind of letter asks whether it "
    "still goes to this person; of those that go once it takes only what pages send, and from nobody who is not known: another one "
    "would silence the real one, or tell that it is there",
}

#: The tasks that pages put in the queue, by name; every other job is put in by the worker. They know ids only, and whoever
#: got hold of the connection of the pages can put them in too: each asks anew what its ids may.
PUT_IN_BY_PAGES = (
    "messaging.send_letter", "network.read_list", "network.write_list", "web.make_paper", "web.pack_everything",
)  # fmt: skip
