-- What can never be, whoever asks: each refusal has a name, raised with SQLSTATE KR001.

-- Nothing is refused to the one function that forgets; what stands fast is not, to the one that brings somebody together.
CREATE OR REPLACE FUNCTION trust.refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'kring_gatekeeper' THEN
    IF trust.reckon_forgets() THEN RETURN; END IF;
    IF why IN ('stays_as_written', 'a_seat_is_not_lengthened', 'leaves_only_by_itself') AND trust.reckon_brings() THEN RETURN; END IF;
  END IF;
  RAISE EXCEPTION '%', why USING ERRCODE = 'KR001';
END $$;

CREATE OR REPLACE FUNCTION trust.is_child_of(child uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember WHERE family_id = family AND person_id = child AND kind = 'child')
$$;

-- A subject is a child with a birth date, of the circle's family or at least of its village.
CREATE OR REPLACE FUNCTION trust.check_subject(child uuid, family uuid, village uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF child IS NULL THEN RETURN; END IF;
  IF NOT EXISTS (SELECT 1 FROM trust_birth WHERE person_id = child) THEN
    PERFORM trust.refuse('subject_without_birth_date');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM trust_person WHERE id = child AND village_id = village) THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  IF family IS NOT NULL AND NOT trust.is_child_of(child, family) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
END $$;

CREATE OR REPLACE FUNCTION trust.check_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT village_id FROM trust_person WHERE id = NEW.person_id)
     IS DISTINCT FROM (SELECT village_id FROM trust_organisation WHERE id = NEW.organisation_id) THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_familymember() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT village_id FROM trust_person WHERE id = NEW.person_id)
     IS DISTINCT FROM (SELECT village_id FROM trust_family WHERE id = NEW.family_id) THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_circle() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.family_id IS NOT NULL
     AND (SELECT village_id FROM trust_family WHERE id = NEW.family_id) <> NEW.village_id THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  PERFORM trust.check_subject(NEW.subject_id, NEW.family_id, NEW.village_id);
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_seat() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c trust_circle; j trust_job;
BEGIN
  SELECT * INTO c FROM trust_circle WHERE id = NEW.circle_id;
  IF (SELECT village_id FROM trust_person WHERE id = NEW.person_id) IS DISTINCT FROM c.village_id THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  IF NEW.job_id IS NOT NULL THEN
    SELECT * INTO j FROM trust_job WHERE id = NEW.job_id;
    IF j.person_id <> NEW.person_id THEN PERFORM trust.refuse('seat_through_anothers_job'); END IF;
    IF c.kind = 'confidence' AND c.secrecy AND NOT j.bound THEN
      PERFORM trust.refuse('not_bound_by_secrecy');
    END IF;
  END IF;
  IF NEW.ground = 'guardian' THEN
    IF c.kind IN ('confidence', 'sealed') OR c.family_id IS NULL THEN
      PERFORM trust.refuse('no_guardian_seat_here');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = c.family_id
                   AND m.person_id = NEW.person_id AND m.kind = 'guardian') THEN
      PERFORM trust.refuse('not_a_guardian_of_this_family');
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_exclusion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE voice timestamptz := trust.own_voice_from(NEW.subject_id);
BEGIN
  IF voice IS NULL THEN PERFORM trust.refuse('subject_without_birth_date'); END IF;
  IF NEW.ground = 'own choice' AND NEW.since < voice THEN PERFORM trust.refuse('before_own_voice'); END IF;
  IF NEW.ground = 'guardian' AND NEW.since >= voice THEN PERFORM trust.refuse('after_own_voice'); END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.check_danger() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE j trust_job;
