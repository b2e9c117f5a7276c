-- The outbox. Who may queue is decided by the use case; nobody reads it, since it would tell who wrote to whom.
-- A letter that goes once is put in by the clock; of a few kinds by a page, in somebody's name. Any other, put in
-- beforehand, would silence the real one, and a refusal because it lies there would tell that it does.

CREATE OR REPLACE FUNCTION trust.queue_letter(as_kind text, object uuid, whom uuid, by_channel text, in_language text,
  only_once boolean, at timestamptz) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid;
BEGIN
  IF only_once AND session_user = 'kring_runtime' AND (trust.viewer() IS NULL
    OR as_kind NOT IN ('danger opened', 'danger to review', 'meeting called', 'meeting called off', 'did you lose it')) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  INSERT INTO messaging_letter (id, kind, object_id, person_id, channel, language, state, attempts, once, queued_at)
  VALUES (gen_random_uuid(), as_kind, object, whom, by_channel, in_language, 'queued', 0, only_once, at)
  ON CONFLICT DO NOTHING RETURNING id INTO made;
  RETURN made;
END $$;

-- One attempt at one letter: only while it is on its way, five times at most, by one worker at a time.
CREATE OR REPLACE FUNCTION trust.take_letter(letter uuid)
RETURNS TABLE (kind text, object_id uuid, person_id uuid, channel text, language text) LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE messaging_letter l SET attempts = l.attempts + 1
  WHERE l.id = letter AND l.state = 'queued' AND l.attempts < 5 AND trust.identity() IS NULL
  RETURNING l.kind::text, l.object_id, l.person_id, l.channel::text, l.language::text
$$;

CREATE OR REPLACE FUNCTION trust.settle_letter(letter uuid, how text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE messaging_letter SET state = how, settled_at = at WHERE id = letter AND state = 'queued';
  RETURN FOUND;
END $$;

-- Letters are kept a quarter of a year after they were settled.
CREATE OR REPLACE FUNCTION trust.forget_letters(at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone integer;
BEGIN
  IF forget_letters.at > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  DELETE FROM messaging_letter WHERE settled_at < forget_letters.at - interval '90 days';
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
