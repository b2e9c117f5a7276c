-- The front door: what somebody without account may do. Nobody has a seat here, so each function itself
-- decides what it takes in and what little it tells.

CREATE OR REPLACE FUNCTION trust.desk_workers(village uuid, at timestamptz)
RETURNS TABLE (circle_id uuid, person_id uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id, a.viewer_id, min(a.since)
  FROM trust_circle c JOIN trust_access a ON a.circle_id = c.id
  WHERE c.village_id = village AND c.kind = 'desk' AND NOT a.danger AND trust.runs(a.since, a.until, at)
  GROUP BY c.id, a.viewer_id
$$;

-- Who is on duty and who stands in: what was said today, else the turns of the week that the administrator keeps,
-- else what was said last, else whoever sits at the desk longest.
CREATE OR REPLACE FUNCTION trust.on_duty(village uuid, at timestamptz)
RETURNS TABLE (person_id uuid, stand_in_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH workers AS (SELECT w.person_id, w.since FROM trust.desk_workers(village, at) w),
  today AS (
    SELECT date_trunc('day', at AT TIME ZONE v.timezone) AT TIME ZONE v.timezone AS began,
      trust.as_id(v.chosen -> 'turns' ->> extract(isodow FROM at AT TIME ZONE v.timezone)::text) AS named
    FROM trust_village v WHERE v.id = village),
  turn AS (
    SELECT every.person_id, every.stand_in_id FROM (
      SELECT d.person_id, d.stand_in_id, CASE WHEN d.since >= t.began THEN 0 ELSE 2 END AS place, d.since, d.id
      FROM intake_duty d, today t
      WHERE d.village_id = village AND trust.runs(d.since, d.until, at)
      UNION ALL
      SELECT t.named, NULL, 1, t.began, NULL FROM today t WHERE t.named IN (SELECT w.person_id FROM workers w)) every
    ORDER BY every.place, every.since DESC, every.id LIMIT 1),
  ordered AS (
    SELECT w.person_id, row_number() OVER (ORDER BY
      CASE WHEN w.person_id = (SELECT t.person_id FROM turn t) THEN 0
           WHEN w.person_id = (SELECT t.stand_in_id FROM turn t) THEN 1 ELSE 2 END, w.since, w.person_id) AS place
    FROM workers w)
  SELECT (SELECT o.person_id FROM ordered o WHERE o.place = 1), (SELECT o.person_id FROM ordered o WHERE o.place = 2)
$$;

-- What anybody may know of somebody at the contact point: first name, work in plain words, direct line, languages.
CREATE OR REPLACE FUNCTION trust.desk_card(who uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('name', p.given_name, 'title', coalesce(j.title, ''),
    'phone', coalesce(nullif(j.phone, ''), v.phone), 'languages', coalesce(j.languages, ''))
  FROM trust_person p JOIN trust_village v ON v.id = p.village_id
  LEFT JOIN LATERAL (
    SELECT j.title, j.phone, j.languages FROM trust_job j
    WHERE j.person_id = p.id AND trust.runs(j.since, j.until)
    ORDER BY j.role <> 'contact point', j.since, j.id LIMIT 1) j ON true
  WHERE p.id = who
$$;

-- The truth about who reads what is told here, for one village.
CREATE OR REPLACE FUNCTION trust.front_door(village uuid, at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'duty', trust.desk_card(d.person_id), 'stand_in', trust.desk_card(d.stand_in_id),
    'readers', coalesce((SELECT jsonb_agg(p.given_name ORDER BY p.id = d.person_id DESC,
        p.id IS NOT DISTINCT FROM d.stand_in_id DESC, p.given_name)
      FROM trust.desk_workers(village, at) w JOIN trust_person p ON p.id = w.person_id), '[]'))
  FROM trust.on_duty(village, at) d
$$;

-- Take in a concern, and answer who is to be told of it. A second click makes nothing new and answers nothing.
DROP FUNCTION IF EXISTS trust.hand_in_concern(uuid, uuid, jsonb, timestamptz, bytea, timestamptz);
CREATE OR REPLACE FUNCTION trust.hand_in_concern(concern uuid, village uuid, told jsonb, words bytea, answered_before timestamptz,
  hash bytea, handed_in_at timestamptz) RETURNS uuid[] LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk uuid := (SELECT c.id FROM trust_circle c WHERE c.village_id = village AND c.kind = 'desk' ORDER BY c.opened_at, c.id LIMIT 1);
  by_staff boolean := told ->> 'channel' NOT IN ('page', 'poster');
  turn record;
BEGIN
  IF desk IS NULL THEN PERFORM trust.refuse('no_contact_point'); END IF;
  IF octet_length(hash) <> 32 THEN PERFORM trust.refuse('receipt_without_hash'); END IF;
  IF by_staff AND NOT trust.works_in(village) THEN PERFORM trust.refuse('written_down_by_a_stranger'); END IF;
  IF handed_in_at > trust.moment() + interval '1 minute' OR answered_before < handed_in_at
     OR answered_before > handed_in_at + interval '60 days' THEN
    PERFORM trust.refuse('no_such_moment');
  END IF;
  SELECT * INTO turn FROM trust.on_duty(village, handed_in_at);
  INSERT INTO intake_concern (id, circle_id, at, author_id, told_locked, reachable, asker_kind, family_knows,
    language, wants_help_now, channel, written_down_by_id, state, answer_by, on_duty_id, stand_in_id, outcome, reason, receipt_hash)
  VALUES (concern, desk, handed_in_at, CASE WHEN by_staff THEN trust.viewer() END,
    words, (told ->> 'reachable')::boolean, told ->> 'asker_kind',
    told ->> 'family_knows', told ->> 'language', (told ->> 'wants_help_now')::boolean, told ->> 'channel',
    CASE WHEN by_staff THEN trust.viewer() END, 'received', answered_before, turn.person_id, turn.stand_in_id, '', '', hash)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO intake_promise (id, circle_id, at, kind, concern_id, what, by_id, to_whom, to_asker, due_at, reminders, was_true)
  VALUES (gen_random_uuid(), desk, handed_in_at, 'first answer', concern, '', turn.person_id, '', true, answered_before, 0, '');
  RETURN array_remove(ARRAY[turn.person_id, CASE WHEN (told ->> 'wants_help_now')::boolean THEN turn.stand_in_id END], NULL);
END $$;

-- The promise that is asked about: two weeks after it was said to be kept.
CREATE OR REPLACE FUNCTION trust.promise_to_judge(concern uuid, at timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id FROM intake_promise p
  WHERE p.concern_id = concern AND p.to_asker AND p.answered_at IS NULL AND p.kept_at + interval '14 days' <= promise_to_judge.at
  ORDER BY p.kept_at, p.id LIMIT 1
$$;

-- What a receipt shows: a word, a name, a day; at the end how it went. Thirty days after that, nothing.
CREATE OR REPLACE FUNCTION trust.receipt(hash bytea, at timestamptz) RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  c intake_concern; v trust_village; who uuid; other uuid; turn record;
  looked_at timestamptz := greatest(receipt.at, trust.moment());
BEGIN
  SELECT * INTO c FROM intake_concern WHERE receipt_hash = hash;
  IF c.id IS NULL OR c.closed_at + interval '30 days' <= looked_at THEN RETURN NULL; END IF;
  SELECT v0.* INTO v FROM trust_village v0 JOIN trust_circle k ON k.village_id = v0.id WHERE k.id = c.circle_id;
  who := coalesce(c.taken_by_id, c.on_duty_id);
  other := c.stand_in_id;
  IF who IS NULL OR NOT trust.works(who, 'contact point') THEN
    SELECT * INTO turn FROM trust.on_duty(v.id, looked_at);
    who := turn.person_id;
    other := turn.stand_in_id;
  END IF;
  RETURN jsonb_build_object(
    'state', c.state, 'person', trust.desk_card(who),
    'stand_in', CASE WHEN other IS DISTINCT FROM who THEN trust.desk_card(other) END,
    'due', CASE WHEN c.closed_at IS NULL THEN (
      SELECT min(p.due_at) FROM intake_promise p
      WHERE p.concern_id = c.id AND p.to_asker AND p.kept_at IS NULL AND p.ended_at IS NULL) END,
    'outcome', c.outcome, 'reason', c.reason,
    'asks', trust.promise_to_judge(c.id, looked_at) IS NOT NULL,
    'reachable', c.reachable,
    'asks_reach', c.wants_help_now AND NOT c.reachable AND c.closed_at IS NULL,
    'village', jsonb_build_object('name', v.name, 'slug', v.slug, 'phone', v.phone, 'country', v.country, 'timezone', v.timezone));
END $$;

CREATE OR REPLACE FUNCTION trust.answer_receipt(hash bytea, answer text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c intake_concern;
BEGIN
  PERFORM trust.check_clock(at);
  IF answer NOT IN ('yes', 'partly', 'no') THEN PERFORM trust.refuse('no_such_answer'); END IF;
  SELECT * INTO c FROM intake_concern WHERE receipt_hash = hash;
  IF c.id IS NULL OR c.closed_at + interval '30 days' <= trust.moment() THEN RETURN false; END IF;
  UPDATE intake_promise SET was_true = answer, answered_at = answer_receipt.at
    WHERE id = trust.promise_to_judge(c.id, trust.moment()) AND answered_at IS NULL;
  RETURN FOUND;
END $$;

-- A child who asked for help with one tap may say afterwards where to find them; once. Its words lie locked: they are
-- handed out as they lie, and only the server has the key.
DROP FUNCTION IF EXISTS trust.asks_reach(bytea);
CREATE FUNCTION trust.asks_reach(hash bytea)
RETURNS TABLE (id uuid, circle_id uuid, subject_id uuid, told_locked bytea, at_desk boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id, c.circle_id, c.subject_id, c.told_locked, k.kind = 'desk'
  FROM intake_concern c JOIN trust_circle k ON k.id = c.circle_id
  WHERE c.receipt_hash = hash AND c.wants_help_now AND NOT c.reachable AND c.closed_at IS NULL AND c.forgotten_at IS NULL
$$;

DROP FUNCTION IF EXISTS trust.add_reach(bytea, text, text);
CREATE OR REPLACE FUNCTION trust.add_reach(hash bytea, circle uuid, words bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE intake_concern c SET told_locked = words, reachable = true
    WHERE c.receipt_hash = hash AND c.circle_id = circle AND c.wants_help_now AND NOT c.reachable AND c.closed_at IS NULL
      AND c.forgotten_at IS NULL AND words <> '';
  RETURN FOUND;
END $$;

-- When a first talk is given back to the desk, its seats end.
CREATE OR REPLACE FUNCTION trust.end_first_talk(talk uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  IF NOT trust.sits_in(talk) OR EXISTS (SELECT 1 FROM intake_concern c WHERE c.circle_id = talk)
     OR NOT EXISTS (SELECT 1 FROM trust_circle k WHERE k.id = talk AND k.kind = 'first talk') THEN
    PERFORM trust.refuse('first_talk_is_not_over');
  END IF;
  UPDATE trust_seat SET until = greatest(since, end_first_talk.at) WHERE circle_id = talk AND until IS NULL;
END $$;
