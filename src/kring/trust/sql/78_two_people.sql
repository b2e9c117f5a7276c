-- What needs two people (D6): one asks, another says yes, and only then it happens, in the same transaction.

-- By the machine's clock, whatever anybody says: when work was written down, and when a matter was asked.
ALTER TABLE trust_job ADD COLUMN IF NOT EXISTS written_at timestamptz DEFAULT clock_timestamp();
ALTER TABLE trust_matter ADD COLUMN IF NOT EXISTS written_at timestamptz DEFAULT clock_timestamp();
-- In which transaction a matter is carried out: only there the deed itself is possible.
ALTER TABLE trust_matter ADD COLUMN IF NOT EXISTS carried_in xid8;

-- Does this person keep a family's plan, or sit with it from the contact point, and may know of this child?
CREATE OR REPLACE FUNCTION trust.keeps_family(who uuid, family uuid, child uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id JOIN trust_circle c ON c.id = s.circle_id
    JOIN trust_job j ON j.id = s.job_id
    WHERE a.viewer_id = who AND NOT a.danger AND trust.runs(a.since, a.until)
      AND c.family_id = family AND c.kind = 'family' AND (s.role = 'coordinator' OR j.role = 'contact point'))
  AND (child IS NULL OR (trust.is_child_of(child, family) AND NOT trust.is_denied(who, child, NULL, trust.moment())))
$$;

-- Does this person sit in a sealed circle now?
CREATE OR REPLACE FUNCTION trust.sits_sealed(who uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id
    WHERE a.viewer_id = who AND a.circle_id = circle AND c.kind = 'sealed' AND NOT a.danger
      AND trust.runs(a.since, a.until))
$$;

