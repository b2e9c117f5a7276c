-- On whose word work rests (D6). Whoever asked somebody in, and whoever stands on nobody else, are one person where two
-- are needed, until a third one confirms the work.

-- Who gave work, and when it was written down, says the database, whatever anybody writes.
CREATE OR REPLACE FUNCTION trust.work_is_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN
    NEW.given_by_id := trust.viewer();
    NEW.given_here := true;
    NEW.confirmed_by_id := NULL;
    NEW.confirmed_at := NULL;
    NEW.written_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.work_stays_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  RETURN NEW;
END $$;

-- Whether somebody has work now that nobody here gave, or for which a third person stands.
CREATE OR REPLACE FUNCTION trust.stands_alone(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = who AND (NOT j.given_here OR j.confirmed_at IS NOT NULL)
    AND trust.runs(j.since, j.until))
$$;

-- On whom somebody stood at a moment: on themselves, with work that nobody here gave or that was confirmed; else on whom
-- the one stood who gave it, at the moment it was given. What ends later, or is given anew, changes nothing of that; and
-- each step lies further back, so none leads round. Nothing, where whoever gave it had no work then.
CREATE OR REPLACE FUNCTION trust.stood_on(who uuid, at timestamptz) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE stands uuid := who; moment timestamptz := at; before timestamptz := 'infinity'; given trust_job;
BEGIN
  LOOP
    SELECT j.* INTO given FROM trust_job j
    WHERE j.person_id = stands AND trust.runs(j.since, j.until, moment) AND j.written_at < before
    ORDER BY j.given_here AND j.confirmed_at IS NULL, j.since, j.id LIMIT 1;
    IF given.id IS NULL THEN RETURN NULL; END IF;
    IF NOT given.given_here OR given.confirmed_at IS NOT NULL THEN RETURN stands; END IF;
    stands := given.given_by_id;
    moment := given.written_at;
    before := given.written_at;
  END LOOP;
END $$;

-- On whom somebody stands now; on themselves, who has no work here.
CREATE OR REPLACE FUNCTION trust.stands_on(who uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = who AND trust.runs(j.since, j.until)) THEN trust.stood_on(who, trust.moment()) ELSE who END
$$;

-- Whether somebody stands on a person who is still known here: who stands on nobody, or on somebody forgotten, says no yes.
CREATE OR REPLACE FUNCTION trust.stands_on_somebody(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_person p WHERE p.id = trust.stands_on(who) AND p.given_name || p.surname <> '')
$$;

-- Whether somebody is behind what another did at a moment: did it, stands on who did, or who did it stood then on them or
-- on the same one. Of who had no work then (an end written further back) everybody is.
CREATE OR REPLACE FUNCTION trust.is_behind(who uuid, doer uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT doer IS NOT NULL AND (then_on.id IS NULL OR who IN (doer, then_on.id)
    OR coalesce(trust.stands_on(who) IN (doer, then_on.id), false))
  FROM (SELECT trust.stood_on(doer, is_behind.at) AS id) then_on
$$;

-- Did this person, or one of theirs, give that one work which nobody confirmed, or a card to come in with since? A card
-- counts until a day after it ended; for who had nothing else to show when it was made, until somebody stands for their work.
CREATE OR REPLACE FUNCTION trust.brought_in(who uuid, newcomer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = newcomer AND j.given_here AND j.confirmed_at IS NULL
      AND trust.runs(j.since, j.until)
      AND NOT trust.stands_alone(newcomer) AND trust.is_behind(who, j.given_by_id, j.written_at))
    OR EXISTS (SELECT 1 FROM trust_link l WHERE l.person_id = newcomer AND l.purpose = 'sign in' AND l.made_by_id <> newcomer
      AND NOT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = newcomer AND j.confirmed_at > l.written_at)
      AND (l.written_at > trust.moment() - interval '192 hours' OR NOT EXISTS (SELECT 1 FROM mfa_authenticator m
        JOIN trust_account a ON a.id = m.user_id WHERE a.person_id = newcomer AND m.created_at < l.written_at))
      AND trust.is_behind(who, l.made_by_id, l.written_at))
$$;

-- Whether somebody says the second yes with work that nobody here gave, that a third person confirmed, or that was given
-- by who stood on another than who asks: whatever other work they have.
CREATE OR REPLACE FUNCTION trust.is_officer_apart(who uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = who AND j.role = 'trust officer'
    AND trust.runs(j.since, j.until)
    AND (NOT j.given_here OR j.confirmed_at IS NOT NULL
      OR trust.stood_on(j.given_by_id, j.written_at) <> trust.stands_on(other)))
$$;

