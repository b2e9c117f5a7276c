-- The partners of a village: whoever asks may know who is responsible for what is kept.
CREATE OR REPLACE FUNCTION trust.partners_of(village uuid) RETURNS TABLE (name text, sector text, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.name::text, o.sector::text, min(g.since) FROM trust_organisation o JOIN trust_agreement g ON g.organisation_id = o.id
  WHERE o.village_id = village AND trust.runs(g.since, g.until)
  GROUP BY o.id ORDER BY o.name, o.id
$$;
