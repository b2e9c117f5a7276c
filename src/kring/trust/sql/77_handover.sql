-- Hand-over (D2): the family is told first; two are there for two weeks at most; one of them is the coordinator.

-- Does this person belong to those who decide for the family: a child or a guardian with a live seat in its circle?
CREATE OR REPLACE FUNCTION trust.speaks_for_family(who uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
    WHERE a.viewer_id = who AND a.circle_id = circle AND NOT a.danger AND s.role IN ('child', 'guardian')
      AND trust.runs(a.since, a.until))
$$;

CREATE OR REPLACE FUNCTION trust.coordinates(who uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
    WHERE a.viewer_id = who AND a.circle_id = circle AND NOT a.danger AND s.role = 'coordinator'
      AND trust.runs(a.since, a.until))
$$;

-- A hand-over of the coordinator who is there now, begun by the coordinator who has told the family, or by the family.
-- Afterwards it changes by somebody's yes and by being stopped, and in no other way.
CREATE OR REPLACE FUNCTION trust.check_hand_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT trust.is_served() THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' OR NEW.taken_at IS NOT NULL OR NEW.stopped_at IS NOT NULL THEN
    PERFORM trust.refuse('never_changes');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM trust_circle WHERE id = NEW.circle_id AND kind = 'family') THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  IF NOT trust.sits_as(NEW.leaver_id, NEW.circle_id, '{coordinator}') THEN
    PERFORM trust.refuse('somebody_else_coordinates');
  END IF;
  IF NEW.author_id = NEW.leaver_id THEN
    IF NEW.told_id IS NULL OR NOT trust.sits_as(NEW.told_id, NEW.circle_id, '{child,guardian}') THEN
      PERFORM trust.refuse('the_family_is_told_first');
    END IF;
  ELSIF NOT trust.sits_as(NEW.author_id, NEW.circle_id, '{child,guardian}') THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;

-- A coordinator asks the next one only in a hand-over of which the family knows, and on its word.
CREATE OR REPLACE FUNCTION trust.check_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND NEW.role = 'coordinator' AND NOT trust.sits_as(NEW.author_id, NEW.circle_id, '{child,guardian}')
     AND (NEW.word_of_id IS NULL OR NOT trust.sits_as(NEW.word_of_id, NEW.circle_id, '{child,guardian}') OR NOT EXISTS (
       SELECT 1 FROM trust_handover h WHERE h.circle_id = NEW.circle_id AND h.leaver_id = NEW.author_id
         AND h.stopped_at IS NULL AND h.taken_at IS NULL)) THEN
    PERFORM trust.refuse('the_family_is_told_first');
  END IF;
  RETURN NEW;
END $$;

-- A newer invitation takes the place of an open one, also of one that whoever asks does not read: it was of before their time.
CREATE OR REPLACE FUNCTION trust.newer_invitation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.may_seat(NEW.circle_id) THEN
    UPDATE trust_invitation i SET withdrawn_at = NEW.at, phone = ''
    WHERE i.circle_id = NEW.circle_id AND (i.person_id = NEW.person_id OR (i.role = 'coordinator' AND NEW.role = 'coordinator'))
      AND i.answer = '' AND i.withdrawn_at IS NULL
      AND NOT trust.knows(NEW.author_id, i.circle_id, i.about_id, i.author_id, i.at, trust.moment());
  END IF;
  RETURN NEW;
END $$;

DO $$
BEGIN
  IF to_regclass('trust_handover') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS hand_over_check ON trust_handover;
  CREATE TRIGGER hand_over_check BEFORE INSERT OR UPDATE ON trust_handover
    FOR EACH ROW EXECUTE FUNCTION trust.check_hand_over();
  DROP TRIGGER IF EXISTS invitation_check ON trust_invitation;
  CREATE TRIGGER invitation_check BEFORE INSERT ON trust_invitation
    FOR EACH ROW EXECUTE FUNCTION trust.check_invitation();
  DROP TRIGGER IF EXISTS newer_invitation ON trust_invitation;
  CREATE TRIGGER newer_invitation BEFORE INSERT ON trust_invitation
    FOR EACH ROW EXECUTE FUNCTION trust.newer_invitation();
END $$;

-- What was arranged for a day to come does not happen: the next one does not begin, and what was to end goes on.
CREATE OR REPLACE FUNCTION trust.undo_arranged(circle uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE h trust_handover;
BEGIN
  FOR h IN SELECT * FROM trust_handover
           WHERE circle_id = circle AND taken_at IS NOT NULL AND stopped_at IS NULL AND begins_at > undo_arranged.at LOOP
    UPDATE trust_seat s SET until = s.since WHERE s.circle_id = circle AND s.since = h.begins_at
      AND (s.until IS NULL OR s.until > s.since)
      AND ((s.person_id = h.next_id AND s.role = 'coordinator') OR (s.person_id = h.leaver_id AND s.role = 'professional'));
    INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since,
                            decided_by_id, word_of_id)
    SELECT gen_random_uuid(), s.circle_id, s.person_id, s.job_id, s.role, s.relation, s.ring, s.ground, s.history, s.until,
           s.decided_by_id, s.word_of_id
    FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id JOIN trust_circle mine ON mine.id = circle
    WHERE c.family_id = mine.family_id AND s.since < s.until AND (
      (s.person_id = h.leaver_id AND c.id = circle AND s.role = 'coordinator' AND s.until = h.begins_at)
      OR (s.person_id = h.leaver_id AND c.kind IN ('part', 'home') AND s.job_id IS NOT NULL AND s.until = h.leaves_at)
      OR (s.person_id = h.next_id AND c.id = circle AND s.role = 'professional' AND s.until = h.begins_at));
    UPDATE trust_handover SET stopped_at = undo_arranged.at, stopped_by_id = trust.viewer() WHERE id = h.id;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION trust.undo_arranged(uuid, timestamptz) FROM PUBLIC;

