-- How somebody signs in is theirs: accounts and second factors are read and written for who asks, and for nobody else.

-- While nobody is known Kring names an account by what was typed or shown, or a device that is shared, and signs it:
-- sought | address, account, persons or shared | backend | end of validity | what | signature (64 hexadecimal digits).
-- What is not signed is never looked into; what names nothing, or something else, is nothing.
CREATE OR REPLACE FUNCTION trust.named_by_kring(line text, kind text) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE part text[];
BEGIN
  IF line IS NULL OR line = '' THEN RETURN NULL; END IF;
  IF NOT trust.reckon_signed(left(line, -65), right(line, 64)) THEN RETURN NULL; END IF;
  part := regexp_match(left(line, -65), '^sought\|([a-z]+)\|([0-9]+)\|([0-9]+)\|(.+)$');
  IF part[1] = kind AND part[2]::integer = pg_backend_pid()
     AND part[3]::bigint >= extract(epoch FROM clock_timestamp()) THEN
    RETURN part[4];
  END IF;
  RETURN NULL;
END $$;

-- What is looked for in this transaction; the policy of accounts asks.
CREATE OR REPLACE FUNCTION trust.sought(kind text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.named_by_kring(current_setting('kring.looked_for', true), kind)
$$;

-- Somebody of whom one thing is known so far: a password, a link, a proof by mail, the sign-in of the town. They come
-- with the number of an object that does not exist, so that nothing opens.
CREATE OR REPLACE FUNCTION trust.coming_in() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i text[] := trust.identity();
BEGIN
  IF i IS NULL OR i[2] <> '00000000-0000-0000-0000-000000000000' OR i[3] <> '' THEN RETURN NULL; END IF;
  RETURN trust.as_id(i[1]);
END $$;

-- Whose way of signing in may be changed now: never through other eyes, never by a link to one object.
CREATE OR REPLACE FUNCTION trust.signs_in() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN trust.seen_as() IS NULL THEN coalesce(trust.viewer(), trust.coming_in()) END
$$;

CREATE OR REPLACE FUNCTION trust.own_account() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.id FROM trust_account a WHERE a.person_id = trust.signs_in()
$$;

-- One's own account, without an address; or one for whom the administrator just invited.
CREATE OR REPLACE FUNCTION trust.may_get_account(newcomer uuid, address text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(newcomer = trust.signs_in() AND address IS NULL, false)
      OR (trust.seen_as() IS NULL AND trust.works(trust.viewer(), 'administrator')
        AND EXISTS (SELECT 1 FROM trust_person p WHERE p.id = newcomer AND p.met_by_id = trust.viewer()
          AND p.village_id = trust.viewer_village() AND EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = p.id)))
$$;

-- Whether whoever comes in does so by staff's ways.
CREATE OR REPLACE FUNCTION trust.comes_as_staff() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.is_staff(trust.signs_in())
$$;

-- Who of the village has been in here already: its administrator sees who still waits for a card, and who is left to
-- keep the village. Of their accounts nothing else.
CREATE OR REPLACE FUNCTION trust.colleagues_who_came_in() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.person_id FROM trust_account a JOIN trust_person p ON p.id = a.person_id
  WHERE p.village_id = trust.viewer_village() AND trust.at_work('administrator') AND trust.seen_as() IS NULL
    AND a.last_login IS NOT NULL AND EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = p.id)
$$;

-- It answered whoever asked whose address this is; the policy that leaned on it is laid anew.
DROP FUNCTION IF EXISTS trust.is_address_of(text, uuid) CASCADE;

-- A factor is added by who showed two; by who has none yet; and spare codes beside the first one, in its first minutes.
CREATE OR REPLACE FUNCTION trust.may_add_factor(account uuid, kind text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(account = trust.own_account(), false) AND (trust.viewer() IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM mfa_authenticator f WHERE f.user_id = account
      AND (kind <> 'recovery_codes' OR f.type = kind OR f.created_at < trust.moment() - interval '5 minutes')))
$$;

-- The address and whether somebody may sign in at all are not for a page to change.
CREATE OR REPLACE FUNCTION trust.check_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND (NEW.id, NEW.person_id, NEW.email, NEW.is_active)
     IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.email, OLD.is_active) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;

-- Whoever showed one thing so far uses a factor and does not change it: of spare codes only what is used up grows.
CREATE OR REPLACE FUNCTION trust.check_factor_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE used bigint := (OLD.data ->> 'used_mask')::bigint;
BEGIN
  IF NOT trust.is_served() THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.user_id, NEW.type, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.type, OLD.created_at)
     OR (trust.viewer() IS NULL AND ((NEW.data - 'used_mask') IS DISTINCT FROM (OLD.data - 'used_mask')
       OR ((NEW.data ->> 'used_mask')::bigint & used) IS DISTINCT FROM used)) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;

DO $$
BEGIN
  IF to_regclass('trust_account') IS NULL OR to_regclass('mfa_authenticator') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS account_change_check ON trust_account;
  CREATE TRIGGER account_change_check BEFORE UPDATE ON trust_account FOR EACH ROW
    EXECUTE FUNCTION trust.check_account_change();
  DROP TRIGGER IF EXISTS factor_change_check ON mfa_authenticator;
  CREATE TRIGGER factor_change_check BEFORE UPDATE ON mfa_authenticator FOR EACH ROW
    EXECUTE FUNCTION trust.check_factor_change();
END $$;
