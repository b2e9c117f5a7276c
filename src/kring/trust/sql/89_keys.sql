-- Whether anything stands locked in any table, by anybody: then the village goes on only where its keys are.
CREATE OR REPLACE FUNCTION trust.words_are_locked() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one record; found_one boolean;
BEGIN
  IF trust.identity() IS NOT NULL THEN RETURN NULL; END IF;
  FOR one IN SELECT a.attrelid::regclass AS "table", a.attname AS "column" FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND a.attname LIKE '%\_locked' AND a.atttypid = 'bytea'::regtype
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE length(%I) > 0)', one."table", one."column") INTO found_one;
    IF found_one THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;
