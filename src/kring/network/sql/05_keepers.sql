-- What somebody writes in the directory: the offers of the organisation they lead, and those that were given to them.

CREATE OR REPLACE FUNCTION trust.organisations_led() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := trust.viewer();
BEGIN
  IF me IS NULL OR trust.seen_as() IS NOT NULL THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT j.organisation_id FROM trust_job j JOIN trust_agreement g ON g.organisation_id = j.organisation_id
    WHERE j.person_id = me AND j.role = 'lead'
      AND trust.runs(j.since, j.until)
      AND trust.runs(g.since, g.until));
END $$;

CREATE OR REPLACE FUNCTION trust.offers_kept() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := trust.viewer();
BEGIN
  IF me IS NULL OR trust.seen_as() IS NOT NULL OR NOT trust.works(me) THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT k.offer_id FROM network_keeping k WHERE k.owner_id = me
    UNION SELECT o.id FROM network_offer o WHERE o.organisation_id = ANY(trust.organisations_led()));
END $$;
