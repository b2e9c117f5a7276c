-- "This is not right" (W23): who may say it of which text, who hears it, who answers, and that an answer stays.

-- The text itself: where it lies, about whom, by whom, since when, in which plan.
CREATE OR REPLACE FUNCTION trust.reckon_text(of_kind text, object uuid)
RETURNS TABLE (circle uuid, subject uuid, about uuid, author uuid, at timestamptz, plan uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT circle_id, subject_id, about_id, author_id, at, NULL::uuid FROM wraparound_story WHERE of_kind = 'story' AND id = object
  UNION ALL SELECT circle_id, subject_id, about_id, author_id, at, plan_id FROM wraparound_wish WHERE of_kind = 'wish' AND id = object
  UNION ALL SELECT circle_id, subject_id, about_id, author_id, at, plan_id FROM wraparound_goal WHERE of_kind = 'goal' AND id = object
  UNION ALL SELECT a.circle_id, a.subject_id, a.about_id, a.author_id, a.at, g.plan_id FROM wraparound_action a
    JOIN wraparound_goal g ON g.id = a.goal_id WHERE of_kind = 'action' AND a.id = object
  UNION ALL SELECT circle_id, subject_id, about_id, author_id, at, NULL FROM wraparound_note WHERE of_kind = 'note' AND id = object
  UNION ALL SELECT circle_id, subject_id, about_id, author_id, at, NULL FROM intake_beginning WHERE of_kind = 'beginning' AND id = object
  UNION ALL SELECT circle_id, subject_id, about_id, author_id, at, NULL FROM messaging_attempt WHERE of_kind = 'attempt' AND id = object
  UNION ALL SELECT circle_id, NULL, person_id, written_by_id, coalesce(written_at, '-infinity'), NULL FROM trust_contactcard
    WHERE of_kind = 'card' AND id = object
$$;

-- Texts that are kept as they were written get the right words beside them; the others are changed where they stand.
CREATE OR REPLACE FUNCTION trust.stays_beside(of_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT of_kind IN ('beginning', 'attempt')
$$;

CREATE OR REPLACE FUNCTION trust.reckon_may_know_text(who uuid, of_kind text, object uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust.reckon_text(of_kind, object) t
    WHERE trust.knows(who, t.circle, t.about, t.author, t.at, trust.moment()))
$$;

-- Does this person sit here for themself, and not by work?
CREATE OR REPLACE FUNCTION trust.sits_for_themself(who uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
    WHERE a.viewer_id = who AND a.circle_id = circle AND NOT a.danger AND s.job_id IS NULL
      AND trust.runs(a.since, a.until))
$$;

-- Who is of the circle says it for themself; who wrote the text too; whoever sits there by work writes down what
-- somebody of the family said; never for somebody who is left out of whom the text is about.
CREATE OR REPLACE FUNCTION trust.may_say_not_right(of_kind text, object uuid, for_whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.seen_as() IS NULL AND EXISTS (
    SELECT 1 FROM trust.reckon_text(of_kind, object) t JOIN trust_circle c ON c.id = t.circle
    WHERE c.family_id IS NOT NULL AND c.kind IN ('family', 'part', 'home') AND trust.sits_in(t.circle)
      AND trust.reckon_may_know_text(trust.viewer(), of_kind, object)
      AND CASE WHEN for_whom = trust.viewer() THEN t.author = for_whom OR trust.sits_for_themself(for_whom, t.circle)
        ELSE NOT trust.sits_for_themself(trust.viewer(), t.circle)
          AND EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = c.family_id AND m.person_id = for_whom)
          AND NOT trust.is_denied(for_whom, t.about, NULL, trust.moment()) END)
$$;

-- Who could answer: whoever wrote the text, and whoever keeps the family; never the one who says that it is not right,
-- and nobody who is left out of whom it is about, the writer of the text neither.
CREATE OR REPLACE FUNCTION trust.reckon_could_answer(who uuid, of_kind text, object uuid, asked_by uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who IS DISTINCT FROM asked_by AND EXISTS (
    SELECT 1 FROM trust.reckon_text(of_kind, object) t JOIN trust_circle c ON c.id = t.circle
    WHERE (t.author = who OR trust.keeps_family(who, c.family_id))
      AND EXISTS (SELECT 1 FROM trust_access a WHERE a.viewer_id = who AND a.circle_id = t.circle AND NOT a.danger
                  AND trust.runs(a.since, a.until))
      AND trust.reckon_may_know_text(who, of_kind, object)
      AND NOT trust.is_denied(who, t.about, NULL, trust.moment()))
$$;

-- Whoever wrote it down for somebody answers it of a text of their own only, or when nobody else here can.
DROP FUNCTION IF EXISTS trust.reckon_answers(uuid, text, uuid, uuid);
CREATE OR REPLACE FUNCTION trust.reckon_answers(who uuid, of_kind text, object uuid, asked_by uuid, writer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.reckon_could_answer(who, of_kind, object, asked_by) AND (who IS DISTINCT FROM writer OR EXISTS (
    SELECT 1 FROM trust.reckon_text(of_kind, object) t WHERE t.author = who OR NOT EXISTS (
      SELECT 1 FROM trust_seat s WHERE s.circle_id = t.circle AND s.person_id <> who
        AND trust.reckon_could_answer(s.person_id, of_kind, object, asked_by))))
$$;

-- Between who says it, who wrote it down for them, and who answers; what stands beside the text is for all who may know
-- the text. A text that went into a smaller circle takes the question along.
CREATE OR REPLACE FUNCTION trust.hears_not_right(row_id uuid, of_kind text, object uuid, asked_by uuid, writer uuid, answer text)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.viewer() IS NOT NULL AND trust.reckon_may_know_text(trust.viewer(), of_kind, object)
    AND (answer = 'beside' OR (answer = 'changed' AND trust.stays_beside(of_kind))
      OR (trust.seen_as() IS NULL AND (trust.viewer() IN (asked_by, writer)
        OR trust.reckon_answers(trust.viewer(), of_kind, object, asked_by, writer))))
$$;

CREATE OR REPLACE FUNCTION trust.may_answer_not_right(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.seen_as() IS NULL AND EXISTS (SELECT 1 FROM wraparound_notright n
    WHERE n.id = which AND n.answer = '' AND trust.reckon_answers(trust.viewer(), n."on", n.object_id, n.asked_by_id, n.author_id))
$$;

-- It is said of a text that is there, lies where the text lies, and gets its day: with the thirtieth day that begins in the
-- village there is an answer, so that the letter of that morning is not late.
CREATE OR REPLACE FUNCTION trust.check_not_right() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE t record;
BEGIN
  SELECT * INTO t FROM trust.reckon_text(NEW."on", NEW.object_id);
  IF NOT FOUND OR t.circle <> NEW.circle_id OR t.subject IS DISTINCT FROM NEW.subject_id
     OR NOT trust.may_say_not_right(NEW."on", NEW.object_id, NEW.asked_by_id)
     OR NEW.answer <> '' OR NEW.words_locked = '' THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  NEW.about_id := t.about;
  NEW.at := least(NEW.at, trust.moment());
  SELECT (date_trunc('day', trust.moment() AT TIME ZONE v.timezone) + interval '30 days') AT TIME ZONE v.timezone INTO NEW.answer_by
    FROM trust_circle c JOIN trust_village v ON v.id = c.village_id WHERE c.id = t.circle;
  RETURN NEW;
END $$;

-- By hand only one's own words change, and only until there is an answer. Nothing of it is removed.
CREATE OR REPLACE FUNCTION trust.check_not_right_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN
    IF TG_OP = 'DELETE' THEN PERFORM trust.refuse('never_changes'); END IF;
    IF OLD.author_id IS DISTINCT FROM trust.viewer() OR OLD.answer <> ''
       OR to_jsonb(NEW) - '{words_locked,should_locked}'::text[] <> to_jsonb(OLD) - '{words_locked,should_locked}'::text[] THEN
      PERFORM trust.refuse('stays_as_written');
    END IF;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- Words that stand beside a text by such an answer are taken away by nobody; they go when their family is forgotten.
CREATE OR REPLACE FUNCTION trust.check_beside_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN  -- where somebody is forgotten, trust.refuse refuses nothing
  IF EXISTS (SELECT 1 FROM wraparound_notright n WHERE n.id = OLD.id) THEN PERFORM trust.refuse('never_changes'); END IF;
  RETURN OLD;
END $$;

-- Was this story told anew after a moment? To those who know the same of it: in its circle, about the same child.
CREATE OR REPLACE FUNCTION trust.reckon_told_anew(story uuid, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM wraparound_story s JOIN wraparound_story x ON x.circle_id = s.circle_id
      AND x.about_id IS NOT DISTINCT FROM s.about_id
    WHERE s.id = story AND x.at > s.at AND x.at > since)
$$;

-- The text with its new words; the words before lie with the answer. False when nobody changed it. A story that was told
-- anew meanwhile is not brought back by it: without new words the answer says that telling it anew put it right.
CREATE OR REPLACE FUNCTION trust.lock_change_text(n wraparound_notright, new_text text, who uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE n."on"
    WHEN 'story' THEN
      IF new_text = '' THEN RETURN trust.reckon_told_anew(n.object_id, n.at); END IF;
      PERFORM 1 FROM wraparound_story WHERE id = n.object_id FOR UPDATE;  -- two who answer at once take turns
      INSERT INTO wraparound_story (id, circle_id, subject_id, author_id, at, text, language, told_by_id, how, agreed_on, interpreter)
      SELECT gen_random_uuid(), s.circle_id, s.subject_id, who, trust.moment(), new_text, s.language, s.told_by_id,
        CASE WHEN s.told_by_id = who THEN 'typed' ELSE 'told' END, NULL, ''
      FROM wraparound_story s WHERE s.id = n.object_id AND NOT trust.reckon_told_anew(s.id, s.at);
    WHEN 'wish' THEN UPDATE wraparound_wish SET text = new_text, changed_at = trust.moment() WHERE id = n.object_id AND text <> new_text;
    WHEN 'goal' THEN UPDATE wraparound_goal SET aim = new_text WHERE id = n.object_id AND aim <> new_text;
    -- what needed everybody's yes needs it anew (D3)
    WHEN 'action' THEN UPDATE wraparound_action SET what = new_text, agreed_at = NULL WHERE id = n.object_id AND what <> new_text;
    WHEN 'note' THEN UPDATE wraparound_note SET text = new_text WHERE id = n.object_id AND text <> new_text;
    WHEN 'card' THEN PERFORM 1 FROM trust_contactcard WHERE id = n.object_id AND written_at > n.at;
    ELSE RETURN trust.stays_beside(n."on") AND new_text <> '';
  END CASE;
  RETURN FOUND AND (n."on" = 'card' OR new_text <> '');
END $$;

-- One answer, once: changed (at once, in the same transaction), beside it for good (where words beside a text are shown),
-- or refused with a reason. A second answer changes nothing and counts for nothing (''); NULL for who may not answer.
CREATE OR REPLACE FUNCTION trust.answer_not_right(which uuid, as_answer text, reason bytea, was bytea, becomes bytea,
  new_text text, said text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n wraparound_notright; t record;
BEGIN
  SELECT * INTO n FROM wraparound_notright WHERE id = which FOR UPDATE;
  IF n.id IS NULL OR trust.seen_as() IS NOT NULL
     OR NOT trust.reckon_answers(trust.viewer(), n."on", n.object_id, n.asked_by_id, n.author_id) THEN RETURN NULL; END IF;
  IF n.answer <> '' THEN RETURN ''; END IF;
  IF as_answer NOT IN ('changed', 'beside', 'refused') OR (as_answer = 'beside' AND n."on" IN ('note', 'card')) THEN PERFORM trust.refuse('no_such_answer'); END IF;
  SELECT * INTO t FROM trust.reckon_text(n."on", n.object_id);
  IF as_answer = 'changed' AND NOT trust.lock_change_text(n, new_text, trust.viewer()) THEN
    PERFORM trust.refuse('not_changed_yet');
  ELSIF as_answer = 'refused' AND reason = '' THEN
    PERFORM trust.refuse('no_such_answer');
  ELSIF as_answer = 'beside' AND n."on" IN ('story', 'wish', 'goal', 'action') THEN
    INSERT INTO wraparound_remark (id, circle_id, subject_id, author_id, at, plan_id, "on", object_id, words, language)
    VALUES (n.id, t.circle, t.subject, n.asked_by_id, trust.moment(), t.plan, n."on", n.object_id, said, n.language);
  END IF;
  UPDATE wraparound_notright SET answer = as_answer, answered_by_id = trust.viewer(), answered_at = trust.moment(),
    reason_locked = reason, was_locked = was, becomes_locked = becomes WHERE id = which;
  RETURN as_answer;
END $$;

-- What waits for one's answer, for the page of the day.
DROP FUNCTION IF EXISTS trust.late_answers_of_mine();
CREATE OR REPLACE FUNCTION trust.answers_that_wait()
RETURNS TABLE (id uuid, family_name text, answer_by timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT n.id, f.name, n.answer_by FROM trust_access a JOIN wraparound_notright n ON n.circle_id = a.circle_id
  JOIN trust_circle c ON c.id = n.circle_id JOIN trust_family f ON f.id = c.family_id
  WHERE a.viewer_id = trust.viewer() AND trust.runs(a.since, a.until) AND NOT a.danger
    AND n.answer = '' AND trust.may_answer_not_right(n.id)
$$;

-- How many answers are late in the village: a number for the trust officer, without a family.
CREATE OR REPLACE FUNCTION trust.answers_late() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*)::integer FROM wraparound_notright n JOIN trust_circle c ON c.id = n.circle_id
  WHERE trust.watches()
    AND c.village_id = trust.viewer_village() AND n.answer = '' AND n.answer_by <= trust.moment()
    AND EXISTS (SELECT 1 FROM trust.reckon_text(n."on", n.object_id))
$$;

-- Letters: the morning after it was said, a week before its day, on its day, and then never more; and that it is answered.
CREATE OR REPLACE FUNCTION trust.reckon_stage_not_right(n wraparound_notright, at timestamptz) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN n.answer <> '' AND n.answered_at > at - interval '7 days' THEN 'answered' WHEN n.answer <> '' THEN ''
    WHEN n.answer_by <= at THEN CASE WHEN at < n.answer_by + interval '7 days' THEN 'due' ELSE '' END
    WHEN n.answer_by <= at + interval '7 days' THEN 'soon' ELSE 'said' END
$$;

CREATE OR REPLACE FUNCTION trust.not_right_to_tell(at timestamptz)
RETURNS TABLE (id uuid, person_id uuid, stage text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  IF trust.identity() IS NOT NULL THEN RETURN; END IF;
  RETURN QUERY SELECT n.id, p.who, s.stage
  FROM wraparound_notright n CROSS JOIN LATERAL (SELECT trust.reckon_stage_not_right(n, not_right_to_tell.at)) s(stage)
  CROSS JOIN LATERAL (SELECT n.asked_by_id WHERE s.stage = 'answered' UNION
    SELECT x.person_id FROM trust_seat x WHERE x.circle_id = n.circle_id AND s.stage <> 'answered'
      AND trust.reckon_answers(x.person_id, n."on", n.object_id, n.asked_by_id, n.author_id)) p(who)
  WHERE s.stage <> '' AND (n.answer = '' OR n.answered_at > not_right_to_tell.at - interval '7 days')
    AND NOT trust.reckon_called_blind(n, p.who);
END $$;

-- Whether a letter to this person would become a call for a coordinator who may not hear of this text: then none goes.
CREATE OR REPLACE FUNCTION trust.reckon_called_blind(n wraparound_notright, who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT trust.works(who) AND EXISTS (
    SELECT 1 FROM trust_contactcard k JOIN trust_seat s ON s.circle_id = k.circle_id AND s.role = 'coordinator'
      AND trust.runs(s.since, s.until)
    WHERE k.person_id = who AND (k.channel <> 'e-mail' OR k.listens)
      AND NOT trust.reckon_could_answer(s.person_id, n."on", n.object_id, NULL))
$$;

-- Whether such a letter may still go.
CREATE OR REPLACE FUNCTION trust.not_right_still_told(which uuid, who uuid, as_stage text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND EXISTS (SELECT 1 FROM wraparound_notright n
    WHERE n.id = which AND CASE WHEN as_stage = 'answered' THEN n.answer <> '' AND n.asked_by_id = who
        AND trust.reckon_may_know_text(who, n."on", n.object_id)
      ELSE n.answer = '' AND trust.reckon_answers(who, n."on", n.object_id, n.asked_by_id, n.author_id) END)
$$;

DO $$
DECLARE spec text[];
BEGIN
  IF to_regclass('wraparound_notright') IS NULL THEN RETURN; END IF;
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['wraparound_notright', 'check_not_right', 'BEFORE INSERT'],
    ['wraparound_notright', 'check_not_right_stays', 'BEFORE UPDATE OR DELETE'],
    ['wraparound_remark', 'check_beside_stays', 'BEFORE DELETE']]
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS right_%s ON %I', spec[2], spec[1]);
    EXECUTE format('CREATE TRIGGER right_%s %s ON %I FOR EACH ROW EXECUTE FUNCTION trust.%I()', spec[2], spec[3], spec[1], spec[2]);
  END LOOP;
END $$;
