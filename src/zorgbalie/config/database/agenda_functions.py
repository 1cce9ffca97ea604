"""Functions behind the agenda: who keeps it."""

AGENDA_FUNCTIONS = """
CREATE OR REPLACE FUNCTION wall_keeps_agenda() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_desk_employed() AND EXISTS (SELECT 1 FROM practice_employee e
    WHERE e.id = wall_employee() AND e.role <> 'manager' AND 'book_appointments' = ANY(e.rights))
$$;
"""
