"""Session store of the patient portal (SESSION_ENGINE): a table of its own, so the desk cannot read it."""

from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zorgbalie.people.models import PatientSession


class SessionStore(DatabaseStore):
    """Keeps sessions in `people_patient_session`."""

    cache_key_prefix = "zorgbalie.portal.session"

    @classmethod
    def get_model_class(cls) -> type[PatientSession]:
        """The table behind this store."""
        return PatientSession

    def create_model_instance(self, data: dict[str, Any]) -> PatientSession:
        """Note the person beside the data, so that all sessions of one person can be ended at once."""
        row = cast(PatientSession, super().create_model_instance(data))
        row.person_id = data.get("person_id")
        return row
