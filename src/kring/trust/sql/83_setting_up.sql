-- An empty house gets its village by a code from the server's own screen; once there is a village, by nothing.

CREATE OR REPLACE FUNCTION trust.house_is_empty() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM trust_village)
$$;

-- The living code with this fingerprint, for the device that used it first. Wrong, over, used up and another
-- device's answer the same: nothing.
CREATE OR REPLACE FUNCTION trust.living_set_up_code(hash bytea, device bytea, at timestamptz) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE trust_setupcode c SET device_hash = device
  WHERE c.code_hash = hash AND c.ended_at IS NULL AND at < c.until AND trust.house_is_empty()
    AND (c.device_hash IS NULL OR c.device_hash = device)
  RETURNING c.id
$$;

-- The village with its first organisation and the agreement that makes its jobs live, its desk, its own circle and
-- its administrator, who signs in as invited. All or nothing; two clicks at once make one village.
CREATE OR REPLACE FUNCTION trust.found_village(hash bytea, device bytea, told jsonb, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  code uuid;
  here uuid := gen_random_uuid();
  town uuid := gen_random_uuid();
  ada uuid := gen_random_uuid();
  work uuid := gen_random_uuid();
  own uuid := gen_random_uuid();
BEGIN
  LOCK TABLE trust_village IN SHARE ROW EXCLUSIVE MODE;
  code := trust.living_set_up_code(hash, device, at);
  IF code IS NULL THEN PERFORM trust.refuse('set_up_is_over'); END IF;
  UPDATE trust_setupcode SET ended_at = at WHERE ended_at IS NULL;
  INSERT INTO trust_village (id, name, slug, country, timezone, language, phone, answer_days, term_days, chosen,
    chosen_version, started_at)
  VALUES (here, told ->> 'name', told ->> 'slug', told ->> 'country', told ->> 'timezone', told ->> 'language', '',
    2, (told ->> 'term_days')::smallint, told -> 'chosen', (told ->> 'chosen_version')::bigint, at);
  INSERT INTO trust_organisation (id, village_id, name, sector) VALUES (town, here, told ->> 'organisation', 'town');
  INSERT INTO trust_agreement (id, organisation_id, since) VALUES (gen_random_uuid(), town, at);
  INSERT INTO trust_person (id, village_id, given_name, surname)
  VALUES (ada, here, told ->> 'given_name', told ->> 'surname');
  INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since)
  VALUES (work, ada, town, 'administrator', '', false, '', '', at);
  INSERT INTO trust_account (id, person_id, email, password, language, is_active, shortcuts)
  VALUES (gen_random_uuid(), ada, told ->> 'email', '!', told ->> 'speaks', true, true);
  INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at)
  VALUES (gen_random_uuid(), here, 'desk', '', false, false, at), (own, here, 'village', '', false, false, at);
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since)
  VALUES (gen_random_uuid(), own, ada, work, 'professional', '', 3, 'job', true, at);
  INSERT INTO trust_entry (id, at, kind, person_id, organisation_id, role, part, deed, purpose, rule)
  VALUES (gen_random_uuid(), at, 'done', ada, town, 'administrator', '', 'village founded', '', 'set-up code'),
         (gen_random_uuid(), at, 'done', ada, town, 'administrator', '', 'agreement accepted', '', 'set-up code');
  RETURN ada;
END $$;

-- Work that ended between two moments, with a name, for the administrator who may let it go on after all.
CREATE OR REPLACE FUNCTION trust.ended_work(after timestamptz, before timestamptz)
RETURNS TABLE (id uuid, name text, role text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.id, btrim(p.given_name || ' ' || p.surname), j.role::text, j.until
  FROM trust_job j JOIN trust_person p ON p.id = j.person_id JOIN trust_organisation o ON o.id = j.organisation_id
  WHERE o.village_id = trust.viewer_village() AND trust.works(trust.viewer(), 'administrator')
    AND trust.seen_as() IS NULL AND ended_work.after < j.until AND j.until <= ended_work.before
  ORDER BY j.until DESC, j.id
$$;
