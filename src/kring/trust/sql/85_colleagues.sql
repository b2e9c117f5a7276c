-- Everybody with a live job in the asker's village, for who has one too; a family gets nobody. Asked once per statement.
CREATE OR REPLACE FUNCTION trust.colleagues() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := trust.viewer(); now timestamptz := trust.moment();
BEGIN
  IF me IS NULL OR NOT trust.works(me) THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT DISTINCT j.person_id FROM trust_job j
    JOIN trust_person p ON p.id = j.person_id
    JOIN trust_agreement g ON g.organisation_id = j.organisation_id
    WHERE p.village_id = trust.viewer_village()
      AND trust.runs(j.since, j.until, now)
      AND trust.runs(g.since, g.until, now));
END $$;
