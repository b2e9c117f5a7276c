"""The policies themselves: one text for all guarded tables, and one for each table that says who is who.

Every text is SQL over the columns of its table. `NOW` and `VIEWER` are reckoned once per statement.
"""

from dataclasses import dataclass, replace

NOW = "(SELECT trust.moment())"
VIEWER = "(SELECT trust.viewer())"
VILLAGE = "(SELECT trust.viewer_village())"
# As trust.works_in(village_id), but reckoned once per statement: a list writes thousands of rows in one.
WORKS_HERE = f"village_id = {VILLAGE} AND (SELECT trust.at_work())"
LIVE = f"since <= {NOW} AND {NOW} < until"

OPEN = f"ARRAY(SELECT circle_id FROM trust_access WHERE NOT danger AND {LIVE})"
# What is open now in any way; and what is open by a seat that sees what came before.
ANY_OPEN = f"ARRAY(SELECT circle_id FROM trust_access WHERE {LIVE})"
PLAINLY_OPEN = f"ARRAY(SELECT circle_id FROM trust_access WHERE NOT danger AND shows_from IS NULL AND {LIVE})"
IN_DANGER = f"ARRAY(SELECT circle_id FROM trust_access WHERE danger AND {LIVE})"
CUT = f"ARRAY(SELECT circle_id FROM trust_access WHERE NOT danger AND shows_from IS NOT NULL AND {LIVE})"
DENIED = f"ARRAY(SELECT subject_id FROM trust_denial WHERE {LIVE})"
DENIED_BY_COURT = f"ARRAY(SELECT subject_id FROM trust_denial WHERE ground = 'court order' AND {LIVE})"
DENIED_IN_DANGER = (
    f"ARRAY(SELECT subject_id FROM trust_denial WHERE ground NOT IN ('own choice', 'guardian') AND {LIVE})"
)


def not_denied(about: str, denied: str = DENIED) -> str:
    """The row is about nobody, or about somebody from whom the viewer is not excluded; `person_id` is never nobody."""
    return f"({'' if about == 'person_id' else f'{about} IS NULL OR '}{about} <> ALL({denied}))"


def known_or_in_danger(circle: str, about: str) -> str:
    """No exclusion denies it; or danger opens the circle, and none denies it that danger does not pass (K8)."""
    return f"({not_denied(about)} OR ({circle} = ANY({IN_DANGER}) AND {about} <> ALL({DENIED_IN_DANGER})))"


def denied_unless_author(denied: str) -> str:
    """An exclusion hides a row from its target, not from its author; a court order from the author too."""
    return (
        f"{not_denied('about_id', DENIED_BY_COURT)} AND "
        f"(about_id IS NULL OR author_id = {VIEWER} OR about_id <> ALL({denied}))"
    )


def guarded(table: str) -> str:
    """Who may know a guarded row: a seat says so and no exclusion denies it; or danger opens it.

    The plain case comes first (a seat with history, nobody left out): the database reckons each list only when
    it is asked for, so the lists of the rarer cases cost nothing where they do not matter.
    """
    shows_from = (
        f"(SELECT a.shows_from FROM trust_access a WHERE a.circle_id = {table}.circle_id AND NOT a.danger "
        f"AND a.shows_from IS NOT NULL AND a.since <= {NOW} AND {NOW} < a.until LIMIT 1)"
    )
    by_seat = (
        f"circle_id = ANY({OPEN}) AND {denied_unless_author(DENIED)} "
        f"AND (circle_id <> ALL({CUT}) OR at >= {shows_from})"
    )
    by_danger = f"circle_id = ANY({IN_DANGER}) AND {denied_unless_author(DENIED_IN_DANGER)}"
    plainly = f"circle_id = ANY({PLAINLY_OPEN}) AND {not_denied('about_id')}"
    return f"circle_id = ANY({ANY_OPEN}) AND (({plainly}) OR ({by_seat}) OR ({by_danger}))"


def written(table: str) -> str:
    """Who may write a guarded row: as for knowing it, by a seat; danger never writes."""
    return f"circle_id = ANY({OPEN}) AND {denied_unless_author(DENIED)}"


def by_link(column: str) -> str:
    """Who came by a link knows the one object it opens, if the person may know it."""
    return f"({column} = (SELECT trust.scope()) AND trust.link_knows(circle_id, about_id, author_id, at))"


SEEN_AS = "(SELECT trust.seen_as()) IS NULL"


