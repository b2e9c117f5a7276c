-- Somebody who stands here twice (D6): two people say that it is one person, and what was written down of both comes
-- together. What comes along, and what stands in the way, is made from the lines of `merging.py`.

-- In which transaction somebody is brought together: only there may what stands fast change.
DO $$
BEGIN
  IF to_regclass('trust_sameperson') IS NULL THEN RETURN; END IF;
  ALTER TABLE trust_sameperson ADD COLUMN IF NOT EXISTS brings_in xid8;
END $$;

CREATE OR REPLACE FUNCTION trust.reckon_brings() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_sameperson s WHERE s.brings_in = pg_current_xact_id_if_assigned())
$$;

-- These people, and everybody as whom they stood here before.
CREATE OR REPLACE FUNCTION trust.reckon_as_written(people uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT people || ARRAY(SELECT s.goes_id FROM trust_sameperson s WHERE s.stays_id = ANY(people) ORDER BY 1)
$$;

-- The families in which somebody is, or ever sat.
CREATE OR REPLACE FUNCTION trust.reckon_families_of(people uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY(SELECT m.family_id FROM trust_familymember m WHERE m.person_id = ANY(people)
    UNION SELECT c.family_id FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id
    WHERE s.person_id = ANY(people) AND c.family_id IS NOT NULL)
$$;

-- Is this a grown-up of a family whose plan one keeps, or one of its own people? Everybody it keeps knows the faces there.
-- Whoever was brought together with another is there as the other.
CREATE OR REPLACE FUNCTION trust.keeps_somebody(who uuid, somebody uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM (SELECT coalesce((SELECT p.stays_id FROM trust_sameperson p WHERE p.goes_id = somebody), somebody)) one(id),
      trust_circle c WHERE c.kind = 'family' AND c.family_id = ANY(trust.reckon_families_of(ARRAY[one.id]))
    AND trust.keeps_family(who, c.family_id)
    AND (EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = c.family_id AND m.person_id = one.id AND m.kind = 'guardian')
      OR EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = c.id AND s.person_id = one.id AND s.role IN ('guardian', 'natural')
        AND trust.runs(s.since, s.until))))
$$;

-- Two grown-ups of one village, neither of whom works in it or was a child here, so nobody is left out of what is about
-- them. The one who goes never came in, sat only with families that the asker keeps, as one of the family's own, and nothing
-- points to them that cannot come along. Who is left out of a child opens nothing about it to anybody, and cannot tell.
CREATE OR REPLACE FUNCTION trust.reckon_may_be_one(goes uuid, stays uuid, asker uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT count(*) = 2 AND count(DISTINCT p.village_id) = 1 FROM trust_person p WHERE p.id IN (goes, stays))
    AND NOT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id IN (goes, stays))
    AND NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id IN (goes, stays) AND m.kind = 'child')
    AND NOT EXISTS (SELECT 1 FROM trust_birth b WHERE b.person_id IN (goes, stays))
    AND NOT EXISTS (SELECT 1 FROM trust_sameperson s WHERE s.goes_id IN (goes, stays))
    AND NOT trust.reckon_came_in(goes)
    AND NOT EXISTS (SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id WHERE s.person_id = goes
      AND (c.kind NOT IN ('family', 'part', 'home') OR s.role NOT IN ('natural', 'guardian')))
    AND NOT EXISTS (SELECT 1 FROM unnest(trust.reckon_families_of(ARRAY[goes])) house WHERE NOT trust.keeps_family(asker, house))
    AND NOT EXISTS (SELECT 1 FROM trust_familymember k WHERE k.kind = 'child'
      AND k.family_id = ANY(trust.reckon_families_of(ARRAY[goes, stays])) AND trust.is_denied(asker, k.person_id, NULL, trust.moment()))
    AND NOT EXISTS (SELECT 1 FROM trust_familymember a JOIN trust_familymember b ON b.family_id = a.family_id
      WHERE a.person_id = goes AND b.person_id = stays AND a.authority <> b.authority)
    AND NOT trust.reckon_in_the_way(goes)
$$;

