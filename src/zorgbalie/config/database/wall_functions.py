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

CREATE OR REPLACE FUNCTION wall_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
"""
