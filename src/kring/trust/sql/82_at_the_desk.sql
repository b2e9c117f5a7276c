-- Who comes to the desk. What people told it lies there unread by anybody else, so one person's word opens it to nobody
-- new: whoever asked a colleague in, and invented them, would read it all.

-- Whether work at the contact point counts as such: only once its seat at the desk is there.
CREATE OR REPLACE FUNCTION trust.reckon_let_in(j trust_job) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT j.given_here OR EXISTS (
    SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id AND c.kind = 'desk'
    WHERE s.job_id = j.id AND trust.runs(s.since, s.until))
$$;

-- The desk to which this work belongs.
CREATE OR REPLACE FUNCTION trust.reckon_desk(j trust_job) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.desk_of(o.village_id) FROM trust_organisation o WHERE o.id = j.organisation_id
$$;

-- Whether work at the contact point waits for somebody's word before all that lies at the desk opens.
CREATE OR REPLACE FUNCTION trust.reckon_waits_at_desk(j trust_job) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.given_here AND NOT EXISTS (
    SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id AND c.kind = 'desk'
    WHERE s.job_id = j.id AND s.history AND trust.runs(s.since, s.until))
$$;

-- Who lets a colleague in at the desk: whoever sits there and reads all of it, or a third person as for other work; never
-- who gave the work, nor whose it is.
CREATE OR REPLACE FUNCTION trust.may_let_in(who uuid, j trust_job) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.role = 'contact point' AND trust.runs(j.since, j.until) AND trust.reckon_waits_at_desk(j)
    AND who <> j.person_id AND who <> j.given_by_id AND (trust.is_third(who, j) OR EXISTS (
      SELECT 1 FROM trust_access a WHERE a.circle_id = trust.reckon_desk(j) AND a.viewer_id = who AND a.shows_from IS NULL
        AND NOT a.danger AND trust.runs(a.since, a.until)))
$$;

-- Somebody says that they know a new colleague of the desk: from now on it is open to them. Said twice it is one.
CREATE OR REPLACE FUNCTION trust.let_in_at_desk(work uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE j trust_job; me uuid := trust.viewer(); desk uuid;
BEGIN
  SELECT * INTO j FROM trust_job WHERE id = work FOR UPDATE;
  desk := trust.reckon_desk(j);
  IF EXISTS (SELECT 1 FROM trust_seat s WHERE s.job_id = work AND s.circle_id = desk AND s.history AND s.decided_by_id = me) THEN
    RETURN true;
  END IF;
  IF trust.seen_as() IS NOT NULL OR NOT coalesce(trust.may_let_in(me, j), false) THEN RETURN false; END IF;
  UPDATE trust_seat SET until = trust.moment() WHERE person_id = j.person_id AND circle_id = desk AND until IS NULL;
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  VALUES (gen_random_uuid(), desk, j.person_id, work, 'professional', '', 3, 'job', true, trust.moment(), me);
  INSERT INTO trust_entry (id, at, kind, person_id, organisation_id, role, part, deed, object_id, about_id, purpose, rule)
  SELECT gen_random_uuid(), clock_timestamp(), 'done', me, mine.organisation_id, mine.role, '',
    'let a colleague in at the desk', work, j.person_id, '', 'two people'
  FROM trust_job mine WHERE mine.person_id = me AND trust.runs(mine.since, mine.until)
  ORDER BY mine.role <> 'contact point', mine.since, mine.id LIMIT 1;
  RETURN true;
END $$;
