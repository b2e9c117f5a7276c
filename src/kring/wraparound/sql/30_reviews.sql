-- Looking at the plan together, and what went well: who may say what, how a review ends, and what that does.

-- What somebody told is taken back by nobody else, and within the day only.
CREATE OR REPLACE FUNCTION trust.check_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND (OLD.author_id IS DISTINCT FROM trust.viewer()
     OR trust.moment() >= OLD.at + interval '1 day') THEN
    PERFORM trust.refuse('too_late_to_take_back');
  END IF;
  RETURN OLD;
END $$;

-- What went well with a step belongs to the family of that step.
CREATE OR REPLACE FUNCTION trust.check_celebration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT family_id FROM trust_circle WHERE id = NEW.circle_id) IS DISTINCT FROM (SELECT c.family_id
      FROM wraparound_action a JOIN trust_circle c ON c.id = a.circle_id WHERE a.id = NEW.action_id) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

-- Nothing is written any more in a plan that is closed.
CREATE OR REPLACE FUNCTION trust.check_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE plan uuid := coalesce((to_jsonb(NEW) ->> 'plan_id')::uuid,
  (SELECT plan_id FROM wraparound_goal WHERE id = (to_jsonb(NEW) ->> 'goal_id')::uuid));
BEGIN
  IF (SELECT stage FROM wraparound_plan WHERE id = plan) = 'closed' THEN PERFORM trust.refuse('plan_is_closed'); END IF;
  RETURN NEW;
END $$;

-- A plan closes, and gets another day to look at it, only through approval and review; closed it stays closed.
CREATE OR REPLACE FUNCTION trust.check_plan_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.stage = 'closed' THEN PERFORM trust.refuse('ends_by_the_familys_word'); END IF;
    RETURN NEW;
  END IF;
  IF OLD.stage = 'closed' AND NEW.stage <> 'closed' THEN PERFORM trust.refuse('plan_is_closed'); END IF;
  IF trust.is_served() AND (NEW.stage, NEW.closed_at, NEW.next_review_on, NEW.told_before, NEW.told_on_it)
     IS DISTINCT FROM (OLD.stage, OLD.closed_at, OLD.next_review_on, OLD.told_before, OLD.told_on_it) THEN
    PERFORM trust.refuse('ends_by_the_familys_word');
  END IF;
  RETURN NEW;
END $$;

-- Whoever keeps the plan opens a review of it, once everybody has said yes to it.
CREATE OR REPLACE FUNCTION trust.check_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE p wraparound_plan;
BEGIN
  SELECT * INTO p FROM wraparound_plan WHERE id = NEW.plan_id;
  IF p.circle_id <> NEW.circle_id THEN PERFORM trust.refuse('crosses_families'); END IF;
  IF p.stage = 'closed' THEN PERFORM trust.refuse('plan_is_closed'); END IF;
  IF p.in_force_since IS NULL OR NOT trust.reckon_told_agreed(trust.viewer(), p.id, trust.moment()) THEN
    PERFORM trust.refuse('not_everybody_said_yes');
  END IF;
  IF trust.viewer() IS NOT NULL AND NOT trust.keeps_plan(p.id) THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_review_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND (NEW.outcome <> '' OR NEW.settled_at IS NOT NULL OR NEW.word_of_id IS NOT NULL
     OR NEW.next_on IS NOT NULL) AND (TG_OP = 'INSERT' OR (NEW.outcome, NEW.settled_at, NEW.word_of_id, NEW.next_on)
     IS DISTINCT FROM (OLD.outcome, OLD.settled_at, OLD.word_of_id, OLD.next_on)) THEN
    PERFORM trust.refuse('ends_by_the_familys_word');
  END IF;
  RETURN NEW;
END $$;

