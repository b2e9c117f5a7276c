-- Meetings: whom a row is about, and the names of who took part.

-- First names of who took part in a meeting, also of those who have left since: as far as the asker may know that
-- they were asked, or what they said.
CREATE OR REPLACE FUNCTION trust.names_at_meeting(meeting uuid) RETURNS TABLE (person_id uuid, given_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT p.id, p.given_name::text FROM (
    SELECT r.person_id, r.circle_id, r.about_id, r.author_id, r.at FROM wraparound_roundword r WHERE r.meeting_id = meeting
    UNION ALL
    SELECT a.person_id, a.circle_id, a.about_id, a.author_id, a.at FROM wraparound_participant a
    WHERE a.meeting_id = meeting) said
  JOIN trust_person p ON p.id = said.person_id
  WHERE trust.knows(trust.viewer(), said.circle_id, said.about_id, said.author_id, said.at, trust.moment())
    AND (trust.seen_as() IS NULL OR trust.other_knows(said.circle_id, said.about_id, said.author_id, said.at))
$$;

-- All an interpreter sees, who came by the link to their own line: day, place, what people want to talk about, and who
-- speaks which language by first name. Never more than who asked them may know themselves, and until a day after the
-- meeting.
CREATE OR REPLACE FUNCTION trust.interpreted_meeting() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('circle', m.circle_id, 'about', m.about_id, 'name', i.name, 'begins_at', m.begins_at,
    'place', m.place, 'language', i.language, 'spoken', m.language, 'is_off', m.cancelled_at IS NOT NULL,
    'points', CASE WHEN m.cancelled_at IS NULL THEN (
      SELECT coalesce(jsonb_agg(jsonb_build_object('words', p.words, 'language', p.language)
        ORDER BY p.position, p.at, p.id), '[]')
      FROM wraparound_agendapoint p WHERE p.meeting_id = m.id
        AND trust.knows(i.author_id, p.circle_id, p.about_id, p.author_id, p.at, trust.moment())) ELSE '[]' END,
    'people', CASE WHEN m.cancelled_at IS NULL THEN (
      SELECT coalesce(jsonb_agg(jsonb_build_object('name', split_part(coalesce(n.given_name, a.name), ' ', 1),
        'speaks', i.speakers ? a.person_id::text) ORDER BY coalesce(n.given_name, a.name), a.id), '[]')
      FROM wraparound_participant a LEFT JOIN trust_person n ON n.id = a.person_id
      WHERE a.meeting_id = m.id AND a.answer <> 'not'
        AND trust.knows(i.author_id, a.circle_id, a.about_id, a.author_id, a.at, trust.moment())) ELSE '[]' END)
  FROM wraparound_interpreter i JOIN wraparound_meeting m ON m.id = i.meeting_id
  WHERE i.id = trust.scope() AND i.person_id = trust.link_viewer() AND i.withdrawn_at IS NULL
    AND trust.moment() < m.begins_at + interval '24 hours'
    AND trust.knows(i.author_id, m.circle_id, m.about_id, m.author_id, m.at, trust.moment())
$$;

DO $$
BEGIN
  IF to_regclass('wraparound_interpreter') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS meeting_check ON wraparound_interpreter;
  CREATE TRIGGER meeting_check BEFORE INSERT OR UPDATE ON wraparound_interpreter
    FOR EACH ROW EXECUTE FUNCTION trust.check_in_meeting();
END $$;

-- Whether a letter about a meeting may still go, and what its calendar needs: the person is asked, may know the meeting
-- now, and the letter is still true. Only the worker that sends letters asks.
CREATE OR REPLACE FUNCTION trust.meeting_letter(meeting uuid, who uuid, as_kind text)
RETURNS TABLE (given_name text, begins_at timestamptz, moves integer, is_off boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT n.given_name::text, m.begins_at, m.moves::integer, m.cancelled_at IS NOT NULL
  FROM wraparound_meeting m JOIN wraparound_participant a ON a.meeting_id = m.id AND a.person_id = who
  JOIN trust_person n ON n.id = who
  WHERE m.id = meeting AND trust.identity() IS NULL AND trust.moment() < m.begins_at
    AND (m.cancelled_at IS NOT NULL) = (as_kind = 'meeting called off') AND (as_kind = 'meeting called off' OR (as_kind = 'meeting called') = (m.moves = 0))
    AND trust.knows(who, m.circle_id, m.about_id, m.author_id, m.at, trust.moment())
    AND trust.knows(who, a.circle_id, a.about_id, a.author_id, a.at, trust.moment())
$$;

-- Whether this is a meeting of which whoever coordinates here may not know.
CREATE OR REPLACE FUNCTION trust.reckon_meeting_hidden(which uuid, here uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM wraparound_meeting m JOIN trust_seat s ON s.circle_id = here AND s.role = 'coordinator'
      AND trust.runs(s.since, s.until)
    WHERE m.id = which AND NOT trust.knows(s.person_id, m.circle_id, m.about_id, m.author_id, m.at, trust.moment()))
$$;

-- About which child a meeting is, for the one who carries the letters.
CREATE OR REPLACE FUNCTION trust.child_of_meeting(meeting uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.about_id FROM wraparound_meeting m WHERE m.id = meeting AND trust.identity() IS NULL
$$;
