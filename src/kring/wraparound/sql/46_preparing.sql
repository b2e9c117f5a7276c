-- Getting ready for a review without signing in: by a link, on paper, aloud.

-- Write down how somebody sees it; said anew, it takes the place of what was said before. A face only for goals that
-- they and whoever writes may know. Row by row the triggers see to it that what a child says is about that child.
CREATE OR REPLACE FUNCTION trust.reckon_preparation(r wraparound_review, whose uuid, scribe uuid, told jsonb,
  moment timestamptz) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made uuid;
BEGIN
  INSERT INTO wraparound_preparation (id, review_id, circle_id, subject_id, author_id, at, helped, wish, language, how,
      written_by_id, said_on, interpreter)
    VALUES (gen_random_uuid(), r.id, r.circle_id, r.subject_id, whose, moment, told ->> 'helped', told ->> 'wish',
      told ->> 'language', told ->> 'how', scribe, (told ->> 'said_on')::date, told ->> 'interpreter')
    ON CONFLICT (review_id, author_id) DO UPDATE SET helped = excluded.helped, wish = excluded.wish,
      language = excluded.language, how = excluded.how, written_by_id = excluded.written_by_id,
      said_on = excluded.said_on, interpreter = excluded.interpreter
    RETURNING id INTO made;
  INSERT INTO wraparound_goalface (id, review_id, goal_id, circle_id, subject_id, author_id, at, face)
    SELECT gen_random_uuid(), r.id, g.id, g.circle_id, g.subject_id, whose, moment, f.face
    FROM jsonb_each_text(told -> 'faces') f(goal, face) JOIN wraparound_goal g ON g.id = f.goal::uuid
    WHERE g.plan_id = r.plan_id AND g.state = 'in the plan' AND f.face IN ('well', 'so-so', 'heavy')
      AND trust.knows(whose, g.circle_id, g.about_id, g.author_id, g.at, trust.moment())
      AND trust.knows(coalesce(scribe, whose), g.circle_id, g.about_id, g.author_id, g.at, trust.moment())
    ON CONFLICT (review_id, goal_id, author_id) DO UPDATE SET face = excluded.face;
  RETURN made;
END $$;

-- The coordinator writes down what somebody of the circle said aloud or wrote on paper; what they said themselves stays.
-- Only a court stands in between: a refusal would tell whoever is left out in silence (K4).
CREATE OR REPLACE FUNCTION trust.record_preparation(which uuid, whose uuid, told jsonb, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r wraparound_review; me uuid := trust.viewer();
BEGIN
  PERFORM trust.check_clock(moment);
  SELECT * INTO r FROM wraparound_review WHERE id = which FOR SHARE;
  IF r.id IS NULL OR NOT trust.knows(me, r.circle_id, r.about_id, r.author_id, r.at, trust.moment())
     OR NOT trust.knows(whose, r.circle_id, r.about_id, r.author_id, r.at, trust.moment())
     OR trust.is_denied(me, whose, me, trust.moment()) OR NOT EXISTS (
       SELECT 1 FROM trust_access a JOIN trust_seat s ON s.id = a.source_id WHERE a.circle_id = r.circle_id
         AND a.viewer_id = me AND NOT a.danger AND s.role = 'coordinator' AND trust.runs(a.since, a.until)) OR EXISTS (
       SELECT 1 FROM wraparound_preparation p WHERE p.review_id = r.id AND p.author_id = whose
         AND p.written_by_id IS NULL) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN trust.reckon_preparation(r, whose, me, told, moment);
END $$;

-- Whether whoever asks sits here and wrote down what somebody says, or a face beside it: words of one's own, which nothing but a
-- court hides (K4). A face from when they did not keep the plan was written down by somebody else.
CREATE OR REPLACE FUNCTION trust.wrote_down(circle uuid, about uuid, which uuid, review uuid, whose uuid, said_at timestamptz)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.sits_in(circle) AND NOT trust.is_denied(trust.viewer(), about, trust.viewer(), trust.moment())
    AND EXISTS (SELECT 1 FROM wraparound_preparation p
      WHERE p.review_id = review AND p.author_id = whose AND p.written_by_id = trust.viewer()
        AND (p.id = which OR EXISTS (SELECT 1 FROM trust_seat s WHERE s.circle_id = p.circle_id
          AND s.person_id = p.written_by_id AND s.role = 'coordinator' AND trust.runs(s.since, s.until, said_at))))
$$;

-- What a link to a review opens: the goals that this person and whoever made the link may know, and nothing that others said.
CREATE OR REPLACE FUNCTION trust.review_by_link() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('circle', r.circle_id, 'about', r.about_id, 'runs', r.settled_at IS NULL,
    'name', n.given_name, 'said', EXISTS (SELECT 1 FROM wraparound_preparation p
      WHERE p.review_id = r.id AND p.author_id = n.id),
    'goals', (SELECT coalesce(jsonb_agg(jsonb_build_object('pk', g.id, 'aim', g.aim, 'language', g.language)
        ORDER BY g.position, g.at, g.id), '[]') FROM wraparound_goal g
      WHERE g.plan_id = r.plan_id AND g.state = 'in the plan'
        AND trust.link_knows(g.circle_id, g.about_id, g.author_id, g.at)))
  FROM wraparound_review r JOIN trust_person n ON n.id = trust.link_viewer()
  WHERE r.id = trust.scope() AND trust.link_knows(r.circle_id, r.about_id, r.author_id, r.at)
$$;

-- Somebody says by their link how it goes; answers about which child that is, if about one.
CREATE OR REPLACE FUNCTION trust.prepare_by_link(told jsonb, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r wraparound_review; made uuid;
BEGIN
  PERFORM trust.check_clock(moment);
  SELECT * INTO r FROM wraparound_review WHERE id = trust.scope() FOR SHARE;
  IF trust.review_by_link() IS NULL THEN PERFORM trust.refuse('not_yours_to_decide'); END IF;
  made := trust.reckon_preparation(r, trust.link_viewer(), NULL, told, moment);
  RETURN (SELECT about_id FROM wraparound_preparation WHERE id = made);
END $$;
