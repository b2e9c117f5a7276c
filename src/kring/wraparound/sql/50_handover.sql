-- What is passed on lies where it lay: nobody learns by a name what a step keeps to itself. Only who may know a thing
-- is asked to take it over.
CREATE OR REPLACE FUNCTION trust.check_pass_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE it record;
BEGIN
  IF NEW.promise_id IS NOT NULL THEN
    SELECT circle_id, subject_id, about_id, author_id, at INTO it FROM intake_promise WHERE id = NEW.promise_id;
  ELSE
    SELECT circle_id, subject_id, about_id, author_id, at INTO it FROM wraparound_action WHERE id = NEW.action_id;
  END IF;
  IF TG_OP = 'INSERT' AND (NEW.circle_id IS DISTINCT FROM it.circle_id OR NEW.subject_id IS DISTINCT FROM it.subject_id) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  -- Who asks for what they know does not learn that somebody was asked without their knowing.
  IF TG_OP = 'INSERT' AND trust.knows(NEW.author_id, it.circle_id, it.about_id, it.author_id, it.at, trust.moment()) THEN
    UPDATE wraparound_passon o SET taken_back_at = NEW.at
    WHERE (o.promise_id = NEW.promise_id OR o.action_id = NEW.action_id) AND o.answer = '' AND o.taken_back_at IS NULL
      AND NOT trust.knows(NEW.author_id, o.circle_id, o.about_id, o.author_id, o.at, trust.moment());
  END IF;
  RETURN NEW;
END $$;

-- A promise that is taken back takes along what hangs on it, also where whoever takes it back does not read that.
CREATE OR REPLACE FUNCTION trust.promise_taken_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM wraparound_passon WHERE promise_id = OLD.id;
  DELETE FROM intake_promisechange WHERE promise_id = OLD.id;
  UPDATE wraparound_decision SET promise_id = NULL WHERE promise_id = OLD.id;
  RETURN OLD;
END $$;

-- What is narrowed takes along that it was passed on, and the word with which it ended.
CREATE OR REPLACE FUNCTION trust.pass_ons_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE wraparound_passon SET circle_id = NEW.circle_id
  WHERE circle_id = OLD.circle_id AND (promise_id = NEW.id OR action_id = NEW.id);
  RETURN NULL;
END $$;

-- What the next one must know lies where the hand-over lies.
CREATE OR REPLACE FUNCTION trust.check_must_know() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.circle_id IS DISTINCT FROM (SELECT circle_id FROM trust_handover WHERE id = NEW.hand_over_id) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

DO $$
BEGIN
  IF to_regclass('wraparound_passon') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS pass_on_check ON wraparound_passon;
  CREATE TRIGGER pass_on_check BEFORE INSERT OR UPDATE ON wraparound_passon
    FOR EACH ROW EXECUTE FUNCTION trust.check_pass_on();
  DROP TRIGGER IF EXISTS pass_ons_along ON intake_promise;
  CREATE TRIGGER pass_ons_along AFTER UPDATE OF circle_id ON intake_promise
    FOR EACH ROW WHEN (NEW.circle_id <> OLD.circle_id) EXECUTE FUNCTION trust.pass_ons_along();
  DROP TRIGGER IF EXISTS promise_taken_back ON intake_promise;
  CREATE TRIGGER promise_taken_back BEFORE DELETE ON intake_promise
    FOR EACH ROW EXECUTE FUNCTION trust.promise_taken_back();
  DROP TRIGGER IF EXISTS pass_ons_along ON wraparound_action;
  CREATE TRIGGER pass_ons_along AFTER UPDATE OF circle_id ON wraparound_action
    FOR EACH ROW WHEN (NEW.circle_id <> OLD.circle_id) EXECUTE FUNCTION trust.pass_ons_along();
  DROP TRIGGER IF EXISTS must_know_check ON wraparound_mustknow;
  CREATE TRIGGER must_know_check BEFORE INSERT OR UPDATE ON wraparound_mustknow
    FOR EACH ROW EXECUTE FUNCTION trust.check_must_know();