-- How somebody sees it is said by that person only, or written down for them, while people prepare; where a goal lies, its faces lie. What a
-- child says is about that child: whoever is left out of it does not read it.
CREATE OR REPLACE FUNCTION trust.check_preparation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r wraparound_review; g wraparound_goal; moves text[] := ARRAY['circle_id', 'about_id', 'subject_id'];
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moves = to_jsonb(OLD) - moves THEN RETURN NEW; END IF;
  SELECT * INTO r FROM wraparound_review WHERE id = NEW.review_id;
  IF r.settled_at IS NOT NULL THEN PERFORM trust.refuse('review_is_over'); END IF;
  IF trust.viewer() IS NOT NULL AND NEW.author_id IS DISTINCT FROM trust.viewer()
     AND to_jsonb(NEW) ->> 'written_by_id' IS DISTINCT FROM trust.viewer()::text AND NOT EXISTS (
       SELECT 1 FROM wraparound_preparation w WHERE w.review_id = NEW.review_id AND w.author_id = NEW.author_id
         AND w.written_by_id = trust.viewer()) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'wraparound_goalface' THEN
    SELECT * INTO g FROM wraparound_goal WHERE id = (to_jsonb(NEW) ->> 'goal_id')::uuid;
    IF g.plan_id <> r.plan_id OR g.circle_id <> NEW.circle_id THEN PERFORM trust.refuse('crosses_families'); END IF;
  ELSIF r.circle_id <> NEW.circle_id THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  IF EXISTS (SELECT 1 FROM trust_circle c JOIN trust_familymember m ON m.family_id = c.family_id AND m.kind = 'child'
             JOIN trust_birth b ON b.person_id = m.person_id WHERE c.id = NEW.circle_id AND m.person_id = NEW.author_id) THEN
    NEW.subject_id := NEW.author_id;
    NEW.about_id := NEW.author_id;
  END IF;
  RETURN NEW;
END $$;

-- Faces go where their goal goes: to fewer people all of them, and the face of a child who may not know the goal any
-- more goes away; to others only those about whom nothing else was decided.
CREATE OR REPLACE FUNCTION trust.faces_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE will uuid[] := ARRAY(SELECT s.person_id FROM trust_seat s WHERE s.circle_id = NEW.circle_id
    AND trust.runs(s.since, s.until));
  fewer boolean := will <@ ARRAY(SELECT s.person_id FROM trust_seat s WHERE s.circle_id = OLD.circle_id
    AND trust.runs(s.since, s.until));
BEGIN
  DELETE FROM wraparound_goalface WHERE fewer AND goal_id = NEW.id AND circle_id = OLD.circle_id
    AND about_id IS DISTINCT FROM NEW.about_id AND about_id <> ALL(will);
  UPDATE wraparound_goalface SET circle_id = NEW.circle_id WHERE goal_id = NEW.id AND circle_id = OLD.circle_id
    AND (fewer OR about_id IS NOT DISTINCT FROM NEW.about_id);
  RETURN NULL;
END $$;

-- A review ends by the word of a parent or a child of the circle: we go on until a day, we change the plan, or we
-- are done for now. Then the plan closes, and its open steps rest, also those the one who asks may not know.
CREATE OR REPLACE FUNCTION trust.settle_review(which uuid, how text, next_day date, whose uuid, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r wraparound_review; p wraparound_plan; today date;
BEGIN
  PERFORM trust.check_clock(moment);
  SELECT * INTO r FROM wraparound_review WHERE id = which FOR UPDATE;
  IF r.id IS NULL OR NOT trust.keeps_plan(r.plan_id) THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  IF r.settled_at IS NOT NULL THEN PERFORM trust.refuse('review_is_over'); END IF;
  IF NOT trust.knows(whose, r.circle_id, r.about_id, r.author_id, r.at, trust.moment())
      OR NOT EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = r.circle_id AND s.person_id = whose
        AND s.role IN ('child', 'guardian') AND trust.runs(s.since, s.until))
      OR EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = r.circle_id AND s.person_id = trust.viewer()
        AND whose <> s.person_id AND s.role IN ('child', 'guardian') AND trust.runs(s.since, s.until)) THEN
    PERFORM trust.refuse('ends_by_the_familys_word');
  END IF;
  SELECT * INTO p FROM wraparound_plan WHERE id = r.plan_id FOR UPDATE;
  today := (moment AT TIME ZONE (SELECT v.timezone FROM trust_village v JOIN trust_circle c ON c.village_id = v.id
    WHERE c.id = p.circle_id))::date;
  IF how <> 'finish' AND (next_day IS NULL OR next_day <= today OR next_day > today + interval '6 months') THEN
    PERFORM trust.refuse('review_within_six_months');
  END IF;
  UPDATE wraparound_review SET outcome = how, word_of_id = whose, settled_at = moment,
    next_on = CASE WHEN how <> 'finish' THEN next_day END WHERE id = which;
  IF how = 'finish' THEN
    PERFORM trust.reckon_closing(p.id, moment);
  ELSE
    UPDATE wraparound_plan SET next_review_on = next_day, stage = CASE WHEN how = 'adjust' THEN 'written' ELSE stage END
    WHERE id = p.id;
  END IF;
END $$;