-- The function had a moment of its own before.
DROP FUNCTION IF EXISTS trust.reckon_one_place(uuid, uuid, timestamptz);
-- Two places in one circle: of two that live the earlier beginning and the later end, for no other role and no more of
-- what came before than one of them saw; one that is over says nothing more. One that only begins stands in the way.
CREATE OR REPLACE FUNCTION trust.reckon_one_place(goes uuid, stays uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE theirs uuid; kept uuid; g trust_seat; s trust_seat;
BEGIN
  FOR theirs, kept IN SELECT a.id, b.id FROM trust_seat a JOIN trust_seat b ON b.circle_id = a.circle_id
      AND tstzrange(a.since, a.until) && tstzrange(b.since, b.until) WHERE a.person_id = goes AND b.person_id = stays LOOP
    SELECT * INTO g FROM trust_seat WHERE id = theirs;
    SELECT * INTO s FROM trust_seat WHERE id = kept;
    CONTINUE WHEN g.id IS NULL OR s.id IS NULL;
    IF g.until <= trust.moment() THEN DELETE FROM trust_seat WHERE id = g.id;
    ELSIF s.until <= trust.moment() THEN DELETE FROM trust_seat WHERE id = s.id;
    ELSIF g.since > trust.moment() OR s.since > trust.moment() OR g.role <> s.role OR g.ground <> s.ground THEN RETURN false;
    ELSE
      DELETE FROM trust_seat WHERE id = g.id;
      UPDATE trust_seat SET since = least(g.since, s.since), history = g.history OR s.history,
        until = nullif(greatest(coalesce(g.until, 'infinity'), coalesce(s.until, 'infinity')), 'infinity') WHERE id = s.id;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- Each family to which something came reads who asked for it.
CREATE OR REPLACE FUNCTION trust.reckon_told_of_one(houses uuid[], asker uuid, stays uuid, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO trust_entry (id, at, kind, person_id, role, circle_id, about_id, part, deed, object_id, purpose, rule)
  SELECT gen_random_uuid(), at, 'done', asker, '', c.id, NULL, '', 'brought together', stays, '', 'two people'
  FROM trust_circle c WHERE c.kind = 'family' AND c.family_id = ANY(houses)
$$;

-- Did this person ever come in here: with an account, by a link, or doing or reading anything?
CREATE OR REPLACE FUNCTION trust.reckon_came_in(somebody uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_account a WHERE a.person_id = somebody)
    OR EXISTS (SELECT 1 FROM trust_link l WHERE l.person_id = somebody AND l.device_hash IS NOT NULL)
    OR EXISTS (SELECT 1 FROM trust_entry e WHERE e.person_id = somebody)
$$;

-- Who came in stays, whichever of the two was named first. Whatever does not fit, nothing happens.
CREATE OR REPLACE FUNCTION trust.lock_carry_merge(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE goes uuid := (m.facts ->> 'other')::uuid; stays uuid := (m.facts ->> 'person')::uuid; houses uuid[];
BEGIN
  IF trust.reckon_came_in(goes) THEN
    goes := stays; stays := (m.facts ->> 'other')::uuid;
  END IF;
  IF NOT trust.reckon_may_be_one(goes, stays, m.asked_by_id) THEN RETURN false; END IF;
  houses := trust.reckon_families_of(ARRAY[goes]);
  INSERT INTO trust_sameperson (id, goes_id, stays_id, matter_id, at, brings_in)
  VALUES (gen_random_uuid(), goes, stays, m.id, at, pg_current_xact_id());
  IF NOT trust.reckon_one_place(goes, stays) THEN PERFORM trust.refuse('stands_in_two_places'); END IF;
  PERFORM trust.reckon_bring(goes, stays);
  PERFORM trust.reckon_agreed_of_one(goes, stays);
  UPDATE trust_link SET ended_at = lock_carry_merge.at WHERE person_id = goes AND ended_at IS NULL;
  PERFORM trust.reckon_told_of_one(houses, m.asked_by_id, stays, at);
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  UPDATE trust_sameperson SET brings_in = NULL WHERE goes_id = goes;
  RETURN true;
EXCEPTION WHEN integrity_constraint_violation OR unique_violation OR exclusion_violation OR foreign_key_violation
  OR check_violation OR SQLSTATE 'KR001' THEN RETURN false;
END $$;

-- Whoever is left out, or given a place, as somebody who just went, is meant as the one who stays.
CREATE OR REPLACE FUNCTION trust.means_who_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM trust_person WHERE id = NEW.person_id FOR KEY SHARE;
  NEW.person_id := coalesce((SELECT s.stays_id FROM trust_sameperson s WHERE s.goes_id = NEW.person_id), NEW.person_id);
  RETURN NEW;
END $$;

DO $$
BEGIN
  IF to_regclass('trust_sameperson') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS as_who_stays ON trust_exclusion;
  CREATE TRIGGER as_who_stays BEFORE INSERT ON trust_exclusion FOR EACH ROW WHEN (NEW.person_id IS NOT NULL)
    EXECUTE FUNCTION trust.means_who_stays();
  DROP TRIGGER IF EXISTS as_who_stays ON trust_seat;
  CREATE TRIGGER as_who_stays BEFORE INSERT ON trust_seat FOR EACH ROW EXECUTE FUNCTION trust.means_who_stays();
END $$;