BEGIN
  SELECT * INTO j FROM trust_job WHERE id = NEW.job_id;
  PERFORM trust.lock_rows(ARRAY[j.organisation_id], ARRAY[NEW.family_id], ARRAY[NEW.person_id]);
  SELECT * INTO j FROM trust_job WHERE id = NEW.job_id;
  IF j.person_id <> NEW.person_id OR NEW.at < j.since OR NEW.at >= coalesce(j.until, 'infinity') THEN
    PERFORM trust.refuse('danger_without_live_job');
  END IF;
  IF (SELECT village_id FROM trust_family WHERE id = NEW.family_id)
     <> (SELECT village_id FROM trust_person WHERE id = NEW.person_id) THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  IF NOT EXISTS (SELECT 1 FROM trust_agreement g WHERE g.organisation_id = j.organisation_id
                 AND trust.runs(g.since, g.until, NEW.at)) THEN
    PERFORM trust.refuse('danger_without_live_agreement');
  END IF;
  -- The exclusion itself is asked, not what it denies: it denies nothing to the child it is about, and yet meets it.
  IF EXISTS (SELECT 1 FROM trust_exclusion e JOIN trust_person child ON child.id = e.subject_id
             JOIN trust_familymember m ON m.person_id = child.id AND m.family_id = NEW.family_id AND m.kind = 'child'
             WHERE e.ground IN ('court order', 'conflict') AND trust.runs(e.since, e.until, NEW.at)
               AND (e.person_id = NEW.person_id OR EXISTS (
                 SELECT 1 FROM trust_job works JOIN trust_organisation o ON o.id = works.organisation_id
                 WHERE works.person_id = NEW.person_id AND trust.runs(works.since, works.until, NEW.at)
                   AND (o.id = e.organisation_id OR (o.sector = e.sector AND o.village_id = child.village_id))))) THEN
    PERFORM trust.refuse('danger_against_an_exclusion');
  END IF;
  RETURN NEW;
END $$;

-- Every guarded row: its effective subject, and that it does not cross villages or families.
CREATE OR REPLACE FUNCTION trust.check_guarded() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE c trust_circle; old_circle trust_circle;
BEGIN
  SELECT * INTO c FROM trust_circle WHERE id = NEW.circle_id;
  IF TG_OP = 'UPDATE' AND NEW.circle_id <> OLD.circle_id THEN
    SELECT * INTO old_circle FROM trust_circle WHERE id = OLD.circle_id;
    IF old_circle.village_id <> c.village_id THEN PERFORM trust.refuse('crosses_villages'); END IF;
    IF old_circle.family_id IS NOT NULL AND old_circle.family_id IS DISTINCT FROM c.family_id THEN
      PERFORM trust.refuse('crosses_families');
    END IF;
    IF trust.viewer() IS NOT NULL AND old_circle.kind IN ('family', 'part') AND c.kind IN ('family', 'part')
       AND NOT trust.may_move(OLD.circle_id, NEW.circle_id, OLD.about_id) THEN
      PERFORM trust.refuse('only_the_family_shows_more');
    END IF;
  END IF;
  IF TG_OP = 'INSERT' OR NEW.circle_id <> OLD.circle_id OR NEW.subject_id IS DISTINCT FROM OLD.subject_id THEN
    PERFORM trust.check_subject(NEW.subject_id, c.family_id, c.village_id);
    NEW.about_id := coalesce(NEW.subject_id, c.subject_id);
  ELSE
    NEW.about_id := OLD.about_id;
  END IF;
  IF TG_OP = 'INSERT' AND NEW.author_id IS NOT NULL
     AND (SELECT village_id FROM trust_person WHERE id = NEW.author_id) IS DISTINCT FROM c.village_id THEN
    PERFORM trust.refuse('crosses_villages');
  END IF;
  RETURN NEW;
END $$;

-- Whether one of these fields is another than it was.
CREATE OR REPLACE FUNCTION trust.another(was jsonb, is_now jsonb, fields text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT 1 FROM unnest(fields) field WHERE is_now -> field IS DISTINCT FROM was -> field)
$$;

-- What is fixed once written: named in the trigger's arguments.
CREATE OR REPLACE FUNCTION trust.stays_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.another(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV) THEN PERFORM trust.refuse('stays_as_written'); END IF;
  RETURN NEW;
END $$;

-- Words that only their author changes: named in the trigger's arguments. What a function of the gatekeeper changes was
-- agreed elsewhere.
CREATE OR REPLACE FUNCTION trust.own_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() AND OLD.author_id IS DISTINCT FROM trust.viewer()
     AND trust.another(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV) THEN PERFORM trust.refuse('stays_as_written'); END IF;
  RETURN NEW;
END $$;

