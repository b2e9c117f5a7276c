-- When something the reckoning reads changes, the reckoning is made anew in the same transaction.

CREATE OR REPLACE FUNCTION trust.seats_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE touched trust_seat[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN touched := ARRAY(SELECT ROW(n.*)::trust_seat FROM new_rows n); END IF;
  IF TG_OP <> 'INSERT' THEN touched := touched || ARRAY(SELECT ROW(o.*)::trust_seat FROM old_rows o); END IF;
  PERFORM trust.lock_rows(
    ARRAY(SELECT j.organisation_id FROM unnest(touched) s JOIN trust_job j ON j.id = s.job_id), '{}',
    ARRAY(SELECT s.person_id FROM unnest(touched) s UNION
          SELECT c.subject_id FROM unnest(touched) s JOIN trust_circle c ON c.id = s.circle_id
          WHERE s.ground = 'guardian'));
  PERFORM trust.reckon_seats(ARRAY(SELECT s.id FROM unnest(touched) s));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.jobs_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE touched uuid[] := '{}'; homes uuid[] := '{}'; people uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN
    touched := ARRAY(SELECT id FROM new_rows);
    homes := ARRAY(SELECT DISTINCT organisation_id FROM new_rows);
    people := ARRAY(SELECT DISTINCT person_id FROM new_rows);
  END IF;
  IF TG_OP <> 'INSERT' THEN
    touched := touched || ARRAY(SELECT id FROM old_rows);
    homes := homes || ARRAY(SELECT DISTINCT organisation_id FROM old_rows);
    people := people || ARRAY(SELECT DISTINCT person_id FROM old_rows);
  END IF;
  PERFORM trust.lock_rows(homes, '{}', people);
  PERFORM trust.lock_villages(ARRAY(SELECT o.village_id FROM trust_organisation o WHERE o.id = ANY(homes)));
  IF TG_OP <> 'INSERT' THEN
    PERFORM trust.reckon_seats(ARRAY(SELECT id FROM trust_seat WHERE job_id = ANY(touched)));
    PERFORM trust.reckon_dangers(ARRAY(SELECT id FROM trust_danger WHERE job_id = ANY(touched)));
  END IF;
  PERFORM trust.reckon_exclusions(ARRAY(
    SELECT e.id FROM trust_exclusion e WHERE e.organisation_id = ANY(homes) OR e.sector IN
      (SELECT o.sector FROM trust_organisation o WHERE o.id = ANY(homes))));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.agreements_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE homes uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN homes := ARRAY(SELECT DISTINCT organisation_id FROM new_rows); END IF;
  IF TG_OP <> 'INSERT' THEN homes := homes || ARRAY(SELECT DISTINCT organisation_id FROM old_rows); END IF;
  PERFORM trust.lock_rows(homes, '{}', '{}');
  PERFORM trust.reckon_seats(ARRAY(
    SELECT s.id FROM trust_seat s JOIN trust_job j ON j.id = s.job_id WHERE j.organisation_id = ANY(homes)));
  PERFORM trust.reckon_dangers(ARRAY(
    SELECT d.id FROM trust_danger d JOIN trust_job j ON j.id = d.job_id WHERE j.organisation_id = ANY(homes)));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.organisations_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.sector <> o.sector) THEN
    PERFORM trust.lock_villages(ARRAY(SELECT village_id FROM new_rows));
    PERFORM trust.reckon_exclusions(ARRAY(SELECT id FROM trust_exclusion WHERE sector IS NOT NULL));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.births_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN people := ARRAY(SELECT person_id FROM new_rows); END IF;
  IF TG_OP <> 'INSERT' THEN people := people || ARRAY(SELECT person_id FROM old_rows); END IF;
  PERFORM trust.lock_rows('{}', '{}', people);
  PERFORM trust.reckon_seats(ARRAY(
    SELECT s.id FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id
    WHERE s.ground = 'guardian' AND c.subject_id = ANY(people)));
  PERFORM trust.reckon_exclusions(ARRAY(SELECT id FROM trust_exclusion WHERE subject_id = ANY(people)));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.circles_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE houses uuid[] := ARRAY(SELECT DISTINCT family_id FROM new_rows WHERE family_id IS NOT NULL);
BEGIN
  PERFORM trust.lock_rows('{}', houses, '{}');
  PERFORM trust.reckon_dangers(ARRAY(SELECT id FROM trust_danger WHERE family_id = ANY(houses)));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.exclusions_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE touched uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN touched := ARRAY(SELECT id FROM new_rows); END IF;
  IF TG_OP <> 'INSERT' THEN touched := touched || ARRAY(SELECT id FROM old_rows); END IF;
  PERFORM trust.lock_rows(
    ARRAY(SELECT o.id FROM trust_exclusion e JOIN trust_organisation o
          ON o.id = e.organisation_id OR o.sector = e.sector WHERE e.id = ANY(touched)), '{}',
    ARRAY(SELECT subject_id FROM trust_exclusion WHERE id = ANY(touched)));
  PERFORM trust.lock_villages(ARRAY(SELECT p.village_id FROM trust_person p JOIN trust_exclusion e ON e.subject_id = p.id
    WHERE e.id = ANY(touched) AND e.sector IS NOT NULL));
  PERFORM trust.reckon_exclusions(touched);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.dangers_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE touched uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN touched := ARRAY(SELECT id FROM new_rows); END IF;
  IF TG_OP <> 'INSERT' THEN touched := touched || ARRAY(SELECT id FROM old_rows); END IF;
  PERFORM trust.reckon_dangers(touched);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION trust.ages_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.reckon_everything();
  RETURN NULL;
END $$;

DO $$
DECLARE spec text[]; deed text;
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['trust_seat', 'seats_changed', 'INSERT UPDATE DELETE'],
    ['trust_job', 'jobs_changed', 'INSERT UPDATE DELETE'],
    ['trust_agreement', 'agreements_changed', 'INSERT UPDATE DELETE'],
    ['trust_organisation', 'organisations_changed', 'UPDATE'],
    ['trust_birth', 'births_changed', 'INSERT UPDATE DELETE'],
    ['trust_circle', 'circles_changed', 'INSERT UPDATE'],
    ['trust_exclusion', 'exclusions_changed', 'INSERT UPDATE DELETE'],
    ['trust_danger', 'dangers_changed', 'INSERT UPDATE DELETE'],
    ['trust_agerule', 'ages_changed', 'INSERT UPDATE DELETE'],
    ['trust_village', 'ages_changed', 'UPDATE']]
  LOOP
    FOREACH deed IN ARRAY string_to_array(spec[3], ' ') LOOP
      EXECUTE format('DROP TRIGGER IF EXISTS reckon_on_%s ON %I', lower(deed), spec[1]);
      EXECUTE format('CREATE TRIGGER reckon_on_%s AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION trust.%I()',
        lower(deed), deed, spec[1],
        CASE deed WHEN 'INSERT' THEN 'NEW TABLE AS new_rows' WHEN 'DELETE' THEN 'OLD TABLE AS old_rows'
                  ELSE 'NEW TABLE AS new_rows OLD TABLE AS old_rows' END, spec[2]);
    END LOOP;
  END LOOP;
END $$;
