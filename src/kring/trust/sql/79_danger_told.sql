-- Who is told of a danger and when; who looks at it afterwards; what was opened.

-- When the family hears of it; the young person first, as soon as it is over.
CREATE OR REPLACE FUNCTION trust.danger_told_at(which uuid, young boolean) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT greatest(CASE WHEN young THEN trust.danger_ends(d.at, d.ended_at) ELSE d.at + interval '48 hours' END,
    (SELECT max(p.until) FROM trust_postponement p WHERE p.danger_id = d.id AND (p.also_young OR NOT young)))
  FROM trust_danger d WHERE d.id = which
$$;

-- Somebody who has to do with a family: of it, in its circles, or left out of what is about one of its children.
CREATE OR REPLACE FUNCTION trust.is_near_family(who uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = family AND m.person_id = who)
      OR EXISTS (SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id
                 WHERE c.family_id = family AND s.person_id = who)
      OR EXISTS (SELECT 1 FROM trust_exclusion e JOIN trust_familymember m ON m.person_id = e.subject_id
                 AND m.family_id = family AND m.kind = 'child'
                 WHERE trust.runs(e.since, e.until)
                   AND trust.is_target(who, e, trust.moment()))
$$;

-- Of another organisation than whoever opened it: a trust officer, or somebody who holds the right too.
CREATE OR REPLACE FUNCTION trust.reviews_danger(who uuid, d trust_danger) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.person_id <> who AND d.ground <> ''
    AND EXISTS (SELECT 1 FROM trust_person p JOIN trust_family f ON f.village_id = p.village_id
                WHERE p.id = who AND f.id = d.family_id)
    AND (trust.is_officer(who) OR trust.holds_danger_right(who))
    AND NOT EXISTS (SELECT 1 FROM trust_job mine JOIN trust_job theirs ON theirs.organisation_id = mine.organisation_id
      WHERE mine.person_id = who AND theirs.person_id = d.person_id
        AND trust.runs(mine.since, mine.until)
        AND theirs.since <= trust.moment() AND d.at < coalesce(theirs.until, 'infinity'))
    AND NOT trust.is_near_family(who, d.family_id)
$$;

CREATE OR REPLACE FUNCTION trust.watches_danger(who uuid, d trust_danger) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.person_id <> who AND d.ground <> '' AND trust.is_officer(who)
    AND EXISTS (SELECT 1 FROM trust_person p JOIN trust_family f ON f.village_id = p.village_id
                WHERE p.id = who AND f.id = d.family_id)
    AND NOT trust.is_near_family(who, d.family_id)
$$;

-- Whether somebody is left out of what is about a child of this family, on whatever ground.
CREATE OR REPLACE FUNCTION trust.is_denied_a_child(who uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = family AND m.kind = 'child'
    AND trust.is_denied(who, m.person_id, NULL, trust.moment()))
$$;

-- Whether somebody is left out of the child it was about; where that is not known, of any child of the family.
CREATE OR REPLACE FUNCTION trust.is_denied_in_danger(who uuid, d trust_danger) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN d.child_id IS NULL THEN trust.is_denied_a_child(who, d.family_id)
              ELSE trust.is_denied(who, d.child_id, NULL, trust.moment()) END
$$;

-- Whether this is the young person it was about, who is told first; a brother or sister hears it with the family. Where
-- it is not known any more which child that was, because that child was forgotten, no other takes its place.
CREATE OR REPLACE FUNCTION trust.is_young_in_danger(who uuid, d trust_danger) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(d.child_id = who, false)
$$;

-- Coordinates this family, and is left out of none of its children.
CREATE OR REPLACE FUNCTION trust.coordinates_family(who uuid, family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id JOIN trust_circle c ON c.id = a.circle_id
    WHERE a.viewer_id = who AND c.family_id = family AND c.kind = 'family' AND s.role = 'coordinator'
      AND trust.runs(a.since, a.until)) AND NOT trust.is_denied_a_child(who, family)
$$;

-- Of the family, not left out of the child it was about, and told by now: that child first, everybody else later.
CREATE OR REPLACE FUNCTION trust.is_told_of_danger(who uuid, d trust_danger) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_familymember m JOIN trust_seat s ON s.person_id = m.person_id
    JOIN trust_circle c ON c.id = s.circle_id AND c.family_id = m.family_id AND c.kind IN ('family', 'own')
    WHERE m.family_id = d.family_id AND m.person_id = who AND s.role IN ('child', 'guardian')
      AND trust.runs(s.since, s.until)
      AND trust.danger_told_at(d.id, trust.is_young_in_danger(who, d)) <= trust.moment())
    AND NOT trust.is_denied_in_danger(who, d)
