-- What happens by the clock. Nobody asks here: each function itself checks that the time has come.

-- When what was told is deleted: at the end of the village's term, never before the receipt has ended.
CREATE OR REPLACE FUNCTION trust.term_ends(c intake_concern, term_days integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT greatest(coalesce(c.taken_at, c.at) + make_interval(days => term_days), c.closed_at + interval '30 days')
$$;

-- Delete what was told. Who asked still finds an honest word on the receipt for thirty days; then that goes too.
CREATE OR REPLACE FUNCTION trust.forget_concerns(at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE over uuid[]; gone uuid[];
BEGIN
  PERFORM trust.check_clock(at);
  over := ARRAY(
    SELECT c.id FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id JOIN trust_village v ON v.id = k.village_id
    WHERE c.forgotten_at IS NULL AND trust.term_ends(c, v.term_days) <= forget_concerns.at ORDER BY c.id FOR UPDATE OF c);
  DELETE FROM intake_talknote WHERE concern_id = ANY(over);
  DELETE FROM intake_promisechange WHERE promise_id IN (SELECT id FROM intake_promise WHERE concern_id = ANY(over));
  DELETE FROM intake_promise WHERE concern_id = ANY(over);
  UPDATE intake_concern SET told_locked = '', reachable = false, asker_kind = '', family_knows = '',
      written_down_by_id = NULL, author_id = NULL, forgotten_at = forget_concerns.at,
      state = CASE WHEN closed_at IS NULL THEN 'not done' ELSE state END,
      outcome = CASE WHEN closed_at IS NULL THEN 'nobody' ELSE outcome END,
      closed_at = coalesce(closed_at, forget_concerns.at)
    WHERE id = ANY(over);
  gone := ARRAY(SELECT c.circle_id FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id
    WHERE k.kind = 'first talk' AND c.forgotten_at IS NOT NULL AND c.closed_at + interval '30 days' <= forget_concerns.at);
  DELETE FROM intake_concern WHERE forgotten_at IS NOT NULL AND closed_at + interval '30 days' <= forget_concerns.at;
  UPDATE trust_seat SET until = forget_concerns.at
    WHERE circle_id = ANY(gone) AND until IS NULL AND since <= forget_concerns.at;
  RETURN cardinality(over);
END $$;

-- First talks in which nothing stands any more, because its words were deleted or it was put back a term ago: their keys
-- are destroyed, so that no backup opens them. It is asked of what stands, so a night that broke off is made good the next.
CREATE OR REPLACE FUNCTION trust.talks_that_are_over(at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT k.id FROM trust_circle k JOIN trust_village v ON v.id = k.village_id
  WHERE trust.identity() IS NULL AND k.kind = 'first talk'
    AND NOT EXISTS (SELECT 1 FROM intake_concern c WHERE c.circle_id = k.id AND c.forgotten_at IS NULL)
    AND (EXISTS (SELECT 1 FROM intake_concern c WHERE c.circle_id = k.id)
      OR k.opened_at + make_interval(days => v.term_days) <= least(talks_that_are_over.at, trust.moment()))
$$;

-- Whose concerns are deleted within a week: the person who took it up, else who is on duty now and who stands in.
CREATE OR REPLACE FUNCTION trust.concerns_ending(at timestamptz) RETURNS TABLE (concern_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id, who.id FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id JOIN trust_village v ON v.id = k.village_id
  CROSS JOIN LATERAL (
    SELECT c.taken_by_id AS id WHERE c.taken_by_id IS NOT NULL
    UNION SELECT d.person_id FROM trust.on_duty(v.id, concerns_ending.at) d WHERE c.taken_by_id IS NULL
    UNION SELECT d.stand_in_id FROM trust.on_duty(v.id, concerns_ending.at) d WHERE c.taken_by_id IS NULL) who
  WHERE who.id IS NOT NULL AND c.closed_at IS NULL AND c.forgotten_at IS NULL
    AND trust.term_ends(c, v.term_days) - interval '7 days' <= concerns_ending.at
  ORDER BY 1, 2
$$;

-- Promises that were kept two weeks ago: the one who asked is asked, once.
CREATE OR REPLACE FUNCTION trust.ask_whether_true(at timestamptz) RETURNS TABLE (concern_id uuid, language text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY WITH asked AS (
    UPDATE intake_promise p SET asked_true_on = (ask_whether_true.at AT TIME ZONE v.timezone)::date
    FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id JOIN trust_village v ON v.id = k.village_id
    WHERE c.id = p.concern_id AND p.to_asker AND p.asked_true_on IS NULL AND p.answered_at IS NULL
      AND p.kept_at + interval '14 days' <= ask_whether_true.at
      AND (c.closed_at IS NULL OR ask_whether_true.at < c.closed_at + interval '30 days')
    RETURNING c.id, c.language)
  SELECT DISTINCT a.id, a.language::text FROM asked a ORDER BY 1;
END $$;

-- Promises whose day has passed: whoever made them hears it once; then the reminder stops.
CREATE OR REPLACE FUNCTION trust.remind_of_promises(at timestamptz) RETURNS TABLE (promise_id uuid, person_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY UPDATE intake_promise p SET reminders = p.reminders + 1
    WHERE p.kept_at IS NULL AND p.ended_at IS NULL AND p.due_at <= remind_of_promises.at AND p.reminders < 1
      AND p.due_at > remind_of_promises.at - interval '14 days' AND p.by_id IS NOT NULL
    RETURNING p.id, p.by_id;
END $$;

-- Count the weeks that are over, once each, for every village; of the village, never of a person.
CREATE OR REPLACE FUNCTION trust.count_weeks(at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE counted integer;
BEGIN
  PERFORM trust.check_clock(at);
  WITH weeks AS (
    SELECT v.id AS village, w.first_day::date AS first_day,
      w.first_day::timestamp AT TIME ZONE v.timezone AS since,
      (w.first_day + interval '7 days')::timestamp AT TIME ZONE v.timezone AS until
    FROM trust_village v CROSS JOIN LATERAL generate_series(
      date_trunc('week', count_weeks.at AT TIME ZONE v.timezone) - interval '28 days',
      date_trunc('week', count_weeks.at AT TIME ZONE v.timezone) - interval '7 days', interval '7 days') AS w(first_day))
  INSERT INTO intake_weekofanswers (id, village_id, week_of, answered, answer_hours, promises_due, promises_kept)
  SELECT gen_random_uuid(), w.village, w.first_day, a.answered, a.hours, p.due, p.kept
  FROM weeks w
  CROSS JOIN LATERAL (
    SELECT count(*) AS answered, coalesce(sum(extract(epoch FROM c.answered_at - c.at) / 3600), 0)::integer AS hours
    FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id
    WHERE k.village_id = w.village AND trust.runs(w.since, w.until, c.answered_at)) a
  CROSS JOIN LATERAL (
    SELECT count(*) AS due, count(*) FILTER (WHERE pr.kept_at <= pr.due_at) AS kept
    FROM intake_promise pr JOIN trust_circle k ON k.id = pr.circle_id
    WHERE k.village_id = w.village AND trust.runs(w.since, w.until, pr.due_at) AND pr.ended_at IS NULL) p
  ON CONFLICT (village_id, week_of) DO NOTHING;
  GET DIAGNOSTICS counted = ROW_COUNT;
  RETURN counted;
END $$;

-- The village's own figures over the last thirteen weeks that are over; nothing where there are too few to say.
CREATE OR REPLACE FUNCTION trust.village_figures(at timestamptz) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'hours', CASE WHEN sum(w.answered) >= 5 THEN round(sum(w.answer_hours)::numeric / sum(w.answered)) END,
    'due', CASE WHEN sum(w.promises_due) >= 5 THEN sum(w.promises_due) END,
    'kept', CASE WHEN sum(w.promises_due) >= 5 THEN sum(w.promises_kept) END)
  FROM intake_weekofanswers w
  WHERE w.village_id = trust.viewer_village() AND trust.works(trust.viewer()) AND w.week_of >= (at - interval '92 days')::date
$$;

-- What a letter to the one who asked needs, at the moment of sending; only for the worker in the background.
CREATE OR REPLACE FUNCTION trust.for_a_letter(concern uuid, at timestamptz) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('circle', c.circle_id, 'subject', c.subject_id, 'told', encode(c.told_locked, 'hex'), 'moved', EXISTS (
      SELECT 1 FROM intake_promisechange ch JOIN intake_promise p ON p.id = ch.promise_id
      WHERE p.concern_id = c.id AND p.to_asker AND p.kept_at IS NULL AND p.ended_at IS NULL), 'receipt', trust.receipt(c.receipt_hash, for_a_letter.at))
  FROM intake_concern c WHERE c.id = concern AND trust.identity() IS NULL AND c.forgotten_at IS NULL
$$;

-- Whether a letter about work still makes sense to this person, who works: the promise of theirs is late; the concern waits for
-- them, or for whoever is on duty with them. What they took up themselves is not new to them.
DROP FUNCTION IF EXISTS trust.still_waits(uuid, uuid);
CREATE OR REPLACE FUNCTION trust.still_waits(object uuid, who uuid, as_kind text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'waits', trust.works(who) AND CASE as_kind
      WHEN 'promise late' THEN EXISTS (SELECT 1 FROM intake_promise p WHERE p.id = object AND p.by_id = who AND p.kept_at IS NULL
              AND p.ended_at IS NULL AND p.due_at <= trust.moment())
      ELSE EXISTS (SELECT 1 FROM intake_concern c WHERE c.id = object AND c.closed_at IS NULL AND c.forgotten_at IS NULL
              AND (c.taken_by_id = who AND as_kind <> 'new concern' OR c.taken_by_id IS NULL AND EXISTS (
                SELECT 1 FROM trust_access a WHERE a.viewer_id = who AND a.circle_id = c.circle_id AND NOT a.danger
                  AND trust.runs(a.since, a.until)))) END,
    'help', EXISTS (SELECT 1 FROM intake_concern c WHERE c.id = object AND c.wants_help_now),
    'name', (SELECT p.given_name FROM trust_person p WHERE p.id = who))
  WHERE trust.identity() IS NULL
$$;

-- Every night: what waits at the desks, locked as it lies; the desks; and the same words under another key, unless
-- somebody took them up or wrote to them meanwhile.
CREATE OR REPLACE FUNCTION trust.waits_at_desks()
RETURNS TABLE (id uuid, circle_id uuid, subject_id uuid, told_locked bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id, c.circle_id, c.subject_id, c.told_locked FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id
  WHERE k.kind = 'desk' AND c.told_locked <> '' ORDER BY c.id
$$;

CREATE OR REPLACE FUNCTION trust.every_desk() RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT k.id FROM trust_circle k WHERE k.kind = 'desk' ORDER BY k.id
$$;

CREATE OR REPLACE FUNCTION trust.turn_told(concern uuid, before bytea, after bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE intake_concern c SET told_locked = after WHERE c.id = concern AND c.told_locked = before;
  RETURN FOUND;
END $$;
