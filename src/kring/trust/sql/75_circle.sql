-- The circle of a family: who is asked in, who goes, who decides, and the family that waits for a coordinator.

-- Does this person decide about the circle: as child, guardian or coordinator with a live seat in it?
CREATE OR REPLACE FUNCTION trust.decides_in(who uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
    WHERE a.viewer_id = who AND a.circle_id = circle AND NOT a.danger
      AND trust.runs(a.since, a.until) AND s.role IN ('child', 'guardian', 'coordinator'))
$$;

-- Giving a seat without being asked first: the opener in the same transaction, and later in homes, parts and own
-- pages. A seat in the family circle begins only when the invited says yes (D1).
CREATE OR REPLACE FUNCTION trust.may_give_seat(circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = circle AND (
    (c.opened_by_id = trust.viewer() AND c.opened_in = pg_current_xact_id())
    OR (c.kind <> 'family' AND trust.decides_in(trust.viewer(), circle))))
$$;

-- A seat can end earlier, never later; a child and a guardian leave the family circle only by themselves,
-- or when two people agreed that somebody is no guardian any more.
CREATE OR REPLACE FUNCTION trust.check_seat_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.until IS DISTINCT FROM OLD.until THEN
    IF coalesce(NEW.until, 'infinity') > coalesce(OLD.until, 'infinity') THEN
      PERFORM trust.refuse('a_seat_is_not_lengthened');
    END IF;
    IF OLD.role IN ('child', 'guardian') AND trust.viewer() IS NOT NULL AND OLD.person_id <> trust.viewer()
       AND (SELECT kind FROM trust_circle WHERE id = OLD.circle_id) = 'family'
       AND NOT trust.agreed_by_two('{household}', jsonb_build_object('person', OLD.person_id)) THEN
      PERFORM trust.refuse('leaves_only_by_itself');
    END IF;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS check_seat_change ON trust_seat;
CREATE TRIGGER check_seat_change BEFORE UPDATE ON trust_seat FOR EACH ROW EXECUTE FUNCTION trust.check_seat_change();

-- One family, one plan, one coordinator (D2).
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'one_live_coordinator_per_circle') THEN
    ALTER TABLE trust_seat ADD CONSTRAINT one_live_coordinator_per_circle EXCLUDE USING gist (
      trust.idrange(circle_id, circle_id, '[]') WITH =,
      tstzrange(since, until, '[)') WITH &&) WHERE (role = 'coordinator');
  END IF;
END $$;

