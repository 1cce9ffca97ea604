"""Functions behind the inbox of questions. Both read as the owner and give numbers and yes or no, never a text.

Searching goes through one, because row-level security lets no index of words be used: the operator that compares them
is not known to keep its arguments to itself, so PostgreSQL would read every row of the practice first. Each holds to
the practice of the viewer, and gives nothing to who may not answer questions.
"""

CONSULT_FUNCTIONS = """
CREATE OR REPLACE FUNCTION wall_answers_consults() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_desk_employed() AND EXISTS (SELECT 1 FROM practice_employee e
    WHERE e.id = wall_employee() AND e.role <> 'manager' AND 'answer_consults' = ANY(e.rights))
$$;

CREATE OR REPLACE FUNCTION wall_found_consults(searched text[], born date, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH asked AS MATERIALIZED (
    SELECT word, plainto_tsquery('dutch', word) AS query FROM unnest(searched) AS word
  ), meant AS MATERIALIZED (
    -- The last part may be the beginning of a word; a word such as "de" says nothing and is left out.
    SELECT word, (query::text || ':*')::tsquery && quote_literal('#' || wall_practice())::tsquery AS query
    FROM asked WHERE numnode(query) > 0
  ), hit AS (
    SELECT a.word, m.consult_id FROM meant a JOIN consult_consultmessage m ON m.words @@ a.query
    UNION
    SELECT a.word, c.id FROM meant a JOIN consult_consult c ON c.words @@ a.query
    UNION
    SELECT a.word, c.id FROM meant a
      JOIN practice_enrolment n ON n.practice_id = wall_practice() AND n.ended_at IS NULL
      JOIN people_person p ON p.id = n.person_id
        AND (starts_with(lower(p.family_name), lower(a.word)) OR starts_with(lower(p.given_name), lower(a.word)))
      JOIN consult_consult c ON c.patient_id = p.id AND c.practice_id = n.practice_id
  ), found AS (
    SELECT consult_id FROM hit GROUP BY consult_id HAVING count(DISTINCT word) = (SELECT count(*) FROM meant)
    UNION ALL
    SELECT c.id FROM people_person p
      JOIN consult_consult c ON c.patient_id = p.id AND c.practice_id = wall_practice()
      WHERE p.birth_date = born AND NOT EXISTS (SELECT 1 FROM meant)
  )
  SELECT c.id FROM found f JOIN consult_consult c ON c.id = f.consult_id
  WHERE wall_answers_consults() AND c.practice_id = wall_practice() AND c.state <> 'draft'
    AND EXISTS (SELECT 1 FROM practice_enrolment n
      WHERE n.person_id = c.patient_id AND n.practice_id = wall_practice() AND n.ended_at IS NULL)
    AND (born IS NULL OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = c.patient_id AND p.birth_date = born))
  ORDER BY c.id DESC LIMIT most
$$;

CREATE OR REPLACE FUNCTION wall_consult_marks(asked bigint[])
RETURNS TABLE (consult_id bigint, has_note boolean, has_attachment boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, EXISTS (SELECT 1 FROM consult_consultnote n WHERE n.consult_id = c.id),
    EXISTS (SELECT 1 FROM consult_consultattachment a WHERE a.consult_id = c.id AND a.message_id IS NOT NULL)
  FROM consult_consult c
  WHERE c.id = ANY(asked) AND c.practice_id = wall_practice() AND wall_answers_consults()
$$;
"""
