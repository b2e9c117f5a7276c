-- A first talk goes to a colleague of the contact point: the colleague sits in it, and the one who gave it does not.
CREATE OR REPLACE FUNCTION trust.pass_on_talk(concern uuid, whom uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c intake_concern; through uuid;
BEGIN
  PERFORM trust.check_clock(at);
  SELECT * INTO c FROM intake_concern WHERE id = concern FOR UPDATE;
  IF c.id IS NULL OR c.taken_by_id IS DISTINCT FROM trust.viewer() OR c.closed_at IS NOT NULL
     OR NOT trust.works(trust.viewer(), 'contact point') OR NOT EXISTS (
       SELECT 1 FROM trust_access a JOIN trust_circle k ON k.id = a.circle_id AND k.kind = 'first talk'
       WHERE a.viewer_id = trust.viewer() AND a.circle_id = c.circle_id AND NOT a.danger
         AND trust.runs(a.since, a.until)) THEN
    RETURN false;
  END IF;
  SELECT j.id INTO through FROM trust_job j JOIN trust_person p ON p.id = j.person_id AND p.village_id = trust.viewer_village()
  WHERE j.person_id = whom AND j.role = 'contact point' AND trust.works(whom, 'contact point')
    AND trust.runs(j.since, j.until) ORDER BY j.since, j.id LIMIT 1;
  IF through IS NULL OR whom = trust.viewer() THEN RETURN false; END IF;
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  SELECT gen_random_uuid(), c.circle_id, whom, through, 'professional', '', 3, 'job', true, pass_on_talk.at, trust.viewer()
  WHERE NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = c.circle_id AND s.person_id = whom
    AND trust.runs(s.since, s.until));
  UPDATE intake_promise SET by_id = whom
  WHERE concern_id = c.id AND by_id = trust.viewer() AND kept_at IS NULL AND ended_at IS NULL;
  UPDATE intake_concern SET taken_by_id = whom, stand_in_id = CASE WHEN stand_in_id = whom THEN NULL ELSE stand_in_id END
  WHERE id = c.id;
  UPDATE trust_seat SET until = greatest(pass_on_talk.at, since)
  WHERE circle_id = c.circle_id AND person_id = trust.viewer() AND (until IS NULL OR until > pass_on_talk.at);
  RETURN true;
END $$;
