"""Walls of links to reliable information: no patient data. A practice writes its own rows, the operator all."""

from zorgbalie.config.database.tables.shapes import EMPLOYED, EVERYTHING, Table

_OWN = f"practice_id = wall_practice() AND {EMPLOYED}"


def _table(*, worker: str) -> Table:
    return Table(
        portal="SELECT",
        desk=EVERYTHING,
        worker=worker,
        portal_rows="true",
        desk_rows=f"practice_id IS NULL OR ({_OWN})",
        worker_rows="true",
        desk_writes=_OWN,
        patient_data=False,
    )


KNOWLEDGE: dict[str, Table] = {
    "knowledge_knowledgesource": _table(worker="SELECT"),
    "knowledge_knowledgechoice": _table(worker="SELECT"),
    # The worker loads for all practices, and notes which pages are gone.
    "knowledge_knowledgelink": _table(worker="SELECT, INSERT, UPDATE"),
}
