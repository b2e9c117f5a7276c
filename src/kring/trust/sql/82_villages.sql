-- The one circle of the village's contact point.
CREATE OR REPLACE FUNCTION trust.desk_of(village uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id FROM trust_circle c WHERE c.village_id = village AND c.kind = 'desk' ORDER BY c.opened_at, c.id LIMIT 1
$$;

-- Seats that come with a job: the village's circle for everyone, the desk for who answers concerns, as long as nobody sits
-- there; after the first one ever, from now on only. Where somebody sits, they let the colleague in (`let_in_at_desk`).
-- Given by an administrator, never to oneself.
CREATE OR REPLACE FUNCTION trust.seat_by_job(a_job uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE j trust_job; home uuid;
BEGIN
  SELECT * INTO j FROM trust_job WHERE id = a_job;
  SELECT village_id INTO home FROM trust_person WHERE id = j.person_id;
  IF j.id IS NULL OR j.person_id = trust.viewer() OR home IS DISTINCT FROM trust.viewer_village()
     OR NOT trust.works(trust.viewer(), 'administrator') THEN
    PERFORM trust.refuse('no_seat_by_this_job');
  END IF;
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  SELECT gen_random_uuid(), c.id, j.person_id, j.id, 'professional', '', 3, 'job',
    c.kind = 'village' OR NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = c.id), greatest(at, j.since), trust.viewer()
  FROM trust_circle c
  WHERE c.village_id = home AND (c.kind = 'village' OR (c.kind = 'desk' AND j.role = 'contact point'
    AND NOT EXISTS (SELECT 1 FROM trust_access a WHERE a.circle_id = c.id AND NOT a.danger AND trust.runs(a.since, a.until))));
END $$;
