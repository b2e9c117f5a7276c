-- The day a child was born decides who decides: it is said by few, and what stood there before is kept.

-- By who opens the family's circle, at that moment, about a child of that family and never about oneself. Later, for the
-- first time or another day, two people say it (79_carrying_out.sql).
CREATE OR REPLACE FUNCTION trust.may_say_born(child uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = circle AND c.kind = 'family' AND child <> trust.viewer()
    AND trust.seen_as() IS NULL AND trust.is_child_of(child, c.family_id)
    AND c.opened_by_id = trust.viewer() AND c.opened_in = pg_current_xact_id())
$$;

-- Another day than before: the one before stays, with who asked for another, and the family reads in its journal that it
-- changed.
CREATE OR REPLACE FUNCTION trust.birth_was_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked_by uuid;
BEGIN
  IF trust.reckon_forgets() THEN RETURN NULL; END IF;
  SELECT m.asked_by_id INTO asked_by FROM trust_matter m WHERE m.kind = 'birth' AND m.subject_id = OLD.person_id
    AND m.carried_in = pg_current_xact_id();
  INSERT INTO trust_birthbefore (id, person_id, circle_id, born, changed_by_id, at)
  VALUES (gen_random_uuid(), OLD.person_id, OLD.circle_id, OLD.born, asked_by, trust.moment());
  INSERT INTO trust_entry (id, at, kind, person_id, role, circle_id, about_id, part, deed, object_id, purpose, rule)
  SELECT gen_random_uuid(), trust.moment(), 'done', asked_by, '', OLD.circle_id, OLD.person_id, '',
    'birth date changed', OLD.person_id, '', 'two people' WHERE asked_by IS NOT NULL;
  RETURN NULL;
END $$;

-- Where the day is forgotten, what it ended stays ended, or ends on that day all the same.
CREATE OR REPLACE FUNCTION trust.birth_goes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE over timestamptz := trust.guardian_reads_until(OLD.person_id);
BEGIN
  UPDATE trust_seat s SET until = greatest(s.since, over) FROM trust_circle c
  WHERE c.id = s.circle_id AND c.subject_id = OLD.person_id AND s.ground = 'guardian' AND over < coalesce(s.until, 'infinity');
  RETURN OLD;
END $$;

DO $$
BEGIN
  IF to_regclass('trust_birthbefore') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS birth_change_check ON trust_birth;
  DROP FUNCTION IF EXISTS trust.check_birth_change();
  DROP TRIGGER IF EXISTS birth_kept ON trust_birth;
  CREATE TRIGGER birth_kept AFTER UPDATE OF born ON trust_birth FOR EACH ROW WHEN (OLD.born IS DISTINCT FROM NEW.born)
    EXECUTE FUNCTION trust.birth_was_before();
  DROP TRIGGER IF EXISTS birth_goes ON trust_birth;
  CREATE TRIGGER birth_goes BEFORE DELETE ON trust_birth FOR EACH ROW EXECUTE FUNCTION trust.birth_goes();
END $$;
