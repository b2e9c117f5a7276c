-- What the law makes us keep when a family is forgotten: what people of an organisation whose file lies here wrote.

-- By which work somebody wrote in this circle: at which organisation whose file lies here. Not where they sat for themself.
CREATE OR REPLACE FUNCTION trust.reckon_file_of(who uuid, circle uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.name FROM trust_circle here JOIN trust_circle c ON c.family_id = here.family_id
  JOIN trust_seat s ON s.circle_id = c.id AND s.person_id = who JOIN trust_job j ON j.id = s.job_id
  JOIN trust_organisation o ON o.id = j.organisation_id AND o.file_here
  WHERE here.id = circle AND trust.sat_by_work(who, circle) ORDER BY o.name, o.id LIMIT 1
$$;

-- When this text was changed last, as the journal of its circle says; else when it was written.
CREATE OR REPLACE FUNCTION trust.reckon_last_change(text_id uuid, circle uuid, written timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT greatest(written, max(e.at), (SELECT max(n.answered_at) FROM wraparound_notright n
    WHERE n.object_id = text_id AND n.answer = 'changed'))
  FROM trust_entry e WHERE e.circle_id = circle AND e.object_id = text_id AND e.kind = 'done'
$$;

-- All that must be kept of what is about to go, for the one transaction that forgets: only when the fourteen days are
-- over, only asked by nobody in particular, only what was written by work for such an organisation. How a step went is a
-- text of its own: of whoever did it, often the family.
CREATE OR REPLACE FUNCTION trust.what_must_be_kept(which uuid, holds text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE reach jsonb := trust.forgetting_reach(which); rooms uuid[] := trust.ids_in(reach, 'circles');
  people uuid[] := trust.ids_in(reach, 'persons'); found jsonb;
BEGIN
  IF reach IS NULL OR trust.identity() IS NOT NULL THEN RETURN NULL; END IF;
  SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'at', r.at, 'changed_at', r.changed_at, 'organisation', r.file, 'by', btrim(a.given_name || ' ' || a.surname),
      'about', b.given_name, 'words', r.words) ORDER BY r.at, r.kind) INTO found
  FROM (SELECT w.*, trust.reckon_file_of(w.author, w.circle) AS file, trust.reckon_last_change(w.id, w.circle, w.at) AS changed_at FROM (
      SELECT id, 'note' AS kind, at, author_id AS author, about_id AS about, circle_id AS circle, text AS words FROM wraparound_note
      UNION ALL SELECT id, 'goal', at, coalesce(author_id, first_author_id), about_id, circle_id, concat_ws(E'\n', nullif(need, ''), aim) FROM wraparound_goal
      UNION ALL SELECT id, 'action', at, coalesce(author_id, first_author_id), about_id, circle_id, what FROM wraparound_action
      UNION ALL SELECT id, 'action', coalesce(done_at, at), doer_id, about_id, circle_id, how_it_went FROM wraparound_action
        WHERE how_it_went > '') w
    WHERE (w.circle = ANY(rooms) OR w.about = ANY(people)) AND w.kind = ANY(holds)) r
  LEFT JOIN trust_person a ON a.id = r.author LEFT JOIN trust_person b ON b.id = r.about
  WHERE r.file IS NOT NULL;
  IF found IS NULL THEN RETURN NULL; END IF;
  RETURN jsonb_build_object('texts', found, 'children', (
    SELECT jsonb_agg(DISTINCT jsonb_build_object('name', p.given_name, 'surname', p.surname, 'born', d.born))
    FROM trust_familymember m JOIN trust_person p ON p.id = m.person_id LEFT JOIN trust_birth d ON d.person_id = p.id
    WHERE m.kind = 'child' AND (p.id = ANY(people) OR m.family_id = ANY(trust.ids_in(reach, 'families')))));
END $$;
