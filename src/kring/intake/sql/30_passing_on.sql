-- That a promise got another day, and why, lies where the promise lies and is about whom it is about; it goes along with it.
CREATE OR REPLACE FUNCTION trust.change_lies_with_promise() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT circle_id, subject_id INTO NEW.circle_id, NEW.subject_id FROM intake_promise WHERE id = NEW.promise_id;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.changes_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE intake_promisechange SET circle_id = NEW.circle_id, subject_id = NEW.subject_id WHERE promise_id = NEW.id;
  RETURN NULL;
END $$;

-- A promise is taken back by nobody but whoever wrote it down.
CREATE OR REPLACE FUNCTION trust.check_promise_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND OLD.author_id IS DISTINCT FROM trust.viewer() THEN PERFORM trust.refuse('never_changes'); END IF;
  RETURN OLD;
END $$;

DO $$
BEGIN
  IF to_regclass('intake_promisechange') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS a_change_lies_with_promise ON intake_promisechange;
  CREATE TRIGGER a_change_lies_with_promise BEFORE INSERT ON intake_promisechange
    FOR EACH ROW EXECUTE FUNCTION trust.change_lies_with_promise();
  DROP TRIGGER IF EXISTS changes_along ON intake_promise;
  CREATE TRIGGER changes_along AFTER UPDATE OF circle_id, subject_id ON intake_promise
    FOR EACH ROW WHEN (ROW(NEW.circle_id, NEW.subject_id) IS DISTINCT FROM ROW(OLD.circle_id, OLD.subject_id))
    EXECUTE FUNCTION trust.changes_along();
  DROP TRIGGER IF EXISTS check_promise_goes ON intake_promise;
  CREATE TRIGGER check_promise_goes BEFORE DELETE ON intake_promise
    FOR EACH ROW EXECUTE FUNCTION trust.check_promise_goes();
END $$;

-- A first talk goes to a colleague of the contact point: the colleague sits in it, and the one who gave it does not.
CREATE OR REPLACE FUNCTION trust.pass_on_talk(concern uuid, whom uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c intake_concern; through uuid;
BEGIN
  PERFORM trust.check_clock(at);
  SELECT * INTO c FROM intake_concern WHERE id = concern FOR UPDATE;
  IF c.id IS NULL OR c.taken_by_id IS DISTINCT FROM trust.viewer() OR c.closed_at IS NOT NULL
     OR NOT trust.works(trust.viewer(), 'contact point') OR NOT EXISTS (
       SELECT 1 FROM trust_access a JOIN trust_circle k ON k.id = a.circle_id AND k.kind = 'first talk'
       WHERE a.viewer_id = trust.viewer() AND a.circle_id = c.circle_id AND NOT a.danger
         AND trust.runs(a.since, a.until)) THEN
    RETURN false;
  END IF;
  SELECT j.id INTO through FROM trust_job j JOIN trust_person p ON p.id = j.person_id AND p.village_id = trust.viewer_village()
  WHERE j.person_id = whom AND j.role = 'contact point' AND trust.works(whom, 'contact point')
    AND trust.runs(j.since, j.until) ORDER BY j.since, j.id LIMIT 1;
  IF through IS NULL OR whom = trust.viewer() THEN RETURN false; END IF;
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  SELECT gen_random_uuid(), c.circle_id, whom, through, 'professional', '', 3, 'job', true, pass_on_talk.at, trust.viewer()
  WHERE NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = c.circle_id AND s.person_id = whom
    AND trust.runs(s.since, s.until));
  UPDATE intake_promise SET by_id = whom
  WHERE concern_id = c.id AND by_id = trust.viewer() AND kept_at IS NULL AND ended_at IS NULL;
  UPDATE intake_concern SET taken_by_id = whom, stand_in_id = CASE WHEN stand_in_id = whom THEN NULL ELSE stand_in_id END
  WHERE id = c.id;
  UPDATE trust_seat SET until = greatest(pass_on_talk.at, since)
  WHERE circle_id = c.circle_id AND person_id = trust.viewer() AND (until IS NULL OR until > pass_on_talk.at);
  RETURN true;
END $$;
