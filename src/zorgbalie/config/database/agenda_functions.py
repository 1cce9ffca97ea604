"""Functions behind the agenda: who keeps it, and how much is booked in it."""

AGENDA_FUNCTIONS = """
CREATE OR REPLACE FUNCTION wall_keeps_agenda() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wall_desk_employed() AND EXISTS (SELECT 1 FROM practice_employee e
    WHERE e.id = wall_employee() AND e.role <> 'manager' AND 'book_appointments' = ANY(e.rights))
$$;

-- How many coming appointments, for who manages the practice: a number, never whose they are.
CREATE OR REPLACE FUNCTION wall_coming_appointments(of_agenda bigint, of_kind bigint, since timestamptz)
RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM agenda_appointment a
  WHERE a.practice_id = wall_practice() AND a.state = 'booked' AND a.starts_at >= since
    AND (of_agenda IS NULL OR a.agenda_id = of_agenda) AND (of_kind IS NULL OR a.kind_id = of_kind)
    AND wall_desk_employed() AND EXISTS (SELECT 1 FROM practice_employee e
      WHERE e.id = wall_employee() AND 'manage_practice' = ANY(e.rights))
$$;
"""
