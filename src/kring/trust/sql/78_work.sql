-- Work and who is reached first: what a row's new value may be, where its policy says who writes it.

-- The last day of work comes nearer by who may say it. It goes further only back to where it was before somebody
-- leaves; beyond that an administrator lets work go on, never their own. What ended a month ago ended for good: old work
-- speaks for nobody anew (D6).
CREATE OR REPLACE FUNCTION trust.check_job_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND coalesce(NEW.until, 'infinity') > coalesce(OLD.until, 'infinity')
     AND (OLD.until <= trust.moment() - interval '30 days'
       OR NOT (NEW.person_id <> trust.viewer() AND trust.at_work('administrator'))
         AND NOT EXISTS (SELECT 1 FROM trust_leaving l WHERE l.job_id = NEW.id
           AND coalesce(NEW.until, 'infinity') <= coalesce(l.was_until, 'infinity'))) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;

-- What somebody who leaves goes back to is what the work itself said.
CREATE OR REPLACE FUNCTION trust.check_leaving() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served()
     AND NEW.was_until IS DISTINCT FROM (SELECT j.until FROM trust_job j WHERE j.id = NEW.job_id) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;

-- Who is reached first for the family is said by those who speak for it, or written down by who coordinates.
CREATE OR REPLACE FUNCTION trust.check_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND NEW.first
     AND NOT trust.says_who_is_first(NEW.circle_id) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;

-- Guardians; a young person where no guardian sits; the coordinator, who writes down what they said.
DROP FUNCTION IF EXISTS trust.says_who_is_first(uuid, uuid);
CREATE OR REPLACE FUNCTION trust.says_who_is_first(circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH seated AS (SELECT a.viewer_id, s.role FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
    WHERE a.circle_id = circle AND NOT a.danger AND trust.runs(a.since, a.until))
  SELECT EXISTS (SELECT 1 FROM seated WHERE viewer_id = trust.viewer() AND (role IN ('guardian', 'coordinator')
    OR (role = 'child' AND NOT EXISTS (SELECT 1 FROM seated WHERE role = 'guardian'))))
$$;

DO $$
BEGIN
  IF to_regclass('trust_leaving') IS NULL OR to_regclass('trust_contactcard') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS job_change_check ON trust_job;
  CREATE TRIGGER job_change_check BEFORE UPDATE ON trust_job FOR EACH ROW EXECUTE FUNCTION trust.check_job_change();
  DROP TRIGGER IF EXISTS leaving_check ON trust_leaving;
  CREATE TRIGGER leaving_check BEFORE INSERT ON trust_leaving FOR EACH ROW EXECUTE FUNCTION trust.check_leaving();
  DROP TRIGGER IF EXISTS first_insert_check ON trust_contactcard;
  CREATE TRIGGER first_insert_check BEFORE INSERT ON trust_contactcard FOR EACH ROW WHEN (NEW.first)
    EXECUTE FUNCTION trust.check_first();
  DROP TRIGGER IF EXISTS first_update_check ON trust_contactcard;
  CREATE TRIGGER first_update_check BEFORE UPDATE ON trust_contactcard FOR EACH ROW WHEN (NEW.first AND NOT OLD.first)
    EXECUTE FUNCTION trust.check_first();
END $$;
