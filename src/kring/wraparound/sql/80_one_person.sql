-- What becomes of a plan when somebody who stood here twice is brought together (47).

-- What was agreed stays agreed: in the plan that waits or is in force stands the one who stays, by their name.
CREATE OR REPLACE FUNCTION trust.reckon_agreed_of_one(goes uuid, stays uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE called text := (SELECT n.given_name FROM trust_person n WHERE n.id = stays);
BEGIN
  UPDATE wraparound_versionpart p SET content = p.content || jsonb_build_object('doer_id', stays, 'doer', called)
  FROM wraparound_version v WHERE v.id = p.version_id AND v.stage IN ('waiting', 'in force')
    AND p.kind = 'action' AND p.content ->> 'doer_id' = goes::text;
  UPDATE wraparound_versionpart p SET content = p.content || jsonb_build_object('whose', called)
  FROM wraparound_version v, wraparound_wish w WHERE v.id = p.version_id AND v.stage IN ('waiting', 'in force')
    AND p.kind = 'wish' AND w.id = p.source_id AND w.whose_id = stays AND p.content ->> 'whose' <> called;
END $$;
