-- Access and denial, reckoned from seats, jobs, agreements, birthdays and exclusions.

-- Everyone who reckons locks organisations, families and persons first, always in this order.
CREATE OR REPLACE FUNCTION trust.lock_rows(organisations uuid[], families uuid[], persons uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM trust_organisation WHERE id = ANY(organisations) ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM trust_family WHERE id = ANY(families) ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM trust_person WHERE id = ANY(persons) ORDER BY id FOR NO KEY UPDATE;
END $$;

-- Somebody comes to a kind of work, or a whole kind of work is left out: in one village one after the other, after all
-- other rows are held.
CREATE OR REPLACE FUNCTION trust.lock_villages(villages uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM trust_village WHERE id = ANY(villages) ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE OR REPLACE FUNCTION trust.reckon_seats(seats uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_access WHERE source_id = ANY(seats);
  INSERT INTO trust_access (viewer_id, circle_id, since, until, shows_from, danger, source_id)
  SELECT s.person_id, s.circle_id, span.since, span.until,
         CASE WHEN s.history THEN NULL ELSE s.since END, false, s.id
  FROM trust_seat s
  JOIN trust_circle c ON c.id = s.circle_id
  LEFT JOIN trust_job j ON j.id = s.job_id
  LEFT JOIN trust_agreement g ON g.organisation_id = j.organisation_id
  CROSS JOIN LATERAL (
    SELECT greatest(s.since, j.since, g.since) AS since,
           least(coalesce(s.until, 'infinity'), j.until, g.until,
                 CASE WHEN s.ground = 'guardian' AND c.subject_id IS NOT NULL
                      THEN trust.guardian_reads_until(c.subject_id) END) AS until
  ) span
  WHERE s.id = ANY(seats) AND span.since < span.until AND (s.job_id IS NULL OR g.id IS NOT NULL);
END $$;

CREATE OR REPLACE FUNCTION trust.reckon_dangers(dangers uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_access WHERE source_id = ANY(dangers);
  INSERT INTO trust_access (viewer_id, circle_id, since, until, shows_from, danger, source_id)
  SELECT d.person_id, c.id, span.since, span.until, NULL, true, d.id
  FROM trust_danger d
  JOIN trust_job j ON j.id = d.job_id
  JOIN trust_agreement g ON g.organisation_id = j.organisation_id
  JOIN trust_circle c ON c.family_id = d.family_id
  CROSS JOIN LATERAL (
    SELECT greatest(d.at, j.since, g.since) AS since,
           least(d.at + interval '4 hours', d.ended_at, j.until, g.until) AS until
  ) span
  WHERE d.id = ANY(dangers) AND span.since < span.until
    AND (c.kind IN ('family', 'part', 'home', 'own') OR (c.kind = 'confidence' AND c.safety));
END $$;

CREATE OR REPLACE FUNCTION trust.reckon_exclusions(exclusions uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_denial WHERE source_id = ANY(exclusions);
  INSERT INTO trust_denial (viewer_id, subject_id, since, until, ground, source_id)
  SELECT target.person_id, e.subject_id, span.since, span.until, e.ground, e.id
  FROM trust_exclusion e
  JOIN trust_person child ON child.id = e.subject_id
  CROSS JOIN LATERAL (
    SELECT e.person_id, NULL::timestamptz AS since, NULL::timestamptz AS until WHERE e.person_id IS NOT NULL
    UNION ALL
    SELECT j.person_id, j.since, j.until FROM trust_job j
    JOIN trust_organisation o ON o.id = j.organisation_id
    WHERE o.id = e.organisation_id OR (o.sector = e.sector AND o.village_id = child.village_id)
  ) target
  CROSS JOIN LATERAL (
    SELECT greatest(e.since, target.since) AS since,
           least(coalesce(e.until, 'infinity'), target.until,
                 CASE WHEN e.ground = 'guardian' THEN trust.own_voice_from(e.subject_id) END) AS until
  ) span
  WHERE e.id = ANY(exclusions) AND span.since < span.until AND target.person_id <> e.subject_id;
END $$;

CREATE OR REPLACE FUNCTION trust.reckon_everything() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.reckon_seats(ARRAY(SELECT id FROM trust_seat));
  PERFORM trust.reckon_dangers(ARRAY(SELECT id FROM trust_danger));
  PERFORM trust.reckon_exclusions(ARRAY(SELECT id FROM trust_exclusion));
END $$;
