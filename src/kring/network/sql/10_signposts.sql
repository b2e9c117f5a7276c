-- What one can choose from in a directory and which words it knows, counted anew whenever its offers change, in the same transaction: a page
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

-- Every three letters of a word in a row, its edges included; as `kring.network.search.nearness` reckons them.
CREATE OR REPLACE FUNCTION trust.trigrams(word text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_agg(DISTINCT substr('  ' || word || '  ', at, 3)) FROM generate_series(1, length(word) + 2) at
$$;

CREATE OR REPLACE FUNCTION trust.offers_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE villages uuid[] := '{}';
BEGIN
  IF TG_OP <> 'DELETE' THEN villages := ARRAY(SELECT DISTINCT village_id FROM new_rows); END IF;
  IF TG_OP <> 'INSERT' THEN villages := villages || ARRAY(SELECT DISTINCT village_id FROM old_rows); END IF;
  PERFORM trust.reckon_signposts(villages);
  IF TG_OP <> 'DELETE' THEN
    -- the directory knows the words of what is shown; marks and numbers are no words
    INSERT INTO network_spelling (id, village_id, word, length, trigrams)
      SELECT gen_random_uuid(), told.village_id, told.word, length(told.word), trust.trigrams(told.word)
      FROM (SELECT DISTINCT o.village_id, word FROM new_rows o, unnest(tsvector_to_array(o.search)) word
            WHERE o.status <> 'closed' AND o.gone_on IS NULL AND word !~ '^([=^@]|[0-9]+$)') told
      ORDER BY told.village_id, told.word
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER offers_come AFTER INSERT ON network_offer REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION trust.offers_changed();
CREATE OR REPLACE TRIGGER offers_change AFTER UPDATE ON network_offer REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION trust.offers_changed();
CREATE OR REPLACE TRIGGER offers_go AFTER DELETE ON network_offer REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION trust.offers_changed();
