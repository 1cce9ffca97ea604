"""Why time or a declaration was not taken."""

from zorgbalie.kernel.errors import Refused


class BillingRefused(Refused):
    """Root of the reasons why time or a declaration was not taken."""


class BillingOff(BillingRefused):
    """The practice does not declare through this desk."""


class TimeRefused(BillingRefused):
    """No time that can be spent on one answer."""


class NotBillable(BillingRefused):
    """There is nothing to declare, or it may not be declared."""


class DeclarationChanged(BillingRefused):
    """Somebody else changed it since this page was opened."""


class DeclarationFixed(BillingRefused):
    """It was exported: a file with it left the practice, so it stays as it is."""


class NothingToExport(BillingRefused):
    """No confirmed declaration waits."""