-- The family, or the one who hands over, thinks again while it has not happened. Done twice, it is done once.
CREATE OR REPLACE FUNCTION trust.stop_hand_over(hand_over uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE h trust_handover;
BEGIN
  PERFORM 1 FROM trust_circle WHERE id = (SELECT circle_id FROM trust_handover WHERE id = hand_over) FOR UPDATE;
  SELECT * INTO h FROM trust_handover WHERE id = hand_over;
  IF h.id IS NULL OR trust.viewer() IS NULL OR trust.seen_as() IS NOT NULL
     OR NOT (trust.speaks_for_family(trust.viewer(), h.circle_id)
     OR (h.leaver_id = trust.viewer() AND trust.coordinates(h.leaver_id, h.circle_id))) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  IF h.stopped_at IS NOT NULL OR (h.taken_at IS NOT NULL AND h.begins_at <= stop_hand_over.at) THEN RETURN false; END IF;
  WITH asked AS (
    UPDATE trust_invitation i SET withdrawn_at = stop_hand_over.at, phone = '' WHERE i.circle_id = h.circle_id
      AND i.role = 'coordinator' AND i.answer = '' AND i.withdrawn_at IS NULL RETURNING i.id)
  UPDATE trust_link l SET ended_at = stop_hand_over.at FROM asked WHERE l.object_id = asked.id AND l.ended_at IS NULL;
  PERFORM trust.undo_arranged(h.circle_id, stop_hand_over.at);
  UPDATE trust_handover SET stopped_at = stop_hand_over.at, stopped_by_id = trust.viewer() WHERE id = h.id AND stopped_at IS NULL;
  RETURN true;
END $$;

-- Who may say on which day somebody's work ends: oneself, the lead of one's organisation, the contact point. Of work
-- that has ended nobody says a day any more: only the administrator begins it again.
CREATE OR REPLACE FUNCTION trust.may_say_leaving(a_job uuid, whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
    WHERE j.id = a_job AND j.person_id = whose AND trust.moment() < coalesce(j.until, 'infinity')
      AND o.village_id = trust.viewer_village() AND (
      whose = trust.viewer()
      OR (j.role NOT IN ('administrator', 'trust officer') AND trust.works(trust.viewer(), 'contact point'))
      OR (trust.works(trust.viewer(), 'lead') AND EXISTS (
        SELECT 1 FROM trust_job mine WHERE mine.person_id = trust.viewer() AND mine.role = 'lead'
          AND mine.organisation_id = j.organisation_id AND trust.runs(mine.since, mine.until)))))
$$;

-- How many links that still open something one made oneself.
CREATE OR REPLACE FUNCTION trust.links_i_made() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(*)::integer FROM trust_link
  WHERE made_by_id = trust.viewer() AND person_id <> trust.viewer() AND ended_at IS NULL AND trust.moment() < until
$$;
CREATE OR REPLACE FUNCTION trust.end_links_i_made(at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE many integer;
BEGIN
  UPDATE trust_link SET ended_at = end_links_i_made.at
  WHERE made_by_id = trust.viewer() AND person_id <> trust.viewer() AND ended_at IS NULL AND trust.moment() < until;
  GET DIAGNOSTICS many = ROW_COUNT;
  RETURN many;
END $$;

-- A stand-in who goes sooner: what was opened to them for their hours, parts and homes also, is closed with them. Parts
-- of which the one who asks knows nothing too.
CREATE OR REPLACE FUNCTION trust.stand_in_goes(invitation uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE i trust_invitation;
BEGIN
  SELECT * INTO i FROM trust_invitation WHERE id = invitation AND stands_in_for_id IS NOT NULL;
  IF i.id IS NULL OR trust.viewer() IS NULL OR trust.seen_as() IS NOT NULL
     OR NOT (i.person_id = trust.viewer() OR trust.decides_in(trust.viewer(), i.circle_id)) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  UPDATE trust_seat s SET until = greatest(stand_in_goes.at, s.since) FROM trust_circle c, trust_circle mine
  WHERE c.id = s.circle_id AND mine.id = i.circle_id AND c.family_id = mine.family_id AND c.kind IN ('part', 'home')
    AND s.person_id = i.person_id AND s.job_id IS NOT NULL AND s.until > stand_in_goes.at AND s.until <= i.ends_at;
END $$;
