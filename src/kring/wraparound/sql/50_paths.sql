-- The path of earlier help, and how a child learns best: what can never be, whoever asks.

-- A help of the path lies with its family: in its circle, or in a part of it.
CREATE OR REPLACE FUNCTION trust.check_earlier_help() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM trust_circle WHERE id = NEW.circle_id AND kind IN ('family', 'part')) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

-- One help, one eye: how it was told before lies where the help lies, and goes where it goes; so do the promises
-- about its papers, which name it.
CREATE OR REPLACE FUNCTION trust.check_telling() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.circle_id IS DISTINCT FROM (SELECT circle_id FROM wraparound_earlierhelp WHERE id = NEW.help_id) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.tellings_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE wraparound_earliertelling SET circle_id = NEW.circle_id WHERE help_id = NEW.id;
  UPDATE intake_promisechange SET circle_id = NEW.circle_id
  WHERE promise_id IN (SELECT id FROM intake_promise WHERE object_id = NEW.id);
  UPDATE intake_promise SET circle_id = NEW.circle_id WHERE object_id = NEW.id;
  RETURN NULL;
END $$;

DO $$
DECLARE spec text[];
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['wraparound_earlierhelp', 'check_earlier_help', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_earlierhelp', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_earlierhelp', 'tellings_along', 'AFTER UPDATE OF circle_id', 'WHEN (NEW.circle_id <> OLD.circle_id)'],
    ['wraparound_earliertelling', 'check_telling', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_earliertelling', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_learningprofile', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_learningsheet', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_talentword', 'check_taken_back', 'BEFORE DELETE', '']]
  LOOP
    CONTINUE WHEN to_regclass(spec[1]) IS NULL;
    EXECUTE format('DROP TRIGGER IF EXISTS path_%s ON %I', spec[2], spec[1]);
    EXECUTE format('CREATE TRIGGER path_%s %s ON %I FOR EACH ROW %s EXECUTE FUNCTION trust.%I()',
      spec[2], spec[3], spec[1], spec[4], spec[2]);
  END LOOP;
END $$;
