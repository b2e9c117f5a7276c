-- What the law makes us keep when a family is forgotten; which texts these are, the plan itself knows.

DROP FUNCTION IF EXISTS trust.number_of_copy(uuid);

DROP FUNCTION IF EXISTS trust.village_that_forgets(uuid);
CREATE OR REPLACE FUNCTION trust.village_that_forgets(which uuid) RETURNS TABLE (id uuid, name text, country text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT v.id, v.name::text, v.country::text FROM trust_forgetting f JOIN trust_village v ON v.id = coalesce(
    (SELECT p.village_id FROM trust_person p WHERE p.id = f.whose), (SELECT h.village_id FROM trust_family h WHERE h.id = f.whose))
  WHERE f.id = which AND trust.identity() IS NULL
$$;

CREATE OR REPLACE FUNCTION trust.lock_carry_kept_copy(m trust_matter, at timestamptz) RETURNS boolean LANGUAGE sql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT true  -- the command does it, with the number
$$;
