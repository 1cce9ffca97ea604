"""What functions of staff are called on the screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zorgbalie.kernel.viewer import StaffRole

ROLE_NAMES: Mapping[StaffRole, Promise] = {
    StaffRole.GP: _("huisarts"),
    StaffRole.LOCUM: _("waarnemend huisarts"),
    StaffRole.NURSE: _("praktijkondersteuner of verpleegkundige"),
    StaffRole.ASSISTANT: _("doktersassistent"),
    StaffRole.PHARMACIST: _("apotheker"),
    StaffRole.PHARMACY_ASSISTANT: _("apothekersassistent"),
    StaffRole.MANAGER: _("praktijkmanager"),
}


def role_name(role: StaffRole | str) -> str:
    """A function as people say it."""
    return str(ROLE_NAMES[StaffRole(role)])
