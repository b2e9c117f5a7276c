-- The same question answered a second time, from seats, jobs, agreements and exclusions themselves and never
-- from the reckoned tables: for the sentence "who may know this", and to hold the policies to account.

CREATE OR REPLACE FUNCTION trust.seat_says_so(who uuid, circle uuid, written_at timestamptz, t timestamptz)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id
    WHERE s.person_id = who AND s.circle_id = circle
      AND trust.runs(s.since, s.until, t)
      AND (s.history OR written_at >= s.since)
      AND (s.ground <> 'guardian' OR c.subject_id IS NULL OR t < trust.guardian_reads_until(c.subject_id))
      AND (s.job_id IS NULL OR EXISTS (
        SELECT 1 FROM trust_job j JOIN trust_agreement g ON g.organisation_id = j.organisation_id
        WHERE j.id = s.job_id AND trust.runs(j.since, j.until, t)
          AND trust.runs(g.since, g.until, t))))
$$;

CREATE OR REPLACE FUNCTION trust.is_target(who uuid, e trust_exclusion, t timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(e.person_id = who, false) OR EXISTS (
    SELECT 1 FROM trust_job j JOIN trust_organisation o ON o.id = j.organisation_id
    WHERE j.person_id = who AND trust.runs(j.since, j.until, t)
      AND (o.id = e.organisation_id
           OR (o.sector = e.sector AND o.village_id = (SELECT p.village_id FROM trust_person p WHERE p.id = e.subject_id))))
$$;

CREATE OR REPLACE FUNCTION trust.is_denied(who uuid, about uuid, author uuid, t timestamptz, in_danger boolean DEFAULT false)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT about IS NOT NULL AND about <> who AND EXISTS (
    SELECT 1 FROM trust_exclusion e
    WHERE e.subject_id = about AND trust.runs(e.since, e.until, t)
      AND (e.ground <> 'guardian' OR t < trust.own_voice_from(about))
      AND (e.ground = 'court order' OR author IS DISTINCT FROM who)
      AND NOT (in_danger AND e.ground IN ('own choice', 'guardian'))
      AND trust.is_target(who, e, t))
$$;

CREATE OR REPLACE FUNCTION trust.danger_says_so(who uuid, circle uuid, t timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM trust_danger d JOIN trust_circle c ON c.family_id = d.family_id JOIN trust_job j ON j.id = d.job_id
    WHERE d.person_id = who AND c.id = circle AND d.at <= t AND t < least(d.at + interval '4 hours', d.ended_at)
      AND (c.kind IN ('family', 'part', 'home', 'own') OR (c.kind = 'confidence' AND c.safety))
      AND trust.runs(j.since, j.until, t)
      AND EXISTS (SELECT 1 FROM trust_agreement g WHERE g.organisation_id = j.organisation_id
                  AND trust.runs(g.since, g.until, t)))
$$;

CREATE OR REPLACE FUNCTION trust.knows(who uuid, circle uuid, about uuid, author uuid, written_at timestamptz, t timestamptz)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (trust.seat_says_so(who, circle, written_at, t) AND NOT trust.is_denied(who, about, author, t))
      OR (trust.danger_says_so(who, circle, t) AND NOT trust.is_denied(who, about, author, t, true))
$$;

-- The same of whoever came by a link, now; never more than whoever made the link may know: the address and the code were
-- in their hands first. Being kept from something stays silent that way too.
CREATE OR REPLACE FUNCTION trust.link_knows(circle uuid, about uuid, author uuid, written_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.knows(trust.link_viewer(), circle, about, author, written_at, trust.moment()) AND EXISTS (
    SELECT 1 FROM trust_link l WHERE l.person_id = trust.link_viewer() AND l.object_id = trust.scope()
      AND l.ended_at IS NULL AND trust.moment() < l.until AND (l.made_by_id = l.person_id
        OR trust.knows(l.made_by_id, circle, about, author, written_at, trust.moment())))
$$;

-- With a seat, or by a link: what whoever asks may know.
CREATE OR REPLACE FUNCTION trust.reckon_asker_knows(circle uuid, about uuid, author uuid, written_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN trust.viewer() IS NULL THEN trust.link_knows(circle, about, author, written_at)
    ELSE trust.knows(trust.viewer(), circle, about, author, written_at, trust.moment()) END
$$;

CREATE OR REPLACE FUNCTION trust.knows_exclusion(who uuid, e trust_exclusion) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who = e.subject_id OR coalesce(who = e.decided_by_id, false)
      OR coalesce(trust.seat_says_so(who, e.circle_id, e.since, trust.moment()), false)
$$;

-- Whether a name is missing beside something about this child. What leaves out the asker too, with a whole school say, and is
-- kept from them, takes nobody's name away beside what they still read, their own words: it would tell (K4).
-- Whom a court leaves out reads not even those.
CREATE OR REPLACE FUNCTION trust.reckon_missing(who uuid, about uuid, author uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT about <> who AND EXISTS (
    SELECT 1 FROM trust_exclusion e
    WHERE e.subject_id = about AND trust.runs(e.since, e.until)
      AND (e.ground <> 'guardian' OR trust.moment() < trust.own_voice_from(about))
      AND (e.ground = 'court order' OR author IS DISTINCT FROM who)
      AND trust.is_target(who, e, trust.moment())
      AND (trust.knows_exclusion(trust.viewer(), e) OR NOT trust.is_target(trust.viewer(), e, trust.moment())))
$$;

-- Who may know these things now; answered only for what the asker may know. Four lists of one length in,
-- rows (position from 1, person) out. Danger is not in it: it is told, and stands in the journal.
CREATE OR REPLACE FUNCTION trust.who_knows(circles uuid[], abouts uuid[], authors uuid[], written timestamptz[])
RETURNS TABLE (place integer, person_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ask.n::integer, s.person_id
  FROM unnest(circles, abouts, authors, written) WITH ORDINALITY AS ask(circle, about, author, at, n)
  JOIN trust_seat s ON s.circle_id = ask.circle
  WHERE trust.knows(trust.viewer(), ask.circle, ask.about, ask.author, ask.at, trust.moment())
    AND trust.runs(s.since, s.until)
    AND trust.seat_says_so(s.person_id, ask.circle, ask.at, trust.moment())
    AND NOT trust.reckon_missing(s.person_id, ask.about, ask.author)
  ORDER BY 1, 2
$$;

-- Whether an exclusion about this child is kept from the asker: then no view through other eyes shows the child.
CREATE OR REPLACE FUNCTION trust.keeps_a_silence(child uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT child IS NOT NULL AND EXISTS (
    SELECT 1 FROM trust_exclusion e
    WHERE e.subject_id = child AND trust.runs(e.since, e.until)
      AND NOT trust.knows_exclusion(trust.viewer(), e))
$$;

-- May both the asker and the one through whose eyes they look know this? (The asker's own right is the policy's.)
CREATE OR REPLACE FUNCTION trust.other_knows(circle uuid, about uuid, author uuid, written_at timestamptz)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.seat_says_so(trust.seen_as(), circle, written_at, trust.moment())
     AND NOT trust.is_denied(trust.seen_as(), about, author, trust.moment())
     AND NOT trust.keeps_a_silence(about)
$$;
