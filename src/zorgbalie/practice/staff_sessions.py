"""Session store of the desk (SESSION_ENGINE): a table of its own, so the portal cannot read it."""

from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zorgbalie.practice.models import StaffSession


class SessionStore(DatabaseStore):
    """Keeps sessions in `practice_staff_session`."""

    cache_key_prefix = "zorgbalie.desk.session"

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        """The table behind this store."""
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """Note the user beside the data, so that all sessions of a leaver can be ended at once."""
        row = cast(StaffSession, super().create_model_instance(data))
        user_id = data.get("_auth_user_id")
        row.user_id = int(user_id) if user_id else None
        return row
