-- A confidence belongs to the one who confided (K6): only that person, or the worker beside them, opens one; only that
-- person lets somebody hear it; nobody else can tell that it is there.

-- Who can hear this young person: professionals with a live job whom they share a circle with or who sit with their
-- family, their guardians, who is close to them, and who stands on the menu of the village. Nobody who is left out of
-- what is about them; at the table it is the young person's own act, and only a court order stands in between, or
-- being left out could be noticed there. One row for each.
DROP FUNCTION IF EXISTS trust.near(uuid);
CREATE OR REPLACE FUNCTION trust.near(young uuid, at_the_table boolean DEFAULT false)
RETURNS TABLE (person_id uuid, job_id uuid, relation text, kind text, on_menu boolean) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH home AS (SELECT m.family_id FROM trust_familymember m WHERE m.person_id = young AND m.kind = 'child'),
  shared AS (
    SELECT c.id FROM trust_circle c JOIN home ON home.family_id = c.family_id
    WHERE c.kind IN ('family', 'part') OR (c.kind = 'own' AND c.subject_id = young)
    UNION
    SELECT c.id FROM trust_access o JOIN trust_circle c ON c.id = o.circle_id WHERE o.viewer_id = young AND c.kind = 'group'
      AND NOT o.danger AND trust.runs(o.since, o.until))
  SELECT DISTINCT ON (one.person_id) one.person_id, one.job_id, one.relation, one.kind, one.place = 3 FROM (
    SELECT s.person_id, s.job_id, s.relation::text,
           CASE WHEN s.job_id IS NULL THEN 'natural' ELSE 'professional' END AS kind, 1 AS place
    FROM shared JOIN trust_seat s ON s.circle_id = shared.id JOIN trust_access a ON a.source_id = s.id
    WHERE s.role <> 'child' AND trust.runs(a.since, a.until)
    UNION ALL
    SELECT g.person_id, NULL, g.relation::text, 'natural', 2 FROM trust_familymember g JOIN home USING (family_id)
    WHERE g.kind = 'guardian'
    UNION ALL
    SELECT j.person_id, j.id, '', 'professional', 3 FROM confidences_onthemenu m JOIN trust_job j ON j.id = m.job_id
    JOIN trust_agreement g ON g.organisation_id = j.organisation_id JOIN trust_person p ON p.id = young
    WHERE m.village_id = p.village_id AND m.until IS NULL AND EXISTS (SELECT 1 FROM home)
      AND trust.runs(j.since, j.until)
      AND trust.runs(g.since, g.until)) one
  WHERE one.person_id <> young AND NOT trust.is_denied(one.person_id, young,
    CASE WHEN at_the_table THEN one.person_id END, trust.moment())
  ORDER BY one.person_id, one.place, one.job_id
$$;
REVOKE ALL ON FUNCTION trust.near(uuid, boolean) FROM PUBLIC;

-- Whom the young person who asks can choose, with what one says of oneself before anything is told.
DROP FUNCTION IF EXISTS trust.who_can_hear();
CREATE OR REPLACE FUNCTION trust.who_can_hear()
RETURNS TABLE (person_id uuid, given_name text, kind text, relation text, organisation text, bound boolean, on_menu boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, p.given_name::text, n.kind, coalesce(nullif(j.title, ''), n.relation)::text, coalesce(o.name, '')::text,
         coalesce(j.bound, false), n.on_menu
  FROM trust.near(trust.viewer()) n JOIN trust_person p ON p.id = n.person_id
  LEFT JOIN trust_job j ON j.id = n.job_id LEFT JOIN trust_organisation o ON o.id = j.organisation_id
  WHERE trust.seen_as() IS NULL
    AND EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = trust.viewer() AND m.kind = 'child')
  ORDER BY n.kind DESC, p.given_name, p.id
$$;

