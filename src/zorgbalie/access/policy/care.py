"""Rows of questions, the journal, billing and appointments, for both sides; and of tasks. Pure."""

from zorgbalie.access.policy.needs import Need
from zorgbalie.access.policy.row import CARE_STAFF, OWN_STAFF, PERSONAL, Row
from zorgbalie.access.types import Audience, DataKind, Use


def consult_rows() -> list[Row]:
    """A question needs no released record: it is asked of the practice, about whatever the patient writes."""
    asks = (Need.LEVEL, Need.ENROLLED, Need.CONSULT_ON)
    answers = (Need.ENROLLED, Need.RIGHT_CONSULTS)
    rows = [
        Row(DataKind.CONSULTS, use, audience, (*asks, *more), "patient asks the practice", "REQ 8, 28 to 32; R14")
        for use in Use
        for audience, more in PERSONAL.items()
    ]
    return rows + [
        Row(DataKind.CONSULTS, use, audience, answers, "treatment relation", "BW 7:457 lid 2; REQ 41, 42")
        for use in Use
        for audience in CARE_STAFF  # a pharmacy its own questions: the desk opens those of its own practice alone
    ]


def journal_rows() -> list[Row]:
    """Writing in a record, by hand or from a question; who writes also reads what stands there."""
    writes = (Need.ENROLLED, Need.RIGHT_READ, Need.RIGHT_JOURNAL)
    return [
        Row(DataKind.JOURNAL, Use.CHANGE, audience, writes, "treatment relation", "BW 7:454 lid 1; REQ 29, 43, 44; R12")
        for audience in OWN_STAFF
    ]


def billing_rows() -> list[Row]:
    """Time is of who answers; a declaration of who bills, a manager too: it holds no medical text."""
    times, bills = (Need.ENROLLED, Need.RIGHT_CONSULTS), (Need.ENROLLED, Need.RIGHT_BILL)
    rows = [
        Row(DataKind.CONTACT_TIME, use, audience, times, "administration of the practice", "REQ 50; Wmg 35")
        for use in Use
        for audience in OWN_STAFF
    ]
    return rows + [
        Row(DataKind.DECLARATIONS, use, audience, bills, "administration of the practice", "REQ 50; Wmg 35; BW 7:461")
        for use in Use
        for audience in (*OWN_STAFF, Audience.MANAGER)
    ]


def appointment_rows() -> list[Row]:
    """An appointment needs no released record either: it is made with the practice."""
    books = (Need.LEVEL, Need.ENROLLED, Need.GP_PRACTICE, Need.APPOINTMENTS_ON)
    keeps = (Need.ENROLLED, Need.RIGHT_BOOK)
    rows = [
        Row(DataKind.APPOINTMENTS, use, audience, (*books, *more), "patient makes an appointment", "REQ 36 to 38; R14")
        for use in Use
        for audience, more in PERSONAL.items()
    ]
    return rows + [
        Row(DataKind.APPOINTMENTS, use, audience, keeps, "treatment relation", "BW 7:457 lid 2; REQ 36")
        for use in Use
        for audience in OWN_STAFF
    ]


def system_rows() -> list[Row]:
    """What tasks do, on behalf of a practice or of who asked."""
    task = "task on behalf of the practice"
    return [
        Row(
            DataKind.FULL_RECORD,
            Use.CHANGE,
            Audience.SYSTEM,
            (),
            task,
            "import of the practice's own dossier",
        ),
        Row(DataKind.LAB_REPORTS, Use.CHANGE, Audience.SYSTEM, (), task, "reports that come in or are due; REQ 62"),
        Row(DataKind.DOCUMENTS, Use.CHANGE, Audience.SYSTEM, (), task, "letters that come in, virus check; REQ 18"),
        Row(
            DataKind.CONSULTS,
            Use.CHANGE,
            Audience.SYSTEM,
            (),
            task,
            "late answers, ends, planned texts; REQ 31, 33, 34",
        ),
        Row(DataKind.APPOINTMENTS, Use.READ, Audience.SYSTEM, (), task, "reminders and offers; REQ 39; R10"),
        Row(DataKind.APPOINTMENTS, Use.CHANGE, Audience.SYSTEM, (), task, "offers of an earlier time; ux 43"),
        Row(DataKind.RESULT_WISHES, Use.READ, Audience.SYSTEM, (), task, "ux 32: before a planned result is shown"),
        Row(DataKind.PROFILE, Use.READ, Audience.SYSTEM, (), task, "import, notices"),
        Row(DataKind.PROFILE, Use.CHANGE, Audience.SYSTEM, (), task, "import of the practice's own dossier"),
        Row(DataKind.NOTICES, Use.READ, Audience.SYSTEM, (), task, "REQ 9"),
        Row(DataKind.RECORD_EXPORT, Use.CHANGE, Audience.SYSTEM, (), task, "removes what expired or failed; row 45"),
    ]
