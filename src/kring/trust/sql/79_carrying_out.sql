-- What happens on the second yes, one function for each kind of matter, and the guards without which it cannot happen.
-- Each answers whether it could still be done. Whoever brings a new kind lays its `lock_carry_…` in a file of its own.

CREATE OR REPLACE FUNCTION trust.lock_carry_export(m trust_matter, at timestamptz) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT true  -- the command does it, with the number
$$;
CREATE OR REPLACE FUNCTION trust.lock_carry_restore(m trust_matter, at timestamptz) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT true
$$;

-- A new seat in a sealed circle, seeing what lies there.
CREATE OR REPLACE FUNCTION trust.lock_carry_sealed_seat(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE j trust_job; whom uuid := (m.facts ->> 'person')::uuid;
BEGIN
  SELECT * INTO j FROM trust_job WHERE id = (m.facts ->> 'job')::uuid AND person_id = whom;
  IF j.id IS NULL OR NOT trust.works(whom) OR EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = m.circle_id
      AND s.person_id = whom AND coalesce(s.until, 'infinity') > at) THEN RETURN false; END IF;
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  VALUES (gen_random_uuid(), m.circle_id, whom, j.id, 'professional', '', 3, 'job', true, at, m.asked_by_id);
  RETURN true;
END $$;