END $$;

-- Everything one is asked and has not answered: invitations into a circle; and, once for each family and each who asks,
-- that something is to be taken over which still stands open with who gives it. What it is stands on the family's own page, by the policies.
-- And what somebody said is not right, as 'answers', with the day before which the answer was promised; as 'confirms', whose
-- work waits for one's word that it is theirs; as 'second yes', how much waits for one's yes or no; as 'unusual', one's own looks; as 'told',
-- what somebody told one alone.
DROP FUNCTION IF EXISTS trust.asked_of_me();
CREATE OR REPLACE FUNCTION trust.asked_of_me()
RETURNS TABLE (id uuid, family_name text, asked_by text, role text, asked_at timestamptz, many bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT i.id, i.family_name, i.asked_by, CASE WHEN i.stands_in_for <> '' THEN 'stand-in' ELSE i.role END, i.asked_at, 1
  FROM trust.my_invitations() i WHERE i.answer = ''
  UNION ALL
  SELECT c.family_id, f.name, p.given_name, 'takes over', min(o.at), 1
  FROM wraparound_passon o JOIN trust_circle c ON c.id = o.circle_id JOIN trust_family f ON f.id = c.family_id
  JOIN trust_person p ON p.id = o.giver_id
  WHERE o.to_id = trust.viewer() AND o.answer = '' AND o.taken_back_at IS NULL
    AND (EXISTS (SELECT 1 FROM intake_promise w WHERE w.id = o.promise_id AND w.by_id = o.giver_id
           AND w.kept_at IS NULL AND w.ended_at IS NULL)
      OR EXISTS (SELECT 1 FROM wraparound_action w WHERE w.id = o.action_id AND w.doer_id = o.giver_id AND w.state = 'open'))
    AND trust.knows(trust.viewer(), o.circle_id, o.about_id, o.author_id, o.at, trust.moment())
  GROUP BY c.family_id, f.name, p.given_name
  UNION ALL SELECT l.id, l.family_name, '', 'answers', l.answer_by, 1 FROM trust.answers_that_wait() l
  UNION ALL
  SELECT j.id, btrim(p.given_name || ' ' || p.surname), g.given_name::text, 'confirms', j.written_at, 1
  FROM trust_job j JOIN trust_person p ON p.id = j.person_id JOIN trust_person g ON g.id = j.given_by_id
  WHERE (SELECT trust.seen_as() IS NULL AND EXISTS (SELECT 1 FROM trust_job mine WHERE mine.person_id = trust.viewer()
      AND mine.role IN ('trust officer', 'lead', 'network', 'administrator', 'contact point')))
    AND j.role IN ('trust officer', 'lead', 'network', 'administrator', 'contact point')
    AND (trust.may_confirm_work(trust.viewer(), j) OR trust.may_let_in(trust.viewer(), j))
  UNION ALL
  SELECT trust.viewer(), '', '', 'second yes', min(m.until), count(*) FROM trust_matter m
  WHERE (SELECT trust.seen_as() IS NULL AND trust.reckon_seconds(trust.viewer())) AND m.answer = ''
    AND m.village_id = trust.viewer_village() AND m.taken_back_at IS NULL AND trust.moment() < m.until
    AND trust.may_second(trust.viewer(), m)
  HAVING count(*) > 0
  UNION ALL
  SELECT trust.viewer(), '', '', 'unusual', max(u.at), count(*) FROM trust_unusuallook u
  WHERE u.person_id = trust.viewer() AND u.answer = '' AND u.at > trust.moment() - interval '28 days'
    AND trust.seen_as() IS NULL
  HAVING count(*) > 0
  UNION ALL SELECT trust.viewer(), '', '', 'told', t.told_at, t.many FROM trust.told_and_not_opened() t
  ORDER BY 5, 1
$$;
