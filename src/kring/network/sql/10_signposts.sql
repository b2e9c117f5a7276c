-- What one can choose from in a directory, counted anew whenever its offers change, in the same transaction: a page
-- then reads some forty rows however many offers there are.

CREATE OR REPLACE FUNCTION trust.reckon_signposts(villages uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT DISTINCT v FROM unnest(villages) v WHERE v IS NOT NULL ORDER BY v LOOP
    -- who comes second counts what the first has written
    PERFORM pg_advisory_xact_lock(hashtext('signposts'), hashtext(one::text));
    DELETE FROM network_signpost WHERE village_id = one;
    INSERT INTO network_signpost (id, village_id, kind, name, offers)
      SELECT gen_random_uuid(), one, told.kind, told.name, count(*)
      FROM network_offer o CROSS JOIN LATERAL (
        SELECT 'all' AS kind, '' AS name
        UNION SELECT 'place', p FROM unnest(o.near) p
        UNION SELECT 'language', l FROM unnest(o.languages) l) told
      WHERE o.village_id = one AND o.status <> 'closed' AND o.gone_on IS NULL
      GROUP BY told.kind, told.name;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION trust.offers_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE villages uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN villages := ARRAY(SELECT DISTINCT village_id FROM new_rows); END IF;
  IF TG_OP <> 'INSERT' THEN villages := villages || ARRAY(SELECT DISTINCT village_id FROM old_rows); END IF;
  PERFORM trust.reckon_signposts(villages);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER offers_come AFTER INSERT ON network_offer REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION trust.offers_changed();
CREATE OR REPLACE TRIGGER offers_change AFTER UPDATE ON network_offer REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION trust.offers_changed();
CREATE OR REPLACE TRIGGER offers_go AFTER DELETE ON network_offer REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION trust.offers_changed();
