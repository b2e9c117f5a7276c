-- Growing up (K7): on which days something changes by itself for a child, and who is told of it thirty days before.

-- Own voice, and the end of a guardian's reading; where a country lets both come on one day, that is one turning.
CREATE OR REPLACE FUNCTION trust.reckon_turnings(child uuid) RETURNS TABLE (turning text, moment timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN voice = reading THEN 'both' WHEN which = 1 THEN 'voice' ELSE 'reading' END,
         CASE which WHEN 1 THEN voice ELSE reading END
  FROM (SELECT trust.own_voice_from(child) AS voice, trust.guardian_reads_until(child) AS reading) one
  CROSS JOIN generate_series(1, 2) which
  WHERE voice IS NOT NULL AND (which = 1 OR voice <> reading)
$$;

-- Whether the asker may know when this child turns: the child, and whom the clock tells.
CREATE OR REPLACE FUNCTION trust.reckon_knows_turning(child uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.seen_as() IS NULL AND trust.viewer() IS NOT NULL
     AND (child = trust.viewer() OR trust.reckon_told_of_turning(child, trust.viewer(), trust.moment()))
$$;

-- What changes for a child and when: for its sheet. The day is the village's.
CREATE OR REPLACE FUNCTION trust.turnings_of(child uuid) RETURNS TABLE (turning text, day date, age integer, over boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.turning, (t.moment AT TIME ZONE v.timezone)::date,
         extract(year FROM age((t.moment AT TIME ZONE v.timezone)::date, b.born))::integer, t.moment <= trust.moment()
  FROM trust_birth b JOIN trust_person p ON p.id = b.person_id JOIN trust_village v ON v.id = p.village_id
  CROSS JOIN LATERAL trust.reckon_turnings(child) t
  WHERE b.person_id = child AND trust.reckon_knows_turning(child)
  ORDER BY t.moment
$$;

-- The next turning among the children of a family, from thirty days before until two weeks after.
CREATE OR REPLACE FUNCTION trust.turning_soon(family uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT family = ANY(trust.known_families()) THEN RETURN NULL; END IF;
  RETURN (SELECT jsonb_build_object('child', p.id, 'name', p.given_name, 'over', t.moment <= trust.moment())
    FROM trust_familymember m JOIN trust_person p ON p.id = m.person_id
    CROSS JOIN LATERAL trust.reckon_turnings(m.person_id) t
    WHERE m.family_id = family AND m.kind = 'child'
      AND t.moment BETWEEN trust.moment() - interval '14 days' AND trust.moment() + interval '30 days'
      AND trust.reckon_knows_turning(m.person_id)
    ORDER BY t.moment, p.id LIMIT 1);
END $$;

-- Whom the clock tells: guardians and coordinator who sit in the family's circle, and the child when it sits there too.
CREATE OR REPLACE FUNCTION trust.turnings_to_tell(at timestamptz)
RETURNS TABLE (child_id uuid, person_id uuid, turning text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY SELECT DISTINCT m.person_id, s.person_id, t.turning
    FROM trust_familymember m CROSS JOIN LATERAL trust.reckon_turnings(m.person_id) t
    JOIN trust_circle c ON c.family_id = m.family_id AND c.kind = 'family' JOIN trust_seat s ON s.circle_id = c.id
    WHERE m.kind = 'child' AND t.moment > turnings_to_tell.at AND t.moment <= turnings_to_tell.at + interval '30 days'
      AND trust.reckon_told_of_turning(m.person_id, s.person_id, turnings_to_tell.at)
    ORDER BY 1, 2, 3;
END $$;

-- A seat that is live, as guardian, coordinator or the child. Whoever is left out in silence is told as before, as of
-- their own words: a sheet that went would betray it (K4). By a court not.
CREATE OR REPLACE FUNCTION trust.reckon_told_of_turning(child uuid, who uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM trust_familymember m JOIN trust_circle c ON c.family_id = m.family_id AND c.kind = 'family'
    JOIN trust_seat s ON s.circle_id = c.id AND s.person_id = who
    WHERE m.person_id = child AND m.kind = 'child' AND (s.role IN ('guardian', 'coordinator') OR who = child)
      AND trust.seat_says_so(who, c.id, at, at)) AND NOT trust.is_denied(who, child, who, at)
$$;

-- Whether a letter about a turning may still go, and the name of whom it goes to.
CREATE OR REPLACE FUNCTION trust.turning_still_comes(child uuid, who uuid, which text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.given_name::text FROM trust_person p
  WHERE p.id = who AND trust.identity() IS NULL AND trust.reckon_told_of_turning(child, who, trust.moment())
    AND EXISTS (SELECT 1 FROM trust.reckon_turnings(child) t WHERE t.turning = which
      AND t.moment > trust.moment() AND t.moment <= trust.moment() + interval '30 days')
$$;
