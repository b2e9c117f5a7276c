-- Who watches over who looked: facts without content for the trust officer, unusual looks for the looker, and the seals.
-- Of a confidence and a sealed circle nothing is counted anywhere: that they exist is told to those in them only (K14).

-- The numbers of the rules of unusual looks, in one place. None of them says anything about a person.
CREATE OR REPLACE FUNCTION trust.look_limits(OUT families_in_an_hour integer, OUT families_before_leaving integer,
  OUT quiet_days integer, OUT night_from time, OUT night_until time, OUT rest_days integer)
LANGUAGE sql IMMUTABLE AS $$ SELECT 12, 6, 120, '23:00'::time, '05:00'::time, 28 $$;

CREATE OR REPLACE FUNCTION trust.at_night(at timestamptz, zone text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (at AT TIME ZONE zone)::time >= l.night_from OR (at AT TIME ZONE zone)::time < l.night_until FROM trust.look_limits() l
$$;

CREATE OR REPLACE FUNCTION trust.same_name(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT btrim(one) <> '' AND lower(btrim(one)) = lower(btrim(other))
$$;

CREATE OR REPLACE FUNCTION trust.watches() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.seen_as() IS NULL AND trust.is_officer(trust.viewer())
$$;

-- Every look through a job at a family, in a stretch of time.
CREATE OR REPLACE FUNCTION trust.reckon_looks(since timestamptz, before timestamptz)
RETURNS TABLE (person uuid, organisation uuid, village uuid, family uuid, circle uuid, at timestamptz, day date, zone text,
  rule text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.person_id, e.organisation_id, v.id, c.family_id, c.id, e.at, (e.at AT TIME ZONE v.timezone)::date, v.timezone::text,
    e.rule::text
  FROM trust_entry e JOIN trust_circle c ON c.id = e.circle_id JOIN trust_village v ON v.id = c.village_id
  WHERE e.kind = 'read' AND e.organisation_id IS NOT NULL AND e.person_id IS NOT NULL AND c.family_id IS NOT NULL
    AND c.kind IN ('family', 'part', 'home', 'own') AND reckon_looks.since <= e.at AND e.at < reckon_looks.before
$$;

-- What was unusual on one day in one village: one line for each person and rule, with how many families.
CREATE OR REPLACE FUNCTION trust.reckon_unusual(here uuid, on_day date)
RETURNS TABLE (person uuid, rule text, families bigint, circle uuid, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH l AS (SELECT * FROM trust.look_limits()),
  look AS MATERIALIZED (
    SELECT k.* FROM trust_village v, trust.reckon_looks(on_day::timestamp AT TIME ZONE v.timezone,
      (on_day + 1)::timestamp AT TIME ZONE v.timezone) k WHERE v.id = here AND k.village = here),
  first AS (SELECT k.person, k.family, min(k.at) AS at, (array_agg(k.circle))[1] AS circle, k.zone FROM look k GROUP BY k.person, k.family, k.zone),
  odd AS (
    SELECT k.person, 'many in an hour' AS rule, k.family, k.circle, k.at FROM look k, l
    WHERE (SELECT count(DISTINCT n.family) FROM look n WHERE n.person = k.person AND n.at > k.at - interval '1 hour'
           AND n.at <= k.at) >= l.families_in_an_hour
    UNION ALL
    SELECT k.person, 'at night', k.family, k.circle, k.at FROM look k WHERE trust.at_night(k.at, k.zone)
    UNION ALL
    SELECT k.person, 'danger', k.family, k.circle, k.at FROM look k WHERE k.rule = 'danger'
    UNION ALL
    SELECT f.person, 'same name', f.family, f.circle, f.at FROM first f JOIN trust_person p ON p.id = f.person
    WHERE EXISTS (SELECT 1 FROM trust_familymember m JOIN trust_person o ON o.id = m.person_id
                  WHERE m.family_id = f.family AND m.person_id <> f.person AND trust.same_name(p.surname, o.surname))
    UNION ALL
    SELECT f.person, 'after a long time', f.family, f.circle, f.at FROM first f, l
    WHERE (SELECT max(e.at AT TIME ZONE f.zone)::date FROM trust_entry e JOIN trust_circle c ON c.id = e.circle_id
           WHERE c.family_id = f.family AND c.kind IN ('family', 'part', 'home', 'own') AND e.kind = 'read'
             AND e.person_id = f.person AND e.at < f.at) < on_day - l.quiet_days
    UNION ALL
    SELECT f.person, 'before leaving', f.family, f.circle, f.at FROM first f, l
    WHERE EXISTS (SELECT 1 FROM trust_leaving g WHERE g.person_id = f.person AND g.stopped_at IS NULL AND g.at <= f.at)
      AND (SELECT count(*) FROM first n WHERE n.person = f.person) >= l.families_before_leaving)
  SELECT o.person, o.rule, count(DISTINCT o.family), CASE WHEN count(DISTINCT o.family) = 1 THEN (array_agg(o.circle))[1] END,
    min(o.at) FROM odd o GROUP BY o.person, o.rule
$$;

-- The evening after: write down what was unusual yesterday, and say who is to be asked, once each. Whoever answered
-- lately that such looks belong to the work is not asked again for four weeks; about danger always. Written down for
-- the trust officer it is in any case: nobody silences what is said of them.
CREATE OR REPLACE FUNCTION trust.note_unusual_looks(moment timestamptz) RETURNS TABLE (look uuid, looker uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL OR moment > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  RETURN QUERY
  WITH noted AS (
    INSERT INTO trust_unusuallook (id, village_id, person_id, day, at, rule, families, circle_id)
    SELECT gen_random_uuid(), v.id, u.person, y.day, u.at, u.rule, u.families, u.circle
    FROM trust_village v CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE v.timezone)::date - 1 AS day) y
    CROSS JOIN LATERAL trust.reckon_unusual(v.id, y.day) u
    ON CONFLICT DO NOTHING RETURNING id, person_id, rule, day)
  SELECT DISTINCT ON (n.person_id) n.id, n.person_id FROM noted n
  WHERE n.rule = 'danger' OR NOT EXISTS (
    SELECT 1 FROM trust_unusuallook o, trust.look_limits() l WHERE o.person_id = n.person_id AND o.rule = n.rule
      AND o.answer = 'right' AND o.day > n.day - l.rest_days)
  ORDER BY n.person_id, n.id;
END $$;

-- Whether the question about a look may still go: to its looker, while they have not said, and while it is news.
CREATE OR REPLACE FUNCTION trust.look_still_asked(which uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND EXISTS (SELECT 1 FROM trust_unusuallook u WHERE u.id = which AND u.person_id = whom
    AND u.answer = '' AND u.at > trust.moment() - interval '7 days')
$$;

-- The looker's own word; said once more, it replaces the first. "That was not me" stays: a thief might answer too.
CREATE OR REPLACE FUNCTION trust.answer_look(look uuid, how text, because text, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_unusuallook u SET answer = how, words = because, answered_at = moment
  WHERE u.id = look AND u.person_id = trust.viewer() AND trust.seen_as() IS NULL
    AND how IN ('right', 'mistake', 'not me') AND u.answer IS DISTINCT FROM 'not me';
  RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION trust.unusual_looks(since date) RETURNS TABLE (id uuid, day date, at timestamptz, name text,
  organisation text, rule text, families integer, answer text, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id, u.day, u.at, btrim(p.given_name || ' ' || p.surname), coalesce((SELECT string_agg(DISTINCT o.name, ', ')
    FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id WHERE j.person_id = p.id
      AND trust.runs(j.since, j.until, u.at)), ''), u.rule::text, u.families, u.answer::text, u.words::text
  FROM trust_unusuallook u JOIN trust_person p ON p.id = u.person_id
  WHERE trust.watches() AND u.village_id = trust.viewer_village() AND u.day >= unusual_looks.since
  ORDER BY u.day DESC, p.given_name, p.surname, u.rule
$$;

-- Facts of the journal on one day: who, of which organisation, how many families, from when to when. Never which family.
CREATE OR REPLACE FUNCTION trust.journal_facts(on_day date) RETURNS TABLE (name text, organisation text, families bigint,
  first_at timestamptz, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT btrim(p.given_name || ' ' || p.surname), o.name::text, count(DISTINCT k.family), min(k.at), max(k.at)
  FROM trust_village v CROSS JOIN LATERAL trust.reckon_looks(on_day::timestamp AT TIME ZONE v.timezone,
    (on_day + 1)::timestamp AT TIME ZONE v.timezone) k
  JOIN trust_person p ON p.id = k.person JOIN trust_organisation o ON o.id = k.organisation
  WHERE trust.watches() AND v.id = trust.viewer_village() AND k.village = v.id
  GROUP BY p.id, p.given_name, p.surname, o.id, o.name ORDER BY o.name, p.given_name, p.surname
$$;

-- Who watches the watcher: who read the facts of the journal, in which minute, how many pages; for officers and
-- administrators. By person, never by name: two officers may be called the same. The newest 200 minutes, each whole.
DROP FUNCTION IF EXISTS trust.watchers_looked(timestamptz);
CREATE FUNCTION trust.watchers_looked(since timestamptz) RETURNS TABLE (name text, minute timestamptz, pages bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT btrim(p.given_name || ' ' || p.surname), date_trunc('minute', e.at) AS minute, count(*)
  FROM trust_entry e JOIN trust_person p ON p.id = e.person_id
  WHERE (trust.watches() OR (trust.seen_as() IS NULL AND trust.works(trust.viewer(), 'administrator')))
    AND p.village_id = trust.viewer_village() AND e.deed = 'journal facts read' AND e.at >= date_trunc('minute', watchers_looked.since)
  GROUP BY p.id, minute ORDER BY minute DESC, p.given_name, p.surname, p.id LIMIT 200
$$;

-- How the seals stand, for officers and administrators: nothing here is about anybody.
DROP FUNCTION IF EXISTS trust.seals_stand();
CREATE FUNCTION trust.seals_stand() RETURNS TABLE (number bigint, sealed_at timestamptz, fingerprint text,
  checked_at timestamptz, findings integer, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.number, s.at, s.fingerprint::text, c.at, c.findings, (SELECT f.at FROM trust_seal f WHERE f.number = 1)
  FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT * FROM trust_seal ORDER BY number DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT * FROM trust_sealcheck ORDER BY at DESC LIMIT 1) c ON true
  WHERE trust.watches() OR (trust.seen_as() IS NULL AND trust.works(trust.viewer(), 'administrator'))
$$;

-- Who keeps seals and has not heard of the newest; from now on they have.
CREATE OR REPLACE FUNCTION trust.keepers_to_tell(moment timestamptz) RETURNS TABLE (keeper uuid, language text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL OR moment > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  RETURN QUERY UPDATE trust_sealkeeper k SET told_seal = s.number, told_at = moment
    FROM (SELECT max(n.number) AS number FROM trust_seal n) s, trust_village v
    WHERE k.until IS NULL AND k.told_seal < s.number AND v.id = k.village_id RETURNING k.id, v.language::text;
END $$;

-- What the letter to a keeper says: the newest seal.
CREATE OR REPLACE FUNCTION trust.seal_for_keeper(keeper uuid) RETURNS TABLE (email text, village text, number bigint,
  at timestamptz, fingerprint text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT k.email::text, v.name::text, s.number, s.at, s.fingerprint::text
  FROM trust_sealkeeper k JOIN trust_village v ON v.id = k.village_id
  CROSS JOIN LATERAL (SELECT * FROM trust_seal n ORDER BY n.number DESC LIMIT 1) s
  WHERE k.id = keeper AND k.until IS NULL AND trust.identity() IS NULL
$$;

-- What the letter on a check says, as long as its reader watches; to whom it goes, the letters know.
CREATE OR REPLACE FUNCTION trust.for_a_seal_letter(which uuid, whom uuid) RETURNS TABLE (name text, findings integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.given_name::text, c.findings FROM trust_sealcheck c JOIN trust_person p ON p.id = whom
  WHERE c.id = which AND c.findings > 0 AND trust.identity() IS NULL AND trust.works(whom, 'trust officer')
$$;
