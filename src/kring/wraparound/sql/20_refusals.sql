-- What can never be in a plan, whoever asks.

-- The plan of a family lies in that family's circle.
CREATE OR REPLACE FUNCTION trust.check_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT family_id FROM trust_circle WHERE id = NEW.circle_id) IS DISTINCT FROM NEW.family_id THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  IF NEW.stage = 'in force' AND (TG_OP = 'INSERT' OR OLD.stage <> 'in force') AND NOT EXISTS (
      SELECT 1 FROM wraparound_version WHERE plan_id = NEW.id AND stage = 'in force') THEN
    PERFORM trust.refuse('not_everybody_said_yes');
  END IF;
  RETURN NEW;
END $$;

-- One plan for a family: nobody begins another beside one that they know. Whoever may not know the one that stands is
-- not told of it, and begins theirs (K4, K12). Two who begin at once come one after the other.
CREATE OR REPLACE FUNCTION trust.check_one_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('one plan of ' || NEW.family_id, 0));
  IF EXISTS (SELECT 1 FROM wraparound_plan p WHERE p.family_id = NEW.family_id AND p.stage <> 'closed'
      AND trust.knows(NEW.author_id, p.circle_id, p.about_id, p.author_id, p.at, trust.moment())) THEN
    PERFORM trust.refuse('one_open_plan_per_family');
  END IF;
  RETURN NEW;
END $$;

-- What belongs to a plan lies in a circle of the same family.
CREATE OR REPLACE FUNCTION trust.check_in_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE plan uuid := CASE TG_TABLE_NAME WHEN 'wraparound_action'
  THEN (SELECT plan_id FROM wraparound_goal WHERE id = (to_jsonb(NEW) ->> 'goal_id')::uuid)
  ELSE (to_jsonb(NEW) ->> 'plan_id')::uuid END;
BEGIN
  IF plan IS NOT NULL AND (SELECT family_id FROM wraparound_plan WHERE id = plan)
     IS DISTINCT FROM (SELECT family_id FROM trust_circle WHERE id = NEW.circle_id) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

-- Versions come only by freezing a plan and are in force only when everybody said yes.
CREATE OR REPLACE FUNCTION trust.check_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN PERFORM trust.refuse('versions_come_by_freezing'); END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.stage = 'replaced' AND NEW.stage <> 'replaced' THEN PERFORM trust.refuse('stays_as_written'); END IF;
  IF NEW.stage = 'in force' AND OLD.stage <> 'in force' AND NOT trust.reckon_agreed(NEW.id) THEN
    PERFORM trust.refuse('not_everybody_said_yes');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN PERFORM trust.refuse('never_changes'); END IF;
  RETURN OLD;
END $$;

-- Only who must say yes can be written down as having answered, and only to a version that still waits: in
-- force, its answers are closed. What a
-- child answers is about that child: whoever is left out of it does not read the words.
CREATE OR REPLACE FUNCTION trust.check_approval() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM trust.reckon_approvers(NEW.version_id) r WHERE r.person = NEW.person_id) THEN
    PERFORM trust.refuse('no_yes_is_asked_of_this_person');
  END IF;
  IF (SELECT stage FROM wraparound_version WHERE id = NEW.version_id) = 'replaced' THEN
    PERFORM trust.refuse('a_newer_version_came');
  END IF;
  IF (SELECT stage FROM wraparound_version WHERE id = NEW.version_id) = 'in force' THEN
    PERFORM trust.refuse('never_changes');
  END IF;
  IF EXISTS (SELECT 1 FROM trust_circle c JOIN trust_familymember m ON m.family_id = c.family_id AND m.kind = 'child'
             JOIN trust_birth b ON b.person_id = m.person_id WHERE c.id = NEW.circle_id AND m.person_id = NEW.person_id) THEN
    NEW.subject_id := NEW.person_id;
    NEW.about_id := NEW.person_id;
  END IF;
  RETURN NEW;