CREATE OR REPLACE FUNCTION trust.excludes(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT kind IN ('court order', 'conflict', 'withheld')
$$;

-- Who may ask for what, as far as who asks can tell: somebody left out of a child asks as before and notices nothing.
-- Nobody asks about themselves.
CREATE OR REPLACE FUNCTION trust.may_seem_to_ask(who uuid, kind text, facts jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(NOT EXISTS (SELECT 1 FROM jsonb_each_text(facts) f WHERE f.value = who::text) AND CASE
    WHEN kind = 'sealed seat' THEN trust.sits_sealed(who, (facts ->> 'circle')::uuid)
    WHEN kind = 'kept copy' THEN trust.works(who, 'administrator')
    WHEN kind IN ('authority', 'household') THEN trust.keeps_family(who, (facts ->> 'family')::uuid)
    WHEN kind = 'merge' THEN trust.keeps_family(who, (facts ->> 'family')::uuid) AND facts ->> 'person' <> facts ->> 'other'
      AND facts - '{family,person,other}'::text[] = '{}'
      AND trust.keeps_somebody(who, (facts ->> 'person')::uuid) AND trust.keeps_somebody(who, (facts ->> 'other')::uuid)
    WHEN kind = 'birth' THEN trust.keeps_family(who, (facts ->> 'family')::uuid)
      AND trust.is_child_of((facts ->> 'subject')::uuid, (facts ->> 'family')::uuid)
      AND facts ->> 'born' ~ '^\d{4}-\d\d-\d\d$' AND (facts ->> 'born')::date BETWEEN trust.moment()::date - 25 * 366 AND trust.moment()::date
    WHEN trust.excludes(kind) THEN trust.keeps_family(who, (facts ->> 'family')::uuid)
      AND trust.is_child_of((facts ->> 'subject')::uuid, (facts ->> 'family')::uuid)
    WHEN kind = 'exclusion ends' THEN EXISTS (SELECT 1 FROM trust_exclusion e
      WHERE e.id = (facts ->> 'exclusion')::uuid AND e.subject_id = (facts ->> 'subject')::uuid AND trust.excludes(e.ground)
        AND (e.person_id::text, e.organisation_id::text, e.sector) IS NOT DISTINCT FROM
            (facts ->> 'person', facts ->> 'organisation', facts ->> 'sector')
        AND trust.keeps_family(who, (facts ->> 'family')::uuid) AND trust.is_child_of(e.subject_id, (facts ->> 'family')::uuid))
    WHEN kind = 'second factor' THEN trust.may_ask_factor(who, facts)
    WHEN kind = 'danger' THEN trust.works(who, 'administrator') OR trust.works(who, 'lead')
    WHEN kind IN ('export', 'restore', 'country', 'reading ends') THEN trust.works(who, 'administrator')
    ELSE false END, false)
$$;

-- Who may ask for it indeed, so that a yes carries it out: nobody who is left out of the child.
CREATE OR REPLACE FUNCTION trust.may_ask_two(who uuid, kind text, facts jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.may_seem_to_ask(who, kind, facts)
     AND NOT trust.is_denied(who, (facts ->> 'subject')::uuid, NULL, trust.moment())
$$;

-- Does what is asked of a family concern this person: near the family, left out of a child of it, or at work where nobody
-- is to know of the child?
CREATE OR REPLACE FUNCTION trust.is_concerned(who uuid, m trust_matter) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (trust.excludes(m.kind) OR m.kind IN ('exclusion ends', 'birth', 'authority', 'household', 'merge'))
    AND (trust.is_near_family(who, (m.facts ->> 'family')::uuid)
      OR (m.kind = 'merge' AND EXISTS (SELECT 1 FROM unnest(trust.reckon_families_of(ARRAY[(m.facts ->> 'person')::uuid,
           (m.facts ->> 'other')::uuid])) house WHERE trust.is_near_family(who, house)))
      OR (m.kind = 'birth' AND trust.is_denied(who, m.subject_id, NULL, trust.moment()))
      OR trust.is_target(who, jsonb_populate_record(NULL::trust_exclusion, jsonb_build_object('subject_id', m.subject_id,
           'organisation_id', m.facts -> 'organisation', 'sector', m.facts -> 'sector')), trust.moment()))
$$;

-- Who may say the second yes: a trust officer, for a sealed circle also whoever sits in it; never the one who asked,
-- nobody whom it concerns, nobody whose work was made when it had been asked, nobody who is one with whoever asked.
CREATE OR REPLACE FUNCTION trust.may_second(who uuid, m trust_matter) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who <> m.asked_by_id
    AND NOT EXISTS (SELECT 1 FROM jsonb_each_text(m.facts) f WHERE f.value = who::text)
    AND NOT trust.is_concerned(who, m)
    AND trust.are_two(who, m.asked_by_id)
    AND ((m.kind = 'sealed seat' AND trust.sits_sealed(who, (m.facts ->> 'circle')::uuid))
      OR EXISTS (SELECT 1 FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
                 JOIN trust_agreement g ON g.organisation_id = o.id
                 WHERE j.person_id = who AND j.role = 'trust officer' AND o.village_id = m.village_id
                   AND j.written_at < m.written_at AND (m.facts ->> 'organisation') IS DISTINCT FROM o.id::text
                   AND trust.runs(j.since, j.until)
                   AND trust.runs(g.since, g.until)))
$$;

-- Whether anything may wait for this person's second yes at all: a trust officer, and who sits by their work in something sealed.
CREATE OR REPLACE FUNCTION trust.reckon_seconds(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.works(who, 'trust officer') OR (EXISTS (SELECT 1 FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id
    WHERE a.viewer_id = who AND c.kind = 'sealed' AND NOT a.danger AND trust.runs(a.since, a.until))
    AND trust.works(who))
$$;

-- What one asked, as long as one may ask; what one answered, as long as one may; what waits for one's yes or no.
CREATE OR REPLACE FUNCTION trust.my_matters() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(m.id), '{}') FROM trust_matter m
  WHERE trust.seen_as() IS NULL AND m.village_id = trust.viewer_village()
    AND ((m.asked_by_id = trust.viewer() AND trust.may_seem_to_ask(trust.viewer(), m.kind, m.facts))
      OR (m.answered_by_id = trust.viewer() AND NOT trust.is_concerned(trust.viewer(), m) AND (trust.works(trust.viewer(), 'trust officer')
        OR trust.sits_sealed(trust.viewer(), m.circle_id)))
      OR (m.answer = '' AND m.taken_back_at IS NULL AND trust.moment() < m.until AND trust.may_second(trust.viewer(), m)))
$$;

-- First names of whom it is about, names of organisations; whoever asks, answers or lost a telephone is a colleague, by
-- the whole name.
CREATE OR REPLACE FUNCTION trust.names_in_matters(matters uuid[]) RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH mine AS (SELECT m.* FROM trust_matter m WHERE m.id = ANY(matters) AND m.id = ANY(trust.my_matters())),
  named AS (SELECT f.value, bool_or(m.kind = 'second factor') AS whole FROM mine m, jsonb_each_text(m.facts) f GROUP BY 1)
  SELECT p.id, btrim(p.given_name || CASE WHEN n.whole THEN ' ' || p.surname ELSE '' END) FROM trust_person p JOIN named n ON n.value = p.id::text
  UNION SELECT p.id, btrim(p.given_name || ' ' || p.surname) FROM mine m
  JOIN trust_person p ON p.id IN (m.asked_by_id, m.answered_by_id) AND p.id::text NOT IN (SELECT n.value FROM named n)
  UNION SELECT o.id, o.name FROM trust_organisation o JOIN named n ON n.value = o.id::text
$$;

-- Under which circle, and about whom, the reason is locked; nothing for who may not ask.
CREATE OR REPLACE FUNCTION trust.place_of_matter(kind text, facts jsonb) RETURNS TABLE (circle uuid, subject uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(CASE WHEN kind = 'sealed seat' THEN (facts ->> 'circle')::uuid END,
                  (SELECT c.id FROM trust_circle c WHERE c.family_id = (facts ->> 'family')::uuid AND c.kind = 'family'),
                  trust.desk_of(trust.viewer_village())), (facts ->> 'subject')::uuid
  WHERE trust.seen_as() IS NULL AND trust.may_seem_to_ask(trust.viewer(), kind, facts)
$$;

CREATE OR REPLACE FUNCTION trust.lock_note_matter(m trust_matter, who uuid, what text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO trust_entry (id, at, kind, person_id, organisation_id, role, circle_id, about_id, part, deed, object_id, purpose, rule)
  SELECT gen_random_uuid(), at, 'done', who, j.organisation_id, coalesce(j.role, ''),
    CASE WHEN m.kind IN ('sealed seat', 'authority', 'household', 'birth', 'merge') THEN m.circle_id END,
    CASE m.kind WHEN 'birth' THEN m.subject_id END, '', what || ': ' || m.kind, m.id,
    '', 'two people'
  FROM (SELECT 1) one LEFT JOIN LATERAL (
    SELECT * FROM trust_job w WHERE w.person_id = who AND trust.runs(w.since, w.until) ORDER BY w.since, w.id LIMIT 1) j ON true
$$;

-- Somebody asks; what is asked twice is one.
CREATE OR REPLACE FUNCTION trust.ask_two(matter uuid, kind text, facts jsonb, words bytea, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE place record; standing uuid; m trust_matter; began timestamptz := least(ask_two.at, trust.moment());
BEGIN
  SELECT * INTO place FROM trust.place_of_matter(kind, facts);
  IF NOT FOUND THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  PERFORM 1 FROM trust_person WHERE id = trust.viewer() FOR NO KEY UPDATE;
  SELECT o.id INTO standing FROM trust_matter o WHERE o.asked_by_id = trust.viewer() AND o.kind = ask_two.kind
    AND o.facts = ask_two.facts AND o.answer = '' AND o.taken_back_at IS NULL AND trust.moment() < o.until;
  IF standing IS NOT NULL THEN RETURN standing; END IF;
  INSERT INTO trust_matter (id, village_id, circle_id, subject_id, kind, number, facts, words_locked, no_locked,
                            asked_by_id, asked_at, until, answer)
  VALUES (matter, trust.viewer_village(), place.circle, place.subject, kind,
          lpad((('x' || left(md5(gen_random_uuid()::text), 15))::bit(60)::bigint % 1000000000)::text, 9, '0'),
          facts, words, '', trust.viewer(), began, began + interval '72 hours', '')
  RETURNING * INTO m;
  PERFORM trust.lock_note_matter(m, trust.viewer(), 'asked for a second yes', began);
  RETURN matter;
END $$;

-- Is the asker still who they were when they asked, and is there still time?
CREATE OR REPLACE FUNCTION trust.still_waits_for_two(m trust_matter) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.answer = '' AND m.taken_back_at IS NULL AND trust.moment() < m.until
     AND trust.may_ask_two(m.asked_by_id, m.kind, m.facts)
$$;

-- Whoever ends a job, an agreement or a seat of these people comes before or after this answer, never in between.
CREATE OR REPLACE FUNCTION trust.lock_people_of(m trust_matter, second uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people uuid[];
BEGIN
  people := ARRAY(SELECT p.id FROM trust_person p WHERE p.id IN (second, m.asked_by_id)
                  OR p.id::text IN (SELECT f.value FROM jsonb_each_text(m.facts) f));
  PERFORM trust.lock_rows(ARRAY(SELECT j.organisation_id FROM trust_job j WHERE j.person_id = ANY(people)),
    ARRAY(SELECT f.id FROM trust_family f WHERE f.id = (m.facts ->> 'family')::uuid),
    CASE WHEN m.kind = 'merge' THEN '{}' ELSE people END);
  IF m.kind = 'merge' THEN  -- nobody is left out, or given a place, while they are brought together
    PERFORM 1 FROM trust_person WHERE id = ANY(people) ORDER BY id FOR UPDATE;
  END IF;
END $$;

-- The other person answers. With a yes it is carried out at once, or not at all: 'over' when it cannot be any more.
-- Nothing for who may not see it; a second answer changes nothing.
CREATE OR REPLACE FUNCTION trust.answer_two(matter uuid, yes boolean, why bytea, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE m trust_matter; done boolean; me uuid := trust.viewer(); answered timestamptz;
BEGIN
  IF me IS NULL OR trust.seen_as() IS NOT NULL OR NOT matter = ANY(trust.my_matters()) THEN RETURN NULL; END IF;
  SELECT * INTO m FROM trust_matter WHERE id = matter;
  IF me = m.asked_by_id THEN PERFORM trust.refuse('another_person_says_yes'); END IF;
  PERFORM trust.lock_people_of(m, me);
  SELECT * INTO m FROM trust_matter WHERE id = matter FOR UPDATE;
  IF m.answer <> '' THEN RETURN m.answer; END IF;
  IF NOT trust.may_second(me, m) THEN RETURN NULL; END IF;
  IF NOT trust.still_waits_for_two(m) THEN RETURN 'over'; END IF;
  answered := greatest(least(answer_two.at, trust.moment()), m.asked_at);
  UPDATE trust_matter SET answer = CASE WHEN yes THEN 'yes' ELSE 'no' END, answered_by_id = me, answered_at = answered,
    no_locked = CASE WHEN yes THEN ''::bytea ELSE why END, carried_in = CASE WHEN yes THEN pg_current_xact_id() END
  WHERE id = matter RETURNING * INTO m;
  IF yes THEN
    EXECUTE format('SELECT trust.%I($1, $2)', 'lock_carry_' || replace(m.kind, ' ', '_')) INTO done USING m, answered;
    IF NOT done THEN
      UPDATE trust_matter SET answer = 'over', carried_in = NULL WHERE id = matter RETURNING * INTO m;
    END IF;
  END IF;
  PERFORM trust.lock_note_matter(m, me, CASE m.answer WHEN 'yes' THEN 'said the second yes' WHEN 'no' THEN 'said no'
    ELSE 'came too late' END, answered);
  RETURN m.answer;
END $$;

CREATE OR REPLACE FUNCTION trust.take_back_two(matter uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_matter m SET taken_back_at = greatest(take_back_two.at, m.asked_at) WHERE m.id = matter
    AND m.asked_by_id = trust.viewer() AND trust.seen_as() IS NULL AND m.answer = '' AND m.taken_back_at IS NULL;
  RETURN FOUND;
END $$;

-- Who is left out by two people's word, for whoever keeps this family and may know of the child.
CREATE OR REPLACE FUNCTION trust.left_out_by_two(family uuid)
RETURNS TABLE (id uuid, subject uuid, person uuid, organisation uuid, sector text, ground text, name text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.id, e.subject_id, e.person_id, e.organisation_id, e.sector::text, e.ground::text,
         coalesce(btrim(p.given_name || ' ' || p.surname), o.name, ''), e.until
  FROM trust_exclusion e JOIN trust_familymember k ON k.person_id = e.subject_id AND k.kind = 'child'
  LEFT JOIN trust_person p ON p.id = e.person_id LEFT JOIN trust_organisation o ON o.id = e.organisation_id
  WHERE k.family_id = family AND trust.excludes(e.ground) AND trust.seen_as() IS NULL
    AND trust.runs(e.since, e.until)
    AND trust.keeps_family(trust.viewer(), family, e.subject_id)
  ORDER BY e.since, e.id
$$;

-- Was this agreed by two, and is it carried out now? Asked by what guards the deed itself.
CREATE OR REPLACE FUNCTION trust.agreed_by_two(kinds text[], told jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_matter m WHERE m.kind = ANY(kinds) AND m.facts @> told AND m.answer = 'yes'
    AND m.carried_in = pg_current_xact_id())
$$;

-- A command shows the number of what two people agreed on, within a day, once, for exactly what was agreed.
CREATE OR REPLACE FUNCTION trust.lock_use_matter(as_number text, as_kind text, told jsonb, at timestamptz) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE trust_matter m SET used_at = lock_use_matter.at WHERE m.number = as_number AND m.kind = as_kind AND m.facts = told
    AND m.answer = 'yes' AND m.used_at IS NULL AND trust.moment() < m.answered_at + interval '24 hours'
  RETURNING m.id
$$;

-- The same in the browser, for the one who asked.
CREATE OR REPLACE FUNCTION trust.use_matter(as_number text, as_kind text, told jsonb, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.seen_as() IS NOT NULL OR NOT EXISTS (SELECT 1 FROM trust_matter m WHERE m.number = as_number
      AND m.asked_by_id = trust.viewer()) THEN RETURN NULL; END IF;
  RETURN trust.lock_use_matter(as_number, as_kind, told, at);
END $$;

-- Who decided last what holds in the whole village, and when: for everybody who works here.
CREATE OR REPLACE FUNCTION trust.decided_by_two(of_kind text) RETURNS TABLE (at timestamptz, asked_by text, agreed_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.answered_at, btrim(a.given_name || ' ' || a.surname), btrim(b.given_name || ' ' || b.surname)
  FROM trust_matter m JOIN trust_person a ON a.id = m.asked_by_id JOIN trust_person b ON b.id = m.answered_by_id
  WHERE m.kind = of_kind AND of_kind IN ('country', 'reading ends') AND m.answer = 'yes' AND trust.seen_as() IS NULL
    AND m.village_id = trust.viewer_village() AND trust.works(trust.viewer())
  ORDER BY m.answered_at DESC, m.id LIMIT 1
$$;

-- Whom a morning letter tells that something waits: a trust officer while a matter waits, for a sealed circle also who sits
-- in it by their work, and who keeps the family two weeks before what is withheld ends. Only for the worker in the background.
CREATE OR REPLACE FUNCTION trust.waits_for_two(at timestamptz) RETURNS TABLE (kind text, object_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'matter', m.id, j.person_id FROM trust_matter m JOIN trust_job j ON j.role = 'trust officer'
  WHERE trust.identity() IS NULL AND trust.still_waits_for_two(m) AND trust.may_second(j.person_id, m)
  UNION SELECT 'matter', m.id, a.viewer_id FROM trust_matter m JOIN trust_access a ON a.circle_id = (m.facts ->> 'circle')::uuid
  WHERE trust.identity() IS NULL AND m.kind = 'sealed seat' AND trust.still_waits_for_two(m) AND trust.works(a.viewer_id)
    AND trust.may_second(a.viewer_id, m)
  UNION SELECT 'withheld', e.id, s.person_id FROM trust_exclusion e
  JOIN trust_familymember k ON k.person_id = e.subject_id AND k.kind = 'child'
  JOIN trust_circle c ON c.family_id = k.family_id AND c.kind = 'family' JOIN trust_seat s ON s.circle_id = c.id
  WHERE trust.identity() IS NULL AND e.ground = 'withheld' AND e.until - interval '14 days' <= waits_for_two.at
    AND waits_for_two.at < e.until AND s.job_id IS NOT NULL AND trust.keeps_family(s.person_id, k.family_id, e.subject_id)
    AND NOT EXISTS (SELECT 1 FROM trust_exclusion o WHERE o.subject_id = e.subject_id AND o.ground = e.ground
      AND (o.person_id, o.organisation_id, o.sector) IS NOT DISTINCT FROM (e.person_id, e.organisation_id, e.sector)
      AND o.until > e.until)
  ORDER BY 1, 2, 3
$$;
