-- Offers that are kept right: who is asked by the clock, and what the letter's page may say without an account.

-- Whom one asks about an offer: its owner while they work here, else the first lead of its organisation.
CREATE OR REPLACE FUNCTION trust.keeper_of(which uuid, at timestamptz) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.person_id FROM network_offer o LEFT JOIN network_keeping k ON k.offer_id = o.id
  JOIN trust_organisation h ON h.village_id = o.village_id JOIN trust_job j ON j.organisation_id = h.id
  JOIN trust_agreement g ON g.organisation_id = h.id
  WHERE o.id = which AND (j.person_id = k.owner_id OR (j.role = 'lead' AND j.organisation_id = o.organisation_id))
    AND trust.runs(j.since, j.until, keeper_of.at)
    AND trust.runs(g.since, g.until, keeper_of.at)
  ORDER BY (j.person_id IS NOT DISTINCT FROM k.owner_id) DESC, j.since, j.id LIMIT 1
$$;

-- Half a year after somebody last said that an offer is right, whoever keeps it is asked; once more three weeks
-- later, then no more. All offers of one person go into one question.
CREATE OR REPLACE FUNCTION trust.ask_whether_offers_are_right(at timestamptz) RETURNS TABLE (question_id uuid, person_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM trust.check_clock(at);
  RETURN QUERY WITH known AS (
    SELECT o.id, o.village_id, k.asked_at, greatest(o.changed_at, k.confirmed_at) AS known_at,
      CASE WHEN k.asked_at >= greatest(o.changed_at, k.confirmed_at) THEN k.asked_times ELSE 0 END AS times
    FROM network_offer o JOIN trust_village v ON v.id = o.village_id LEFT JOIN network_keeping k ON k.offer_id = o.id
    WHERE o.status <> 'closed' AND o.gone_on IS NULL
      AND NOT coalesce(v.chosen -> 'modules off' ? 'directory', false) -- the letter would lead nowhere
  ), due AS (
    SELECT n.*, trust.keeper_of(n.id, ask_whether_offers_are_right.at) AS keeper FROM known n
    WHERE n.known_at <= ask_whether_offers_are_right.at - interval '6 months'
      AND (n.times = 0 OR (n.times = 1 AND n.asked_at <= ask_whether_offers_are_right.at - interval '21 days'))
  ), asked AS (
    INSERT INTO network_question (id, village_id, person_id, asked_at)
    SELECT gen_random_uuid(), d.village_id, d.keeper, ask_whether_offers_are_right.at FROM due d
    WHERE d.keeper IS NOT NULL GROUP BY d.village_id, d.keeper
    RETURNING id, network_question.village_id, network_question.person_id
  ), kept AS (
    INSERT INTO network_keeping (id, village_id, offer_id, confirmed_for, before, question_id, asked_at, asked_times)
    SELECT gen_random_uuid(), d.village_id, d.id, '', '{}', a.id, ask_whether_offers_are_right.at, d.times + 1
    FROM due d JOIN asked a ON a.person_id = d.keeper AND a.village_id = d.village_id
    ON CONFLICT (offer_id) DO UPDATE
      SET question_id = excluded.question_id, asked_at = excluded.asked_at, asked_times = excluded.asked_times)
  SELECT a.id, a.person_id FROM asked a ORDER BY a.id;
END $$;

-- The hash of the secret in the letter's address, written once.
CREATE OR REPLACE FUNCTION trust.seal_question(question uuid, hash bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE network_question SET token_hash = hash WHERE id = question AND token_hash IS NULL
$$;

-- The question behind a letter while it lives: sixty days, and as long as this person keeps the offer.
CREATE OR REPLACE FUNCTION trust.asked_by_letter(hash bytea, at timestamptz)
RETURNS TABLE (question_id uuid, person_id uuid, offer_id uuid, asked_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT q.id, q.person_id, k.offer_id, k.asked_at FROM network_question q
  JOIN network_keeping k ON k.question_id = q.id JOIN network_offer o ON o.id = k.offer_id
  WHERE q.token_hash = hash AND asked_by_letter.at < q.asked_at + interval '60 days'
    AND o.status <> 'closed' AND o.gone_on IS NULL
    AND trust.keeper_of(k.offer_id, asked_by_letter.at) = q.person_id
$$;

-- What the page of a letter shows: a first name, and of each offer whether it was answered.
CREATE OR REPLACE FUNCTION trust.question_opens(hash bytea, at timestamptz) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('name', min(p.given_name), 'village', min(o.village_id::text), 'offers',
    jsonb_object_agg(o.id, CASE
      WHEN EXISTS (SELECT 1 FROM network_correction c WHERE c.offer_id = o.id AND c.settled_at IS NULL AND c.at >= a.asked_at)
        THEN 'differs'
      WHEN greatest(k.confirmed_at, o.changed_at) >= a.asked_at THEN 'right' ELSE '' END))
  FROM trust.asked_by_letter(hash, question_opens.at) a JOIN trust_person p ON p.id = a.person_id
  JOIN network_offer o ON o.id = a.offer_id JOIN network_keeping k ON k.offer_id = o.id
  HAVING count(*) > 0
$$;

-- One yes for each offer of a letter: a second one finds it said.
CREATE OR REPLACE FUNCTION trust.offer_is_right(hash bytea, which uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked record;
BEGIN
  PERFORM trust.check_clock(at);
  SELECT * INTO asked FROM trust.asked_by_letter(hash, offer_is_right.at) a WHERE a.offer_id = which;
  IF asked IS NULL THEN RETURN false; END IF;
  UPDATE network_keeping k SET confirmed_at = offer_is_right.at, confirmed_by_id = asked.person_id, confirmed_for = h.name,
      before = jsonb_build_object('at', k.confirmed_at, 'for', k.confirmed_for)
    FROM network_offer o JOIN trust_organisation h ON h.id = o.organisation_id
    WHERE k.offer_id = which AND o.id = which AND coalesce(k.confirmed_at, '-infinity') < asked.asked_at;
  IF FOUND THEN
    INSERT INTO trust_entry (id, at, kind, person_id, role, part, deed, object_id, purpose, rule)
    VALUES (gen_random_uuid(), offer_is_right.at, 'done', asked.person_id, '', '', 'offer confirmed', which, '', 'link');
  END IF;
  RETURN true;
END $$;

-- What is different, in the words of whoever was asked; the same words twice are one, and ten wait at most.
CREATE OR REPLACE FUNCTION trust.offer_differs(hash bytea, which uuid, said text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE asked record;
BEGIN
  PERFORM trust.check_clock(at);
  SELECT * INTO asked FROM trust.asked_by_letter(hash, offer_differs.at) a WHERE a.offer_id = which;
  IF asked IS NULL THEN RETURN false; END IF;
  INSERT INTO network_correction (id, village_id, offer_id, words, by_id, at)
  SELECT gen_random_uuid(), o.village_id, o.id, left(said, 500), asked.person_id, offer_differs.at FROM network_offer o
  WHERE o.id = which
    AND (SELECT count(*) FROM network_correction c WHERE c.offer_id = which AND c.settled_at IS NULL) < 10
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    INSERT INTO trust_entry (id, at, kind, person_id, role, part, deed, object_id, purpose, rule)
    VALUES (gen_random_uuid(), offer_differs.at, 'done', asked.person_id, '', '', 'offer differs', which, '', 'link');
  END IF;
  RETURN true;
END $$;

-- Whether a letter with this question should still go to whom it asks: something in it waits for an answer.
DROP FUNCTION IF EXISTS trust.question_still_waits(uuid, timestamptz);
CREATE OR REPLACE FUNCTION trust.question_still_waits(question uuid, whom uuid, at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('name', min(p.given_name), 'offers', jsonb_agg(o.name ORDER BY o.sort_key, o.id),
    'again', max(k.asked_times) > 1)
  FROM network_question q JOIN trust_person p ON p.id = q.person_id
  JOIN trust.asked_by_letter(q.token_hash, question_still_waits.at) a ON true
  JOIN network_keeping k ON k.offer_id = a.offer_id JOIN network_offer o ON o.id = a.offer_id
  WHERE q.id = question AND q.person_id = whom AND trust.identity() IS NULL
    AND coalesce(greatest(k.confirmed_at, o.changed_at), '-infinity') < k.asked_at
  HAVING count(*) > 0
$$;
