-- Who may open a circle, give a seat, exclude, make and use a link.

-- Everything a request needs to know of the one who asks, in one answer.
CREATE OR REPLACE FUNCTION trust.whoami() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'person', p.id, 'given_name', p.given_name, 'surname', p.surname, 'village', v.id, 'village_name', v.name,
    'country', v.country, 'timezone', v.timezone, 'slug', v.slug, 'village_phone', v.phone,
    'chosen_version', v.chosen_version,
    'may_think_again', EXISTS (SELECT 1 FROM trust_forgetting f WHERE f.taken_back_at IS NULL AND f.done_at IS NULL AND f.due_at > trust.moment()
      AND (f.whose = p.id OR EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = f.whose AND m.person_id = p.id))
      AND trust.may_think_again(f)),
    'jobs', coalesce((SELECT jsonb_agg(jsonb_build_object('id', j.id,
        'role', CASE WHEN j.role <> 'contact point' OR trust.reckon_let_in(j) THEN j.role ELSE 'worker' END,
        'waits', CASE j.role WHEN 'contact point' THEN trust.reckon_waits_at_desk(j)
          WHEN 'trust officer' THEN j.given_here AND j.confirmed_at IS NULL ELSE false END, 'title', j.title,
        'organisation', j.organisation_id, 'organisation_name', o.name, 'bound', j.bound) ORDER BY j.since, j.id)
      FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
      WHERE j.person_id = p.id AND trust.runs(j.since, j.until)
        AND EXISTS (SELECT 1 FROM trust_agreement g WHERE g.organisation_id = j.organisation_id
          AND trust.runs(g.since, g.until))), '[]'),
    'seats', CASE WHEN trust.viewer() IS NULL THEN '[]' ELSE coalesce((SELECT jsonb_agg(jsonb_build_object(
        'id', s.id, 'circle', c.id, 'kind', c.kind, 'family', c.family_id, 'subject', c.subject_id,
        'role', s.role, 'ground', s.ground, 'job', s.job_id) ORDER BY s.since, s.id)
      FROM trust_access a JOIN trust_seat s ON s.id = a.source_id JOIN trust_circle c ON c.id = s.circle_id
      WHERE a.viewer_id = p.id AND NOT a.danger AND trust.runs(a.since, a.until)), '[]') END,
    'dangers', CASE WHEN trust.viewer() IS NULL THEN '[]' ELSE coalesce((SELECT jsonb_agg(jsonb_build_object(
        'id', a.source_id, 'until', a.until, 'circle', c.id, 'kind', c.kind, 'family', c.family_id))
      FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id
      WHERE a.viewer_id = p.id AND a.danger AND trust.runs(a.since, a.until)), '[]') END,
    'heard', CASE WHEN trust.viewer() IS NULL THEN '[]' ELSE trust.dangers_heard(p.id) END,
    'digits_forgotten', EXISTS (SELECT 1 FROM trust_owndigits d WHERE d.person_id = trust.viewer()
      AND d.forgotten_at > trust.moment() - interval '3 days'))
  FROM trust_person p JOIN trust_village v ON v.id = p.village_id
  WHERE p.id = coalesce(trust.viewer(), trust.link_viewer())
$$;

-- In which transaction a circle was opened: only there does its opener give the first seats.
ALTER TABLE trust_circle ADD COLUMN IF NOT EXISTS opened_in xid8 DEFAULT pg_current_xact_id();

-- May the asker write into this circle? By a live seat; danger never writes.
CREATE OR REPLACE FUNCTION trust.sits_in(circle uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a WHERE a.viewer_id = trust.viewer() AND a.circle_id = circle
    AND NOT a.danger AND trust.runs(a.since, a.until))
$$;

-- Does somebody sit in this circle in one of these roles? Answered to who sits there too.
CREATE OR REPLACE FUNCTION trust.sits_as(person uuid, circle uuid, roles text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.sits_in(circle) AND EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
    WHERE a.viewer_id = person AND a.circle_id = circle AND NOT a.danger AND s.role = ANY(roles)
      AND trust.runs(a.since, a.until))
$$;

CREATE OR REPLACE FUNCTION trust.sits_in_family(family uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_circle c ON c.id = a.circle_id
    WHERE a.viewer_id = trust.viewer() AND c.family_id = family AND c.kind = 'family'
      AND NOT a.danger AND trust.runs(a.since, a.until))
$$;

-- A family's first circle is opened by the contact point; every other one by somebody who sits with the family. A
-- confidence is opened by `open_confidence` alone.
CREATE OR REPLACE FUNCTION trust.may_open(kind text, village uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT village = trust.viewer_village() AND CASE
    WHEN kind = 'family' THEN trust.works(trust.viewer(), 'contact point')
      AND NOT EXISTS (SELECT 1 FROM trust_circle c WHERE c.family_id = family AND c.kind = 'family')
    WHEN kind IN ('part', 'home', 'own', 'sealed') THEN trust.sits_in_family(family)
    WHEN kind = 'first talk' THEN trust.works(trust.viewer(), 'contact point')
    WHEN kind = 'group' THEN trust.works(trust.viewer())
    ELSE false END
$$;

-- A seat is given by who opened the circle, in the same transaction; later by family and coordinator.
CREATE OR REPLACE FUNCTION trust.may_seat(circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_circle c WHERE c.id = circle AND c.opened_by_id = trust.viewer()
                   AND c.opened_in = pg_current_xact_id())
      OR EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id
                 WHERE a.viewer_id = trust.viewer() AND a.circle_id = circle AND NOT a.danger
                   AND trust.runs(a.since, a.until)
                   AND s.role IN ('child', 'guardian', 'coordinator'))