-- Whether two people are really two: neither brought in the other; and a trust officer stands on another than who asks.
CREATE OR REPLACE FUNCTION trust.are_two(who uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who <> other AND NOT trust.brought_in(who, other) AND NOT trust.brought_in(other, who)
    AND (NOT trust.works(who, 'trust officer') OR (trust.stands_on_somebody(who)
      AND coalesce(trust.stands_on(who) <> trust.stands_on(other), false) AND trust.is_officer_apart(who, other)))
$$;

-- The work by which somebody confirms this one: such work themselves, under an agreement that runs, at another organisation
-- than whoever gave it, then or now; and not itself given by who stood where that one stood, unless a third confirmed it.
CREATE OR REPLACE FUNCTION trust.confirms_by(who uuid, j trust_job) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT mine.id FROM trust_job mine JOIN trust_organisation o ON o.id = mine.organisation_id
  JOIN trust_organisation theirs ON theirs.id = j.organisation_id AND theirs.village_id = o.village_id
  WHERE mine.person_id = who AND mine.role IN ('trust officer', 'lead', 'network', 'administrator')
    AND trust.runs(mine.since, mine.until)
    AND trust.reckon_agreed(o.id, trust.moment())
    AND (NOT mine.given_here OR mine.confirmed_at IS NOT NULL
      OR trust.stood_on(mine.given_by_id, mine.written_at) <> trust.stood_on(j.given_by_id, j.written_at))
    AND NOT EXISTS (SELECT 1 FROM trust_job gave WHERE gave.person_id = j.given_by_id
      AND gave.organisation_id = mine.organisation_id
      AND gave.since <= trust.moment() AND j.written_at < coalesce(gave.until, 'infinity'))
  ORDER BY mine.since, mine.id LIMIT 1
$$;

-- Whether somebody is a third person to work that was given: has work themselves by which they stand for others, and stands
-- neither where whoever gave it stood, nor on whose work it is.
CREATE OR REPLACE FUNCTION trust.is_third(who uuid, j trust_job) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.stands_on_somebody(who) AND coalesce(trust.stands_on(who) <> trust.stood_on(j.given_by_id, j.written_at), false)
    AND trust.runs(j.since, j.until)
    AND trust.stands_on(who) <> j.person_id AND NOT trust.brought_in(j.given_by_id, who)
    AND trust.confirms_by(who, j) IS NOT NULL
$$;

-- Who may confirm work of a trust officer, a lead, a network coordinator or an administrator: a third person.
CREATE OR REPLACE FUNCTION trust.may_confirm_work(who uuid, j trust_job) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.confirmed_at IS NULL AND j.role IN ('trust officer', 'lead', 'network', 'administrator') AND trust.is_third(who, j)
$$;

-- Whether somebody watches over who looked, and over danger: a trust officer whose work nobody here gave, or for whom a third
-- person stands. Whoever asked in an officer of their own would read through them what officers read.
CREATE OR REPLACE FUNCTION trust.is_officer(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.works(who, 'trust officer') AND EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = who AND j.role = 'trust officer'
    AND (NOT j.given_here OR j.confirmed_at IS NOT NULL) AND trust.runs(j.since, j.until))
$$;

-- Work that waits for the asker's word; and the asker's own that waits for somebody's.
CREATE OR REPLACE FUNCTION trust.work_to_confirm()
RETURNS TABLE (id uuid, name text, role text, organisation text, gave text, mine boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.id, btrim(p.given_name || ' ' || p.surname), j.role::text, o.name::text, btrim(g.given_name || ' ' || g.surname),
    j.person_id = trust.viewer()
  FROM trust_job j JOIN trust_person p ON p.id = j.person_id JOIN trust_person g ON g.id = j.given_by_id
  JOIN trust_organisation o ON o.id = j.organisation_id
  WHERE trust.seen_as() IS NULL AND o.village_id = trust.viewer_village() AND trust.runs(j.since, j.until)
    AND (trust.may_confirm_work(trust.viewer(), j) OR trust.may_let_in(trust.viewer(), j)
      OR (j.person_id = trust.viewer() AND j.role = 'contact point' AND trust.reckon_waits_at_desk(j)) OR (j.person_id = trust.viewer()
      AND j.role = 'trust officer' AND j.confirmed_at IS NULL AND NOT trust.stands_alone(trust.viewer()) AND trust.works(trust.viewer(), 'trust officer')))
  ORDER BY j.since, j.id
$$;

-- A third person stands for somebody's work, by the machine's clock; said twice it is one.
DROP FUNCTION IF EXISTS trust.confirm_work(uuid, timestamptz);
CREATE OR REPLACE FUNCTION trust.confirm_work(work uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE j trust_job; me uuid := trust.viewer(); through uuid;
BEGIN
  SELECT * INTO j FROM trust_job WHERE id = work FOR UPDATE;
  IF me IS NULL OR trust.seen_as() IS NOT NULL OR j.id IS NULL THEN RETURN false; END IF;
  IF j.confirmed_by_id = me THEN RETURN true; END IF;
  IF NOT trust.may_confirm_work(me, j) THEN RETURN false; END IF;
  through := trust.confirms_by(me, j);  -- before the work is confirmed, and others stand on whose it is
  UPDATE trust_job SET confirmed_by_id = me, confirmed_at = clock_timestamp() WHERE id = work;
  INSERT INTO trust_entry (id, at, kind, person_id, organisation_id, role, part, deed, object_id, about_id, purpose, rule)
  SELECT gen_random_uuid(), clock_timestamp(), 'done', me, mine.organisation_id, mine.role, '',
    'confirmed somebody''s work', work, j.person_id, '', 'two people'
  FROM trust_job mine WHERE mine.id = through;
  RETURN true;
END $$;

-- Is there a trust officer who stands on another than the asker, so that somebody can answer at all?
CREATE OR REPLACE FUNCTION trust.somebody_can_second() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
    WHERE o.village_id = trust.viewer_village() AND j.role = 'trust officer' AND trust.works(j.person_id, 'trust officer')
      AND trust.are_two(j.person_id, trust.viewer()))
$$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'trust_job' AND column_name = 'given_here') THEN
    RETURN;
  END IF;
  DROP TRIGGER IF EXISTS work_is_given ON trust_job;
  CREATE TRIGGER work_is_given BEFORE INSERT ON trust_job FOR EACH ROW EXECUTE FUNCTION trust.work_is_given();
  DROP TRIGGER IF EXISTS work_stays_given ON trust_job;
  CREATE TRIGGER work_stays_given BEFORE UPDATE ON trust_job FOR EACH ROW WHEN (
    (OLD.given_by_id, OLD.given_here, OLD.confirmed_by_id, OLD.confirmed_at)
    IS DISTINCT FROM (NEW.given_by_id, NEW.given_here, NEW.confirmed_by_id, NEW.confirmed_at))
    EXECUTE FUNCTION trust.work_stays_given();
END $$;
