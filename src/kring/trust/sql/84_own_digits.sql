-- Six digits that only one person knows, before what is told between two people (K13). Everything is decided here:
-- whoever serves can try them, five times in a quarter of an hour, and read nothing.

-- Who does not work here has them; who works shows a passkey or a code of their own.
CREATE OR REPLACE FUNCTION trust.has_digits() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.viewer() WHERE trust.seen_as() IS NULL AND NOT trust.works(trust.viewer())
$$;

CREATE OR REPLACE FUNCTION trust.my_digits()
RETURNS TABLE (set_at timestamptz, rests_until timestamptz, forgotten_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.set_at, CASE WHEN d.wrong >= 5 THEN d.tried_at + interval '15 minutes' END,
    CASE WHEN d.forgotten_at > trust.moment() - interval '3 days' THEN d.forgotten_at END
  FROM trust_owndigits d WHERE d.person_id = trust.has_digits()
$$;

CREATE OR REPLACE FUNCTION trust.show_digits(hash bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE d trust_owndigits; rested boolean;
BEGIN
  SELECT * INTO d FROM trust_owndigits WHERE person_id = trust.has_digits() FOR UPDATE;
  rested := d.tried_at IS NULL OR d.tried_at <= trust.moment() - interval '15 minutes';
  IF d.set_at IS NULL OR (d.wrong >= 5 AND NOT rested) THEN RETURN false; END IF;
  IF d.digits_hash IS DISTINCT FROM hash THEN
    UPDATE trust_owndigits SET wrong = CASE WHEN rested THEN 1 ELSE d.wrong + 1 END, tried_at = trust.moment()
    WHERE id = d.id;
    RETURN false;
  END IF;
  -- whoever knows them did not forget them
  UPDATE trust_owndigits SET wrong = 0, right_at = trust.moment(), forgotten_at = NULL WHERE id = d.id;
  RETURN true;
END $$;

-- For the first time who has no passkey and no app; others who showed the old ones just now, or a day after they said
-- that they do not know them any more. What was said three days ago does not hold any more.
CREATE OR REPLACE FUNCTION trust.choose_digits(hash bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid := trust.has_digits(); d trust_owndigits;
BEGIN
  IF whose IS NULL THEN RETURN false; END IF;
  SELECT * INTO d FROM trust_owndigits WHERE person_id = whose FOR UPDATE;
  IF d.id IS NULL OR (d.set_at IS NULL AND coalesce(d.forgotten_at <= trust.moment() - interval '3 days', true)) THEN
    IF EXISTS (SELECT 1 FROM mfa_authenticator m JOIN trust_account a ON a.id = m.user_id
               WHERE a.person_id = whose AND m.type IN ('webauthn', 'totp')) THEN RETURN false; END IF;
    INSERT INTO trust_owndigits (id, person_id, digits_hash, set_at, right_at, wrong)
    VALUES (gen_random_uuid(), whose, hash, trust.moment(), trust.moment(), 0)
    ON CONFLICT (person_id) DO UPDATE SET digits_hash = hash, set_at = trust.moment(), right_at = trust.moment(),
      forgotten_at = NULL WHERE trust_owndigits.set_at IS NULL;
    RETURN FOUND;
  END IF;
  IF coalesce(d.right_at > trust.moment() - interval '10 minutes', false)
     OR coalesce(d.forgotten_at BETWEEN trust.moment() - interval '3 days' AND trust.moment() - interval '1 day', false) THEN
    UPDATE trust_owndigits SET digits_hash = hash, set_at = trust.moment(), right_at = trust.moment(), wrong = 0,
      forgotten_at = NULL WHERE id = d.id;
    RETURN true;
  END IF;
  RETURN false;
END $$;

-- Somebody does not know them any more, or has lost the telephone with their passkey. Said twice, it is one.
CREATE OR REPLACE FUNCTION trust.forget_digits() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid := trust.has_digits();
BEGIN
  IF whose IS NULL THEN RETURN false; END IF;
  INSERT INTO trust_owndigits AS d (id, person_id, digits_hash, wrong, forgotten_at)
  VALUES (gen_random_uuid(), whose, '', 0, trust.moment())
  ON CONFLICT (person_id) DO UPDATE SET forgotten_at = trust.moment()
    WHERE coalesce(d.forgotten_at <= trust.moment() - interval '3 days', true);
  RETURN FOUND;
END $$;

-- Whoever shows that it is they themselves, in whatever way, or says that it was not they, did not forget them.
CREATE OR REPLACE FUNCTION trust.still_known() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_owndigits SET forgotten_at = NULL WHERE person_id = trust.has_digits() AND forgotten_at IS NOT NULL;
  RETURN FOUND;
END $$;