-- Who wrote a row is said when it is written, and by no page again: also not by one that was opened before others wrote.
CREATE OR REPLACE FUNCTION trust.author_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN NEW.author_id := OLD.author_id; END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION trust.first_author_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF trust.is_served() THEN NEW.first_author_id := OLD.first_author_id; END IF;  -- of a row that is new nobody
  RETURN NEW;
END $$;

-- A row about a child is read by who wrote it, also when the child left them out since (K4): with their own words in it.
-- Once somebody else who sits there writes in it what its author may not know now, in the columns named in the trigger's
-- arguments, it is no author's any more: neither when their work wakes, nor when the row comes back to where they sit.
CREATE OR REPLACE FUNCTION trust.words_of_others() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.viewer() <> OLD.author_id AND trust.another(to_jsonb(OLD), to_jsonb(NEW), TG_ARGV)
     AND (trust.is_denied(OLD.author_id, NEW.about_id, NULL, trust.moment()) OR (NEW.about_id IS NOT NULL
       AND NOT trust.knows(OLD.author_id, NEW.circle_id, NEW.about_id, OLD.author_id, NEW.at, trust.moment())))
     AND trust.seat_says_so(trust.viewer(), NEW.circle_id, NEW.at, trust.moment()) THEN
    NEW.first_author_id := OLD.author_id;
    NEW.author_id := NULL;
  END IF;
  RETURN NEW;
END $$;

DO $$
DECLARE spec text[];
BEGIN
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['trust_job', 'INSERT OR UPDATE', 'check_job()'],
    ['trust_familymember', 'INSERT OR UPDATE', 'check_familymember()'],
    ['trust_circle', 'INSERT', 'check_circle()'],
    ['trust_seat', 'INSERT', 'check_seat()'],
    ['trust_exclusion', 'INSERT', 'check_exclusion()'],
    ['trust_danger', 'INSERT', 'check_danger()']]
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS refuse ON %I', spec[1]);
    EXECUTE format('CREATE TRIGGER refuse BEFORE %s ON %I FOR EACH ROW EXECUTE FUNCTION trust.%s', spec[2], spec[1], spec[3]);
  END LOOP;
  FOREACH spec SLICE 1 IN ARRAY ARRAY[
    ['trust_person', '''village_id'''],
    ['trust_organisation', '''village_id'''],
    ['trust_agreement', '''organisation_id'''],
    ['trust_job', '''person_id'', ''organisation_id'', ''bound'', ''role'', ''since'', ''written_at'''],
    ['trust_family', '''village_id'''],
    ['trust_familymember', '''family_id'', ''person_id'', ''kind'''],
    ['trust_circle', '''village_id'', ''family_id'', ''kind'', ''subject_id'', ''secrecy'', ''opened_by_id'', ''opened_in'''],
    ['trust_seat', '''circle_id'', ''person_id'', ''job_id'', ''role'', ''ground'', ''since'', ''history'''],
    ['trust_exclusion', '''subject_id'', ''person_id'', ''organisation_id'', ''sector'', ''ground'', ''since'''],
    ['trust_danger', '''person_id'', ''job_id'', ''family_id'', ''at'', ''ground'''],
    ['trust_postponement', '''danger_id'', ''by_id'', ''at'', ''until'', ''also_young'''],
    ['trust_dangerreview', '''danger_id'', ''by_id'', ''at'', ''was_right''']]
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS stays_as_written ON %I', spec[1]);
    EXECUTE format('CREATE TRIGGER stays_as_written BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION trust.stays_as_written(%s)', spec[1], spec[2]);
  END LOOP;
END $$;

-- One live seat per person and circle. A seat of no length overlaps nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                 WHERE t.typname = 'idrange' AND n.nspname = 'trust') THEN
    CREATE TYPE trust.idrange AS RANGE (subtype = uuid);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'one_live_seat_per_person_and_circle') THEN
    ALTER TABLE trust_seat ADD CONSTRAINT one_live_seat_per_person_and_circle EXCLUDE USING gist (
      trust.idrange(person_id, person_id, '[]') WITH =,
      trust.idrange(circle_id, circle_id, '[]') WITH =,
      tstzrange(since, until, '[)') WITH &&);
  END IF;
END $$;
