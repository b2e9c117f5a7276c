"""The items of a world of the oracle, laid as the rows that leave by other ways than a page: steps, help, talks, tellings."""

from uuid import UUID, uuid4

from kring.commands.harness_world import World
from kring.confidences.models import Telling

#: What these rows hang on; emptied in this order.
TABLES = (
    "confidences_telling", "wraparound_participant", "wraparound_meeting", "wraparound_earlierhelp",
    "wraparound_action", "wraparound_goal", "wraparound_paper", "wraparound_plan", "wraparound_story",
)  # fmt: skip
ITEM = "n.circle_id, n.subject_id, n.author_id, n.at"
FROM = "FROM wraparound_note n JOIN trust_circle c ON c.id = n.circle_id"
#: One open plan for each family, in its own circle, never cut off from a seat that sees only what came after.
PLANS = """INSERT INTO wraparound_plan (id, circle_id, at, family_id, stage)
SELECT gen_random_uuid(), min(c.id::text)::uuid, '2090-01-01', c.family_id, 'written'
FROM trust_circle c WHERE c.kind = 'family' GROUP BY c.family_id"""
GOALS = f"""INSERT INTO wraparound_goal (id, circle_id, subject_id, author_id, at, plan_id, domain, need, aim, language, position, state,
  taken_in_by_id, taken_in_at)
SELECT n.id, {ITEM}, p.id, 'school', '', '«' || n.text || '»', 'en', 1, 'in the plan', m.person_id, n.at
{FROM} JOIN wraparound_plan p ON p.family_id = c.family_id
JOIN LATERAL (SELECT person_id FROM trust_familymember WHERE family_id = p.family_id LIMIT 1) m ON true"""
STEPS = """INSERT INTO wraparound_action (id, circle_id, subject_id, author_id, at, goal_id, what, language, doer_words, for_whom,
  every_week, needs_authority, state, times_done, how_it_went)
SELECT gen_random_uuid(), g.circle_id, g.subject_id, g.author_id, g.at, g.id, g.aim, 'en', 'somebody', '', false, false, 'open', 0, ''
FROM wraparound_goal g"""
HELP = f"""INSERT INTO wraparound_earlierhelp (id, circle_id, subject_id, author_id, at, what, who, since_year, since_season,
  until_season, goes_on, helped, did_not, language)
SELECT n.id, {ITEM}, '«' || n.text || '»', '', 2019, '', '', true, '', '', 'en' {FROM} WHERE c.kind IN ('family', 'part')"""
#: A talk lies in the circle of a family or in a part of it, and is still to come.
TALKS = f"""INSERT INTO wraparound_meeting (id, circle_id, subject_id, author_id, at, family_id, begins_at, place, purpose, language,
  interpreter, moved_because, moves, cancelled_because, minutes, minutes_language)
SELECT n.id, {ITEM}, c.family_id, '2099-01-01', '«' || n.text || '»', '«' || n.text || '»', 'en', '', '', 0, '', '', ''
{FROM} WHERE c.kind IN ('family', 'part')"""
ASKED = """INSERT INTO wraparound_participant (id, circle_id, subject_id, author_id, at, meeting_id, person_id, name, answer, was_there)
SELECT gen_random_uuid(), m.circle_id, m.subject_id, m.author_id, m.at, m.id, %s, '', '', false FROM wraparound_meeting m
WHERE NOT EXISTS (SELECT 1 FROM wraparound_participant p WHERE p.meeting_id = m.id AND p.person_id = %s)"""
#: What is told alone is about the one who confides, and nobody else.
CONFIDED = f"""SELECT n.text, n.circle_id, c.subject_id, n.author_id, n.at {FROM}
WHERE c.kind = 'confidence' AND n.about_id IS NOT DISTINCT FROM c.subject_id"""
TOLD = """INSERT INTO confidences_telling (id, circle_id, subject_id, author_id, at, words_locked, how, heard_at)
VALUES (%s, %s, %s, %s, %s, %s, 'typed', %s)"""


def empty(world: World) -> None:
    """Nothing of what was laid is there any more."""
    for table in TABLES:
        world.owner.execute(f"DELETE FROM {table}")


def lay(world: World) -> None:
    """Every item as each kind of row, where it lies now."""
    empty(world)
    for statement in (PLANS, GOALS, STEPS, HELP, TALKS):
        world.owner.execute(statement)
    for text, circle, subject, author, at in world.owner.execute(CONFIDED).fetchall():
        told = Telling(pk=uuid4(), circle_id=circle, subject_id=subject, author_id=author, at=at)
        told.words = f"«{text}»"
        world.owner.execute(TOLD, [told.pk, circle, subject, author, at, told.words_locked, at])


def ask_to_every_talk(world: World, person: UUID) -> None:
    """This person is asked to each of them."""
    world.owner.execute(ASKED, [person, person])
