-- Who is asking. The identity is set once per transaction and signed; the database believes nothing else.

CREATE OR REPLACE FUNCTION trust.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT statement_timestamp() $$;

-- Whether something runs at a moment: from its beginning, and to its end if it has one. Written into the statement that asks.
CREATE OR REPLACE FUNCTION trust.runs(since timestamptz, until timestamptz, at timestamptz DEFAULT trust.moment()) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT since <= at AND (until IS NULL OR at < until) $$;

-- Whether a row is written by whoever serves or works, and not by a function of the gatekeeper or by the owner.
CREATE OR REPLACE FUNCTION trust.is_served() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_user IN ('kring_runtime', 'kring_clock')
$$;

-- Whether Kring itself signed this; what is missing was signed by nobody.
CREATE OR REPLACE FUNCTION trust.reckon_signed(told text, signature text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(signature = (
    SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(told, 'UTF8'))), 'hex')
    FROM trust_signingkey k WHERE k.id = 1), false)
$$;

-- person | scope of a link | seen as | backend | end of validity | signature (64 hexadecimal digits).
-- What is signed was written by Kring itself; what is not signed is never looked into.
CREATE OR REPLACE FUNCTION trust.identity() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  raw text := current_setting('kring.identity', true);
  part text[];
BEGIN
  IF raw IS NULL OR raw = '' THEN RETURN NULL; END IF;
  IF (SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(left(raw, -65), 'UTF8'))), 'hex')
      FROM trust_signingkey k WHERE k.id = 1) IS DISTINCT FROM right(raw, 64) THEN
    RETURN NULL;
  END IF;
  part := string_to_array(raw, '|');
  IF part[4]::integer <> pg_backend_pid() OR part[5]::bigint < extract(epoch FROM clock_timestamp()) THEN
    RETURN NULL;
  END IF;
  RETURN part;
END $$;

CREATE OR REPLACE FUNCTION trust.as_id(written text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT nullif(written, '')::uuid
$$;

-- The person who asks with all they have; nobody when they came by a link to one object. Asked several times
-- in every statement, so it does in one body what `identity` does.
CREATE OR REPLACE FUNCTION trust.viewer() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  raw text := current_setting('kring.identity', true);
  part text[];
BEGIN
  IF raw IS NULL OR raw = '' THEN RETURN NULL; END IF;
  IF (SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(left(raw, -65), 'UTF8'))), 'hex')
      FROM trust_signingkey k WHERE k.id = 1) IS DISTINCT FROM right(raw, 64) THEN
    RETURN NULL;
  END IF;
  part := string_to_array(raw, '|');
  IF part[2] <> '' OR part[4]::integer <> pg_backend_pid()
     OR part[5]::bigint < extract(epoch FROM clock_timestamp()) THEN
    RETURN NULL;
  END IF;
  RETURN part[1]::uuid;
END $$;

-- The person who came by a link, and the one object it opens.
CREATE OR REPLACE FUNCTION trust.link_viewer() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i text[] := trust.identity();
BEGIN
  IF i IS NULL OR i[2] = '' THEN RETURN NULL; END IF;
  RETURN trust.as_id(i[1]);
END $$;

CREATE OR REPLACE FUNCTION trust.scope() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i text[] := trust.identity();
BEGIN
  IF i IS NULL THEN RETURN NULL; END IF;
  RETURN trust.as_id(i[2]);
END $$;

-- The other member through whose eyes the asker looks (K16).
CREATE OR REPLACE FUNCTION trust.seen_as() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i text[] := trust.identity();
BEGIN
  IF i IS NULL OR i[3] = '' THEN RETURN NULL; END IF;
  RETURN coalesce(trust.as_id(i[3]), '00000000-0000-0000-0000-000000000000'::uuid);
END $$;

CREATE OR REPLACE FUNCTION trust.viewer_village() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.village_id FROM trust_person p WHERE p.id = trust.viewer()
$$;

-- Whether a person has a live job under a live agreement now; in any role or in one.
CREATE OR REPLACE FUNCTION trust.works(who uuid, as_role text DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM trust_job j JOIN trust_agreement g ON g.organisation_id = j.organisation_id
    WHERE j.person_id = who AND (as_role IS NULL OR (j.role = as_role AND (as_role <> 'contact point' OR trust.reckon_let_in(j))))
      AND trust.runs(j.since, j.until)
      AND trust.runs(g.since, g.until))
$$;

-- The same of whoever asks.
CREATE OR REPLACE FUNCTION trust.at_work(as_role text DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.works(trust.viewer(), as_role)
$$;

CREATE OR REPLACE FUNCTION trust.colleague(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_person p WHERE p.id = who AND p.village_id = trust.viewer_village())
     AND trust.works(who)
$$;

CREATE OR REPLACE FUNCTION trust.works_in(village uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT village = trust.viewer_village() AND trust.works(trust.viewer())
$$;

CREATE OR REPLACE FUNCTION trust.nowhere_seated(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.person_id = who)
     AND NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = who)
$$;

-- Somebody whom the asker wrote down and who sits nowhere yet.
CREATE OR REPLACE FUNCTION trust.just_met(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_person p WHERE p.id = person AND p.met_by_id = trust.viewer())
     AND trust.nowhere_seated(person)
$$;

CREATE OR REPLACE FUNCTION trust.circleless(family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM trust_circle c WHERE c.family_id = family)
     AND EXISTS (SELECT 1 FROM trust_family f WHERE f.id = family AND f.opened_by_id = trust.viewer())
$$;

-- The families whose circle, part, home or own page is open to the asker. A child below own voice sits on its own
-- page only, and knows whose child it is.
CREATE OR REPLACE FUNCTION trust.known_families() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := trust.viewer(); now timestamptz := trust.moment();
BEGIN
  IF me IS NULL THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT DISTINCT c.family_id FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id
    WHERE a.viewer_id = me AND trust.runs(a.since, a.until, now) AND c.kind IN ('family', 'part', 'home', 'own')
      AND (c.subject_id IS NULL OR NOT EXISTS (SELECT 1 FROM trust_denial d WHERE d.viewer_id = me
        AND d.subject_id = c.subject_id AND trust.runs(d.since, d.until, now))));
END $$;

-- The circles of a family that are open to the asker now. Their ids only: a row is looked for by them, and not by way of
-- the circle itself, so that who wrote a row keeps it where what the circle says of a child is hidden from them.
CREATE OR REPLACE FUNCTION trust.open_circles(family uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.circle_id FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id
  WHERE a.viewer_id = trust.viewer() AND c.family_id = family AND trust.runs(a.since, a.until)
$$;

-- Those with whom the asker shares a live circle or a known family: their faces and names. Through other eyes only
-- those whom both may know.
CREATE OR REPLACE FUNCTION trust.companions() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := trust.viewer(); now timestamptz := trust.moment(); other uuid := trust.seen_as();
BEGIN
  IF me IS NULL THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT s.person_id FROM trust_access a JOIN trust_seat s ON s.circle_id = a.circle_id
    WHERE a.viewer_id = me AND trust.runs(a.since, a.until, now)
      AND trust.runs(s.since, s.until, now)
      AND (other IS NULL OR trust.other_knows(s.circle_id, NULL, NULL, now))
    UNION SELECT m.person_id FROM trust_familymember m WHERE m.family_id = ANY(trust.known_families())
    UNION SELECT me);
END $$;