CREATE OR REPLACE FUNCTION trust.lock_carry_authority(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_familymember SET authority = (m.facts ->> 'authority')::boolean
  WHERE family_id = (m.facts ->> 'family')::uuid AND person_id = (m.facts ->> 'person')::uuid AND kind = 'guardian'
    AND authority <> (m.facts ->> 'authority')::boolean;
  RETURN FOUND;
END $$;

-- The day a child was born: said for the first time, or another day than before. The day that stands already stands.
CREATE OR REPLACE FUNCTION trust.lock_carry_birth(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO trust_birth (person_id, born, circle_id) VALUES (m.subject_id, (m.facts ->> 'born')::date, m.circle_id)
  ON CONFLICT (person_id) DO UPDATE SET born = excluded.born WHERE trust_birth.born <> excluded.born;
  RETURN true;
END $$;

-- Somebody of the circle becomes a guardian; or a guardian is one no longer, and then every seat with the family ends.
-- What a young person told them alone, and an own page of a child with own voice, are that child's to end (K6).
CREATE OR REPLACE FUNCTION trust.lock_carry_household(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE house uuid := (m.facts ->> 'family')::uuid; whom uuid := (m.facts ->> 'person')::uuid; s trust_seat;
BEGIN
  IF m.facts ->> 'change' = 'goes' THEN
    DELETE FROM trust_familymember WHERE family_id = house AND person_id = whom AND kind = 'guardian';
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE trust_seat o SET until = greatest(at, o.since) FROM trust_circle c WHERE c.id = o.circle_id
      AND c.family_id = house AND o.person_id = whom AND coalesce(o.until, 'infinity') > at
      AND (c.kind IN ('family', 'part', 'home')
        OR (c.kind = 'own' AND NOT coalesce(trust.own_voice_from(c.subject_id) <= at, false)));
    RETURN true;
  END IF;
  SELECT o.* INTO s FROM trust_seat o WHERE o.circle_id = m.circle_id AND o.person_id = whom AND o.role = 'natural'
    AND trust.runs(o.since, o.until, at);
  IF s.id IS NULL OR EXISTS (SELECT 1 FROM trust_familymember WHERE family_id = house AND person_id = whom) THEN
    RETURN false;
  END IF;
  INSERT INTO trust_familymember (id, family_id, person_id, kind, relation, authority)
  VALUES (gen_random_uuid(), house, whom, 'guardian', s.relation, (m.facts ->> 'authority')::boolean);
  UPDATE trust_seat SET until = greatest(at, since) WHERE id = s.id;
  INSERT INTO trust_seat (id, circle_id, person_id, role, relation, ring, ground, history, since, decided_by_id)
  VALUES (gen_random_uuid(), m.circle_id, whom, 'guardian', s.relation, 1, 'guardian', s.history, greatest(at, s.since), m.asked_by_id);
  RETURN true;
END $$;

-- Left out in silence. What is withheld is looked at anew within six months.
CREATE OR REPLACE FUNCTION trust.lock_exclude(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ends timestamptz := (m.facts ->> 'until')::timestamptz;
BEGIN
  IF m.kind = 'withheld' THEN ends := least(ends, at + interval '6 months'); END IF;
  IF ends <= at OR (m.facts ->> 'person') = (m.facts ->> 'subject') THEN RETURN false; END IF;
  INSERT INTO trust_exclusion (id, subject_id, person_id, organisation_id, sector, ground, decided_by_id, reason, since, until)
  VALUES (m.id, m.subject_id, (m.facts ->> 'person')::uuid, (m.facts ->> 'organisation')::uuid, m.facts ->> 'sector',
          m.kind, m.asked_by_id, '', at, ends);
  RETURN true;
END $$;
CREATE OR REPLACE FUNCTION trust.lock_carry_court_order(m trust_matter, at timestamptz) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT trust.lock_exclude(m, at) $$;
CREATE OR REPLACE FUNCTION trust.lock_carry_conflict(m trust_matter, at timestamptz) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT trust.lock_exclude(m, at) $$;
CREATE OR REPLACE FUNCTION trust.lock_carry_withheld(m trust_matter, at timestamptz) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ SELECT trust.lock_exclude(m, at) $$;

CREATE OR REPLACE FUNCTION trust.lock_carry_exclusion_ends(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_exclusion e SET until = greatest(at, e.since) WHERE e.id = (m.facts ->> 'exclusion')::uuid
    AND e.subject_id = m.subject_id AND trust.excludes(e.ground) AND coalesce(e.until, 'infinity') > at;
  RETURN FOUND;
END $$;

-- The ages of another country count from now on; the term only ever becomes shorter.
CREATE OR REPLACE FUNCTION trust.lock_carry_country(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_village SET country = m.facts ->> 'country',
    term_days = least(term_days, (m.facts ->> 'longest_term')::smallint)
  WHERE id = m.village_id AND country <> m.facts ->> 'country';
  RETURN FOUND;
END $$;

-- A parent's reading ends sooner than in the country, never later and never before own voice; or again as in the country.
CREATE OR REPLACE FUNCTION trust.lock_carry_reading_ends(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE age smallint := (m.facts ->> 'age')::smallint;
BEGIN
  UPDATE trust_village v SET reading_ends = age FROM trust_agerule r
  WHERE v.id = m.village_id AND r.country = v.country AND v.reading_ends IS DISTINCT FROM age
    AND (age IS NULL OR (r.own_voice <= age AND age < r.guardian_reads_until));
  RETURN FOUND;
END $$;

-- The guards. Whoever serves nobody (founding, the harness, a migration) is not asked.
CREATE OR REPLACE FUNCTION trust.check_two_members() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NULL THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.authority <> OLD.authority AND NOT trust.agreed_by_two('{authority}', jsonb_build_object('family', NEW.family_id,
        'person', NEW.person_id, 'authority', NEW.authority)) THEN PERFORM trust.refuse('two_people_decide'); END IF;
  ELSIF EXISTS (SELECT 1 FROM trust_circle c WHERE c.family_id = NEW.family_id AND c.kind = 'family')
    AND NOT trust.agreed_by_two('{household}', jsonb_build_object('family', NEW.family_id, 'person', NEW.person_id)) THEN
    PERFORM trust.refuse('two_people_decide');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_two_seats() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL AND EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = NEW.circle_id AND c.kind = 'sealed'
      AND NOT (c.opened_by_id IS NOT DISTINCT FROM trust.viewer() AND c.opened_in = pg_current_xact_id()))
    AND NOT trust.agreed_by_two('{sealed seat}', jsonb_build_object('circle', NEW.circle_id, 'person', NEW.person_id)) THEN
    PERFORM trust.refuse('two_people_decide');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_two_exclusions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NULL OR NOT trust.excludes(NEW.ground) THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NOT trust.agreed_by_two(ARRAY[NEW.ground::text], jsonb_build_object('subject', NEW.subject_id)) THEN
      PERFORM trust.refuse('two_people_decide');
    END IF;
  ELSIF NEW.until IS DISTINCT FROM OLD.until
    AND NOT trust.agreed_by_two('{exclusion ends}', jsonb_build_object('exclusion', NEW.id)) THEN
    PERFORM trust.refuse('two_people_decide');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_two_country() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL AND NEW.country <> OLD.country
     AND NOT trust.agreed_by_two('{country}', jsonb_build_object('country', NEW.country)) THEN
    PERFORM trust.refuse('two_people_decide');
  END IF;
  IF trust.identity() IS NOT NULL AND NEW.reading_ends IS DISTINCT FROM OLD.reading_ends
     AND NOT trust.agreed_by_two('{reading ends}', jsonb_build_object('age', NEW.reading_ends)) THEN
    PERFORM trust.refuse('two_people_decide');
  END IF;
  RETURN NEW;
END $$;

DO $$
DECLARE spec text[];
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['trust_familymember', 'INSERT OR UPDATE', 'check_two_members'],
    ['trust_seat', 'INSERT', 'check_two_seats'],
    ['trust_exclusion', 'INSERT OR UPDATE', 'check_two_exclusions'],
    ['trust_village', 'UPDATE', 'check_two_country']]
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS two_people ON %I', spec[1]);
    EXECUTE format('CREATE TRIGGER two_people BEFORE %s ON %I FOR EACH ROW EXECUTE FUNCTION trust.%s()', spec[2], spec[1], spec[3]);
  END LOOP;
  DROP TRIGGER IF EXISTS stays_as_written ON trust_matter;
  CREATE TRIGGER stays_as_written BEFORE UPDATE ON trust_matter FOR EACH ROW EXECUTE FUNCTION trust.stays_as_written(
    'village_id', 'circle_id', 'subject_id', 'kind', 'number', 'facts', 'asked_by_id', 'asked_at', 'until');
END $$;
