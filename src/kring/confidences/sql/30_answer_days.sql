-- Until when whoever was asked answers: their own word, for the one who confided; nobody else hears of it.

CREATE OR REPLACE FUNCTION trust.check_answer_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = NEW.circle_id AND c.kind = 'confidence'
                 AND c.subject_id IS NOT DISTINCT FROM NEW.subject_id) THEN
    PERFORM trust.refuse('not_a_confidence');
  END IF;
  IF NEW.author_id IS NOT DISTINCT FROM NEW.subject_id OR NEW.day NOT BETWEEN NEW.at::date AND NEW.at::date + 30 THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS check_answer_day ON confidences_answerday;
CREATE TRIGGER check_answer_day BEFORE INSERT ON confidences_answerday
FOR EACH ROW EXECUTE FUNCTION trust.check_answer_day();

-- The day somebody said and has not kept yet: their newest one, when they told nothing since.
CREATE OR REPLACE FUNCTION trust.stands_to_answer(confidence uuid, hearer uuid) RETURNS TABLE (id uuid, day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT said.id, said.day FROM (SELECT a.* FROM confidences_answerday a WHERE a.circle_id = confidence AND a.author_id = hearer
                    ORDER BY a.at DESC, a.id LIMIT 1) said
  WHERE NOT EXISTS (SELECT 1 FROM confidences_telling t WHERE t.circle_id = confidence AND t.author_id = hearer AND t.at >= said.at)
$$;
REVOKE ALL ON FUNCTION trust.stands_to_answer(uuid, uuid) FROM PUBLIC;

-- Whether this day waits for an answer of somebody who hears it still.
CREATE OR REPLACE FUNCTION trust.still_to_answer(answer uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM confidences_answerday a CROSS JOIN LATERAL trust.stands_to_answer(a.circle_id, a.author_id) said
    WHERE a.id = answer AND said.id = a.id AND trust.seat_says_so(a.author_id, a.circle_id, a.at, trust.moment())
      AND NOT trust.is_denied(a.author_id, a.subject_id, NULL, trust.moment()))
$$;
REVOKE ALL ON FUNCTION trust.still_to_answer(uuid) FROM PUBLIC;

-- By the clock, on the day itself: who is reminded that they wanted to answer; two days later at most, when a clock stood
-- still. Only who works: a letter to somebody at home may become a call by their coordinator, and that would tell.
CREATE OR REPLACE FUNCTION trust.answers_due(moment timestamptz) RETURNS TABLE (answer uuid, person_id uuid, language text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL OR moment > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  RETURN QUERY SELECT a.id, a.author_id, coalesce(nullif(who.language, ''), v.language)::text
    FROM confidences_answerday a JOIN trust_circle c ON c.id = a.circle_id JOIN trust_village v ON v.id = c.village_id
    JOIN trust_account who ON who.person_id = a.author_id AND who.is_active
    WHERE a.day BETWEEN (moment AT TIME ZONE v.timezone)::date - 2 AND (moment AT TIME ZONE v.timezone)::date
      AND trust.works(a.author_id) AND trust.still_to_answer(a.id);
END $$;

-- Whether the reminder may still go: the first name of its reader.
CREATE OR REPLACE FUNCTION trust.for_an_answer_letter(which uuid, whom uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.given_name::text FROM confidences_answerday a JOIN trust_person p ON p.id = a.author_id
  WHERE a.id = which AND a.author_id = whom AND trust.identity() IS NULL AND trust.works(whom) AND trust.still_to_answer(a.id)
$$;
