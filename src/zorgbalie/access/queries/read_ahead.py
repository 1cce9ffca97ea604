"""Reads all that a page about one patient's online access needs, at once, so that its parts find it in memory."""

from zorgbalie.access.queries import agreements, invitations, requests
from zorgbalie.kernel.ids import PersonId
from zorgbalie.people import queries as people
from zorgbalie.practice import queries as practices


def read_ahead(*, patient_id: PersonId) -> None:
    """Six queries whatever the number of practices. For this app's reads, after they asked the gate."""
    signed = agreements.latest_rows(patient_id=patient_id).values()
    asked = [row for rows in requests.latest_rows(patient_id=patient_id).values() for row in rows]
    invited = [row for rows in invitations.latest_rows(patient_id=patient_id).values() for row in rows]
    employees = [
        *(row.practice_signer_id for row in signed),
        *(row.decided_by_id for row in asked),
        *(row.invited_by_id for row in invited),
    ]
    persons = [*(row.patient_signer_id for row in signed), *(row.asked_by_id for row in asked)]
    practices.list_employee_names(employee_ids=[pk for pk in employees if pk])
    people.list_names(person_ids=[pk for pk in persons if pk])
    agreements.read_current_texts(practice_ids={row.practice_id for row in signed})
