-- To be forgotten (D7): asked by whom it is about, fourteen days to think, then gone for good. What becomes of each
-- table stands in the lines of `forgotten.py`, from which trust.reckon_forgotten is made.

-- In which transaction somebody is being forgotten: only there is nothing refused to the gatekeeper.
ALTER TABLE trust_forgetting ADD COLUMN IF NOT EXISTS done_in xid8;

CREATE OR REPLACE FUNCTION trust.reckon_forgets() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_forgetting f WHERE f.done_in = pg_current_xact_id_if_assigned())
$$;

-- Whether somebody wrote here by the work, and so for the family: they sat by it in this circle, or in another one of
-- the family while they never sat in this one for themself.
CREATE OR REPLACE FUNCTION trust.sat_by_work(who uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_seat s WHERE s.person_id = who AND s.circle_id = circle AND s.job_id IS NOT NULL)
    OR (EXISTS (SELECT 1 FROM trust_circle here JOIN trust_circle other ON other.family_id = here.family_id
          JOIN trust_seat s ON s.circle_id = other.id
        WHERE here.id = circle AND s.person_id = who AND s.job_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.person_id = who AND s.circle_id = circle AND s.job_id IS NULL))
$$;

-- By which word the asker may ask this: an adult or a young person with own voice for themself, a guardian with
-- authority who sits in its circle for the family; empty when they may not.
CREATE OR REPLACE FUNCTION trust.word_to_forget(as_kind text, of_whom uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN trust.viewer() IS NULL OR trust.seen_as() IS NOT NULL THEN ''
    WHEN as_kind = 'family' AND trust.may_withdraw(of_whom) AND EXISTS (SELECT 1 FROM trust_familymember m
      WHERE m.family_id = of_whom AND m.person_id = trust.viewer() AND m.kind = 'guardian' AND m.authority) THEN 'guardian'
    WHEN as_kind <> 'person' OR of_whom <> trust.viewer() THEN ''
    WHEN NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = of_whom AND m.kind = 'child') THEN 'adult'
    WHEN coalesce(trust.own_voice_from(of_whom) <= trust.moment(), false) THEN 'young person'
    ELSE '' END
$$;

