-- What can never be with a meeting, whoever asks.

-- A meeting of a family lies in that family's circle or in a part of it.
CREATE OR REPLACE FUNCTION trust.check_meeting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM trust_circle
                 WHERE id = NEW.circle_id AND family_id = NEW.family_id AND kind IN ('family', 'part')) THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

-- What belongs to a meeting lies where the meeting lies, and in a talk about one child it is about that child: nobody
-- learns by a point what the meeting keeps to itself.
CREATE OR REPLACE FUNCTION trust.check_in_meeting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE m wraparound_meeting;
BEGIN
  SELECT * INTO m FROM wraparound_meeting WHERE id = NEW.meeting_id;
  IF NEW.circle_id IS DISTINCT FROM m.circle_id OR (m.subject_id IS NOT NULL AND NEW.subject_id IS DISTINCT FROM m.subject_id)
  THEN
    PERFORM trust.refuse('crosses_families');
  END IF;
  RETURN NEW;
END $$;

DO $$
DECLARE name text;
BEGIN
  IF to_regclass('wraparound_meeting') IS NULL THEN RETURN; END IF;
  DROP TRIGGER IF EXISTS meeting_check ON wraparound_meeting;
  CREATE TRIGGER meeting_check BEFORE INSERT OR UPDATE ON wraparound_meeting
    FOR EACH ROW EXECUTE FUNCTION trust.check_meeting();
  FOREACH name IN ARRAY ARRAY['participant', 'agendapoint', 'roundword', 'decision'] LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS meeting_check ON wraparound_%s', name);
    EXECUTE format('CREATE TRIGGER meeting_check BEFORE INSERT OR UPDATE ON wraparound_%s '
                   'FOR EACH ROW EXECUTE FUNCTION trust.check_in_meeting()', name);
  END LOOP;
END $$;
