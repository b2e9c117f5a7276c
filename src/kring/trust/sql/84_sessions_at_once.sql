-- Twenty sessions of one person at once: when another begins, the one that was used longest ago ends.
CREATE OR REPLACE FUNCTION trust.too_many_sessions_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_session WHERE session_key IN (
    SELECT s.session_key FROM trust_session s WHERE s.person_id = NEW.person_id AND s.session_key <> NEW.session_key
    ORDER BY s.seen_at DESC, s.since DESC OFFSET 19);
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS not_too_many ON trust_session;
CREATE TRIGGER not_too_many AFTER INSERT ON trust_session FOR EACH ROW WHEN (NEW.person_id IS NOT NULL)
  EXECUTE FUNCTION trust.too_many_sessions_end();
DROP TRIGGER IF EXISTS not_too_many_either ON trust_session;
CREATE TRIGGER not_too_many_either AFTER UPDATE OF person_id ON trust_session FOR EACH ROW
  WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
  EXECUTE FUNCTION trust.too_many_sessions_end();
