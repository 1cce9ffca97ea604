"""The staff of the demo world. Password and second-factor secret are known to all; production has no such users."""

from dataclasses import dataclass

from zorgbalie.kernel.viewer import StaffRight, StaffRole

DEMO_PASSWORD = "Linde-demo-2026"  # noqa: S105  (the demo's, printed at start)
DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  (the demo's, shown on its sign-in page)

_CARE = (StaffRight.READ_RECORD, StaffRight.WORK_NOTES, StaffRight.READ_ACCESS_LOG)
_DESK = (StaffRight.INVITE_PATIENT,)


@dataclass(frozen=True, slots=True)
class DemoEmployee:
    """Somebody at work in the demo; `practice` is a key of the demo world."""

    email: str
    name: str
    code: str
    practice: str
    role: StaffRole
    rights: tuple[StaffRight, ...]
    story: str


DEMO_STAFF = (
    DemoEmployee(
        "dewit@linde.example", "dr. J. de Wit", "wit", "linde", StaffRole.GP, tuple(r for r in StaffRight),
        "GP with every right",
    ),
    DemoEmployee(
        "assistente@linde.example", "Samira Bakker", "bakker", "linde", StaffRole.ASSISTANT,
        (
            StaffRight.READ_RECORD, *_DESK, StaffRight.RELEASE_RECORD, StaffRight.WORK_NOTES,
            StaffRight.ANSWER_CONSULTS, StaffRight.WRITE_JOURNAL, StaffRight.BILL, StaffRight.BOOK_APPOINTMENTS,
        ),
        "assistant: inbox, invitations, release",
    ),
    DemoEmployee(
        "manager@linde.example", "Ellen Mulder", "mulder", "linde", StaffRole.MANAGER,
        (StaffRight.MANAGE_PRACTICE, StaffRight.READ_ACCESS_LOG, StaffRight.BILL, *_DESK, StaffRight.SIGN_AGREEMENT),
        "practice manager: settings, people, emergency access",
    ),
    DemoEmployee(
        "poh@linde.example", "Tom Willems", "willems", "linde", StaffRole.NURSE, _CARE, "practice nurse: reads only",
    ),
    DemoEmployee(
        "apotheker@vijzel.example", "M. Koster", "koster", "vijzel", StaffRole.PHARMACIST,
        (StaffRight.READ_RECORD, *_DESK, StaffRight.SIGN_AGREEMENT, StaffRight.RELEASE_RECORD, StaffRight.COPY_RECORD,
         StaffRight.ANSWER_CONSULTS, StaffRight.MANAGE_PRACTICE),
        "pharmacist: medicines and allergies only, and their release",
    ),
    DemoEmployee(
        "huisarts@gracht.example", "dr. A. Gracht", "gracht", "gracht", StaffRole.GP,
        (
            *_CARE, StaffRight.EMERGENCY_ACCESS, StaffRight.RELEASE_RECORD, StaffRight.PUBLISH_RESULTS,
            StaffRight.MANAGE_PRACTICE,
        ),
        "GP of another practice: sees nobody here, may use emergency access",
    ),
)  # fmt: skip