END $$;

-- What a child says beside a version in force is about that child, as its answer is.
CREATE OR REPLACE FUNCTION trust.check_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW."on" IN ('version', 'meeting', 'decision') AND EXISTS (
      SELECT 1 FROM trust_circle c JOIN trust_familymember m ON m.family_id = c.family_id AND m.kind = 'child'
      JOIN trust_birth b ON b.person_id = m.person_id WHERE c.id = NEW.circle_id AND m.person_id = NEW.author_id) THEN
    NEW.subject_id := NEW.author_id;
    NEW.about_id := NEW.author_id;
  END IF;
  RETURN NEW;
END $$;

-- What is narrowed takes along what hangs on it: the steps of a goal, remarks, and the frozen parts of old versions.
-- What is widened leaves them: older words are not shown to those who could not read them then.
CREATE OR REPLACE FUNCTION trust.narrow_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.circle_id = OLD.circle_id OR (SELECT kind FROM trust_circle WHERE id = NEW.circle_id) = 'family' THEN
    RETURN NULL;
  END IF;
  UPDATE wraparound_versionpart SET circle_id = NEW.circle_id WHERE source_id = NEW.id AND circle_id = OLD.circle_id;
  UPDATE wraparound_remark SET circle_id = NEW.circle_id WHERE circle_id = OLD.circle_id
    AND (object_id = NEW.id OR object_id IN (SELECT id FROM wraparound_versionpart WHERE source_id = NEW.id));
  IF TG_TABLE_NAME = 'wraparound_goal' THEN
    UPDATE wraparound_action SET circle_id = NEW.circle_id WHERE goal_id = NEW.id AND circle_id = OLD.circle_id;
  ELSIF TG_TABLE_NAME = 'wraparound_action' THEN
    UPDATE wraparound_celebration SET circle_id = NEW.circle_id WHERE action_id = NEW.id AND circle_id = OLD.circle_id;
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE spec text[];
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['wraparound_plan', 'check_plan', 'BEFORE INSERT OR UPDATE'],
    ['wraparound_plan', 'check_one_plan', 'BEFORE INSERT'],
    ['wraparound_wish', 'check_in_plan', 'BEFORE INSERT OR UPDATE'],
    ['wraparound_goal', 'check_in_plan', 'BEFORE INSERT OR UPDATE'],
    ['wraparound_action', 'check_in_plan', 'BEFORE INSERT OR UPDATE'],
    ['wraparound_remark', 'check_in_plan', 'BEFORE INSERT OR UPDATE'],
    ['wraparound_remark', 'check_said', 'BEFORE INSERT'],
    ['wraparound_version', 'check_frozen', 'BEFORE INSERT'],
    ['wraparound_versionpart', 'check_frozen', 'BEFORE INSERT'],
    ['wraparound_version', 'check_stage', 'BEFORE UPDATE'],
    ['wraparound_version', 'check_kept', 'BEFORE DELETE'],
    ['wraparound_versionpart', 'check_kept', 'BEFORE DELETE'],
    ['wraparound_approval', 'check_kept', 'BEFORE DELETE'],
    ['wraparound_approval', 'check_approval', 'BEFORE INSERT'],
    ['wraparound_wish', 'narrow_along', 'AFTER UPDATE OF circle_id'],
    ['wraparound_goal', 'narrow_along', 'AFTER UPDATE OF circle_id'],
    ['wraparound_action', 'narrow_along', 'AFTER UPDATE OF circle_id']]
  LOOP
    CONTINUE WHEN to_regclass(spec[1]) IS NULL;
    EXECUTE format('DROP TRIGGER IF EXISTS plan_%s ON %I', spec[2], spec[1]);
    EXECUTE format('CREATE TRIGGER plan_%s %s ON %I FOR EACH ROW EXECUTE FUNCTION trust.%I()', spec[2], spec[3], spec[1], spec[2]);
  END LOOP;
END $$;
