-- A colleague lost what they sign in with, spare codes too: two people let them choose anew (D6), since it hands over an
-- account. Whoever asked makes the card, whoever said yes gives its code: neither comes in alone.

-- Asked by an administrator, of somebody who works in the same village and has an account.
CREATE OR REPLACE FUNCTION trust.may_ask_factor(who uuid, facts jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.works(who, 'administrator') AND facts - 'person' = '{}' AND EXISTS (
    SELECT 1 FROM trust_account a JOIN trust_person p ON p.id = a.person_id JOIN trust_person me ON me.id = who
    WHERE p.id = (facts ->> 'person')::uuid AND p.village_id = me.village_id AND a.is_active AND trust.works(p.id))
$$;

-- Everything by which they came in ends, and every session with it. Until there is a card they come in by nothing.
CREATE OR REPLACE FUNCTION trust.lock_carry_second_factor(m trust_matter, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whom uuid := (m.facts ->> 'person')::uuid; account uuid;
BEGIN
  UPDATE trust_account SET password = '!' || replace(gen_random_uuid()::text, '-', '') WHERE person_id = whom AND is_active
  RETURNING id INTO account;
  IF account IS NULL THEN RETURN false; END IF;
  DELETE FROM mfa_authenticator WHERE user_id = account;
  UPDATE trust_link l SET ended_at = lock_carry_second_factor.at WHERE l.person_id = whom AND l.purpose = 'sign in' AND l.ended_at IS NULL;
  UPDATE trust_signon o SET ended_at = lock_carry_second_factor.at WHERE o.person_id = whom AND o.ended_at IS NULL;
  RETURN true;
END $$;

-- What two people agreed on last of this colleague, as long as they have nothing new to sign in with.
CREATE OR REPLACE FUNCTION trust.reckon_lost_factor(whom uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.id FROM trust_matter m JOIN trust_account a ON a.person_id = whom
  WHERE m.kind = 'second factor' AND m.answer = 'yes' AND m.facts ->> 'person' = whom::text
    AND NOT EXISTS (SELECT 1 FROM mfa_authenticator f WHERE f.user_id = a.id AND f.type IN ('totp', 'webauthn'))
  ORDER BY m.answered_at DESC, m.id LIMIT 1
$$;

-- Whether this one may make a card for the colleague now: who asked, and five times at most, so that nobody tries out codes.
CREATE OR REPLACE FUNCTION trust.reckon_makes_card(maker uuid, whom uuid, which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM trust_matter m WHERE m.id = which AND m.asked_by_id = maker AND 5 > (
    SELECT count(*) FROM trust_link l WHERE l.person_id = whom AND l.purpose = 'sign in' AND l.written_at >= m.answered_at))
$$;

-- Under which matter the code of a card is kept for the second person, and whether whoever asks may make it.
CREATE OR REPLACE FUNCTION trust.card_in_two_hands(whom uuid) RETURNS TABLE (matter uuid, mine boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.id, trust.reckon_makes_card(trust.viewer(), whom, m.id) FROM trust_matter m
  WHERE m.id = trust.reckon_lost_factor(whom) AND m.village_id = trust.viewer_village() AND trust.seen_as() IS NULL
    AND trust.at_work('administrator')
$$;

CREATE OR REPLACE FUNCTION trust.keep_card_code(matter uuid, whom uuid, words bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE trust_matter m SET code_locked = words WHERE m.id = matter
    AND m.asked_by_id = trust.viewer() AND EXISTS (SELECT 1 FROM trust.card_in_two_hands(whom) c WHERE c.matter = m.id);
  RETURN FOUND;
END $$;

-- A laptop was stolen: an administrator ends every sign-in of a colleague at once, and what they left to others. Nobody
-- needs a second person to close a door.
CREATE OR REPLACE FUNCTION trust.sign_out_colleague(whom uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF trust.seen_as() IS NOT NULL OR NOT trust.at_work('administrator') OR NOT EXISTS (SELECT 1 FROM trust_person p
      JOIN trust_job j ON j.person_id = p.id WHERE p.id = whom AND p.village_id = trust.viewer_village()) THEN
    RETURN false;
  END IF;
  UPDATE trust_shareddevice SET ended_at = trust.moment() WHERE person_id = whom AND ended_at IS NULL;
  DELETE FROM trust_session WHERE person_id = whom;
  RETURN true;
END $$;

-- The letter to whom it is about: only to them, while it waits or was agreed on lately.
CREATE OR REPLACE FUNCTION trust.lost_factor_still(matter uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT trust.identity() IS NULL AND EXISTS (SELECT 1 FROM trust_matter m WHERE m.id = matter AND m.kind = 'second factor'
    AND m.facts ->> 'person' = whom::text AND m.taken_back_at IS NULL AND m.answer IN ('', 'yes')
    AND trust.moment() < m.until)
$$;
