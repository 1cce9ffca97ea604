"""Builds the walls, unless they stand already exactly as this version declares them.

What was built is noted in the database, in the same transaction: a digest of the statements, and a digest of what the
database then held (privileges, policies, functions, triggers). Both must be the same to skip, so a new table, a
restored backup or a privilege that somebody gave by hand makes the walls be built again.
"""

import hashlib

from django.db import connection, transaction

from zorgbalie.config.database.walls import statements

_STANDS = """
SELECT md5(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), '')) FROM (
  SELECT concat_ws('|', 'relation', relname, relkind, relacl, relrowsecurity, relforcerowsecurity, reloptions) AS line
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL SELECT concat_ws('|', 'column', c.relname, a.attname, a.attacl)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attacl IS NOT NULL
  UNION ALL SELECT concat_ws('|', 'view', viewname, definition) FROM pg_views WHERE schemaname = 'public'
  UNION ALL SELECT concat_ws('|', 'policy', tablename, policyname, permissive, roles, cmd, qual, with_check)
    FROM pg_policies WHERE schemaname = 'public'
  UNION ALL SELECT concat_ws('|', 'function', oid::regprocedure, prosrc, prosecdef, provolatile, proconfig, proacl)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'wall%'
  UNION ALL SELECT concat_ws('|', 'trigger', tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws('|', 'schema', nspname, nspacl) FROM pg_namespace WHERE nspname = 'public'
) AS lines
"""
_NOTED = "SELECT obj_description(to_regprocedure('wall_today()'), 'pg_proc')"


def apply_walls() -> bool:
    """Functions, privileges and policies of `config.database.walls`, all or nothing; whether they had to be built."""
    wanted = list(statements())
    declared = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_NOTED)
        (noted,) = cursor.fetchone()
        if noted == _note(declared, _standing()):
            return False
        for statement in wanted:
            cursor.execute(statement)
        # Hex digits alone, so nothing needs quoting where no parameter is allowed.
        cursor.execute(f"COMMENT ON FUNCTION wall_today() IS '{_note(declared, _standing())}'")
    return True


def _standing() -> str:
    """A digest of what the database holds of the walls now, whoever put it there."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDS)
        (digest,) = cursor.fetchone()
    return str(digest)


def _note(declared: str, standing: str) -> str:
    return f"walls {declared} {standing}"
