-- The day a child was born decides who decides: it is said by few, and what stood there before is kept.

-- By who opens the family's circle at this moment; later by a guardian with authority or the coordinator who sits there,
-- about a child of that family, never about oneself.
CREATE OR REPLACE FUNCTION trust.may_say_born(child uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = circle AND c.kind = 'family' AND child <> trust.viewer()
    AND trust.seen_as() IS NULL AND trust.is_child_of(child, c.family_id)
    AND NOT trust.is_denied(trust.viewer(), child, NULL, trust.moment())
    AND ((c.opened_by_id = trust.viewer() AND c.opened_in = pg_current_xact_id())
      OR trust.sits_as(trust.viewer(), c.id, '{coordinator}')
      OR (trust.sits_as(trust.viewer(), c.id, '{guardian}') AND EXISTS (SELECT 1 FROM trust_familymember m
        WHERE m.family_id = c.family_id AND m.person_id = trust.viewer() AND m.kind = 'guardian' AND m.authority))))
$$;

-- Another day than before: the one before stays, with who changed it, and the family reads in its journal that it changed.
CREATE OR REPLACE FUNCTION trust.birth_was_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.reckon_forgets() THEN RETURN NULL; END IF;
  INSERT INTO trust_birthbefore (id, person_id, circle_id, born, changed_by_id, at)
  VALUES (gen_random_uuid(), OLD.person_id, OLD.circle_id, OLD.born, trust.viewer(), trust.moment());
  INSERT INTO trust_entry (id, at, kind, person_id, role, circle_id, about_id, part, deed, object_id, purpose, rule)
  SELECT gen_random_uuid(), trust.moment(), 'done', trust.viewer(), '', OLD.circle_id, OLD.person_id, '',
    'birth date changed', OLD.person_id, '', 'seat' WHERE trust.viewer() IS NOT NULL;
  RETURN NULL;
END $$;

-- Whose birth it is, and in which circle it lies, stays.
CREATE OR REPLACE FUNCTION trust.check_birth_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND (NEW.person_id, NEW.circle_id) IS DISTINCT FROM (OLD.person_id, OLD.circle_id) THEN
    PERFORM trust.refuse('stays_as_written');
  END IF;
  RETURN NEW;
END $$;

DO $$
BEGIN
  IF to_regclass('trust_birthbefore') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS birth_change_check ON trust_birth;
  CREATE TRIGGER birth_change_check BEFORE UPDATE ON trust_birth FOR EACH ROW EXECUTE FUNCTION trust.check_birth_change();
  DROP TRIGGER IF EXISTS birth_kept ON trust_birth;
  CREATE TRIGGER birth_kept AFTER UPDATE OF born ON trust_birth FOR EACH ROW WHEN (OLD.born IS DISTINCT FROM NEW.born)
    EXECUTE FUNCTION trust.birth_was_before();
END $$;
