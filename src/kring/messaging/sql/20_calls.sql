-- A letter for somebody who wishes to be told in another way becomes a call for the coordinator. Asked by the one
-- who carries the letters, in nobody's name. What is still to be told to somebody is one call, however many letters. A
-- coordinator who may not know what it is about is not asked to call, and no letter goes: a call would tell (K4, K11).
-- Answers how it went with the letter; '' where it is a letter.
DROP FUNCTION IF EXISTS trust.tell_instead(uuid, timestamptz);
CREATE OR REPLACE FUNCTION trust.tell_instead(whom uuid, which uuid, at timestamptz) RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now timestamptz := trust.moment(); here uuid;
BEGIN
  IF whom IS NULL OR trust.identity() IS NOT NULL OR trust.works(whom) THEN RETURN ''; END IF;
  SELECT k.circle_id INTO here FROM trust_contactcard k
    JOIN trust_circle c ON c.id = k.circle_id AND c.kind = 'family'
    JOIN trust_seat s ON s.circle_id = k.circle_id AND s.person_id = k.person_id
      AND trust.runs(s.since, s.until, now)
    WHERE k.person_id = whom AND (k.channel <> 'e-mail' OR k.listens)
    ORDER BY EXISTS (SELECT 1 FROM trust_seat o WHERE o.circle_id = k.circle_id AND o.role = 'coordinator'
      AND trust.runs(o.since, o.until, now)) DESC, trust.reckon_meeting_hidden(which, k.circle_id), k.circle_id LIMIT 1;
  IF here IS NULL THEN RETURN ''; END IF;
  IF trust.reckon_meeting_hidden(which, here) THEN RETURN 'not wanted'; END IF;
  INSERT INTO messaging_call (id, circle_id, person_id, asked_at, words)
    VALUES (gen_random_uuid(), here, whom, at, '') ON CONFLICT DO NOTHING;
  RETURN 'to tell';
END $$;

-- Whether a letter greets whom it goes to by name: a child never, since no child's name stands in a letter (K11).
CREATE OR REPLACE FUNCTION trust.is_greeted(whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL
    AND NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = whom AND m.kind = 'child')
$$;
