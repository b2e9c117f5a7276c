-- When an agreement lapses every seat through it sleeps (K2). Who is told: before, the village; on the day, the family.

-- Whether this organisation has a live agreement at a moment.
CREATE OR REPLACE FUNCTION trust.reckon_agreed(organisation uuid, t timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_agreement g WHERE g.organisation_id = organisation
    AND trust.runs(g.since, g.until, t))
$$;

-- Whose seats in a family's circle sleep now, by organisation, since when; for who sits there awake.
CREATE OR REPLACE FUNCTION trust.asleep_in(family uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN trust.seen_as() IS NULL AND trust.sits_in_family(family) THEN (
    SELECT jsonb_agg(jsonb_build_object('organisation', one.name, 'people', one.people, 'since', one.since) ORDER BY one.name)
    FROM (
      SELECT o.name, string_agg(p.given_name, ', ' ORDER BY p.given_name, p.id) AS people,
        (SELECT max(g.until) FROM trust_agreement g WHERE g.organisation_id = o.id AND g.until <= trust.moment()) AS since
      FROM trust_circle c JOIN trust_seat s ON s.circle_id = c.id JOIN trust_job j ON j.id = s.job_id
      JOIN trust_organisation o ON o.id = j.organisation_id JOIN trust_person p ON p.id = s.person_id
      WHERE c.family_id = family AND c.kind = 'family'
        AND trust.runs(s.since, s.until)
        AND trust.runs(j.since, j.until)
        AND NOT trust.reckon_agreed(o.id, trust.moment())
      GROUP BY o.id) one) END
$$;

-- Whom of the village it concerns that an agreement with this organisation ends: who keeps agreements, who leads there.
CREATE OR REPLACE FUNCTION trust.reckon_told_of_ending(organisation uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT j.person_id FROM trust_organisation o JOIN trust_organisation here ON here.village_id = o.village_id
  JOIN trust_job j ON j.organisation_id = here.id
  WHERE o.id = organisation AND (j.role = 'network' OR (j.role = 'lead' AND here.id = o.id)) AND trust.works(j.person_id, j.role)
$$;

-- Whom of the families it concerns that the people of this organisation sleep or wake.
CREATE OR REPLACE FUNCTION trust.reckon_told_of_sleep(organisation uuid, at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT s.person_id FROM trust_job j JOIN trust_seat theirs ON theirs.job_id = j.id
  JOIN trust_circle c ON c.id = theirs.circle_id AND c.kind = 'family' JOIN trust_seat s ON s.circle_id = c.id
  WHERE j.organisation_id = organisation AND (theirs.until IS NULL OR theirs.until > reckon_told_of_sleep.at)
    AND theirs.since <= reckon_told_of_sleep.at AND (j.until IS NULL OR j.until > reckon_told_of_sleep.at)
    AND s.role IN ('guardian', 'child', 'coordinator') AND s.person_id <> theirs.person_id
    AND trust.seat_says_so(s.person_id, c.id, reckon_told_of_sleep.at, reckon_told_of_sleep.at)
$$;

-- Agreements that end within sixty days, and whom of the village to tell.
CREATE OR REPLACE FUNCTION trust.agreements_ending(at timestamptz) RETURNS TABLE (agreement_id uuid, person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY SELECT g.id, whom FROM trust_agreement g CROSS JOIN LATERAL trust.reckon_told_of_ending(g.organisation_id) whom
    WHERE g.until > agreements_ending.at AND g.until <= agreements_ending.at + interval '60 days'
      AND NOT trust.reckon_agreed(g.organisation_id, g.until)
    ORDER BY 1, 2;
END $$;

-- Agreements that lapsed or woke within the last two days, and the families' people to tell of it, each once.
CREATE OR REPLACE FUNCTION trust.agreements_turned(at timestamptz)
RETURNS TABLE (agreement_id uuid, person_id uuid, lives boolean) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY WITH turned AS (
      SELECT g.id, g.organisation_id, false AS lives FROM trust_agreement g
      WHERE g.until > g.since AND g.until <= agreements_turned.at AND g.until > agreements_turned.at - interval '2 days'
        AND NOT trust.reckon_agreed(g.organisation_id, agreements_turned.at)
      UNION ALL
      SELECT g.id, g.organisation_id, true FROM trust_agreement g
      WHERE g.since <= agreements_turned.at AND g.since > agreements_turned.at - interval '2 days'
        AND trust.reckon_agreed(g.organisation_id, agreements_turned.at)
        AND NOT trust.reckon_agreed(g.organisation_id, g.since - interval '1 microsecond')
        AND EXISTS (SELECT 1 FROM trust_agreement b WHERE b.organisation_id = g.organisation_id AND b.until <= g.since))
    SELECT t.id, whom, t.lives FROM turned t
    CROSS JOIN LATERAL trust.reckon_told_of_sleep(t.organisation_id, agreements_turned.at) whom ORDER BY 1, 2;
END $$;

-- Whether a letter about an agreement may still go to this person, and their name: it still ends, or turned within a week.
DROP FUNCTION IF EXISTS trust.agreement_still(uuid, uuid, boolean);
CREATE OR REPLACE FUNCTION trust.agreement_still(agreement uuid, who uuid, as_kind text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.given_name::text FROM trust_agreement g JOIN trust_person p ON p.id = who CROSS JOIN trust.moment() now
  WHERE g.id = agreement AND trust.identity() IS NULL AND CASE as_kind
    WHEN 'agreement ending' THEN g.until > now AND g.until <= now + interval '60 days'
      AND NOT trust.reckon_agreed(g.organisation_id, g.until) AND who IN (SELECT trust.reckon_told_of_ending(g.organisation_id))
    ELSE CASE as_kind WHEN 'seats asleep' THEN g.until WHEN 'seats awake' THEN g.since END
        BETWEEN now - interval '7 days' AND now
      AND trust.reckon_agreed(g.organisation_id, now) = (as_kind = 'seats awake')
      AND who IN (SELECT trust.reckon_told_of_sleep(g.organisation_id, now)) END
$$;
