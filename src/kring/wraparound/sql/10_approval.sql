-- A plan is in force only when everybody who must say yes has (D3). Who that is, is asked here of seats and
-- authority, with full sight; what is answered to a person is only what that person may know.

-- Who must say yes: guardians with authority and children with own voice who sit in the circle, as far as
-- they may know something of this version.
CREATE OR REPLACE FUNCTION trust.reckon_approvers(which uuid) RETURNS TABLE (person uuid, as_role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT s.person_id, s.role::text
  FROM wraparound_version v JOIN trust_circle c ON c.id = v.circle_id JOIN trust_seat s ON s.circle_id = c.id
  WHERE v.id = which
    AND trust.runs(s.since, s.until)
    AND (s.role = 'child' OR (s.role = 'guardian' AND EXISTS (
      SELECT 1 FROM trust_familymember m WHERE m.family_id = c.family_id AND m.person_id = s.person_id
        AND m.kind = 'guardian' AND m.authority)))
    AND trust.knows(s.person_id, v.circle_id, v.about_id, v.author_id, v.at, trust.moment())
    AND EXISTS (SELECT 1 FROM wraparound_versionpart p WHERE p.version_id = v.id
      AND trust.knows(s.person_id, p.circle_id, p.about_id, p.author_id, p.at, trust.moment()))
$$;

-- The last answer of a person to a version.
CREATE OR REPLACE FUNCTION trust.reckon_answer(which uuid, who uuid) RETURNS TABLE (answer text, how text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.answer::text, a.how::text, a.at FROM wraparound_approval a WHERE a.version_id = which AND a.person_id = who ORDER BY a.at DESC, a.id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION trust.reckon_agreed(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(bool_and(coalesce(l.answer = 'yes', false)), false)
  FROM trust.reckon_approvers(which) r LEFT JOIN LATERAL trust.reckon_answer(which, r.person) l ON true
$$;

-- Whether somebody is told that this version is there. No version is without a goal: one of which silence hides every word
-- would tell who is left out (K4). To who wrote it, and where a court or a narrower circle hides a word, it stands as before.
CREATE OR REPLACE FUNCTION trust.reckon_told_version(who uuid, which uuid, author uuid, t timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN author = who
    OR NOT EXISTS (SELECT 1 FROM trust_denial d WHERE d.viewer_id = who AND trust.runs(d.since, d.until, t))
    OR coalesce((SELECT bool_or(NOT trust.seat_says_so(who, p.circle_id, p.at, t)
        OR trust.is_denied(who, p.about_id, who, t)  -- of what one wrote oneself only a court takes the sight
        OR trust.knows(who, p.circle_id, p.about_id, p.author_id, p.at, t))
      FROM wraparound_versionpart p WHERE p.version_id = which), true);
END $$;

CREATE OR REPLACE FUNCTION trust.tells_of_version(which uuid, author uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.reckon_told_version(coalesce(trust.viewer(), trust.link_viewer()), which, author, trust.moment())
$$;

-- The same of what lies beside a version.
CREATE OR REPLACE FUNCTION trust.tells_beside_version(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM wraparound_version v WHERE v.id = which AND trust.tells_of_version(v.id, v.author_id))
$$;

-- The same of everybody's yes to a plan, and so of looking at it together: to who knows a version that was in force.
CREATE OR REPLACE FUNCTION trust.reckon_told_agreed(who uuid, plan uuid, t timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(bool_or(trust.reckon_told_version(who, v.id, v.author_id, t)), true)
  FROM wraparound_version v WHERE v.plan_id = plan AND v.in_force_at IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION trust.tells_of_review(plan uuid, author uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT author = trust.viewer() OR trust.reckon_told_agreed(trust.viewer(), plan, trust.moment())
$$;

-- Who asks about this version: with a seat, or by a link to it; nobody who may not know it.
CREATE OR REPLACE FUNCTION trust.reckon_asker(which uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT q.who FROM wraparound_version v,
    LATERAL (SELECT coalesce(trust.viewer(), CASE WHEN trust.scope() = which THEN trust.link_viewer() END) AS who) q
  WHERE v.id = which AND q.who IS NOT NULL
    AND trust.reckon_asker_knows(v.circle_id, v.about_id, v.author_id, v.at) AND trust.tells_of_version(v.id, v.author_id)
$$;

-- Of whom a yes is asked, and whether each said yes: as a face stays, so does this word. What somebody wished to
-- change is a row of its own, about a child when a child said it. Who came by a link sees only their own line.
CREATE OR REPLACE FUNCTION trust.answers_to(which uuid)
RETURNS TABLE (person_id uuid, given_name text, as_role text, answer text, how text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.person, p.given_name::text, r.as_role, l.answer, l.how, l.at
  FROM (SELECT trust.reckon_asker(which) AS who) q CROSS JOIN trust.reckon_approvers(which) r
  JOIN trust_person p ON p.id = r.person
  LEFT JOIN LATERAL trust.reckon_answer(which, r.person) l ON true
  WHERE q.who IS NOT NULL AND (trust.viewer() IS NOT NULL OR r.person = q.who)
  ORDER BY r.as_role, p.given_name, r.person
$$;

-- After an answer: when everybody said yes the version is in force, the older one is replaced, the plan is in force.
CREATE OR REPLACE FUNCTION trust.settle_version(which uuid, moment timestamptz, review date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v wraparound_version;
BEGIN
  IF trust.reckon_asker(which) IS NULL THEN RETURN false; END IF;
  PERFORM 1 FROM wraparound_plan p JOIN wraparound_version w ON w.plan_id = p.id WHERE w.id = which FOR UPDATE OF p;
  SELECT * INTO v FROM wraparound_version WHERE id = which FOR UPDATE;
  IF v.stage <> 'waiting' THEN RETURN v.stage = 'in force'; END IF;
  IF NOT trust.reckon_agreed(which) THEN RETURN false; END IF;
  UPDATE wraparound_version SET stage = 'replaced', replaced_at = moment WHERE plan_id = v.plan_id AND stage = 'in force';
  UPDATE wraparound_version SET stage = 'in force', in_force_at = moment WHERE id = which;
  UPDATE wraparound_plan SET stage = 'in force', in_force_since = coalesce(in_force_since, moment), next_review_on = review
    WHERE id = v.plan_id AND stage <> 'closed';
  UPDATE wraparound_action a SET agreed_at = moment FROM wraparound_versionpart p
    WHERE p.version_id = which AND p.kind = 'action' AND p.source_id = a.id AND a.agreed_at IS NULL
      AND p.content ->> 'what' = a.what AND p.content ->> 'doer_words' = a.doer_words
      AND (p.content ->> 'doer_id') IS NOT DISTINCT FROM a.doer_id::text;
  RETURN true;
END $$;

-- May this person write the plan of this circle: a child, a guardian or the coordinator who sits in it.
CREATE OR REPLACE FUNCTION trust.keeps_plan(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM wraparound_plan p JOIN trust_access a ON a.circle_id = p.circle_id JOIN trust_seat s ON s.id = a.source_id
    WHERE p.id = which AND a.viewer_id = trust.viewer() AND NOT a.danger AND s.role IN ('child', 'guardian', 'coordinator')
      AND trust.runs(a.since, a.until)  -- what only danger shows nobody writes
      AND trust.seat_says_so(trust.viewer(), p.circle_id, p.at, trust.moment())
      AND NOT trust.is_denied(trust.viewer(), p.about_id, p.author_id, trust.moment()))
$$;

-- Freeze the plan as it stands, in every circle in which parts of it lie, also where the asker does not sit: each
-- part stays with those who know its source. What waited until now is replaced and its links end.
CREATE OR REPLACE FUNCTION trust.freeze_plan(which uuid, moment timestamptz, whom_to_call jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE p wraparound_plan; made uuid := gen_random_uuid(); next integer;
BEGIN
  IF NOT trust.keeps_plan(which) THEN PERFORM trust.refuse('not_yours_to_offer'); END IF;
  SELECT * INTO p FROM wraparound_plan WHERE id = which FOR UPDATE;
  IF p.stage = 'closed' THEN PERFORM trust.refuse('plan_is_closed'); END IF;
  UPDATE trust_link SET ended_at = moment WHERE ended_at IS NULL
    AND object_id IN (SELECT id FROM wraparound_version WHERE plan_id = which AND stage = 'waiting');
  UPDATE wraparound_version SET stage = 'replaced', replaced_at = moment WHERE plan_id = which AND stage = 'waiting';
  SELECT coalesce(max(number), 0) + 1 INTO next FROM wraparound_version WHERE plan_id = which;
  INSERT INTO wraparound_version (id, circle_id, subject_id, author_id, at, plan_id, number, stage, caring)
    VALUES (made, p.circle_id, p.subject_id, trust.viewer(), moment, which, next, 'waiting', whom_to_call);
  INSERT INTO wraparound_versionpart (id, version_id, circle_id, subject_id, author_id, at, kind, source_id, position, content)
    SELECT gen_random_uuid(), made, s.circle_id, s.subject_id, s.author_id, s.at, s.kind, s.id,
           row_number() OVER (ORDER BY s.first, s.position, s.goal_at, s.goal, s.second, s.at, s.id), s.content
    FROM trust.reckon_parts(which) s;
  RETURN made;
END $$;

-- The standing wishes, goals and open steps of a plan, with words and names as they are now.
CREATE OR REPLACE FUNCTION trust.reckon_parts(which uuid)
RETURNS TABLE (id uuid, kind text, circle_id uuid, subject_id uuid, author_id uuid, at timestamptz, first integer,
  "position" integer, goal_at timestamptz, goal uuid, second integer, content jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT w.id, 'wish', w.circle_id, w.subject_id, w.author_id, w.at, 0, 0, w.at, w.id, 0,
    jsonb_build_object('text', w.text, 'language', w.language, 'whose', coalesce(n.given_name, ''))
  FROM wraparound_wish w LEFT JOIN trust_person n ON n.id = w.whose_id WHERE w.plan_id = which
  UNION ALL
  SELECT g.id, 'goal', g.circle_id, g.subject_id, g.author_id, g.at, 1, g.position::integer, g.at, g.id, 0,
    jsonb_build_object('domain', g.domain, 'need', g.need, 'aim', g.aim, 'language', g.language)
  FROM wraparound_goal g WHERE g.plan_id = which AND g.state = 'in the plan'
  UNION ALL
  SELECT a.id, 'action', a.circle_id, a.subject_id, a.author_id, a.at, 1, g.position::integer, g.at, g.id, 1,
    jsonb_build_object('goal', g.id, 'what', a.what, 'language', a.language, 'doer_id', a.doer_id,
      'doer', coalesce(d.given_name, a.doer_words), 'doer_words', a.doer_words,
      'side', CASE WHEN a.doer_id IS NULL THEN 'natural' ELSE coalesce((
        SELECT CASE WHEN s.role IN ('child', 'guardian') THEN 'family' WHEN s.role = 'natural' THEN 'natural'
          ELSE 'professional' END
        FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id JOIN wraparound_plan p ON p.id = which
        WHERE s.person_id = a.doer_id AND c.family_id = p.family_id AND c.kind IN ('family', 'part')
        ORDER BY (c.kind = 'family') DESC, s.since DESC LIMIT 1), 'nobody') END,
      'for_whom', a.for_whom, 'by_when', a.by_when, 'every_week', a.every_week, 'needs_authority', a.needs_authority,
      'offer_id', a.offer_id, 'offer', coalesce(o.name, ''))
  FROM wraparound_action a JOIN wraparound_goal g ON g.id = a.goal_id
  LEFT JOIN trust_person d ON d.id = a.doer_id LEFT JOIN network_offer o ON o.id = a.offer_id
  WHERE g.plan_id = which AND g.state = 'in the plan' AND a.state = 'open'
$$;

-- Whether the plan as it stands differs from this version, as far as the asker may know it. A step that was done is no
-- change.
CREATE OR REPLACE FUNCTION trust.plan_changed(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM wraparound_version v, trust.reckon_parts(v.plan_id) s
      LEFT JOIN wraparound_versionpart p ON p.version_id = which AND p.source_id = s.id
      WHERE v.id = which AND p.content IS DISTINCT FROM s.content
        AND trust.reckon_asker_knows(s.circle_id, s.subject_id, s.author_id, s.at))
    OR EXISTS (SELECT 1 FROM wraparound_versionpart p LEFT JOIN wraparound_action a ON a.id = p.source_id
      WHERE p.version_id = which AND a.state IS DISTINCT FROM 'done'
        AND NOT EXISTS (SELECT 1 FROM wraparound_version v, trust.reckon_parts(v.plan_id) s
          WHERE v.id = which AND s.id = p.source_id)
        AND trust.reckon_asker_knows(p.circle_id, p.about_id, p.author_id, p.at))
  FROM (SELECT trust.reckon_asker(which) AS who) q WHERE q.who IS NOT NULL
$$;

-- What stood in the version that was in force before this one, as far as the asker may know it.
CREATE OR REPLACE FUNCTION trust.parts_before(which uuid) RETURNS TABLE (source_id uuid, kind text, content jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.source_id, p.kind::text, p.content
  FROM (SELECT trust.reckon_asker(which) AS who) q JOIN wraparound_version v ON v.id = which
  JOIN LATERAL (SELECT o.id FROM wraparound_version o WHERE o.plan_id = v.plan_id AND o.number < v.number
    AND o.in_force_at IS NOT NULL ORDER BY o.number DESC LIMIT 1) o ON true
  JOIN wraparound_versionpart p ON p.version_id = o.id
  WHERE q.who IS NOT NULL AND trust.reckon_asker_knows(p.circle_id, p.about_id, p.author_id, p.at)
  ORDER BY p.position, p.id
$$;

-- Whether something can be about this child: it is a child of a family with which the asker sits, and its day of
-- birth is written down, wherever that lies.
CREATE OR REPLACE FUNCTION trust.can_be_about(child uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.person_id = child AND m.kind = 'child'
                   AND trust.sits_in_family(m.family_id))
     AND EXISTS (SELECT 1 FROM trust_birth b WHERE b.person_id = child)
$$;

-- From when this child decides alone, for whoever sits with its family and is not left out of it; wherever its day of
-- birth is written.
CREATE OR REPLACE FUNCTION trust.voice_of(child uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.own_voice_from(child) WHERE trust.can_be_about(child)
    AND NOT trust.is_denied(trust.viewer(), child, NULL, trust.moment())
$$;
