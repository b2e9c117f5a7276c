-- The sign-in of the town: who comes in by it, who begins it by their own hand, and that it ends for good.

-- Who keeps the sign-in or watches over the journal. Nobody becomes one of them by an address alone.
CREATE OR REPLACE FUNCTION trust.keeps_the_house(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.works(who, 'administrator') OR trust.works(who, 'trust officer')
$$;

-- The account of the colleague whom the sign-in of the town vouches for. The first time by an address that it made
-- sure of; from then on by who they are there, whatever becomes of the address. It makes nobody and opens no family's.
-- Where it ended once, the row that stays keeps an address from opening again. Believed only with Kring's own signature
-- under who it is there, the address and the end of a minute: whoever only speaks with the database vouches for nobody.
DROP FUNCTION IF EXISTS trust.sign_on(bytea, text, timestamptz);
CREATE OR REPLACE FUNCTION trust.sign_on(hash bytea, address text, ends bigint, signature text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE known trust_signon; account trust_account;
BEGIN
  -- what is missing is never like something else that is missing
  IF (ends >= extract(epoch FROM clock_timestamp())
      AND trust.reckon_signed('town|' || encode(hash, 'hex') || '|' || ends || '|' || address, signature)) IS NOT TRUE THEN
    RETURN NULL;
  END IF;
  SELECT o.* INTO known FROM trust_signon o WHERE o.subject_hash = hash;
  IF known.id IS NULL THEN
    SELECT a.* INTO account FROM trust_account a WHERE lower(a.email) = lower(address) AND address <> ''
      AND a.is_active AND trust.works(a.person_id) AND NOT trust.keeps_the_house(a.person_id);
    IF account.id IS NULL THEN RETURN NULL; END IF;
    INSERT INTO trust_signon (id, person_id, subject_hash, since, own_hand)
    VALUES (gen_random_uuid(), account.person_id, hash, trust.moment(), false) ON CONFLICT DO NOTHING;
    RETURN CASE WHEN FOUND THEN account.id END;
  END IF;
  SELECT a.* INTO account FROM trust_account a WHERE a.person_id = known.person_id AND known.ended_at IS NULL
    AND a.is_active AND trust.works(a.person_id)
    AND (known.own_hand OR NOT trust.keeps_the_house(a.person_id));
  RETURN account.id;
END $$;

-- Who is in already begins it, for the first time or again; whoever is known over there as somebody else does not.
CREATE OR REPLACE FUNCTION trust.begin_sign_on(hash bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid := trust.viewer();
BEGIN
  IF whose IS NULL OR trust.seen_as() IS NOT NULL OR NOT trust.works(whose) THEN RETURN false; END IF;
  INSERT INTO trust_signon (id, person_id, subject_hash, since, own_hand)
  VALUES (gen_random_uuid(), whose, hash, trust.moment(), true)
  ON CONFLICT (person_id) DO UPDATE SET subject_hash = hash, since = trust.moment(), own_hand = true, ended_at = NULL;
  RETURN true;
EXCEPTION WHEN unique_violation THEN RETURN false;
END $$;

-- Whether somebody comes in without the town too: by a passkey, or by a password with an app.
CREATE OR REPLACE FUNCTION trust.has_other_way() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM mfa_authenticator m JOIN trust_account a ON a.id = m.user_id
    WHERE a.person_id = trust.viewer() AND (m.type = 'webauthn' OR (m.type = 'totp' AND a.password NOT LIKE '!%')))
$$;

-- It ends for good. Not for who would have no other way in.
CREATE OR REPLACE FUNCTION trust.end_sign_on() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid := trust.viewer();
BEGIN
  IF whose IS NULL OR trust.seen_as() IS NOT NULL THEN RETURN false; END IF;
  IF NOT trust.has_other_way() THEN PERFORM trust.refuse('no_other_way_in'); END IF;
  UPDATE trust_signon SET ended_at = trust.moment() WHERE person_id = whose AND ended_at IS NULL;
  RETURN FOUND;
END $$;

-- A way in that ends, ends what it opened: every session of that person, and what they left to others.
CREATE OR REPLACE FUNCTION trust.sessions_of_a_way_in_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM trust_session WHERE person_id = NEW.person_id;
  UPDATE trust_shareddevice SET ended_at = trust.moment() WHERE person_id = NEW.person_id AND ended_at IS NULL;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS sessions_end ON trust_signon;
CREATE TRIGGER sessions_end AFTER UPDATE OF ended_at ON trust_signon FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION trust.sessions_of_a_way_in_end();