-- The young people with whom a worker can write something down: those whom the worker is near, also when left out.
CREATE OR REPLACE FUNCTION trust.who_can_tell_me() RETURNS TABLE (person_id uuid, given_name text, bound boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (p.given_name, p.id) p.id, p.given_name::text, j.bound
  FROM trust_access a JOIN trust_seat s ON s.id = a.source_id JOIN trust_job j ON j.id = s.job_id
  JOIN trust_circle c ON c.id = a.circle_id
  JOIN trust_familymember m ON m.family_id = c.family_id AND m.kind = 'child' JOIN trust_person p ON p.id = m.person_id
  WHERE a.viewer_id = trust.viewer() AND NOT a.danger AND trust.runs(a.since, a.until)
    AND (c.kind IN ('family', 'part') OR (c.kind = 'own' AND c.subject_id = m.person_id)) AND trust.seen_as() IS NULL
    AND NOT trust.is_denied(a.viewer_id, m.person_id, a.viewer_id, trust.moment())
  ORDER BY p.given_name, p.id, j.bound DESC
$$;

-- A confidence with its two seats, all or nothing. Opened by the young person, or by the one who hears it with the
-- young person at the table; that it is told under professional secrecy is settled here and never changes.
CREATE OR REPLACE FUNCTION trust.open_confidence(confidence uuid, young uuid, hearer uuid, told_safety boolean,
  told_secretly boolean, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n record; me uuid := trust.viewer(); bound boolean; house uuid; home uuid;
BEGIN
  IF me IS NULL OR trust.seen_as() IS NOT NULL OR me NOT IN (young, hearer) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  PERFORM trust.lock_rows('{}', '{}', ARRAY[young, hearer]);
  IF EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = confidence) THEN RETURN false; END IF;
  SELECT * INTO n FROM trust.near(young, me <> young) near WHERE near.person_id = hearer;
  IF n.person_id IS NULL OR (me <> young AND n.job_id IS NULL) THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  SELECT j.bound INTO bound FROM trust_job j WHERE j.id = n.job_id;
  SELECT m.family_id, f.village_id INTO home, house FROM trust_familymember m JOIN trust_family f ON f.id = m.family_id
  WHERE m.person_id = young AND m.kind = 'child'
  ORDER BY EXISTS (SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id
                   WHERE c.family_id = m.family_id AND c.kind <> 'confidence' AND s.person_id = hearer
                     AND trust.runs(s.since, s.until)) DESC, f.opened_at, f.id LIMIT 1;
  -- opened_in stays empty: nobody gives or ends another seat because they opened it
  INSERT INTO trust_circle (id, village_id, family_id, kind, subject_id, name, safety, secrecy, opened_by_id, opened_at,
                            opened_in)
  VALUES (confidence, house, home, 'confidence', young, '', told_safety,
          coalesce(told_secretly, coalesce(bound, false)), me, open_confidence.at, NULL);
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  VALUES (gen_random_uuid(), confidence, young, NULL, 'child', '', 1, 'own choice', true, open_confidence.at, me),
         (gen_random_uuid(), confidence, hearer, n.job_id, n.kind, n.relation, 2, 'own choice', true, open_confidence.at,
          young);
  RETURN true;
END $$;

-- Somebody more hears it, with the confider's own yes and nobody else's (K6).
CREATE OR REPLACE FUNCTION trust.let_hear(confidence uuid, hearer uuid, from_the_beginning boolean, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n record;
BEGIN
  PERFORM trust.must_confide(confidence);
  SELECT * INTO n FROM trust.near(trust.viewer()) near WHERE near.person_id = hearer;
  IF n.person_id IS NULL THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  -- a seat that is dead with its job makes place for a new one
  UPDATE trust_seat s SET until = greatest(let_hear.at, s.since) WHERE s.circle_id = confidence AND s.person_id = hearer
    AND (s.until IS NULL OR s.until > let_hear.at) AND NOT EXISTS (SELECT 1 FROM trust_access a WHERE a.source_id = s.id
      AND trust.runs(a.since, a.until));
  IF EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = confidence AND s.person_id = hearer
             AND (s.until IS NULL OR s.until > let_hear.at)) THEN RETURN; END IF;
  INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id)
  VALUES (gen_random_uuid(), confidence, hearer, n.job_id, n.kind, n.relation, 2, 'own choice', from_the_beginning,
          let_hear.at, trust.viewer());
END $$;