$$;

CREATE OR REPLACE FUNCTION trust.may_review_danger(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_danger d WHERE d.id = which AND trust.reviews_danger(trust.viewer(), d))
$$;

CREATE OR REPLACE FUNCTION trust.may_watch_danger(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_danger d WHERE d.id = which AND trust.watches_danger(trust.viewer(), d))
$$;

-- As long as nobody of the family was told, a trust officer may put it off; to a day that is still to come.
CREATE OR REPLACE FUNCTION trust.may_postpone_danger(which uuid, later timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.may_watch_danger(which) AND trust.moment() < trust.danger_told_at(which, false)
     AND trust.moment() < later AND later <= trust.moment() + interval '28 days 1 minute'
$$;

CREATE OR REPLACE FUNCTION trust.may_read_danger(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_danger d WHERE d.id = which AND (d.person_id = trust.viewer()
    OR trust.coordinates_family(trust.viewer(), d.family_id) OR trust.is_told_of_danger(trust.viewer(), d)
    OR trust.watches_danger(trust.viewer(), d) OR trust.reviews_danger(trust.viewer(), d)))
$$;

-- A reading in danger stands in the journal for whoever was told of it. Of a reading that never was it says the same as of
-- one that is not told yet: whoever asks by hand learns of none.
CREATE OR REPLACE FUNCTION trust.told_of_reading(reader uuid, circle uuid, read_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT reader IS NULL OR reader = trust.viewer() OR (trust.sits_in(circle) AND coalesce((
    SELECT bool_and(trust.coordinates_family(trust.viewer(), d.family_id) OR trust.is_told_of_danger(trust.viewer(), d)
      OR (trust.danger_told_at(d.id, false) <= trust.moment() AND NOT trust.is_denied_in_danger(trust.viewer(), d)))
    FROM trust_danger d JOIN trust_circle c ON c.family_id = d.family_id
    WHERE c.id = circle AND d.person_id = reader AND d.at - interval '1 minute' <= read_at
      AND read_at <= d.at + interval '4 hours 1 minute'), false))
$$;

-- What was opened, in the words of the journal. Who looks at it afterwards reads all of it and nothing of what stood
-- there; family and coordinator what they may know themselves. That it was a confidence: whoever is in it, and who opened.
CREATE OR REPLACE FUNCTION trust.opened_in_danger(which uuid) RETURNS TABLE (at timestamptz, part text, kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (e.at, e.part, said.kind) e.at, e.part::text, said.kind
  FROM trust_danger d JOIN trust_circle c ON c.family_id = d.family_id
  JOIN trust_entry e ON e.circle_id = c.id AND e.person_id = d.person_id AND e.kind = 'read' AND e.rule = 'danger'
    AND e.at >= d.at AND e.at < trust.danger_ends(d.at, d.ended_at)
  CROSS JOIN LATERAL (SELECT (CASE WHEN c.kind = 'confidence' AND d.person_id <> trust.viewer() AND NOT trust.sits_in(c.id)
    THEN 'family' ELSE c.kind END)::text AS kind) said
  WHERE d.id = which AND trust.may_read_danger(which) AND (d.person_id = trust.viewer()
    OR trust.watches_danger(trust.viewer(), d) OR trust.reviews_danger(trust.viewer(), d)
    OR (trust.sits_in(c.id) AND NOT trust.is_denied(trust.viewer(), coalesce(e.about_id, c.subject_id), NULL, trust.moment())))
  ORDER BY e.at, e.part, said.kind
$$;

-- Who hears of a danger at once: the coordinator and the trust officers; and who is asked to look at it. Asked by whoever
-- opened it.
CREATE OR REPLACE FUNCTION trust.who_hears_of_danger(which uuid) RETURNS TABLE (person_id uuid, reviews boolean, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.person_id, trust.reviews_danger(a.person_id, d), coalesce(nullif(a.language, ''), v.language)::text
  FROM trust_danger d JOIN trust_family f ON f.id = d.family_id JOIN trust_village v ON v.id = f.village_id
  JOIN trust_person p ON p.village_id = v.id JOIN trust_account a ON a.person_id = p.id AND a.is_active
  WHERE d.id = which AND d.person_id = trust.viewer() AND p.id <> d.person_id AND trust.works(p.id)
    AND (trust.coordinates_family(p.id, f.id) OR trust.watches_danger(p.id, d) OR trust.reviews_danger(p.id, d))
$$;

-- By the clock: of which danger somebody of the family is to be told now, and in which language.
CREATE OR REPLACE FUNCTION trust.tell_of_dangers(at timestamptz)
RETURNS TABLE (danger_id uuid, person_id uuid, young boolean, language text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.identity() IS NOT NULL OR tell_of_dangers.at > trust.moment() + interval '1 minute' THEN
    PERFORM trust.refuse('not_yet');
  END IF;
  RETURN QUERY SELECT d.id, m.person_id, trust.is_young_in_danger(m.person_id, d),
    coalesce(nullif(a.language, ''), nullif(k.language, ''), v.language)::text
  FROM trust_danger d JOIN trust_family f ON f.id = d.family_id JOIN trust_village v ON v.id = f.village_id
  JOIN trust_familymember m ON m.family_id = f.id
  LEFT JOIN trust_account a ON a.person_id = m.person_id
  LEFT JOIN LATERAL (SELECT c.language FROM trust_contactcard c WHERE c.person_id = m.person_id
    ORDER BY c.first DESC, c.id LIMIT 1) k ON true
  WHERE d.ground <> '' AND trust.danger_told_at(d.id, trust.is_young_in_danger(m.person_id, d)) > tell_of_dangers.at - interval '90 days'
    AND trust.is_told_of_danger(m.person_id, d)
  ORDER BY d.at, m.kind, m.person_id;
END $$;

-- Whether a letter about a danger may still go: the first name of its reader, when it does.
CREATE OR REPLACE FUNCTION trust.for_a_danger_letter(which uuid, whom uuid, as_kind text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.given_name::text FROM trust_danger d JOIN trust_person p ON p.id = whom
  WHERE d.id = which AND trust.identity() IS NULL AND CASE as_kind
    WHEN 'opened' THEN d.person_id <> whom AND (trust.coordinates_family(whom, d.family_id) OR trust.watches_danger(whom, d))
    WHEN 'review' THEN trust.reviews_danger(whom, d) AND NOT EXISTS (SELECT 1 FROM trust_dangerreview r WHERE r.danger_id = d.id)
    ELSE trust.is_told_of_danger(whom, d) END
$$;

-- Of which dangers somebody hears on their first page: who watches for three days, who looks at it until somebody did,
-- the family for two weeks from the day it is told.
CREATE OR REPLACE FUNCTION trust.dangers_heard(who uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(d.id ORDER BY d.at DESC), '[]')
  FROM trust_danger d JOIN trust_family f ON f.id = d.family_id
  WHERE f.village_id = (SELECT p.village_id FROM trust_person p WHERE p.id = who) AND d.ground <> ''
    AND d.person_id <> who AND trust.danger_told_at(d.id, false) > trust.moment() - interval '60 days' AND (
      (d.at > trust.moment() - interval '3 days' AND (trust.coordinates_family(who, f.id) OR trust.watches_danger(who, d)))
      OR (trust.reviews_danger(who, d) AND NOT EXISTS (SELECT 1 FROM trust_dangerreview r WHERE r.danger_id = d.id))
      OR (trust.is_told_of_danger(who, d) AND trust.danger_told_at(d.id, trust.is_young_in_danger(who, d))
        > trust.moment() - interval '14 days'))
$$;

-- First name and surname of who opened these, put off the telling or looked at it: also when they do not work here any
-- more. For whoever may know of it; who put it off only for whoever watches.
CREATE OR REPLACE FUNCTION trust.names_in_dangers(dangers uuid[]) RETURNS TABLE (person_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT p.id, btrim(p.given_name || ' ' || p.surname) FROM trust_danger d
  LEFT JOIN trust_dangerreview r ON r.danger_id = d.id
  LEFT JOIN trust_postponement l ON l.danger_id = d.id AND trust.may_watch_danger(d.id)
  JOIN trust_person p ON p.id IN (d.person_id, r.by_id, l.by_id)
  WHERE d.id = ANY(dangers) AND trust.may_read_danger(d.id)
$$;
