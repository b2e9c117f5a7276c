-- Danger (K8): who may open, when the right sleeps, who is told when, who looks at it afterwards.

CREATE OR REPLACE FUNCTION trust.danger_ends(at timestamptz, ended_at timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT least(at + interval '4 hours', ended_at) $$;

-- The midnight with which the second working day after this one ends: no weekend, no day off of the country.
DROP FUNCTION IF EXISTS trust.review_due(timestamptz, text);
CREATE OR REPLACE FUNCTION trust.review_due(at timestamptz, zone text, here text) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
DECLARE today date := (at AT TIME ZONE zone)::date; to_go integer := 2;
BEGIN
  WHILE to_go > 0 LOOP
    today := today + 1;
    IF extract(isodow FROM today) < 6 AND NOT EXISTS (SELECT 1 FROM trust_holiday h WHERE h.country = here AND h.day = today)
    THEN to_go := to_go - 1; END IF;
  END LOOP;
  RETURN (today + 1)::timestamp AT TIME ZONE zone;
END $$;

-- The right of somebody sleeps while one of their uses waits too long for somebody to look at it.
CREATE OR REPLACE FUNCTION trust.danger_right_sleeps(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_danger d JOIN trust_family f ON f.id = d.family_id
    JOIN trust_village v ON v.id = f.village_id
    LEFT JOIN trust_dangerreview r ON r.danger_id = d.id AND r.at <= trust.moment()
    WHERE d.person_id = who AND d.ground <> '' AND r.id IS NULL
      AND trust.review_due(d.at, v.timezone, v.country) <= trust.moment())
$$;

-- Whether somebody holds the right now, asleep or awake: through a live job under a live agreement.
CREATE OR REPLACE FUNCTION trust.holds_danger_right(who uuid, through uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_dangerright r JOIN trust_job j ON j.id = r.job_id
    JOIN trust_agreement g ON g.organisation_id = j.organisation_id
    WHERE j.person_id = who AND (through IS NULL OR j.id = through)
      AND trust.runs(r.since, r.until)
      AND trust.runs(j.since, j.until)
      AND trust.runs(g.since, g.until))
$$;

-- Two people give the right (D6): carried out on the second yes, for work that is live then; once.
CREATE OR REPLACE FUNCTION trust.lock_carry_danger(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO trust_dangerright (id, village_id, job_id, asked_by_id, asked_at, given_by_id, since, until)
  SELECT m.id, m.village_id, j.id, m.asked_by_id, m.asked_at, trust.viewer(), lock_carry_danger.at,
         m.asked_at + interval '365 days'
  FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
  JOIN trust_agreement g ON g.organisation_id = o.id
  WHERE j.id = (m.facts ->> 'job')::uuid AND j.person_id = (m.facts ->> 'person')::uuid AND o.village_id = m.village_id
    AND j.role NOT IN ('administrator', 'policy') AND NOT trust.holds_danger_right(j.person_id)
    AND trust.runs(j.since, j.until)
    AND trust.runs(g.since, g.until) LIMIT 1;
  RETURN FOUND;
END $$;

-- One person is enough to end it.
CREATE OR REPLACE FUNCTION trust.end_danger_right(which uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid;
BEGIN
  SELECT j.person_id INTO whose FROM trust_dangerright r JOIN trust_job j ON j.id = r.job_id
  WHERE r.id = which AND r.village_id = trust.viewer_village();
  IF whose IS NULL OR trust.seen_as() IS NOT NULL OR NOT (whose = trust.viewer()
     OR trust.works(trust.viewer(), 'trust officer') OR trust.works(trust.viewer(), 'administrator')
     OR trust.works(trust.viewer(), 'lead'))
  THEN RETURN false; END IF;
  UPDATE trust_dangerright r SET until = least(r.until, greatest(end_danger_right.at, r.asked_at)) WHERE r.id = which;
  RETURN true;
END $$;

-- A name as it is compared: small letters, no accents, no space around it.
CREATE OR REPLACE FUNCTION trust.plainly(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(lower(regexp_replace(normalize(name, NFD), U&'[\0300-\036f]', '', 'g')))
$$;

-- Whether somebody may never come near this family through work: one of them, ever in a circle of theirs without a job,
-- or left out by a court or for a conflict of interest.
CREATE OR REPLACE FUNCTION trust.kept_from_family(who uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = family AND m.person_id = who)
    OR EXISTS (SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id AND c.family_id = family
      WHERE s.person_id = who AND s.job_id IS NULL)
    OR EXISTS (SELECT 1 FROM trust_exclusion e
    JOIN trust_familymember m ON m.person_id = e.subject_id AND m.family_id = family AND m.kind = 'child'
    WHERE e.ground IN ('court order', 'conflict') AND trust.runs(e.since, e.until) AND trust.is_target(who, e, trust.moment()))
$$;

-- The family of a child somebody knows by its first name and one thing more: its day of birth, a parent's name or what
-- the family calls itself. Nothing for who has no right, for who is kept from them, or when the family stopped.
DROP FUNCTION IF EXISTS trust.find_in_danger(text, text);
CREATE OR REPLACE FUNCTION trust.find_in_danger(child text, known text)
RETURNS TABLE (family_id uuid, circle_id uuid, child_id uuid, name text, phone text, role text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, c.id, meant.id, coalesce(p.given_name, ''), coalesce(nullif(j.phone, ''), v.phone), coalesce(s.role, '')::text
  FROM trust_family f
  JOIN trust_village v ON v.id = f.village_id
  JOIN trust_circle c ON c.family_id = f.id AND c.kind = 'family'
  LEFT JOIN LATERAL (SELECT s.* FROM trust_seat s WHERE s.circle_id = c.id AND s.role = 'coordinator'
    AND trust.runs(s.since, s.until) ORDER BY s.since DESC LIMIT 1) s ON true
  LEFT JOIN trust_person p ON p.id = s.person_id
  LEFT JOIN trust_job j ON j.id = s.job_id
  CROSS JOIN LATERAL (
      SELECT kid.id FROM trust_familymember m JOIN trust_person kid ON kid.id = m.person_id
      LEFT JOIN trust_birth b ON b.person_id = kid.id
      WHERE m.family_id = f.id AND m.kind = 'child' AND trust.plainly(kid.given_name) = trust.plainly(find_in_danger.child)
        AND trust.plainly(known) <> ''  -- a child without a surname is not known by nothing
        AND (to_char(b.born, 'YYYY-MM-DD') = btrim(known)
          OR trust.plainly(known) IN (trust.plainly(kid.surname), trust.plainly(f.name))
          OR trust.plainly(known) = ANY(SELECT trust.plainly(one) FROM trust_familymember g JOIN trust_person e
               ON e.id = g.person_id, unnest(ARRAY[e.given_name, e.surname]) AS one
               WHERE g.family_id = f.id AND g.kind = 'guardian'))
      ORDER BY kid.id LIMIT 1) meant
  WHERE f.village_id = trust.viewer_village() AND trust.seen_as() IS NULL
    AND trust.holds_danger_right(trust.viewer()) AND NOT trust.danger_right_sleeps(trust.viewer())
    AND NOT EXISTS (SELECT 1 FROM trust_withdrawal w WHERE w.family_id = f.id AND w.ended_at IS NULL)
    AND NOT trust.kept_from_family(trust.viewer(), f.id)
  ORDER BY f.id LIMIT 3
$$;

-- Four hours begin. Whatever stands in the way answers nothing, so that who is left out cannot tell; only what one
-- knows of oneself has a name: no right, a right that sleeps, one that runs. About which child it is stays with it.
DROP FUNCTION IF EXISTS trust.open_danger(uuid, uuid, uuid, text, bytea, bytea, timestamptz);
CREATE OR REPLACE FUNCTION trust.open_danger(made uuid, through uuid, family uuid, child uuid, as_ground text, why bytea,
  who_was_tried bytea, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := trust.viewer(); here uuid;
BEGIN
  IF me IS NULL OR trust.seen_as() IS NOT NULL OR NOT coalesce(trust.holds_danger_right(me, through), false) THEN
    PERFORM trust.refuse('danger_without_the_right');
  END IF;
  PERFORM 1 FROM trust_person WHERE id = me FOR NO KEY UPDATE;  -- one after the other
  IF trust.danger_right_sleeps(me) THEN PERFORM trust.refuse('the_right_in_danger_sleeps'); END IF;
  IF open_danger.at > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  IF EXISTS (SELECT 1 FROM trust_danger d WHERE d.id = made AND d.person_id = me) THEN RETURN true; END IF;
  IF EXISTS (SELECT 1 FROM trust_danger d WHERE d.person_id = me AND d.at <= trust.moment()
             AND trust.moment() < trust.danger_ends(d.at, d.ended_at)) THEN
    PERFORM trust.refuse('one_danger_at_a_time');
  END IF;
  IF as_ground NOT IN ('hurt', 'life', 'missing', 'health') OR length(why) < 30 OR length(who_was_tried) < 30 THEN
    PERFORM trust.refuse('danger_without_a_reason');
  END IF;
  SELECT c.id INTO here FROM trust_circle c JOIN trust_family f ON f.id = c.family_id
  WHERE f.id = family AND f.village_id = trust.viewer_village() AND c.kind = 'family'
    AND NOT EXISTS (SELECT 1 FROM trust_withdrawal w WHERE w.family_id = f.id AND w.ended_at IS NULL)
    AND EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = f.id AND m.person_id = child AND m.kind = 'child')
    AND NOT trust.kept_from_family(me, f.id) ORDER BY c.opened_at, c.id LIMIT 1;
  IF here IS NULL THEN RETURN false; END IF;
  INSERT INTO trust_danger (id, person_id, job_id, family_id, child_id, circle_id, at, ground, reason_locked, tried_locked)
  VALUES (made, me, through, family, child, here, open_danger.at, as_ground, why, who_was_tried);
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION trust.end_danger(which uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.seen_as() IS NOT NULL THEN RETURN false; END IF;
  UPDATE trust_danger d SET ended_at = greatest(end_danger.at, d.at, trust.moment() - interval '1 minute')
  WHERE d.id = which AND d.person_id = trust.viewer() AND d.ended_at IS NULL AND trust.moment() < d.at + interval '4 hours';
  RETURN FOUND;
END $$;

-- Whoever opened it writes down what they did, in other words too, until somebody looked at it.
CREATE OR REPLACE FUNCTION trust.say_what_was_done(which uuid, words bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_danger d SET did_locked = words WHERE d.id = which AND d.person_id = trust.viewer()
    AND trust.seen_as() IS NULL AND NOT EXISTS (SELECT 1 FROM trust_dangerreview r WHERE r.danger_id = d.id);
  RETURN FOUND;
END $$;

-- Whether whoever asks holds the right, and whether it sleeps.
CREATE OR REPLACE FUNCTION trust.my_danger_right(through uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.holds_danger_right(trust.viewer(), through)
$$;

CREATE OR REPLACE FUNCTION trust.my_danger_right_sleeps() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.danger_right_sleeps(trust.viewer())
$$;