-- What the invited may know before the answer: who asks, in which family, as what, from when to when for whom.
-- Nothing of anybody else.
DROP FUNCTION IF EXISTS trust.my_invitations();
CREATE OR REPLACE FUNCTION trust.my_invitations()
RETURNS TABLE (id uuid, family_name text, asked_by text, role text, relation text, history boolean, asked_at timestamptz,
               until timestamptz, answer text, begins_at timestamptz, ends_at timestamptz, stands_in_for text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT i.id, f.name, p.given_name, i.role, i.relation, i.history, i.at, i.until, i.answer, i.begins_at, i.ends_at,
         coalesce(away.given_name, '')
  FROM trust_invitation i JOIN trust_circle c ON c.id = i.circle_id JOIN trust_family f ON f.id = c.family_id
  JOIN trust_person p ON p.id = i.author_id LEFT JOIN trust_person away ON away.id = i.stands_in_for_id
  WHERE i.person_id = coalesce(trust.viewer(), trust.link_viewer())
    AND (trust.scope() IS NULL OR trust.scope() = i.id)
    AND i.withdrawn_at IS NULL AND (i.answer <> '' OR trust.moment() < least(i.until, i.ends_at))
    AND (trust.decides_in(i.author_id, i.circle_id) OR trust.decides_in(i.word_of_id, i.circle_id))
  ORDER BY i.at, i.id
$$;

-- The seats of the coordinator before: over when the next one begins, or from then on as a professional for the days
-- of the hand-over. A coordinator who had not begun yet is none any more.
DROP FUNCTION IF EXISTS trust.coordinator_goes(uuid, integer, timestamptz, uuid);
CREATE OR REPLACE FUNCTION trust.coordinator_goes(circle uuid, stays timestamptz, at timestamptz, after_whom uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s trust_seat;
BEGIN
  FOR s IN SELECT * FROM trust_seat WHERE circle_id = circle AND role = 'coordinator'
           AND (until IS NULL OR until > at) ORDER BY since DESC  -- what lies ahead makes place first
  LOOP
    UPDATE trust_seat SET until = greatest(at, s.since) WHERE id = s.id;
    CONTINUE WHEN s.since > at;
    UPDATE trust_seat o SET until = greatest(stays, o.since) FROM trust_circle c, trust_circle mine
    WHERE c.id = o.circle_id AND mine.id = circle AND c.family_id = mine.family_id AND c.kind IN ('part', 'home')
      AND o.person_id = s.person_id AND o.job_id IS NOT NULL AND (o.until IS NULL OR o.until > stays);
    IF stays > at THEN
      INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, until,
                              decided_by_id)
      VALUES (gen_random_uuid(), circle, s.person_id, s.job_id, 'professional', s.relation, s.ring, s.ground,
              s.history, at, stays, after_whom);
    END IF;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION trust.coordinator_goes(uuid, timestamptz, timestamptz, uuid) FROM PUBLIC;

-- A coordinator begins: whoever was one goes, and an open hand-over has its days and its next one.
CREATE OR REPLACE FUNCTION trust.coordinator_comes(i trust_invitation, began timestamptz, answered timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE stays timestamptz := greatest(began, least(began + i.overlap_days * interval '24 hours', i.stays_until));
BEGIN
  PERFORM trust.undo_arranged(i.circle_id, answered);
  PERFORM trust.coordinator_goes(i.circle_id, stays, began, i.author_id);
  UPDATE trust_seat SET until = greatest(began, since) WHERE circle_id = i.circle_id AND person_id = i.person_id
    AND role = 'professional' AND (until IS NULL OR until > began);
  UPDATE trust_handover SET next_id = i.person_id, taken_at = answered, begins_at = began, leaves_at = stays
  WHERE circle_id = i.circle_id AND stopped_at IS NULL AND taken_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION trust.coordinator_comes(trust_invitation, timestamptz, timestamptz) FROM PUBLIC;

-- The invited answers; with a yes the seat begins, now or on the day that was agreed, and ends by itself where an end
-- was agreed. 'gone' when it cannot be answered any more; nothing when there is no such invitation for the one who
-- asks. A second answer changes nothing.
CREATE OR REPLACE FUNCTION trust.answer_invitation(invitation uuid, yes boolean, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i trust_invitation; answered timestamptz; began timestamptz; ends timestamptz;
BEGIN
  -- A family that stops at this moment comes before or after this answer, never in between.
  PERFORM 1 FROM trust_circle WHERE id = (SELECT circle_id FROM trust_invitation WHERE id = invitation) FOR UPDATE;
  SELECT * INTO i FROM trust_invitation WHERE id = invitation AND person_id = coalesce(trust.viewer(), trust.link_viewer())
    AND (trust.scope() IS NULL OR trust.scope() = id) FOR UPDATE;
  IF i.id IS NULL THEN RETURN NULL; END IF;
  IF i.answer <> '' THEN RETURN i.answer; END IF;
  answered := greatest(at, i.at);
  began := greatest(answered, i.begins_at);
  IF i.withdrawn_at IS NOT NULL OR trust.moment() >= least(i.until, i.ends_at) OR began >= i.ends_at
     OR NOT (trust.decides_in(i.author_id, i.circle_id) OR coalesce(trust.decides_in(i.word_of_id, i.circle_id), false)) THEN
    RETURN 'gone';
  END IF;
  -- Who has come into the circle in another way meanwhile sits there already.
  IF yes AND EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = i.circle_id AND s.person_id = i.person_id
      AND tstzrange(s.since, s.until, '[)') && tstzrange(began, i.ends_at, '[)')
      AND (s.role IN ('child', 'guardian', 'natural')
        OR (i.role <> 'coordinator' AND (s.role = 'coordinator' OR s.until IS NULL)))) THEN
    RETURN 'gone';
  END IF;
  IF yes THEN
    -- Whoever lets somebody in has begun again.
    UPDATE trust_withdrawal w SET ended_at = greatest(answered, w.at) FROM trust_circle c
    WHERE c.id = i.circle_id AND w.family_id = c.family_id AND w.ended_at IS NULL;
    IF i.role = 'coordinator' THEN
      PERFORM trust.coordinator_comes(i, began, answered);
    END IF;
    -- Hours of a stand-in that were agreed before and lie in the same time become one seat with this one.
    ends := i.ends_at;
    SELECT greatest(ends, max(s.until)) INTO ends FROM trust_seat s WHERE ends IS NOT NULL AND s.circle_id = i.circle_id
      AND s.person_id = i.person_id AND s.role = 'professional' AND s.until > began AND s.since < i.ends_at AND s.since < s.until;
    UPDATE trust_seat s SET until = greatest(began, s.since) WHERE s.circle_id = i.circle_id AND s.person_id = i.person_id
      AND s.role = 'professional' AND s.until > began AND s.since < coalesce(i.ends_at, 'infinity');
    INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, until,
                            decided_by_id, word_of_id)
    VALUES (gen_random_uuid(), i.circle_id, i.person_id, i.job_id, i.role, i.relation, i.ring, 'consent', i.history,
            began, ends, i.author_id, i.word_of_id);
    IF i.phone <> '' THEN
      INSERT INTO trust_contactcard (id, person_id, circle_id, language, listens, channel, phone, email, name_is_safe)
      VALUES (gen_random_uuid(), i.person_id, i.circle_id, '', false, 'call', i.phone, '', true)
      ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  UPDATE trust_invitation SET answer = CASE WHEN yes THEN 'yes' ELSE 'no' END, answered_at = answered, phone = ''
  WHERE id = i.id;
  RETURN CASE WHEN yes THEN 'yes' ELSE 'no' END;
END $$;

-- Somebody leaves or is taken out: every seat in the family circle and its parts ends now, also in parts the one
-- who asks knows nothing of, and what a job opened of its homes. The own home and the own page stay.
CREATE OR REPLACE FUNCTION trust.end_seats_in_family(family uuid, whom uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE seat trust_seat;
BEGIN
  PERFORM 1 FROM trust_person WHERE id = whom FOR NO KEY UPDATE;  -- two people may just be bringing them together (47)
  whom := coalesce((SELECT o.stays_id FROM trust_sameperson o WHERE o.goes_id = whom), whom);
  SELECT s.* INTO seat FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id
  WHERE c.family_id = family AND c.kind = 'family' AND s.person_id = whom
    AND trust.runs(s.since, s.until);
  IF seat.id IS NULL OR NOT trust.sits_in(seat.circle_id) THEN RETURN false; END IF;
  IF whom <> trust.viewer() AND NOT trust.decides_in(trust.viewer(), seat.circle_id) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  UPDATE trust_seat s SET until = greatest(at, s.since) FROM trust_circle c
  WHERE c.id = s.circle_id AND c.family_id = family AND s.person_id = whom AND (s.until IS NULL OR s.until > at)
    AND (c.kind IN ('family', 'part') OR (c.kind = 'home' AND s.job_id IS NOT NULL));
  UPDATE trust_link SET ended_at = at WHERE person_id = whom AND ended_at IS NULL AND purpose <> 'sign in';
  RETURN true;
END $$;

-- Narrowing is immediate: whoever decides here, or whom it is about, moves it to a part whose people all sit
-- where it lay, and whom it is about stays with it. Widening is for the one it is about, or the guardians (D4).
CREATE OR REPLACE FUNCTION trust.may_move(from_circle uuid, to_circle uuid, about uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH was AS (SELECT person_id, role FROM trust_seat WHERE circle_id = from_circle
                 AND trust.runs(since, until)),
       will AS (SELECT person_id FROM trust_seat WHERE circle_id = to_circle
                 AND trust.runs(since, until)),
       voice AS (SELECT about IS NOT NULL AND coalesce(trust.own_voice_from(about) <= trust.moment(), false) AS own),
       mine AS (SELECT role FROM was WHERE person_id = trust.viewer())
  SELECT (about IS NULL OR about IN (SELECT person_id FROM will) OR about NOT IN (SELECT person_id FROM was))
    AND CASE
      WHEN NOT EXISTS (SELECT 1 FROM will WHERE person_id NOT IN (SELECT person_id FROM was))
        THEN about IS NOT DISTINCT FROM trust.viewer()
          OR EXISTS (SELECT 1 FROM mine WHERE role IN ('child', 'guardian', 'coordinator'))
      WHEN (SELECT own FROM voice) THEN about = trust.viewer()
      ELSE EXISTS (SELECT 1 FROM mine WHERE role = 'guardian' OR (role = 'child' AND about IS NULL)) END
$$;

-- Families without a live coordinator: the contact point sees a name and a number to call, nothing else.
CREATE OR REPLACE FUNCTION trust.waiting_families() RETURNS TABLE (family_id uuid, name text, phone text, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.family_id, who.given_name::text, coalesce(who.phone, '')::text,
         -- who stopped and began again waits since then
         greatest(coalesce((SELECT max(gone.at) FROM trust_seat s LEFT JOIN trust_job j ON j.id = s.job_id
                            CROSS JOIN LATERAL (  -- with the seat, the work, or the last agreement of its organisation
                              SELECT least(s.until, j.until, (SELECT max(coalesce(g.until, 'infinity')) FROM trust_agreement g
                                WHERE g.organisation_id = j.organisation_id AND g.since <= trust.moment())) AS at) gone
                            WHERE s.circle_id = c.id AND s.role = 'coordinator' AND s.since < s.until IS NOT FALSE
                            AND gone.at <= trust.moment()), c.opened_at),
                  (SELECT max(w.ended_at) FROM trust_withdrawal w WHERE w.family_id = c.family_id))
  FROM trust_circle c
  CROSS JOIN LATERAL (
    SELECT p.given_name, k.phone FROM trust_seat s JOIN trust_person p ON p.id = s.person_id
    LEFT JOIN trust_contactcard k ON k.circle_id = c.id AND k.person_id = p.id
    WHERE s.circle_id = c.id AND s.role IN ('guardian', 'child') AND trust.runs(s.since, s.until)
    ORDER BY coalesce(k.phone, '') = '', NOT coalesce(k.first, false),  -- who began again before who did not
      p.id IS DISTINCT FROM (SELECT w.by_id FROM trust_withdrawal w WHERE w.family_id = c.family_id ORDER BY w.at DESC LIMIT 1),
      s.role DESC, s.since, p.given_name, s.id LIMIT 1) who
  WHERE c.kind = 'family' AND c.village_id = trust.viewer_village() AND trust.works(trust.viewer(), 'contact point')
    AND NOT EXISTS (SELECT 1 FROM trust_withdrawal w WHERE w.family_id = c.family_id AND w.ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM trust_seat s JOIN trust_access a ON a.source_id = s.id
      WHERE s.circle_id = c.id AND s.role = 'coordinator' AND trust.runs(a.since, a.until))
  ORDER BY 4, 1
$$;

-- Who was asked to coordinate a family that waits and has not answered yet; for the contact point.
CREATE OR REPLACE FUNCTION trust.asked_to_coordinate() RETURNS TABLE (family_id uuid, person_id uuid, given_name text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (c.family_id) c.family_id, i.person_id, i.given_name::text, i.at
  FROM trust_invitation i JOIN trust_circle c ON c.id = i.circle_id
  WHERE c.kind = 'family' AND c.village_id = trust.viewer_village() AND trust.works(trust.viewer(), 'contact point')
    AND i.role = 'coordinator' AND i.answer = '' AND i.withdrawn_at IS NULL AND trust.moment() < i.until
  ORDER BY c.family_id, i.at DESC, i.id
$$;

-- Whether one's own question to be coordinator was taken back because somebody else was asked meanwhile.
CREATE OR REPLACE FUNCTION trust.somebody_else_was_asked(invitation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_invitation i JOIN trust_invitation o ON o.circle_id = i.circle_id
    WHERE i.id = invitation AND i.person_id = coalesce(trust.viewer(), trust.link_viewer())
      AND (trust.scope() IS NULL OR trust.scope() = i.id) AND i.answer = '' AND i.role = 'coordinator'
      AND o.role = 'coordinator' AND o.person_id <> i.person_id AND o.at >= i.withdrawn_at)
$$;

-- The contact point asks a coordinator for a family that waits, on the word of a guardian who said yes.
CREATE OR REPLACE FUNCTION trust.ask_coordinator_for(family uuid, as_job uuid, as_what text, at timestamptz, until timestamptz)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid(); j trust_job; c uuid; said_by uuid;
BEGIN
  SELECT * INTO j FROM trust_job WHERE id = as_job;
  IF NOT EXISTS (SELECT 1 FROM trust.waiting_families() w WHERE w.family_id = family) OR NOT trust.works(j.person_id) THEN
    RETURN NULL;
  END IF;
  SELECT k.id INTO c FROM trust_circle k WHERE k.family_id = family AND k.kind = 'family';
  SELECT s.person_id INTO said_by FROM trust_seat s WHERE s.circle_id = c AND s.role IN ('guardian', 'child')
    AND trust.runs(s.since, s.until) ORDER BY s.role DESC, s.since, s.id LIMIT 1;
  UPDATE trust_invitation SET withdrawn_at = ask_coordinator_for.at WHERE circle_id = c AND role = 'coordinator' AND answer = ''
    AND withdrawn_at IS NULL;
  INSERT INTO trust_invitation (id, circle_id, author_id, at, person_id, given_name, job_id, role, relation, ring,
    history, word_of_id, phone, overlap_days, until, answer)
  SELECT made, c, trust.viewer(), ask_coordinator_for.at, j.person_id, p.given_name, j.id, 'coordinator', as_what, 2,
    true, said_by, '', 0, ask_coordinator_for.until, '' FROM trust_person p WHERE p.id = j.person_id;
  RETURN made;
END $$;

-- First names of those who looked, also when they have left since: the family sees who it was.
CREATE OR REPLACE FUNCTION trust.names_of_those_who_looked(circles uuid[], persons uuid[])
RETURNS TABLE (person_id uuid, given_name text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, p.given_name::text FROM trust_person p
  WHERE p.id = ANY(persons) AND EXISTS (
    SELECT 1 FROM unnest(circles) c(id) WHERE trust.sits_in(c.id)
      AND EXISTS (SELECT 1 FROM trust_entry e WHERE e.circle_id = c.id AND e.person_id = p.id
        AND NOT trust.is_denied(trust.viewer(), e.about_id, NULL, trust.moment())
        AND (e.rule <> 'danger' OR trust.told_of_reading(e.person_id, e.circle_id, e.at))))
$$;
