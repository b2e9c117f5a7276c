-- How often something was tried, counted once for all workers. The key is a fingerprint; nothing else is kept.
CREATE UNLOGGED TABLE IF NOT EXISTS trust.counted (
  key bytea PRIMARY KEY, since timestamptz NOT NULL, times integer NOT NULL);
GRANT ALL ON trust.counted TO kring_gatekeeper;

-- Count one more try and say how many there were in this stretch of time.
CREATE OR REPLACE FUNCTION trust.count_against(hash bytea, seconds integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE so_far integer; stretch interval := make_interval(secs => seconds);
BEGIN
  INSERT INTO trust.counted AS c (key, since, times) VALUES (hash, clock_timestamp(), 1)
  ON CONFLICT (key) DO UPDATE SET
    times = CASE WHEN c.since + stretch <= clock_timestamp() THEN 1 ELSE c.times + 1 END,
    since = CASE WHEN c.since + stretch <= clock_timestamp() THEN clock_timestamp() ELSE c.since END
  RETURNING times INTO so_far;
  IF random() < 0.01 THEN DELETE FROM trust.counted WHERE since < clock_timestamp() - interval '2 days'; END IF;
  RETURN so_far;
END $$;

-- It went well: what was counted is forgotten.
CREATE OR REPLACE FUNCTION trust.forget_count(hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM trust.counted WHERE key = hash
$$;
