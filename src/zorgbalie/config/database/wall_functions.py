"""The functions on which the second wall's conditions lean, and the few that answer one narrow question (walls.py).

Those marked SECURITY DEFINER read as the owner: each takes who looks from the transaction's settings and gives no more
than its name says. Only `wall_person_for_bsn` runs without a viewer.
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION wall_setting(name text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('zorgbalie.' || name, true), '')::bigint $$;
CREATE OR REPLACE FUNCTION wall_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('zorgbalie.person', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION wall_subject() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('zorgbalie.subject', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION wall_employee() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('zorgbalie.employee', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION wall_practice() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('zorgbalie.practice', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION wall_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date $$;

CREATE OR REPLACE FUNCTION wall_represented_on(representative bigint, day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.patient_id FROM people_representation r JOIN people_person p ON p.id = r.patient_id
  WHERE r.representative_id = representative AND r.closed_for_safety_at IS NULL
    AND r.starts_on <= day AND (r.ends_on IS NULL OR r.ends_on >= day)
    -- Days are compared, not ages: an interval of 11 months and 30 days counts as a whole year.
    AND CASE r.kind
      WHEN 'parent' THEN day < p.birth_date + interval '12 years'
        OR (r.child_consent_at IS NOT NULL AND day < p.birth_date + interval '16 years')
      ELSE day >= p.birth_date + interval '16 years' END
$$;

CREATE OR REPLACE FUNCTION wall_represented(representative bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_represented_on(representative, wall_today())
$$;

CREATE OR REPLACE FUNCTION wall_portal_enrolled(practice bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM practice_enrolment n
    WHERE n.person_id = wall_subject() AND n.practice_id = practice AND n.ended_at IS NULL)
$$;

CREATE OR REPLACE FUNCTION wall_represented_places()
RETURNS TABLE (patient_id bigint, practice_id bigint, is_agreed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT ON (n.person_id) n.person_id, n.practice_id, EXISTS (SELECT 1 FROM access_agreement a
    WHERE a.person_id = n.person_id AND a.practice_id = n.practice_id AND a.ended_at IS NULL
      AND a.patient_signed_at IS NOT NULL AND a.practice_signed_at IS NOT NULL)
  FROM practice_enrolment n JOIN practice_practice p ON p.id = n.practice_id
  WHERE n.ended_at IS NULL AND n.person_id IN (SELECT wall_represented(wall_person()))
  ORDER BY n.person_id, p.kind, p.name
$$;

CREATE OR REPLACE FUNCTION wall_portal_relation() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_subject() = wall_person() OR wall_subject() IN (SELECT wall_represented(wall_person()))
$$;

CREATE OR REPLACE FUNCTION wall_desk_employed() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM practice_employee e JOIN practice_staffuser u ON u.id = e.user_id
    WHERE e.id = wall_employee() AND e.practice_id = wall_practice() AND u.is_active
      AND e.starts_on <= wall_today() AND (e.ends_on IS NULL OR e.ends_on >= wall_today()))
$$;

CREATE OR REPLACE FUNCTION wall_desk_emergency() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_desk_employed() AND EXISTS (SELECT 1 FROM access_emergencyaccess a
    WHERE a.employee_id = wall_employee() AND a.person_id = wall_subject()
      AND a.ended_at IS NULL AND a.expires_at > now())
$$;

CREATE OR REPLACE FUNCTION wall_desk_relation() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_desk_employed() AND EXISTS (SELECT 1 FROM practice_enrolment n
    WHERE n.practice_id = wall_practice() AND n.person_id = wall_subject() AND n.ended_at IS NULL)
$$;

CREATE OR REPLACE VIEW wall_enrolled_now WITH (security_barrier) AS
  SELECT n.person_id AS enrolled_id FROM practice_enrolment n
  WHERE n.practice_id = wall_practice() AND n.ended_at IS NULL;

-- How many unanswered questions were promised for each day: numbers alone, to who belongs to the practice. With
-- `locked` others of the practice wait until this transaction ends; volatile, so the count sees what they committed.
CREATE OR REPLACE FUNCTION wall_consults_waiting(practice bigint, locked boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF practice IS DISTINCT FROM wall_practice() AND NOT wall_portal_enrolled(practice) THEN
    RETURN '{}'::jsonb;
  END IF;
  IF locked THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('consults waiting', practice));
  END IF;
  RETURN (SELECT coalesce(jsonb_object_agg(promised.day, promised.count), '{}'::jsonb) FROM (
    SELECT (c.answer_by AT TIME ZONE 'Europe/Amsterdam')::date AS day, count(*) AS count FROM consult_consult c
    WHERE c.practice_id = practice AND c.state IN ('sent', 'with_doctor')
    GROUP BY 1) promised);
END
$$;

CREATE OR REPLACE FUNCTION wall_never_enrolled(patient bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM practice_enrolment n WHERE n.person_id = patient)
$$;

CREATE OR REPLACE FUNCTION wall_person_for_bsn(searched text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM people_person WHERE bsn = searched AND bsn_verified_at IS NOT NULL
$$;

-- Who fits a selection for a message (REQ 34): numbers and yes or no, never a text of the record. For the worker alone,
-- within the practice that it works for. An argument that is null asks nothing. Enrolments that ended in the past year
-- come along, so that the desk can be told how many left.
CREATE OR REPLACE FUNCTION wall_select_patients(
  today date, born_from date, born_until date, wanted_sex text, wanted_account bigint, icpc text[], medicine text,
  measured text, measured_before date, contact_before date, wanted_use boolean)
RETURNS TABLE (patient_id bigint, is_enrolled boolean, is_served boolean, online_access text, birth_date date,
  is_known boolean, has_parent boolean, uses_portal boolean, has_objected boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH place AS (
    SELECT DISTINCT ON (n.person_id) n.person_id, n.ended_at, n.account_id, n.online_access
    FROM practice_enrolment n
    WHERE n.practice_id = wall_practice() AND (n.ended_at IS NULL OR n.ended_at > today - interval '1 year')
    ORDER BY n.person_id, n.ended_at DESC NULLS FIRST
  ), found AS (
    SELECT p.id, p.birth_date, p.bsn_verified_at, c.ended_at, c.account_id, c.online_access,
      EXISTS (SELECT 1 FROM audit_auditevent v WHERE v.patient_id = p.id AND v.practice_id = wall_practice()
        AND v.user_kind = 'patient') AS uses
    FROM place c JOIN people_person p ON p.id = c.person_id
    WHERE (born_from IS NULL OR p.birth_date >= born_from) AND (born_until IS NULL OR p.birth_date <= born_until)
      AND (wanted_sex IS NULL OR p.sex = wanted_sex)
      AND (wanted_account IS NULL OR c.account_id = wanted_account)
      AND (icpc IS NULL OR EXISTS (SELECT 1 FROM record_episode e WHERE e.patient_id = p.id
        AND e.practice_id = wall_practice() AND (e.end_date IS NULL OR e.end_date > today)
        AND EXISTS (SELECT 1 FROM unnest(icpc) one
          WHERE upper(e.icpc_code) = one OR starts_with(upper(e.icpc_code), one || '.'))))
      AND (medicine IS NULL OR EXISTS (SELECT 1 FROM record_medication m WHERE m.patient_id = p.id
        AND m.practice_id = wall_practice() AND m.status = 'active' AND (m.end_date IS NULL OR m.end_date >= today)
        AND (strpos(lower(m.title), lower(medicine)) > 0
          OR (m.code_system ILIKE '%atc%' AND starts_with(upper(m.code), upper(medicine))))))
      AND (measured IS NULL OR NOT EXISTS (SELECT 1 FROM record_observation o WHERE o.patient_id = p.id
        AND o.practice_id = wall_practice() AND o.replaced_at IS NULL AND o.observed_on >= measured_before
        AND (o.code = measured OR strpos(lower(o.title), lower(measured)) > 0)))
      AND (contact_before IS NULL OR NOT EXISTS (SELECT 1 FROM record_encounter t WHERE t.patient_id = p.id
        AND t.practice_id = wall_practice() AND t.started_on >= contact_before))
  )
  SELECT f.id, f.ended_at IS NULL,
    CASE WHEN a.id IS NOT NULL THEN a.is_active AND 'e_consult' = ANY(a.facilities)
      ELSE coalesce((SELECT bool_and('e_consult' = ANY(x.facilities)) FROM practice_account x
        WHERE x.practice_id = wall_practice() AND x.is_active), false) END,
    f.online_access::text, f.birth_date, f.bsn_verified_at IS NOT NULL,
    EXISTS (SELECT 1 FROM people_representation r WHERE r.patient_id = f.id AND r.kind = 'parent'
      AND r.closed_for_safety_at IS NULL AND r.starts_on <= today AND (r.ends_on IS NULL OR r.ends_on >= today)),
    f.uses,
    EXISTS (SELECT 1 FROM consult_mailingobjection b WHERE b.patient_id = f.id AND b.practice_id = wall_practice())
  FROM found f LEFT JOIN practice_account a ON a.id = f.account_id
  WHERE wanted_use IS NULL OR f.uses = wanted_use
  ORDER BY f.id
$$;

CREATE OR REPLACE FUNCTION wall_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
"""