@dataclass(frozen=True)
class Policy:
    """What the run-time role may do with the rows of one table; an empty text means: nothing."""

    read: str = ""
    insert: str = ""
    update: str = ""
    check: str = ""
    delete: str = ""
    seen_as: str = ""
    back: str = ""  # what else is read: words of one's own


# Reckoned once per statement by the gatekeeper: a name stands in almost every line of a page.
KNOWN_FAMILIES = "(SELECT trust.known_families())"
COMPANIONS = "(SELECT trust.companions())"
COLLEAGUES = "(SELECT trust.colleagues())"
COORDINATED = (
    f"ARRAY(SELECT s.circle_id FROM trust_seat s WHERE s.person_id = {VIEWER} AND s.role = 'coordinator' "
    f"AND s.since <= {NOW} AND {NOW} < coalesce(s.until, 'infinity'))"
)
VILLAGE_ORGANISATIONS = f"ARRAY(SELECT id FROM trust_organisation WHERE village_id = {VILLAGE})"
ADMINISTERS = "trust.at_work('administrator')"
KEEPS_WORDS = f"(village_id = {VILLAGE} AND ({ADMINISTERS} OR trust.at_work('network')))"
# Whose agreement lives and who works where decides which seats live (K2): not for just any colleague to write.
OF_THIS_VILLAGE = f"organisation_id = ANY({VILLAGE_ORGANISATIONS})"
KEEPS_PARTNERS = f"(SELECT trust.at_work('network') OR {ADMINISTERS})"
KEEPS_LISTS = f"village_id = {VILLAGE} AND {KEEPS_PARTNERS}"
OWN_ROWS = f"owner_id = {VIEWER} AND circle_id = ANY({OPEN})"
AT_THE_DESK = f"village_id = {VILLAGE} AND (SELECT trust.at_work('contact point'))"
# Said by oneself, or by who decides in the circle or opens it at this moment.
SAYS_HOW = f"circle_id = ANY({OPEN}) AND {not_denied('person_id')} AND (person_id = {VIEWER} OR trust.may_seat(circle_id))"
ANY_CIRCLE = f"(circle_id = ANY({ANY_OPEN}))"
ONES_OWN = f"person_id = {VIEWER}"
# An account is found by whose it is and by what Kring looks for, since who comes in is nobody yet.
FOUND = (
    f"{ONES_OWN} OR person_id = (SELECT trust.coming_in()) "
    "OR id = (SELECT trust.sought('account'))::uuid OR lower(email) = (SELECT trust.sought('address')) "
    "OR person_id = ANY((SELECT trust.sought('persons'))::uuid[])"
)
WITH_ITS_ACCOUNT = "EXISTS (SELECT 1 FROM trust_account a WHERE a.id = user_id)"
ITS_OWN_ADDRESS = "EXISTS (SELECT 1 FROM trust_account a WHERE a.id = user_id AND lower(a.email) = lower(account_emailaddress.email))"


def kept_by(who: str, *, read: str) -> Policy:
    """Read by some; written, changed and deleted by these alone."""
    return Policy(read=read, insert=who, update=who, delete=who)