-- The plan closes: open steps rest, what waited for a yes waits no longer, and its links end.
CREATE OR REPLACE FUNCTION trust.reckon_closing(which uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE wraparound_action SET state = 'not now' WHERE state = 'open'
    AND goal_id IN (SELECT id FROM wraparound_goal WHERE plan_id = which);
  UPDATE trust_link SET ended_at = moment WHERE ended_at IS NULL
    AND object_id IN (SELECT id FROM wraparound_version WHERE plan_id = which AND stage = 'waiting');
  UPDATE wraparound_version SET stage = 'replaced', replaced_at = moment WHERE plan_id = which AND stage = 'waiting';
  UPDATE wraparound_plan SET stage = 'closed', closed_at = moment, next_review_on = NULL WHERE id = which;
END $$;

-- Who coordinates the family of this plan at a moment, and may know the plan and that it was agreed.
CREATE OR REPLACE FUNCTION trust.reckon_coordinator(p wraparound_plan, at timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.person_id FROM trust_seat s WHERE s.circle_id = p.circle_id AND s.role = 'coordinator'
    AND trust.runs(s.since, s.until, reckon_coordinator.at)
    AND trust.knows(s.person_id, p.circle_id, p.about_id, p.author_id, p.at, reckon_coordinator.at)
    AND trust.reckon_told_agreed(s.person_id, p.id, reckon_coordinator.at)
  ORDER BY s.since DESC LIMIT 1
$$;

-- The coordinator hears of a review twice at most: two weeks before its day, and on it. Then the reminder stops.
CREATE OR REPLACE FUNCTION trust.remind_of_reviews(at timestamptz)
RETURNS TABLE (plan_id uuid, person_id uuid, is_due boolean) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY WITH coming AS (
    SELECT p.id, trust.reckon_coordinator(p, remind_of_reviews.at) AS who, p.next_review_on <= d.today AS due
    FROM wraparound_plan p JOIN trust_circle c ON c.id = p.circle_id JOIN trust_village v ON v.id = c.village_id
    CROSS JOIN LATERAL (SELECT (remind_of_reviews.at AT TIME ZONE v.timezone)::date AS today) d
    WHERE p.stage <> 'closed' AND p.next_review_on BETWEEN d.today - 14 AND d.today + 14
      AND CASE WHEN p.next_review_on <= d.today THEN p.told_on_it ELSE p.told_before END IS DISTINCT FROM p.next_review_on)
  UPDATE wraparound_plan p SET told_before = p.next_review_on,
    told_on_it = CASE WHEN coming.due THEN p.next_review_on ELSE p.told_on_it END
  FROM coming WHERE p.id = coming.id AND coming.who IS NOT NULL
  RETURNING p.id, coming.who, coming.due;
END $$;

-- Whether a letter about a review may still go: the day stands, and the person still coordinates.
CREATE OR REPLACE FUNCTION trust.review_still_comes(plan uuid, who uuid, due boolean) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT n.given_name::text FROM wraparound_plan p JOIN trust_person n ON n.id = who
  WHERE p.id = plan AND trust.identity() IS NULL AND p.stage <> 'closed'
    AND p.next_review_on = CASE WHEN due THEN p.told_on_it ELSE p.told_before END
    AND trust.reckon_coordinator(p, trust.moment()) = who
$$;

DO $$
DECLARE spec text[];
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['wraparound_wish', 'check_open', 'BEFORE INSERT', ''],
    ['wraparound_goal', 'check_open', 'BEFORE INSERT', ''],
    ['wraparound_action', 'check_open', 'BEFORE INSERT', ''],
    ['wraparound_plan', 'check_plan_ends', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_celebration', 'check_in_plan', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_celebration', 'check_celebration', 'BEFORE INSERT', 'WHEN (NEW.action_id IS NOT NULL)'],
    ['wraparound_celebration', 'check_taken_back', 'BEFORE DELETE', ''],
    ['wraparound_review', 'check_review', 'BEFORE INSERT', ''],
    ['wraparound_review', 'check_review_ends', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_review', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_preparation', 'check_preparation', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_preparation', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_goalface', 'check_preparation', 'BEFORE INSERT OR UPDATE', ''],
    ['wraparound_goalface', 'check_kept', 'BEFORE DELETE', ''],
    ['wraparound_goal', 'faces_along', 'AFTER UPDATE OF circle_id', 'WHEN (NEW.circle_id <> OLD.circle_id)']]
  LOOP
    CONTINUE WHEN to_regclass(spec[1]) IS NULL;
    EXECUTE format('DROP TRIGGER IF EXISTS plan_%s ON %I', spec[2], spec[1]);
    EXECUTE format('CREATE TRIGGER plan_%s %s ON %I FOR EACH ROW %s EXECUTE FUNCTION trust.%I()',
      spec[2], spec[3], spec[1], spec[4], spec[2]);
  END LOOP;
END $$;