-- From now on this person does not hear it any more, by the confider's word; without a name nobody does.
CREATE OR REPLACE FUNCTION trust.let_nobody_hear(confidence uuid, hearer uuid, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE many integer;
BEGIN
  PERFORM trust.must_confide(confidence);
  UPDATE trust_seat s SET until = greatest(let_nobody_hear.at, s.since) WHERE s.circle_id = confidence
    AND s.person_id <> trust.viewer() AND (hearer IS NULL OR s.person_id = hearer)
    AND (s.until IS NULL OR s.until > let_nobody_hear.at);
  GET DIAGNOSTICS many = ROW_COUNT;
  RETURN many;
END $$;

-- Only the one who confided goes on; whoever asks, what is hidden and what does not exist answer the same.
CREATE OR REPLACE FUNCTION trust.must_confide(confidence uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM trust_circle c WHERE c.id = confidence AND c.kind = 'confidence' AND c.subject_id = trust.viewer()
    AND trust.seen_as() IS NULL AND trust.sits_in(c.id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
END $$;

-- The confidences of whoever asks, the newest word first; who hears each, and who did not stay. Where everything was
-- taken back, nobody was told anything: it stands in no list; only its own address opens it, for the one who confided. Who wrote it down at the table and
-- is left out keeps what they wrote themself.
DROP FUNCTION IF EXISTS trust.my_confidences(uuid);
CREATE OR REPLACE FUNCTION trust.my_confidences(only_this uuid DEFAULT NULL)
RETURNS TABLE (circle_id uuid, young_id uuid, young_name text, secrecy boolean, safety boolean, opened_at timestamptz,
               last_at timestamptz, new_ones integer, begun boolean, hearers jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id, p.id, p.given_name::text, c.secrecy, c.safety, c.opened_at, told.last_at, told.new_ones, told.begun,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'name', o.given_name, 'kind', s.role,
        'role', coalesce(nullif(j.title, ''), s.relation), 'organisation', coalesce(g.name, ''),
        'bound', coalesce(j.bound, false), 'work_ended', coalesce(j.until <= trust.moment(), false),
        'until', s.until, 'history', s.history,
        'answers_on', CASE WHEN a.viewer_id IN (c.subject_id, o.id) THEN (SELECT said.day FROM trust.stands_to_answer(c.id, o.id) said) END, 'hears', EXISTS (
          SELECT 1 FROM trust_access l WHERE l.source_id = s.id AND trust.runs(l.since, l.until))
          AND NOT trust.is_denied(o.id, c.subject_id, NULL, trust.moment()))
        ORDER BY s.since, s.id)
      FROM trust_seat s JOIN trust_person o ON o.id = s.person_id LEFT JOIN trust_job j ON j.id = s.job_id
      LEFT JOIN trust_organisation g ON g.id = j.organisation_id
      WHERE s.circle_id = c.id AND s.person_id <> c.subject_id AND s.until IS DISTINCT FROM s.since), '[]')
  FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id JOIN trust_person p ON p.id = c.subject_id
  CROSS JOIN LATERAL (
    SELECT max(t.at) AS last_at,
      (count(*) FILTER (WHERE t.heard_at IS NULL AND t.author_id <> a.viewer_id))::integer AS new_ones,
      coalesce(bool_or(t.author_id = a.viewer_id OR t.heard_at IS NOT NULL), false) AS begun
    FROM confidences_telling t WHERE t.circle_id = c.id AND t.at >= coalesce(a.shows_from, '-infinity')
      AND NOT trust.is_denied(a.viewer_id, c.subject_id, t.author_id, trust.moment())) told
  WHERE a.viewer_id = trust.viewer() AND NOT a.danger AND trust.runs(a.since, a.until)
    AND c.kind = 'confidence' AND trust.seen_as() IS NULL AND (only_this IS NULL OR c.id = only_this)
    AND NOT trust.is_denied(a.viewer_id, c.subject_id, c.opened_by_id, trust.moment())
    AND (c.subject_id = a.viewer_id AND (only_this IS NOT NULL
        OR EXISTS (SELECT 1 FROM confidences_owngoal g WHERE g.circle_id = c.id))
      OR EXISTS (SELECT 1 FROM confidences_telling t WHERE t.circle_id = c.id)
      OR EXISTS (SELECT 1 FROM confidences_wordstotell w WHERE w.circle_id = c.id))
  ORDER BY 7 DESC NULLS LAST, c.id
$$;

