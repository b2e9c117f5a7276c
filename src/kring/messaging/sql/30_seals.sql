-- To whom a letter goes about seals that do not fit.

-- After a check that found more than the last one that was told: who is told of it. Those who watch, each once for each
-- check. A check by hand in between silences nobody; what fitted again since counts as new.
CREATE OR REPLACE FUNCTION trust.seals_to_tell_of(moment timestamptz) RETURNS TABLE (check_id uuid, person_id uuid, language text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL OR moment > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  RETURN QUERY SELECT c.id, a.person_id, coalesce(nullif(a.language, ''), v.language)::text
    FROM (SELECT * FROM trust_sealcheck ORDER BY at DESC LIMIT 1) c
    JOIN trust_account a ON a.is_active AND trust.works(a.person_id, 'trust officer')
    JOIN trust_person p ON p.id = a.person_id JOIN trust_village v ON v.id = p.village_id
    WHERE c.at > moment - interval '1 day' AND c.findings > coalesce((
      SELECT min(o.findings) FROM trust_sealcheck o WHERE o.at < c.at AND o.at >= (
        SELECT max(told.at) FROM trust_sealcheck told JOIN messaging_letter l
          ON l.object_id = told.id AND l.kind = 'seals do not fit' AND l.person_id = a.person_id)), 0);
END $$;
