-- What may be told, own goals, and whom to tell: each decided by the young person alone.

-- Words to tell and own goals lie in a confidence. The young person alone answers, and alone says what they want to reach.
CREATE OR REPLACE FUNCTION trust.check_own_word() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE decided boolean;
BEGIN
  IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = NEW.circle_id AND c.kind = 'confidence'
                 AND c.subject_id IS NOT DISTINCT FROM NEW.subject_id) THEN
    PERFORM trust.refuse('not_a_confidence');
  END IF;
  decided := TG_OP = 'DELETE' OR TG_TABLE_NAME = 'confidences_owngoal'
    OR (TG_OP = 'UPDATE') OR (to_jsonb(NEW) ->> 'answer') <> '';
  IF decided AND trust.viewer() IS NOT NULL AND coalesce(NEW.subject_id, OLD.subject_id) IS DISTINCT FROM trust.viewer() THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
DROP TRIGGER IF EXISTS check_own_word ON confidences_wordstotell;
CREATE TRIGGER check_own_word BEFORE INSERT OR UPDATE OR DELETE ON confidences_wordstotell
FOR EACH ROW EXECUTE FUNCTION trust.check_own_word();
DROP TRIGGER IF EXISTS check_own_word ON confidences_owngoal;
CREATE TRIGGER check_own_word BEFORE INSERT OR UPDATE OR DELETE ON confidences_owngoal
FOR EACH ROW EXECUTE FUNCTION trust.check_own_word();

-- "Tell them?" is answered on the own page, by nobody else; an answer is never taken away, a newer one counts.
CREATE OR REPLACE FUNCTION trust.check_tell_them() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF trust.viewer() IS NOT NULL THEN PERFORM trust.refuse('never_changes'); END IF;
    RETURN OLD;
  END IF;
  IF NEW.author_id IS DISTINCT FROM NEW.subject_id OR NOT EXISTS (SELECT 1 FROM trust_circle c
      WHERE c.id = NEW.circle_id AND c.kind = 'own' AND c.subject_id = NEW.subject_id) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS check_tell_them ON confidences_tellthem;
CREATE TRIGGER check_tell_them BEFORE INSERT OR DELETE ON confidences_tellthem
FOR EACH ROW EXECUTE FUNCTION trust.check_tell_them();

-- Whether a letter about a young person with own voice is kept from a parent or from school by their word. Asked in
-- nobody's name only, by the one who carries the letters.
CREATE OR REPLACE FUNCTION trust.is_kept_from(young uuid, whom uuid, of_matter text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND young <> whom AND coalesce(trust.own_voice_from(young) <= trust.moment(), false)
    AND EXISTS (
    SELECT 1 FROM (SELECT DISTINCT ON (t.whom) t.whom, t.yes FROM confidences_tellthem t
                   WHERE t.about_id = young AND t.matter = of_matter ORDER BY t.whom, t.at DESC, t.id) said
    WHERE NOT said.yes AND (
      (said.whom = 'parents' AND EXISTS (SELECT 1 FROM trust_familymember g JOIN trust_familymember m
         ON m.family_id = g.family_id AND m.person_id = young AND m.kind = 'child'
         WHERE g.person_id = is_kept_from.whom AND g.kind = 'guardian'))
      OR (said.whom = 'school' AND EXISTS (SELECT 1 FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
         WHERE j.person_id = is_kept_from.whom AND o.sector = 'education' AND trust.runs(j.since, j.until)))))
$$;
