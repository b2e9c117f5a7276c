-- Withdrawal (D7): at any time, with effect at once. What a young person told somebody alone is theirs to end.

-- May whoever asks stop for this family: a guardian with authority, or a child with its own voice, who sits in its circle?
CREATE OR REPLACE FUNCTION trust.may_withdraw(family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_seat s
    JOIN trust_circle c ON c.id = s.circle_id AND c.kind = 'family' AND c.family_id = family
    JOIN trust_familymember m ON m.family_id = family AND m.person_id = s.person_id
    WHERE s.person_id = trust.viewer() AND trust.seen_as() IS NULL
      AND trust.runs(s.since, s.until)
      AND ((m.kind = 'guardian' AND m.authority)
        OR (m.kind = 'child' AND coalesce(trust.own_voice_from(m.person_id) <= trust.moment(), false))))
$$;

-- Everybody who is not of the family loses every seat now: in the circle, its parts and homes, and in the own pages
-- of whoever asks and of children who have no own voice yet. What was asked of anybody, and every link, is over.
CREATE OR REPLACE FUNCTION trust.withdraw(family uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT trust.may_withdraw(family) THEN RETURN false; END IF;
  PERFORM trust.check_clock(at);
  PERFORM 1 FROM trust_circle c WHERE c.family_id = family ORDER BY c.id FOR UPDATE;  -- no yes comes in between
  INSERT INTO trust_withdrawal (id, family_id, by_id, at) VALUES (gen_random_uuid(), family, trust.viewer(), withdraw.at)
  ON CONFLICT (family_id) WHERE ended_at IS NULL DO NOTHING;
  UPDATE trust_seat s SET until = greatest(withdraw.at, s.since) FROM trust_circle c
  WHERE c.id = s.circle_id AND c.family_id = family AND (s.until IS NULL OR s.until > withdraw.at)
    AND NOT EXISTS (SELECT 1 FROM trust_familymember m WHERE m.family_id = family AND m.person_id = s.person_id)
    AND (c.kind IN ('family', 'part', 'home') OR (c.kind = 'own' AND (c.subject_id = trust.viewer()
      OR NOT coalesce(trust.own_voice_from(c.subject_id) <= trust.moment(), false))));
  UPDATE trust_handover h SET stopped_at = withdraw.at, stopped_by_id = trust.viewer() FROM trust_circle c
  WHERE c.id = h.circle_id AND c.family_id = family AND h.stopped_at IS NULL
    AND (h.taken_at IS NULL OR h.begins_at > withdraw.at);
  -- Links to what was asked end too; a link to a plan opens nothing without a seat.
  WITH asked AS (
    UPDATE trust_invitation i SET withdrawn_at = withdraw.at, phone = '' FROM trust_circle c
    WHERE c.id = i.circle_id AND c.family_id = family AND i.answer = '' AND i.withdrawn_at IS NULL
    RETURNING i.id)
  UPDATE trust_link l SET ended_at = withdraw.at FROM asked WHERE l.object_id = asked.id AND l.ended_at IS NULL;
  RETURN true;
END $$;

-- The family begins again: it waits for a coordinator, and asks in whom it wants. Nobody comes back by itself.
CREATE OR REPLACE FUNCTION trust.begin_again(family uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT trust.may_withdraw(family) THEN RETURN false; END IF;
  UPDATE trust_withdrawal w SET ended_at = greatest(begin_again.at, w.at) WHERE w.family_id = family AND w.ended_at IS NULL;
  RETURN FOUND;
END $$;
