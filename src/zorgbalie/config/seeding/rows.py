"""Writes rows by table name, in one statement per table."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection, sql
from psycopg.types.json import Jsonb

Row = Mapping[str, Any]


def insert(link: Connection[Any], table: str, rows: Sequence[Row]) -> list[int]:
    """Insert rows of the same shape; returns their ids (empty for tables without one)."""
    if not rows:
        return []
    columns = list(rows[0])
    has_id = bool(
        link.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'", [table]
        ).fetchone()
    )
    line = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {}{}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([line] * len(rows)),
        sql.SQL(" RETURNING id" if has_id else ""),
    )
    values = [Jsonb(row[name]) if isinstance(row[name], dict) else row[name] for row in rows for name in columns]
    result = link.execute(statement, values)
    return [found[0] for found in result.fetchall()] if has_id else []


def insert_one(link: Connection[Any], table: str, **row: Any) -> int:
    """Insert one row; returns its id."""
    return insert(link, table, [row])[0]