CREATE OR REPLACE FUNCTION trust.ask_to_be_forgotten(as_kind text, of_whom uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE said text := trust.word_to_forget(as_kind, of_whom);
BEGIN
  IF said = '' THEN PERFORM trust.refuse('not_yours_to_be_forgotten'); END IF;
  INSERT INTO trust_forgetting (id, kind, whose, word, asked_by, asked_at, due_at)
  VALUES (gen_random_uuid(), as_kind, of_whom, said, trust.viewer(), trust.moment(), trust.moment() + interval '14 days')
  ON CONFLICT (kind, whose) WHERE taken_back_at IS NULL AND done_at IS NULL DO NOTHING;
  RETURN (SELECT f.id FROM trust_forgetting f
    WHERE f.kind = as_kind AND f.whose = of_whom AND f.taken_back_at IS NULL AND f.done_at IS NULL);
END $$;

-- Whoever could end the circle of a family may say no to its being forgotten; for oneself, oneself.
CREATE OR REPLACE FUNCTION trust.may_think_again(f trust_forgetting) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.seen_as() IS NULL AND CASE f.kind WHEN 'person' THEN coalesce(f.whose = trust.viewer(), false)
    ELSE trust.may_withdraw(f.whose) END
$$;

CREATE OR REPLACE FUNCTION trust.think_again(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM trust_forgetting f WHERE f.id = which AND trust.may_think_again(f) FOR UPDATE;
  UPDATE trust_forgetting f SET taken_back_at = trust.moment(), taken_back_by = trust.viewer()  -- after the wait, by the clock: keys may be gone from that day
  WHERE f.id = which AND f.taken_back_at IS NULL AND f.done_at IS NULL AND f.due_at > clock_timestamp() AND trust.may_think_again(f);
  RETURN FOUND;
END $$;

-- What waits and may be taken back by the asker.
CREATE OR REPLACE FUNCTION trust.forgettings()
RETURNS TABLE (id uuid, kind text, whose uuid, word text, mine boolean, asked_at timestamptz, due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, f.kind, f.whose, f.word, f.asked_by = trust.viewer(), f.asked_at, f.due_at FROM trust_forgetting f
  WHERE f.taken_back_at IS NULL AND f.done_at IS NULL AND f.due_at > trust.moment() AND trust.may_think_again(f) ORDER BY f.due_at, f.id
$$;

-- One line of the ledger as it is copied outside the database: numbers and moments only.
CREATE OR REPLACE FUNCTION trust.as_line(f trust_forgetting) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', f.id, 'kind', f.kind, 'whose', f.whose, 'word', f.word, 'asked_by', f.asked_by,
    'asked_at', f.asked_at, 'due_at', f.due_at, 'taken_back_at', f.taken_back_at, 'done_at', f.done_at)
$$;

-- The same for whoever may still think again, or just did; and for the clock, when the days to think are over.
CREATE OR REPLACE FUNCTION trust.forgetting_line(which uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.as_line(f) FROM trust_forgetting f WHERE f.id = which AND trust.may_think_again(f)
$$;

CREATE OR REPLACE FUNCTION trust.line_of_one_due(which uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.as_line(f) FROM trust_forgetting f
  WHERE f.id = which AND f.due_at <= trust.moment() AND f.taken_back_at IS NULL
$$;

-- Whoever was forgotten while they worked here kept name and sign-in for the work. When it has ended they are forgotten
-- once more, at once; not who came back for themself since.
CREATE OR REPLACE FUNCTION trust.forget_at_last() RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH again AS (
    INSERT INTO trust_forgetting (id, kind, whose, word, asked_by, asked_at, due_at)
    SELECT gen_random_uuid(), f.kind, f.whose, f.word, f.asked_by, f.asked_at, f.due_at
    FROM trust_forgetting f JOIN trust_person p ON p.id = f.whose AND (p.given_name > '' OR p.surname > '')
    WHERE f.kind = 'person' AND f.done_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = p.id AND coalesce(j.until, 'infinity') > trust.moment())
      AND NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.person_id = p.id AND s.job_id IS NULL)
    ON CONFLICT (kind, whose) WHERE taken_back_at IS NULL AND done_at IS NULL DO NOTHING RETURNING 1)
  SELECT count(*)::integer FROM again
$$;

-- Those whose fourteen days are over.
CREATE OR REPLACE FUNCTION trust.forgettings_due() RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id FROM trust_forgetting f
  WHERE f.due_at <= trust.moment() AND f.taken_back_at IS NULL AND f.done_at IS NULL ORDER BY f.due_at, f.id
$$;

-- Whom it reaches that somebody is to be forgotten: who asked, and who could take it back.
CREATE OR REPLACE FUNCTION trust.reckon_told_of_forgetting(which uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.asked_by FROM trust_forgetting f WHERE f.id = which
  UNION SELECT m.person_id FROM trust_forgetting f JOIN trust_familymember m ON f.kind = 'family' AND m.family_id = f.whose
    WHERE f.id = which
      AND ((m.kind = 'guardian' AND m.authority) OR coalesce(trust.own_voice_from(m.person_id) <= trust.moment(), false))
$$;

-- Three days before, once.
CREATE OR REPLACE FUNCTION trust.remind_of_forgetting() RETURNS TABLE (id uuid, person_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH told AS (UPDATE trust_forgetting f SET reminded_at = trust.moment()
    WHERE f.due_at <= trust.moment() + interval '3 days' AND f.due_at > trust.moment()
      AND f.reminded_at IS NULL AND f.taken_back_at IS NULL AND f.done_at IS NULL RETURNING f.id)
  SELECT told.id, whom FROM told CROSS JOIN LATERAL trust.reckon_told_of_forgetting(told.id) whom
$$;

-- Whether that letter may still go: the reminder was due, there are days left, nobody thought again, it reaches this person.
CREATE OR REPLACE FUNCTION trust.forgetting_still_comes(which uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND EXISTS (SELECT 1 FROM trust_forgetting f WHERE f.id = which AND f.reminded_at IS NOT NULL
    AND f.taken_back_at IS NULL AND f.done_at IS NULL AND f.due_at > trust.moment()
    AND whom IN (SELECT trust.reckon_told_of_forgetting(f.id)))
$$;

-- Whether somebody asked it for their family, and another who decides there said no within thirty days; not when it was
-- asked anew since. Else they would believe that everything is gone.
CREATE OR REPLACE FUNCTION trust.reckon_stopped(which uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM trust_forgetting f JOIN trust_familymember m ON m.family_id = f.whose AND m.person_id = whom
    WHERE f.id = which AND f.asked_by = whom AND f.taken_back_by <> whom
      AND f.taken_back_at > trust.moment() - interval '30 days' AND m.kind = 'guardian'
      AND NOT EXISTS (SELECT 1 FROM trust_forgetting n WHERE n.whose = f.whose AND n.asked_at > f.asked_at))
$$;

-- What was stopped of what the asker asked, and when; then for the clock: whom it tells of what, and whether it still may.
CREATE OR REPLACE FUNCTION trust.forgettings_stopped() RETURNS TABLE (asked_at timestamptz, stopped_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.asked_at, f.taken_back_at FROM trust_forgetting f
  WHERE trust.seen_as() IS NULL AND trust.reckon_stopped(f.id, trust.viewer()) ORDER BY f.asked_at, f.id
$$;

CREATE OR REPLACE FUNCTION trust.stopped_to_tell() RETURNS TABLE (id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT f.id, f.asked_by FROM trust_forgetting f WHERE trust.reckon_stopped(f.id, f.asked_by)
$$;

CREATE OR REPLACE FUNCTION trust.stopped_still_told(which uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND trust.reckon_stopped(which, whom)
$$;

-- Whose own page or confidence this is.
CREATE OR REPLACE FUNCTION trust.reckon_owner(c trust_circle) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN c.subject_id IS NOT NULL THEN c.subject_id
    WHEN c.kind = 'own' THEN (SELECT s.person_id FROM trust_seat s WHERE s.circle_id = c.id AND s.role = 'child'
      ORDER BY s.since, s.id LIMIT 1)
    WHEN c.kind = 'confidence' THEN c.opened_by_id END
$$;

-- What one person leaves: their own pages and confidences, homes and parts in which no other sat for themself, and a
-- family of which they were the last one.
CREATE OR REPLACE FUNCTION trust.reckon_reach_of_person(p uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE houses uuid[] := ARRAY(SELECT m.family_id FROM trust_familymember m WHERE m.person_id = p AND NOT EXISTS (
  SELECT 1 FROM trust_familymember other WHERE other.family_id = m.family_id AND other.person_id <> p));
BEGIN
  RETURN jsonb_build_object('persons', to_jsonb(trust.reckon_as_written(ARRAY[p])), 'families', to_jsonb(houses),
    'nameless', CASE WHEN EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = p AND coalesce(j.until, 'infinity') > trust.moment())
      THEN '[]' ELSE to_jsonb(trust.reckon_as_written(ARRAY[p])) END,
    'circles', to_jsonb(ARRAY(SELECT c.id FROM trust_circle c WHERE c.family_id = ANY(houses)
      OR (c.kind IN ('own', 'confidence') AND trust.reckon_owner(c) = p)
      OR (c.kind IN ('home', 'part') AND c.id IN (SELECT s.circle_id FROM trust_seat s WHERE s.person_id = p AND s.job_id IS NULL)
        AND NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = c.id AND s.job_id IS NULL AND s.person_id <> p)))));
END $$;

-- What a family leaves: everything but what a young person with own voice, or who told somebody something, has for
-- themself; and those who were here for this family only.
CREATE OR REPLACE FUNCTION trust.reckon_reach_of_family(house uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE keepers uuid[]; rooms uuid[]; people uuid[];
BEGIN
  keepers := ARRAY(SELECT m.person_id FROM trust_familymember m WHERE m.family_id = house
    AND ((m.kind = 'child' AND coalesce(trust.own_voice_from(m.person_id) <= trust.moment(), false))
      OR EXISTS (SELECT 1 FROM trust_circle c WHERE c.kind = 'confidence' AND trust.reckon_owner(c) = m.person_id)));
  rooms := ARRAY(SELECT c.id FROM trust_circle c WHERE c.family_id = house AND (c.kind IN ('family', 'part', 'home', 'sealed')
    OR (c.kind = 'own' AND NOT coalesce(trust.own_voice_from(trust.reckon_owner(c)) <= trust.moment(), false))));
  people := ARRAY(SELECT q.id FROM (
      SELECT m.person_id AS id FROM trust_familymember m WHERE m.family_id = house
      UNION SELECT s.person_id FROM trust_seat s WHERE s.circle_id = ANY(rooms) AND s.job_id IS NULL) q
    WHERE q.id <> ALL(keepers)
      AND NOT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = q.id)
      AND NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = q.id AND m.family_id <> house)
      AND NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.person_id = q.id AND s.circle_id <> ALL(rooms)));
  people := trust.reckon_as_written(people);
  RETURN jsonb_build_object('persons', to_jsonb(people), 'nameless', to_jsonb(people), 'circles', to_jsonb(rooms),
    'families', jsonb_build_array(house));
END $$;

CREATE OR REPLACE FUNCTION trust.ids_in(told jsonb, name text) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT jsonb_array_elements_text(coalesce(told -> name, '[]'))::uuid)
$$;

-- Packages that anybody who goes, or sat in what goes, has ready to take along: their own keys go first.
CREATE OR REPLACE FUNCTION trust.reckon_packages(reach jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT reach || jsonb_build_object('packages', to_jsonb(ARRAY(SELECT t.id FROM trust_takenalong t
    WHERE t.person_id = ANY(trust.ids_in(reach, 'persons')) OR t.person_id IN (
      SELECT s.person_id FROM trust_seat s WHERE s.circle_id = ANY(trust.ids_in(reach, 'circles'))))))
$$;

-- What will go; told only when the days to think are over, for the ledger and for the keys.
CREATE OR REPLACE FUNCTION trust.forgetting_reach(which uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.reckon_packages(CASE f.kind WHEN 'person' THEN trust.reckon_reach_of_person(f.whose)
    ELSE trust.reckon_reach_of_family(f.whose) END)
  FROM trust_forgetting f
  WHERE f.id = which AND f.due_at <= trust.moment() AND f.taken_back_at IS NULL AND f.done_at IS NULL
$$;

-- The same, and from now to the end of the transaction nobody else touches it; its moment is that of the transaction.
CREATE OR REPLACE FUNCTION trust.begin_to_forget(which uuid) RETURNS TABLE (reach jsonb, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM trust_forgetting f WHERE f.id = which AND f.due_at <= trust.moment() FOR UPDATE;
  RETURN QUERY SELECT trust.forgetting_reach(which), now();
END $$;

-- All of it in one transaction. Done again, it changes nothing.
CREATE OR REPLACE FUNCTION trust.reckon_forget(which uuid, reach jsonb, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_forgetting SET done_in = pg_current_xact_id() WHERE id = which;
  PERFORM trust.reckon_forgotten(trust.ids_in(reach, 'persons'), trust.ids_in(reach, 'nameless'),
    trust.ids_in(reach, 'circles'), trust.ids_in(reach, 'families'));
  PERFORM trust.empty_entries(trust.ids_in(reach, 'circles'), trust.ids_in(reach, 'nameless'), at);
  UPDATE trust_forgetting SET done_in = NULL, done_at = coalesce(done_at, at) WHERE id = which;
END $$;

-- What the clock does when the fourteen days are over, and never a moment before.
CREATE OR REPLACE FUNCTION trust.forget(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE reach jsonb := (SELECT b.reach FROM trust.begin_to_forget(which) b);
BEGIN
  IF reach IS NULL THEN RETURN false; END IF;
  PERFORM trust.reckon_forget(which, reach, now());
  RETURN true;
END $$;

-- After a restore: a line of the ledger that lies outside the database holds again.
CREATE OR REPLACE FUNCTION trust.reckon_replay(line jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE which uuid := (line ->> 'id')::uuid;
BEGIN
  DELETE FROM trust_forgetting f WHERE f.kind = line ->> 'kind' AND f.whose = (line ->> 'whose')::uuid AND f.id <> which
    AND f.taken_back_at IS NULL AND f.done_at IS NULL;
  INSERT INTO trust_forgetting (id, kind, whose, word, asked_by, asked_at, due_at)
  VALUES (which, line ->> 'kind', (line ->> 'whose')::uuid, line ->> 'word', (line ->> 'asked_by')::uuid,
    (line ->> 'asked_at')::timestamptz, (line ->> 'due_at')::timestamptz)
  ON CONFLICT DO NOTHING;
  IF line ->> 'taken_back_at' IS NOT NULL THEN
    UPDATE trust_forgetting SET taken_back_at = (line ->> 'taken_back_at')::timestamptz WHERE id = which AND done_at IS NULL;
  ELSIF line ->> 'done_at' IS NOT NULL THEN
    UPDATE trust_forgetting SET taken_back_at = NULL WHERE id = which;
    PERFORM trust.reckon_forget(which, line -> 'reach', (line ->> 'done_at')::timestamptz);
  END IF;
END $$;

-- Packages to take along whose seven days are over; the clock destroys their keys.
CREATE OR REPLACE FUNCTION trust.end_packages(at timestamptz) RETURNS TABLE (id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM trust_takenalong t WHERE t.until <= least(end_packages.at, trust.moment()) RETURNING t.id
$$;