# A face and a name stay where two share a seat, also for somebody who is left out: an exclusion is silent, and a
# face that goes would tell.
POLICIES: dict[str, Policy] = {
    "open": Policy(read="true", update="trust.works_in(id) AND trust.at_work('administrator')"),
    "open, read only": Policy(read="true"),
    # Lists, maps and holidays of the whole village, and whose turn it is at the desk: not for just any colleague to write.
    "lists of the village": kept_by(KEEPS_LISTS, read=KEEPS_LISTS),
    "lists of the village, read by all": kept_by(KEEPS_LISTS, read="true"),
    "turns at the desk": kept_by(AT_THE_DESK, read=f"village_id = {VILLAGE}"),
    "village, shown to all by its administrator": Policy(
        read="true", insert="trust.works_in(village_id) AND trust.at_work('administrator')"
    ),
    "administrator's record": Policy(
        read=f"village_id = {VILLAGE} AND trust.at_work('administrator')",
        insert=f"by_id = {VIEWER} AND trust.works_in(village_id) AND trust.at_work('administrator')",
        seen_as=SEEN_AS,
    ),
    "partner": Policy(read="true", insert=KEEPS_LISTS, update=KEEPS_LISTS),
    "agreement": Policy(
        read=OF_THIS_VILLAGE,
        insert=f"{OF_THIS_VILLAGE} AND {KEEPS_PARTNERS}",
        update=f"{OF_THIS_VILLAGE} AND {KEEPS_PARTNERS}",
    ),
    # Nobody gives themselves work; its last day is said by who may say it, and `check_job_change` says how far.
    "work": Policy(
        read=OF_THIS_VILLAGE,
        insert=f"{OF_THIS_VILLAGE} AND {ADMINISTERS} AND person_id <> {VIEWER}",
        update=f"{OF_THIS_VILLAGE} AND ({ADMINISTERS} OR trust.may_say_leaving(id, person_id))",
    ),
    "person": Policy(
        read=(
            f"id = {VIEWER} OR id = (SELECT trust.link_viewer()) "
            f"OR id = ANY({COMPANIONS}::uuid[]) OR trust.colleague(id) "
            f"OR (met_by_id = {VIEWER} AND trust.just_met(id))"
        ),
        insert=f"met_by_id = {VIEWER} AND village_id = {VILLAGE}",
        update=f"id = {VIEWER}",  # a name is one's own; danger, above all, only reads
    ),
    "sign-in": Policy(
        read=FOUND,
        insert="trust.may_get_account(person_id, email)",
        update="person_id = (SELECT trust.signs_in())",
    ),
    # A letter with a new way in goes to the address of the account, and to none that somebody added.
    "address of an account": Policy(read=WITH_ITS_ACCOUNT, insert=ITS_OWN_ADDRESS),
    "second factor": Policy(
        read=WITH_ITS_ACCOUNT,
        insert="trust.may_add_factor(user_id, type)",
        update="user_id = (SELECT trust.own_account())",
        delete=f"user_id = (SELECT trust.own_account()) AND {VIEWER} IS NOT NULL",
    ),
    "family": Policy(
        read=f"id = ANY({KNOWN_FAMILIES}::uuid[]) OR (opened_by_id = {VIEWER} AND trust.circleless(id))",
        insert=f"opened_by_id = {VIEWER} AND village_id = {VILLAGE} AND trust.at_work('contact point')",
        update="trust.sits_in_family(id)",
    ),
    "withdrawal": Policy(read=f"family_id = ANY({KNOWN_FAMILIES}::uuid[])"),
    "leaving": Policy(
        read=f"person_id = {VIEWER} OR said_by_id = {VIEWER} OR trust.may_say_leaving(job_id, person_id)",
        insert=f"said_by_id = {VIEWER} AND trust.may_say_leaving(job_id, person_id)",
        update=f"person_id = {VIEWER} OR said_by_id = {VIEWER} OR trust.may_say_leaving(job_id, person_id)",
        seen_as=SEEN_AS,
    ),
    "family member": Policy(
        read=f"family_id = ANY({KNOWN_FAMILIES}::uuid[]) OR trust.circleless(family_id)",
        insert="trust.circleless(family_id)",
    ),
    "birth": Policy(
        read=f"person_id = {VIEWER} OR ({ANY_CIRCLE} AND {known_or_in_danger('circle_id', 'person_id')})",
        insert="trust.may_say_born(person_id, circle_id)",
    ),
    "birth before": Policy(read=f"{ANY_CIRCLE} AND {not_denied('person_id')}", seen_as=SEEN_AS),
    "circle itself": Policy(
        read=f"id = ANY({ANY_OPEN}) AND {known_or_in_danger('id', 'subject_id')}",
        insert=f"opened_by_id = {VIEWER} AND trust.may_open(kind, village_id, family_id)",
        update=f"trust.sits_in(id) AND {not_denied('subject_id')}",
    ),
    "simple circle": Policy(
        read=ANY_CIRCLE,
        insert=f"circle_id = ANY({OPEN})",
        update=f"circle_id = ANY({OPEN})",
        seen_as=f"{SEEN_AS} OR trust.other_knows(circle_id, NULL, NULL, {NOW})",
    ),
    "seat": Policy(
        read=f"person_id = {VIEWER} OR {ANY_CIRCLE}",
        insert=f"decided_by_id = {VIEWER} AND trust.may_give_seat(circle_id)",
        update=f"person_id = {VIEWER} OR trust.may_seat(circle_id)",
        seen_as=f"{SEEN_AS} OR trust.other_knows(circle_id, NULL, NULL, {NOW})",
    ),
    "exclusion": Policy(
        read=f"subject_id = {VIEWER} OR decided_by_id = {VIEWER} OR circle_id = ANY({OPEN})",
        insert=f"decided_by_id = {VIEWER} AND trust.may_exclude(subject_id, ground, person_id, organisation_id, sector)",
        update=f"ground IN ('own choice', 'guardian') AND (subject_id = {VIEWER} OR decided_by_id = {VIEWER})",
        seen_as=SEEN_AS,
    ),
    # Opened, ended and given by the gatekeeper's functions only: what stands in the way must not answer.
    "danger": Policy(read="trust.may_read_danger(id)", seen_as=SEEN_AS),
    "right in danger": Policy(read=WORKS_HERE, seen_as=SEEN_AS),
    "postponement": Policy(
        read="trust.may_watch_danger(danger_id)",
        insert=f"by_id = {VIEWER} AND trust.may_postpone_danger(danger_id, until)",
        seen_as=SEEN_AS,
    ),
    "review of danger": Policy(
        read="trust.may_read_danger(danger_id)",
        insert=f"by_id = {VIEWER} AND trust.may_review_danger(danger_id)",
        seen_as=SEEN_AS,
    ),
    "two people": Policy(read="id = ANY((SELECT trust.my_matters())::uuid[])", seen_as=SEEN_AS),
    "journal": Policy(
        read=(
            f"circle_id = ANY({OPEN}) AND {not_denied('about_id')} "
            "AND (rule <> 'danger' OR trust.told_of_reading(person_id, circle_id, at))"
        ),
        insert=f"person_id = coalesce({VIEWER}, (SELECT trust.link_viewer()))",
        seen_as=SEEN_AS,
    ),
    "own rows": replace(kept_by(OWN_ROWS, read=OWN_ROWS), seen_as=SEEN_AS),
    "card of a colleague": Policy(
        read=f"person_id = ANY({COLLEAGUES}::uuid[])",
        insert=f"person_id = {VIEWER} AND person_id = ANY({COLLEAGUES}::uuid[])",
        update=f"person_id = {VIEWER} AND person_id = ANY({COLLEAGUES}::uuid[])",
        seen_as=SEEN_AS,
    ),
    "contact card": Policy(
        read=f"{ANY_CIRCLE} AND {known_or_in_danger('circle_id', 'person_id')}",
        insert=SAYS_HOW,
        update=SAYS_HOW,
        seen_as=f"{SEEN_AS} OR trust.other_knows(circle_id, person_id, NULL, {NOW})",
    ),
    "calls of a coordinator": Policy(
        read=f"circle_id = ANY({COORDINATED}) AND circle_id = ANY({OPEN}) AND {not_denied('person_id')}",
        update=f"circle_id = ANY({COORDINATED}) AND circle_id = ANY({OPEN}) AND {not_denied('person_id')}",
        seen_as=SEEN_AS,
    ),
    "own rows, reckoned": Policy(read=f"viewer_id = {VIEWER}"),
    "one's own": replace(kept_by(ONES_OWN, read=ONES_OWN), seen_as=SEEN_AS),
    # Written by functions only: whoever comes in is nobody yet.
    "own sessions": Policy(read=ONES_OWN, delete=ONES_OWN, seen_as=SEEN_AS),
    "own way in": Policy(read=ONES_OWN, seen_as=SEEN_AS),
    "one's own, asked by the clock": Policy(read=ONES_OWN, seen_as=SEEN_AS),
    "kept by the trust officer": Policy(
        read=f"village_id = {VILLAGE} AND (SELECT trust.watches())",
        insert=f"village_id = {VILLAGE} AND chosen_by_id = {VIEWER} AND (SELECT trust.watches())",
        update=f"village_id = {VILLAGE} AND (SELECT trust.watches())",
        seen_as=SEEN_AS,
    ),
    # Read by everybody, written by who keeps the words of this village.
    "words of the village": Policy(read="true", insert=KEEPS_WORDS, update=KEEPS_WORDS),
    "versions of the village": Policy(read="true", insert=f"{KEEPS_WORDS} AND written_by_id = {VIEWER}"),
    "gatekeeper only": Policy(),
}


def circle_policy(table: str, link_column: str | None) -> Policy:
    """The one policy of all guarded tables."""
    read, update = guarded(table), written(table)
    # Of the author nobody is hidden but by a court.
    insert = f"author_id = {VIEWER} AND circle_id = ANY({OPEN}) AND {not_denied('about_id', DENIED_BY_COURT)}"
    if link_column:
        read = f"{read} OR {by_link(link_column)}"
        insert = f"({insert}) OR (author_id = (SELECT trust.link_viewer()) AND {by_link(link_column)})"
    return Policy(
        read=read,
        insert=insert,
        update=update,
        delete=update,
        seen_as=f"{SEEN_AS} OR trust.other_knows(circle_id, about_id, author_id, at)",
    )


def of_author_alone(policy: Policy) -> Policy:
    """The same, read by nobody but who wrote it."""
    return replace(policy, read=f"author_id = {VIEWER} AND ({policy.read})")
