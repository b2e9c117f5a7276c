-- The journal is sealed in batches: each line bound by a fingerprint, each batch by its root, each seal by the one before.
-- docs/decisions tells the format; `kring.trust.seals` recomputes it in Python, and the two must agree.

-- Values in one line of text that can be read in one way only: 3:abc,-,0:, (a number of bytes, or nothing).
CREATE OR REPLACE FUNCTION trust.told(VARIADIC words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(CASE WHEN w IS NULL THEN '-' ELSE octet_length(convert_to(w, 'UTF8')) || ':' || w END, ',' ORDER BY n)
  FROM unnest(words) WITH ORDINALITY AS one(w, n)
$$;

CREATE OR REPLACE FUNCTION trust.fingerprint(VARIADIC words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(trust.told(VARIADIC words), 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION trust.microseconds(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT trunc(extract(epoch FROM at) * 1000000)::bigint::text
$$;

-- What stays of a line for ever, with the fingerprints of who it was and of what.
CREATE OR REPLACE FUNCTION trust.fingerprint_of_line(e trust_entry, l trust_sealedline) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT trust.fingerprint('line', e.id::text, trust.microseconds(e.at), e.kind, e.deed, e.organisation_id::text, e.rule,
    l.who_print, l.what_print)
$$;

-- One batch: the lines not sealed yet and not later than `upto`, in the order of their moments. A line that is written
-- down late is simply in the next batch: places are given here, where no other transaction can slip between.
CREATE OR REPLACE FUNCTION trust.reckon_seal(moment timestamptz, upto timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before trust_seal; lined integer; made_root text;
BEGIN
  LOCK TABLE trust_seal IN SHARE ROW EXCLUSIVE MODE;
  SELECT * INTO before FROM trust_seal ORDER BY number DESC LIMIT 1;
  INSERT INTO trust_sealedline (entry_id, seal, position, who_salt, who_print, what_salt, what_print)
  SELECT e.id, coalesce(before.number, 0) + 1, row_number() OVER (ORDER BY e.at, e.id), s.who,
    trust.fingerprint('who', s.who::text, e.person_id::text, e.role), s.what,
    trust.fingerprint('what', s.what::text, e.circle_id::text, e.about_id::text, e.part, e.object_id::text, e.purpose)
  FROM (SELECT * FROM trust_entry o WHERE o.at <= upto
          AND NOT EXISTS (SELECT 1 FROM trust_sealedline l WHERE l.entry_id = o.id)
        ORDER BY o.at, o.id LIMIT most) e
  CROSS JOIN LATERAL (SELECT gen_random_uuid() AS who, gen_random_uuid() AS what WHERE e.id IS NOT NULL) s;
  GET DIAGNOSTICS lined = ROW_COUNT;
  IF lined = 0 THEN RETURN 0; END IF;
  SELECT encode(sha256(convert_to(string_agg(trust.fingerprint_of_line(e, l), '' ORDER BY l.position), 'UTF8')), 'hex')
  INTO made_root FROM trust_sealedline l JOIN trust_entry e ON e.id = l.entry_id
  WHERE l.seal = coalesce(before.number, 0) + 1;
  IF lined = most THEN  -- more lines wait: this seal is of the moment of its last line, so that the next are not before it
    SELECT max(e.at) INTO moment FROM trust_sealedline l JOIN trust_entry e ON e.id = l.entry_id
    WHERE l.seal = coalesce(before.number, 0) + 1;
  END IF;
  moment := greatest(moment, before.at);
  INSERT INTO trust_seal (number, at, lines, root, previous, fingerprint)
  VALUES (coalesce(before.number, 0) + 1, moment, lined, made_root, coalesce(before.fingerprint, ''),
    trust.fingerprint('seal', (coalesce(before.number, 0) + 1)::text, trust.microseconds(moment), lined::text, made_root,
      coalesce(before.fingerprint, '')));
  RETURN lined;
END $$;

-- Seal what was written until now; asked by the clock. Answers how many lines.
CREATE OR REPLACE FUNCTION trust.seal_journal(at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE most CONSTANT integer := 50000; lined integer; sealed integer := 0;
BEGIN
  IF seal_journal.at > trust.moment() + interval '1 minute' THEN PERFORM trust.refuse('not_yet'); END IF;
  LOOP
    lined := trust.reckon_seal(seal_journal.at, seal_journal.at, most);
    sealed := sealed + lined;
    EXIT WHEN lined < most;
  END LOOP;
  RETURN sealed;
END $$;

-- The seals after one, to be kept elsewhere: numbers and fingerprints, which say nothing about anybody.
CREATE OR REPLACE FUNCTION trust.seals_after(known bigint)
RETURNS TABLE (number bigint, at timestamptz, lines integer, root text, previous text, fingerprint text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.number, s.at, s.lines, s.root, s.previous, s.fingerprint FROM trust_seal s WHERE s.number > known
  ORDER BY s.number
$$;

-- Empty the lines of the journal about these circles and persons: for an erasure, by another function of the gatekeeper.
-- Of their lines goes who (for the persons) and what (for the circles and persons), with the salt; the fingerprint stays.
-- That a line was emptied is a line of its own, sealed at once. Answers how many were emptied.
CREATE OR REPLACE FUNCTION trust.empty_entries(circles uuid[], persons uuid[], moment timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose uuid[]; about uuid[];
BEGIN
  PERFORM trust.reckon_seal(moment, 'infinity', 2147483647);  -- what is not sealed cannot be emptied
  whose := ARRAY(SELECT e.id FROM trust_entry e WHERE e.person_id = ANY(persons));
  about := ARRAY(SELECT e.id FROM trust_entry e WHERE e.circle_id = ANY(circles) OR e.about_id = ANY(persons)
                 OR e.object_id = ANY(persons));
  UPDATE trust_entry e SET person_id = NULL, role = '' WHERE e.id = ANY(whose);
  UPDATE trust_entry e SET circle_id = NULL, about_id = NULL, object_id = NULL, part = '', purpose = '' WHERE e.id = ANY(about);
  UPDATE trust_sealedline l SET who_salt = NULL WHERE l.entry_id = ANY(whose);
  UPDATE trust_sealedline l SET what_salt = NULL WHERE l.entry_id = ANY(about);
  INSERT INTO trust_entry (id, at, kind, role, part, deed, object_id, purpose, rule)
  SELECT gen_random_uuid(), moment, 'done', '', one.part, 'line emptied', one.line, '', 'erasure'
  FROM (SELECT unnest(whose) AS line, 'who' AS part UNION ALL SELECT unnest(about), 'what') one;
  PERFORM trust.reckon_seal(moment, 'infinity', 2147483647);
  RETURN cardinality(whose) + cardinality(about);
END $$;
REVOKE ALL ON FUNCTION trust.empty_entries(uuid[], uuid[], timestamptz) FROM PUBLIC;

-- A line of the journal never changes; the gatekeeper alone empties it, and then wholly.
CREATE OR REPLACE FUNCTION trust.only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept text[] := ARRAY['person_id', 'role', 'circle_id', 'about_id', 'object_id', 'part', 'purpose'];
BEGIN
  IF TG_OP = 'DELETE' OR current_user <> 'kring_gatekeeper' OR to_jsonb(NEW) - kept <> to_jsonb(OLD) - kept
     OR NOT ((NEW.person_id IS NOT DISTINCT FROM OLD.person_id AND NEW.role = OLD.role)
             OR (NEW.person_id IS NULL AND NEW.role = ''))
     OR NOT ((NEW.circle_id, NEW.about_id, NEW.object_id, NEW.part, NEW.purpose)
             IS NOT DISTINCT FROM (OLD.circle_id, OLD.about_id, OLD.object_id, OLD.part, OLD.purpose)
             OR (num_nonnulls(NEW.circle_id, NEW.about_id, NEW.object_id) = 0 AND NEW.part = '' AND NEW.purpose = '')) THEN
    PERFORM trust.refuse('never_changes');
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS never_changes ON trust_entry;
CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON trust_entry FOR EACH ROW EXECUTE FUNCTION trust.only_emptied();
