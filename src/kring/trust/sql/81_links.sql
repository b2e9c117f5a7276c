-- Whether this person's account is opened by staff's ways: whoever has or had a job, or an e-mail address.
CREATE OR REPLACE FUNCTION trust.is_staff(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = who)
      OR EXISTS (SELECT 1 FROM trust_account a WHERE a.person_id = who AND a.email IS NOT NULL)
$$;

-- For whom one may make a link. To join: for whom one asked in. To another object, or to sign in with all one has: only who
-- meets them in person, coordinator or contact point, and never one family member for another, since that would open what
-- is the other's own; to sign in a worker only an administrator; to one object also for an interpreter, who sits nowhere.
DROP FUNCTION IF EXISTS trust.may_link(uuid, text);
CREATE OR REPLACE FUNCTION trust.may_link(whom uuid, as_purpose text, object uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.viewer() IS NOT NULL AND trust.seen_as() IS NULL
    AND EXISTS (SELECT 1 FROM trust_person p WHERE p.id = whom AND p.village_id = trust.viewer_village())
    AND CASE
      WHEN whom = trust.viewer() THEN true
      WHEN as_purpose = 'join' THEN EXISTS (
        SELECT 1 FROM trust_invitation i WHERE i.id = object AND i.person_id = whom AND trust.sits_in(i.circle_id))
      WHEN as_purpose <> 'sign in' AND trust.nowhere_seated(whom) THEN true
      WHEN as_purpose = 'sign in' AND trust.is_staff(whom) THEN trust.works(trust.viewer(), 'administrator') AND (
        trust.reckon_lost_factor(whom) IS NULL OR trust.reckon_makes_card(trust.viewer(), whom, trust.reckon_lost_factor(whom)))
      ELSE EXISTS (
        SELECT 1 FROM trust_access a JOIN trust_seat mine ON mine.id = a.source_id
        JOIN trust_circle c ON c.id = a.circle_id AND c.kind = 'family'
        JOIN trust_seat s ON s.circle_id = c.id AND s.person_id = whom
        WHERE a.viewer_id = trust.viewer() AND NOT a.danger
          AND trust.runs(a.since, a.until)
          AND trust.runs(s.since, s.until)
          AND (mine.role = 'coordinator' OR trust.works(trust.viewer(), 'contact point')))
      END
$$;

-- What a link would open on this device. Unknown, over, used up and another device's answer the same: nothing.
CREATE OR REPLACE FUNCTION trust.link_opens(hash bytea, device bytea)
RETURNS TABLE (purpose text, needs_code boolean, tries_left integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.purpose::text, l.code_hash IS NOT NULL, 5 - l.wrong_codes FROM trust_link l
  WHERE l.token_hash = hash AND l.ended_at IS NULL AND trust.moment() < l.until AND l.wrong_codes < 5
    AND (l.device_hash IS NULL OR l.device_hash = device)
$$;

-- Whose card this is, shown with its code on a device that others use too. It signs nobody in there and the card is
-- not bound to that device: its owner's own telephone is still the first. A wrong code is counted, the fifth ends it.
CREATE OR REPLACE FUNCTION trust.show_card(hash bytea, code bytea, device bytea) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE l trust_link;
BEGIN
  SELECT * INTO l FROM trust_link WHERE token_hash = hash AND purpose = 'sign in' FOR UPDATE;
  IF l.id IS NULL OR l.ended_at IS NOT NULL OR trust.moment() >= l.until OR l.wrong_codes >= 5
     OR (l.device_hash IS NOT NULL AND l.device_hash IS DISTINCT FROM device) THEN RETURN NULL; END IF;
  IF l.code_hash IS DISTINCT FROM code THEN
    UPDATE trust_link SET wrong_codes = wrong_codes + 1 WHERE id = l.id;
    RETURN NULL;
  END IF;
  UPDATE trust_link SET wrong_codes = 0 WHERE id = l.id;
  RETURN l.person_id;
END $$;
