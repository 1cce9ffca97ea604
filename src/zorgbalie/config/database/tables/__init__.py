"""Every table of the database with its wall; a table that stands nowhere here fails a test."""

from zorgbalie.config.database.tables.agenda import AGENDA
from zorgbalie.config.database.tables.care import CARE
from zorgbalie.config.database.tables.knowledge import KNOWLEDGE
from zorgbalie.config.database.tables.registers import REGISTERS
from zorgbalie.config.database.tables.shapes import Table
from zorgbalie.config.database.tables.technical import TECHNICAL

TABLES: dict[str, Table] = {**REGISTERS, **AGENDA, **CARE, **KNOWLEDGE, **TECHNICAL}