$$;

-- The policy that leaned on what did not ask whom is laid anew.
DROP FUNCTION IF EXISTS trust.may_exclude(uuid, text) CASCADE;

-- Does this choice meet another guardian who decides about the child: by name, or by where they work?
CREATE OR REPLACE FUNCTION trust.reckon_other_guardian(child uuid, whom uuid, house uuid, field text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember kid JOIN trust_familymember g ON g.family_id = kid.family_id
    WHERE kid.person_id = child AND kid.kind = 'child' AND g.kind = 'guardian' AND g.authority
      AND g.person_id <> trust.viewer() AND trust.is_target(g.person_id, jsonb_populate_record(NULL::trust_exclusion,
        jsonb_build_object('subject_id', child, 'person_id', whom, 'organisation_id', house, 'sector', field)), trust.moment()))
$$;

-- Own choice by the young person; a guardian's choice by somebody who sits as guardian with the family, and never against
-- the other parent who decides: that is for a judge, or for two people (D6).
CREATE OR REPLACE FUNCTION trust.may_exclude(child uuid, as_ground text, whom uuid, house uuid, field text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE as_ground WHEN 'own choice' THEN child = trust.viewer()
    WHEN 'guardian' THEN EXISTS (
      SELECT 1 FROM trust_familymember kid JOIN trust_familymember g ON g.family_id = kid.family_id
      WHERE kid.person_id = child AND kid.kind = 'child' AND g.person_id = trust.viewer() AND g.kind = 'guardian'
        AND g.authority AND trust.sits_in_family(kid.family_id))
      AND NOT trust.reckon_other_guardian(child, whom, house, field)
    ELSE false END
$$;

-- By the machine's clock, whatever anybody says: when a link was made.
-- One from before this stood counts as made when it came to stand: the policies let nobody write another moment there.
ALTER TABLE trust_link ADD COLUMN IF NOT EXISTS written_at timestamptz DEFAULT clock_timestamp();

-- A link is made for oneself, or for whom `may_link` allows. It never lives longer than seven days from now.
CREATE OR REPLACE FUNCTION trust.make_link(hash bytea, code bytea, as_purpose text, whom uuid, object uuid,
  at timestamptz, valid_until timestamptz) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid := gen_random_uuid();
BEGIN
  IF NOT trust.may_link(whom, as_purpose, object) THEN
    PERFORM trust.refuse('no_link_for_a_stranger');
  END IF;
  -- a new link to the same thing takes the place of the one before
  UPDATE trust_link SET ended_at = least(make_link.at, trust.moment()) WHERE person_id = whom AND purpose = as_purpose AND ended_at IS NULL
    AND object_id IS NOT DISTINCT FROM object;
  INSERT INTO trust_link (id, token_hash, code_hash, purpose, person_id, object_id, made_by_id, made_at, until, wrong_codes)
  VALUES (made, hash, code, as_purpose, whom, object, trust.viewer(), least(make_link.at, trust.moment()),
    least(valid_until, make_link.at + interval '7 days', trust.moment() + interval '7 days'), 0);
  RETURN made;
END $$;

CREATE OR REPLACE FUNCTION trust.look_at_link(hash bytea) RETURNS TABLE (purpose text, needs_code boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.purpose, l.code_hash IS NOT NULL FROM trust_link l
  WHERE l.token_hash = hash AND l.ended_at IS NULL AND trust.moment() < l.until AND l.wrong_codes < 5
$$;

-- Exchange a token and its code for the person and the object; the first device that does so keeps it.
CREATE OR REPLACE FUNCTION trust.exchange_link(hash bytea, code bytea, device bytea)
RETURNS TABLE (person_id uuid, purpose text, object_id uuid) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE l trust_link;
BEGIN
  SELECT * INTO l FROM trust_link WHERE token_hash = hash FOR UPDATE;
  IF l.id IS NULL OR l.ended_at IS NOT NULL OR trust.moment() >= l.until OR l.wrong_codes >= 5 THEN RETURN; END IF;
  IF l.device_hash IS NOT NULL AND l.device_hash IS DISTINCT FROM device THEN RETURN; END IF;
  IF l.code_hash IS NOT NULL AND l.code_hash IS DISTINCT FROM code THEN
    UPDATE trust_link SET wrong_codes = wrong_codes + 1 WHERE id = l.id;
    RETURN;
  END IF;
  UPDATE trust_link SET device_hash = device, wrong_codes = 0 WHERE id = l.id;
  RETURN QUERY SELECT l.person_id, l.purpose::text, l.object_id;
END $$;

CREATE OR REPLACE FUNCTION trust.end_links(whom uuid, object uuid, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE trust_link SET ended_at = at WHERE ended_at IS NULL
    AND (person_id = whom OR whom IS NULL) AND (object_id = object OR object IS NULL)
    AND (person_id = trust.viewer() OR made_by_id = trust.viewer()
         OR EXISTS (SELECT 1 FROM trust_seat s WHERE s.person_id = trust_link.person_id AND trust.may_seat(s.circle_id)))
$$;
