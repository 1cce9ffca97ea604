"""Publishing a version of the agreement's text (REQ 4). A published one never changes: people signed it."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zorgbalie.access import gate
from zorgbalie.access.models import AgreementText
from zorgbalie.access.types import AgreementRefused
from zorgbalie.audit.types import AuditAction
from zorgbalie.kernel.errors import NotVisible
from zorgbalie.kernel.viewer import StaffRight, Viewer


class TextPublishedMeanwhile(AgreementRefused):
    """Somebody else published a version since this one was written."""


def publish_text(
    *,
    viewer: Viewer,
    title: str,
    patient_rights: str,
    patient_duties: str,
    practice_rights: str,
    practice_duties: str,
    version: int,
) -> int:
    """Publish the next version for the own practice; `version` is the number that the manager saw and confirmed.

    Agreements that were signed keep the text that was signed.
    Raises NotAllowed, TextPublishedMeanwhile. Audit: `agreement_text.published`.
    """
    gate.check_right(viewer=viewer, right=StaffRight.MANAGE_PRACTICE, event="agreement_text.published")
    if viewer.practice_id is None:
        raise NotVisible("practice")
    meanwhile = TextPublishedMeanwhile(_("Iemand anders heeft net een nieuwe versie gepubliceerd. Kijk die eerst na."))
    newest = AgreementText.objects.filter(practice_id=viewer.practice_id).aggregate(newest=Max("version"))["newest"]
    if version != (newest or 0) + 1:
        raise meanwhile
    row = AgreementText(
        practice_id=viewer.practice_id, version=version, title=title, body_patient_rights=patient_rights,
        body_patient_duties=patient_duties, body_practice_rights=practice_rights,
        body_practice_duties=practice_duties,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise meanwhile from None
    gate.log_change(
        viewer=viewer, event="agreement_text.published", action=AuditAction.CREATE,
        object_type="agreement_text", object_id=row.pk, detail={"version": version},
    )  # fmt: skip
    return version