-- What others told whoever asks, and they did not open yet: since when, and how much. Of whom it is, the page behind their initial says.
CREATE OR REPLACE FUNCTION trust.told_and_not_opened() RETURNS TABLE (told_at timestamptz, many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT max(m.last_at), sum(m.new_ones) FROM trust.my_confidences() m
  WHERE m.young_id <> trust.viewer() AND m.new_ones > 0 HAVING count(*) > 0
$$;

-- Whoever sits in a confidence says that it is about safety; also who wrote it down at the table and was left out since, in
-- silence: that it was not kept would betray it (K4). Once said it stays; said again it changes nothing.
CREATE OR REPLACE FUNCTION trust.mark_safety(confidence uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_circle c SET safety = true WHERE c.id = confidence AND c.kind = 'confidence' AND NOT c.safety
    AND trust.seen_as() IS NULL AND trust.sits_in(c.id)
    AND NOT trust.is_denied(trust.viewer(), c.subject_id, c.opened_by_id, trust.moment());
  RETURN FOUND;
END $$;

-- What may change in a confidence: that it is about safety, once it is said; and that somebody goes.
CREATE OR REPLACE FUNCTION trust.check_confidence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - 'safety' <> to_jsonb(OLD) - 'safety' OR (OLD.safety AND NOT NEW.safety) THEN
    PERFORM trust.refuse('stays_as_written');
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS check_confidence ON trust_circle;
CREATE TRIGGER check_confidence BEFORE UPDATE ON trust_circle FOR EACH ROW WHEN (OLD.kind = 'confidence')
EXECUTE FUNCTION trust.check_confidence();

-- Under secrecy only who is bound by it hears; and nobody sits in a confidence by another's word than the confider's.
CREATE OR REPLACE FUNCTION trust.check_hearer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c trust_circle;
BEGIN
  IF trust.viewer() IS NULL THEN RETURN NEW; END IF;
  SELECT * INTO c FROM trust_circle WHERE id = NEW.circle_id;
  IF c.kind <> 'confidence' OR NEW.person_id = c.subject_id THEN RETURN NEW; END IF;
  IF NEW.decided_by_id IS DISTINCT FROM c.subject_id THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  IF c.secrecy AND NEW.job_id IS NULL THEN PERFORM trust.refuse('not_bound_by_secrecy'); END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS check_hearer ON trust_seat;
CREATE TRIGGER check_hearer BEFORE INSERT ON trust_seat FOR EACH ROW EXECUTE FUNCTION trust.check_hearer();

-- What was told lies in a confidence. It is taken back by who told it, until somebody else has opened it.
CREATE OR REPLACE FUNCTION trust.check_confided() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = NEW.circle_id AND c.kind = 'confidence'
                   AND c.subject_id IS NOT DISTINCT FROM NEW.subject_id) THEN
      PERFORM trust.refuse('not_a_confidence');
    END IF;
    RETURN NEW;
  END IF;
  IF trust.viewer() IS NULL THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.author_id IS DISTINCT FROM trust.viewer() OR OLD.heard_at IS NOT NULL THEN
      PERFORM trust.refuse('was_opened_already');
    END IF;
    RETURN OLD;
  END IF;
  IF NEW.heard_at IS DISTINCT FROM OLD.heard_at AND (OLD.heard_at IS NOT NULL OR OLD.author_id = trust.viewer()) THEN
    PERFORM trust.refuse('was_opened_already');
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS check_confided ON confidences_telling;
CREATE TRIGGER check_confided BEFORE INSERT OR UPDATE OR DELETE ON confidences_telling
FOR EACH ROW EXECUTE FUNCTION trust.check_confided();

-- A file lies where its telling lies, and goes with it.
CREATE OR REPLACE FUNCTION trust.check_attachment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM confidences_telling t WHERE t.id = NEW.telling_id AND t.circle_id = NEW.circle_id
                   AND t.author_id = NEW.author_id AND t.subject_id IS NOT DISTINCT FROM NEW.subject_id
                   AND t.heard_at IS NULL) THEN
      PERFORM trust.refuse('not_a_confidence');
    END IF;
    RETURN NEW;
  END IF;
  IF trust.viewer() IS NOT NULL AND (OLD.author_id IS DISTINCT FROM trust.viewer() OR EXISTS (
      SELECT 1 FROM confidences_telling t WHERE t.id = OLD.telling_id AND t.heard_at IS NOT NULL)) THEN
    PERFORM trust.refuse('was_opened_already');
  END IF;
  RETURN OLD;
END $$;
DROP TRIGGER IF EXISTS check_attachment ON confidences_attachment;
CREATE TRIGGER check_attachment BEFORE INSERT OR DELETE ON confidences_attachment
FOR EACH ROW EXECUTE FUNCTION trust.check_attachment();
