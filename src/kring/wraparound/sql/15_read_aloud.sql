-- A version read aloud: a voice cannot leave out for one listener what the page hides from them. So whoever may not know
-- one of the parts that were read hears nothing of it, and is offered nothing (K4, K11).

-- Which parts are read is not said by whoever records: it is what they may know of the version.
CREATE OR REPLACE FUNCTION trust.check_read_aloud() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.parts_read := ARRAY(SELECT p.id FROM wraparound_versionpart p WHERE p.version_id = NEW.version_id
    AND trust.knows(NEW.author_id, p.circle_id, p.about_id, p.author_id, p.at, trust.moment()) ORDER BY p.id);
  RETURN NEW;
END $$;

-- Whether whoever asks may know all that was read; of a recording without its parts, the whole version. Through other
-- eyes, both may.
CREATE OR REPLACE FUNCTION trust.hears_whole(which uuid, parts uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (trust.viewer() IS NOT NULL OR trust.scope() IS NOT NULL) AND NOT EXISTS (
    SELECT 1 FROM wraparound_versionpart p WHERE p.version_id = which AND (parts IS NULL OR p.id = ANY(parts))
      AND (trust.reckon_asker_knows(p.circle_id, p.about_id, p.author_id, p.at) IS NOT TRUE
        OR (trust.seen_as() IS NOT NULL AND NOT trust.other_knows(p.circle_id, p.about_id, p.author_id, p.at))))
$$;

-- A part that goes for good takes the voice along that read it.
CREATE OR REPLACE FUNCTION trust.silence_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM wraparound_recording r WHERE r.version_id = OLD.version_id
    AND (r.parts_read IS NULL OR OLD.id = ANY(r.parts_read));
  RETURN NULL;
END $$;

DO $$
BEGIN
  IF to_regclass('wraparound_recording') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS plan_check_read_aloud ON wraparound_recording;
  CREATE TRIGGER plan_check_read_aloud BEFORE INSERT ON wraparound_recording
    FOR EACH ROW EXECUTE FUNCTION trust.check_read_aloud();
  DROP TRIGGER IF EXISTS plan_silence_along ON wraparound_versionpart;
  CREATE TRIGGER plan_silence_along AFTER DELETE ON wraparound_versionpart
    FOR EACH ROW EXECUTE FUNCTION trust.silence_along();
END $$;
