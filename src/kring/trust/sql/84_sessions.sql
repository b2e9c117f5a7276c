-- Sessions: found by the fingerprint of their key, and over in the transaction in which their ground ends.

-- A device that is left to others lives until its hour, and while whoever left it works.
CREATE OR REPLACE FUNCTION trust.shared_lives(device uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_shareddevice d WHERE d.id = device AND d.ended_at IS NULL
    AND trust.runs(d.since, d.until) AND trust.works(d.person_id)
    AND EXISTS (SELECT 1 FROM trust_account a WHERE a.person_id = d.person_id AND a.is_active))
$$;

-- What a living session knows, and the account that is in by it. One that began at work lives only while the person works.
DROP FUNCTION IF EXISTS trust.live_session(text);
CREATE OR REPLACE FUNCTION trust.live_session(fingerprint text)
RETURNS TABLE (session_data text, seen_at timestamptz, id uuid, person_id uuid, email text, password text,
  last_login timestamptz, language text, is_active boolean, shortcuts boolean, quiet_titles boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.session_data, s.seen_at, a.id, a.person_id, a.email, a.password, a.last_login, a.language, a.is_active,
    a.shortcuts, a.quiet_titles FROM trust_session s
  LEFT JOIN trust_account a ON a.person_id = s.person_id AND a.is_active
  WHERE s.session_key = fingerprint AND s.expire_date > trust.moment()
    AND (NOT s.works OR trust.works(s.person_id))
    AND (s.shared_id IS NULL OR trust.shared_lives(s.shared_id))
$$;

-- Keep a session; answers whether it was kept: a new one needs a key of its own, an old one must still stand. Whose it is,
-- and on which shared device, bears Kring's signature: else who made up a key and knew a number would be shown what hangs on it.
DROP FUNCTION IF EXISTS trust.keep_session(text, text, timestamptz, uuid, text, boolean);
DROP FUNCTION IF EXISTS trust.keep_session(text, text, timestamptz, uuid, text, uuid, boolean);
CREATE OR REPLACE FUNCTION trust.keep_session(fingerprint text, kept text, ends timestamptz, account text,
  on_device text, shared text, is_new boolean) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  whose uuid := (SELECT a.person_id FROM trust_account a
    WHERE a.id = trust.named_by_kring(account, 'account')::uuid AND a.is_active);
  on_shared uuid := trust.named_by_kring(shared, 'shared')::uuid;
  at_work boolean := coalesce(trust.works(whose), false);
BEGIN
  IF (account IS NOT NULL AND whose IS NULL) OR (shared IS NOT NULL AND on_shared IS NULL) THEN RETURN false; END IF;
  IF is_new THEN
    INSERT INTO trust_session (session_key, session_data, expire_date, ref, person_id, shared_id, works, device, since,
      seen_at)
    VALUES (fingerprint, kept, ends, gen_random_uuid(), whose, on_shared, at_work, left(on_device, 60), trust.moment(),
      date_trunc('hour', trust.moment()))
    ON CONFLICT DO NOTHING;
  ELSE
    UPDATE trust_session s SET session_data = kept, expire_date = ends, person_id = whose, shared_id = on_shared,
      works = at_work OR (s.works AND s.person_id = whose), device = left(on_device, 60)
    WHERE s.session_key = fingerprint;
  END IF;
  RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION trust.session_stands(fingerprint text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_session s WHERE s.session_key = fingerprint)
$$;

-- Once an hour: somebody is still here.
CREATE OR REPLACE FUNCTION trust.session_seen(fingerprint text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE trust_session SET seen_at = date_trunc('hour', trust.moment()) WHERE session_key = fingerprint
$$;

CREATE OR REPLACE FUNCTION trust.end_session(fingerprint text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM trust_session WHERE session_key = fingerprint
$$;

-- What is left of sessions that ended, and devices nobody used for a year.
CREATE OR REPLACE FUNCTION trust.forget_sessions(at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone integer;
BEGIN
  IF forget_sessions.at > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  DELETE FROM trust_session s WHERE s.expire_date < forget_sessions.at OR (s.works AND NOT trust.works(s.person_id))
    OR (s.shared_id IS NOT NULL AND NOT trust.shared_lives(s.shared_id));
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM trust_shareddevice d WHERE d.until < forget_sessions.at - interval '30 days';
  DELETE FROM trust_knowndevice k WHERE k.seen_on < forget_sessions.at::date - 365;
  RETURN gone;
END $$;

-- A device that is shared: who put it up, and their PIN, for the session of that device alone and only while it lives.
-- A try is counted before it is looked at; the fifth wrong one ends the device.
CREATE OR REPLACE FUNCTION trust.try_pin(fingerprint text) RETURNS TABLE (person_id uuid, pin_hash text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE device trust_shareddevice; tried trust_pin;
BEGIN
  SELECT d.* INTO device FROM trust_session s JOIN trust_shareddevice d ON d.id = s.shared_id
  WHERE s.session_key = fingerprint AND trust.shared_lives(d.id);
  IF device.id IS NULL THEN RETURN; END IF;
  UPDATE trust_pin p SET wrong = p.wrong + 1 WHERE p.person_id = device.person_id RETURNING p.* INTO tried;
  IF tried.wrong > 5 THEN
    UPDATE trust_shareddevice SET ended_at = trust.moment() WHERE id = device.id;
    UPDATE trust_pin p SET wrong = 0 WHERE p.person_id = device.person_id;
    RETURN;
  END IF;
  RETURN QUERY SELECT tried.person_id, tried.pin_hash::text;
END $$;

CREATE OR REPLACE FUNCTION trust.pin_was_right(fingerprint text, ends boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE shared uuid := (SELECT s.shared_id FROM trust_session s WHERE s.session_key = fingerprint);
BEGIN
  UPDATE trust_pin p SET wrong = 0 FROM trust_shareddevice d WHERE d.id = shared AND p.person_id = d.person_id;
  IF ends THEN
    UPDATE trust_shareddevice SET ended_at = trust.moment() WHERE id = shared AND ended_at IS NULL;
  END IF;
END $$;

-- Whoever comes in does so on a device: whether it is their first one, one they used before, or a new one.
DROP FUNCTION IF EXISTS trust.greet_device(uuid, bytea, timestamptz);
CREATE FUNCTION trust.greet_device(whose uuid, hash bytea, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE others boolean := EXISTS (SELECT 1 FROM trust_knowndevice k WHERE k.person_id = whose); made uuid;
BEGIN
  IF whose IS DISTINCT FROM trust.signs_in() THEN RETURN NULL; END IF;
  UPDATE trust_knowndevice k SET seen_on = greet_device.at::date WHERE k.person_id = whose AND k.device_hash = hash;
  IF FOUND THEN RETURN NULL; END IF;
  INSERT INTO trust_knowndevice (id, person_id, device_hash, seen_on)
  VALUES (gen_random_uuid(), whose, hash, greet_device.at::date) ON CONFLICT DO NOTHING RETURNING id INTO made;
  RETURN CASE WHEN others THEN made END;
END $$;

-- Whether a letter about a device may still go to this person: it is theirs, and they came in on it these days.
CREATE OR REPLACE FUNCTION trust.device_still_new(which uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND EXISTS (SELECT 1 FROM trust_knowndevice k WHERE k.id = which AND k.person_id = whom
    AND k.seen_on >= trust.moment()::date - 7)
$$;

CREATE OR REPLACE FUNCTION trust.sessions_of_workers_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_session s WHERE (s.works AND NOT trust.works(s.person_id))
    OR (s.shared_id IS NOT NULL AND NOT trust.shared_lives(s.shared_id));
  RETURN NULL;
END $$;

-- A shared device that is taken back, or that goes with its worker.
CREATE OR REPLACE FUNCTION trust.sessions_of_a_shared_device_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_session WHERE shared_id = OLD.id AND NOT trust.shared_lives(OLD.id);
  RETURN NULL;
END $$;

-- Another password, an account that is switched off, an account that goes.
CREATE OR REPLACE FUNCTION trust.sessions_of_an_account_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_session WHERE person_id = OLD.person_id;
  UPDATE trust_shareddevice SET ended_at = trust.moment() WHERE person_id = OLD.person_id AND ended_at IS NULL;
  IF TG_OP = 'DELETE' THEN
    DELETE FROM trust_knowndevice WHERE person_id = OLD.person_id;
    DELETE FROM trust_signon WHERE person_id = OLD.person_id;
    DELETE FROM trust_shareddevice WHERE person_id = OLD.person_id;
    DELETE FROM trust_pin WHERE person_id = OLD.person_id;
  END IF;
  RETURN NULL;
END $$;

-- A second factor that is taken away. What somebody left to others ends too: a thief may have left it.
CREATE OR REPLACE FUNCTION trust.sessions_of_a_factor_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid := (SELECT a.person_id FROM trust_account a WHERE a.id = OLD.user_id);
BEGIN
  DELETE FROM trust_session WHERE person_id = whose;
  UPDATE trust_shareddevice SET ended_at = trust.moment() WHERE person_id = whose AND ended_at IS NULL;
  RETURN NULL;
END $$;

DO $$
DECLARE spec text[];
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['trust_job', 'UPDATE OF until, since OR DELETE', 'STATEMENT', '', 'sessions_of_workers_end'],
    ['trust_agreement', 'UPDATE OR DELETE', 'STATEMENT', '', 'sessions_of_workers_end'],
    ['trust_account', 'DELETE', 'ROW', '', 'sessions_of_an_account_end'],
    ['trust_shareddevice', 'UPDATE OF ended_at, until OR DELETE', 'ROW', '', 'sessions_of_a_shared_device_end'],
    ['mfa_authenticator', 'DELETE', 'ROW', 'WHEN (OLD.type IN (''totp'', ''webauthn''))', 'sessions_of_a_factor_end']]
  LOOP
    IF to_regclass(spec[1]) IS NOT NULL THEN
      EXECUTE format('DROP TRIGGER IF EXISTS sessions_end ON %I', spec[1]);
      EXECUTE format('CREATE TRIGGER sessions_end AFTER %s ON %I FOR EACH %s %s EXECUTE FUNCTION trust.%I()',
        spec[2], spec[1], spec[3], spec[4], spec[5]);
    END IF;
  END LOOP;
  DROP TRIGGER IF EXISTS sessions_end_with_a_change ON trust_account;
  CREATE TRIGGER sessions_end_with_a_change AFTER UPDATE OF password, is_active ON trust_account FOR EACH ROW
    WHEN (OLD.password IS DISTINCT FROM NEW.password OR (OLD.is_active AND NOT NEW.is_active))
    EXECUTE FUNCTION trust.sessions_of_an_account_end();
END $$;
