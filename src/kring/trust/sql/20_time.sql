-- Midnight in the village on the day somebody turns so many years; 29 February counts from 1 March.
-- Where a clock change makes that midnight come twice, the first of the two.
CREATE OR REPLACE FUNCTION trust.birthday(born date, years integer, zone text) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
DECLARE
  y integer := extract(year FROM born)::integer + years;
  day date;
  midnight timestamptz;
BEGIN
  IF born IS NULL THEN RETURN NULL; END IF;
  IF extract(month FROM born) = 2 AND extract(day FROM born) = 29
     AND NOT ((y % 4 = 0 AND y % 100 <> 0) OR y % 400 = 0) THEN
    day := make_date(y, 3, 1);
  ELSE
    day := make_date(y, extract(month FROM born)::integer, extract(day FROM born)::integer);
  END IF;
  midnight := day::timestamp AT TIME ZONE zone;
  IF (midnight - interval '1 hour') AT TIME ZONE zone = day::timestamp THEN
    RETURN midnight - interval '1 hour';
  END IF;
  RETURN midnight;
END $$;

-- The moment from which this child decides for itself who may know.
CREATE OR REPLACE FUNCTION trust.own_voice_from(child uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.birthday(b.born, r.own_voice, v.timezone)
  FROM trust_birth b JOIN trust_person p ON p.id = b.person_id
  JOIN trust_village v ON v.id = p.village_id JOIN trust_agerule r ON r.country = v.country
  WHERE b.person_id = child
$$;

-- The moment at which a guardian's reading of this child's circles ends by default. A village may let it end sooner,
-- never later, and never before own voice.
CREATE OR REPLACE FUNCTION trust.guardian_reads_until(child uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.birthday(b.born, CASE WHEN v.reading_ends IS NULL THEN r.guardian_reads_until
    ELSE greatest(r.own_voice, least(v.reading_ends, r.guardian_reads_until)) END, v.timezone)
  FROM trust_birth b JOIN trust_person p ON p.id = b.person_id
  JOIN trust_village v ON v.id = p.village_id JOIN trust_agerule r ON r.country = v.country
  WHERE b.person_id = child
$$;

-- Nothing happens at a moment that is still to come.
CREATE OR REPLACE FUNCTION trust.check_clock(at timestamptz) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN IF at > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF; END $$;
