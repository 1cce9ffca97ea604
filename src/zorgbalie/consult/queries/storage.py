"""What a practice lets happen by itself when a question is closed (REQ 43)."""

from zorgbalie.access import gate
from zorgbalie.consult.models import ConsultStorage
from zorgbalie.consult.types import StorageChoice, StorageMode
from zorgbalie.kernel.ids import PracticeId
from zorgbalie.kernel.viewer import Viewer


def storage_of(*, practice_id: PracticeId) -> StorageChoice:
    """What holds at a practice; nothing happens by itself where nobody chose. No patient data; for this app's use."""
    row = ConsultStorage.objects.filter(practice_id=practice_id).first()
    if row is None:
        return StorageChoice(mode=StorageMode.OFF, revision=0)
    return StorageChoice(mode=StorageMode(row.mode), revision=row.revision)


def get_managed_storage(*, viewer: Viewer) -> StorageChoice:
    """The same for the settings page of the own practice. Raises NotAllowed."""
    return storage_of(practice_id=gate.check_manager(viewer=viewer, event="consult.settings_read"))
