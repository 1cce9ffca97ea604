"""Loads many rows at once: sets indexes and foreign keys aside, and puts back exactly what was there.

Everything happens in the caller's transaction: when the load fails, or is killed, the database is as it was.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg import Connection, sql

_FOREIGN_KEYS = """SELECT c.relname, n.conname, pg_get_constraintdef(n.oid) FROM pg_constraint n
JOIN pg_class c ON c.oid = n.conrelid WHERE n.contype = 'f' AND n.conparentid = 0
AND (n.conrelid = ANY(%(tables)s::regclass[]) OR n.confrelid = ANY(%(tables)s::regclass[])) ORDER BY 1, 2"""
_UNIQUE = """SELECT c.relname, n.conname, pg_get_constraintdef(n.oid) FROM pg_constraint n
JOIN pg_class c ON c.oid = n.conrelid WHERE n.contype IN ('u', 'x') AND n.conrelid = ANY(%(tables)s::regclass[])
ORDER BY 1, 2"""
_INDEXES = """SELECT c.relname, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid WHERE i.indrelid = ANY(%(tables)s::regclass[])
AND NOT EXISTS (SELECT 1 FROM pg_constraint n WHERE n.conindid = i.indexrelid AND n.contype IN ('p', 'u', 'x'))
ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One index or constraint that was dropped, and the statement that makes it again."""

    name: str
    drop: sql.Composed
    restore: sql.Composed

    def __str__(self) -> str:
        return self.name


def set_aside(link: Connection[Any], tables: Sequence[str]) -> list[SetAside]:
    """Drop all but the primary keys of `tables`, foreign keys of other tables to them included.

    Returns them in the order in which they are to be restored.
    """
    found = [
        *_found(link, _INDEXES, tables, _index),
        *_found(link, _UNIQUE, tables, _constraint),
        *_found(link, _FOREIGN_KEYS, tables, _constraint),
    ]
    for part in reversed(found):
        link.execute(part.drop)
    return found


def restore(link: Connection[Any], parts: Iterable[SetAside]) -> None:
    """Make them again; checks every row."""
    for part in parts:
        link.execute(part.restore)


def copy_lines(link: Connection[Any], table: str, columns: str, lines: bytes, *, freeze: bool) -> int:
    """COPY lines of tab-separated text into a table; returns the number of rows.

    `freeze` spares PostgreSQL a second look at each page later; the table must be emptied in this transaction.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    statement = sql.SQL("COPY {} ({}) FROM STDIN{}").format(
        sql.Identifier(table), names, sql.SQL(" (FREEZE)" if freeze else "")
    )
    with link.cursor() as cursor:
        with cursor.copy(statement) as stream:
            stream.write(lines)
        return cursor.rowcount


def set_sequences(link: Connection[Any], tables: Iterable[str]) -> None:
    """Let new rows get ids after those that were loaded."""
    for table in tables:
        highest = link.execute(sql.SQL("SELECT max(id) FROM {}").format(sql.Identifier(table))).fetchone()
        if highest and highest[0]:
            link.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, highest[0]])


_Maker = Callable[[str, str, str], SetAside]


def _found(link: Connection[Any], query: LiteralString, tables: Sequence[str], make: _Maker) -> list[SetAside]:
    return [make(*row) for row in link.execute(query, {"tables": list(tables)}).fetchall()]


def _index(table: str, name: str, definition: str) -> SetAside:
    return SetAside(name, sql.SQL("DROP INDEX {}").format(_own_words(name)), sql.Composed([_own_words(definition)]))


def _constraint(table: str, name: str, definition: str) -> SetAside:
    names = (sql.Identifier(table), sql.Identifier(name))
    return SetAside(
        name,
        sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(*names),
        sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(*names, _own_words(definition)),
    )


def _own_words(text: str) -> sql.SQL:
    """SQL that PostgreSQL itself wrote (pg_get_…def, regclass)."""
    return sql.SQL(text)
