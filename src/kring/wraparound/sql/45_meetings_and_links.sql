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
