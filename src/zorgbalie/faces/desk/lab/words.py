"""States and outcomes of reports in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.record.types.lab import ReportState, ReportStatus

STATE_NAMES = {
    ReportState.NEW: gettext_lazy("nieuw"),
    ReportState.SAVED: gettext_lazy("bewaard"),
    ReportState.SCHEDULED: gettext_lazy("gepland"),
    ReportState.PUBLISHED: gettext_lazy("gepubliceerd"),
    ReportState.INVITED: gettext_lazy("patiënt uitgenodigd"),
    ReportState.CLOSED: gettext_lazy("afgerond"),
    ReportState.REPLACED: gettext_lazy("vervangen"),
}
STATUS_NAMES = {
    ReportStatus.PRELIMINARY: gettext_lazy("voorlopig"),
    ReportStatus.FINAL: gettext_lazy("definitief"),
    ReportStatus.CORRECTED: gettext_lazy("verbeterd"),
}
_NOT_YET = {
    ReportState.PUBLISHED: gettext_lazy(
        "De uitslag is gepubliceerd. %(name)s kan hem lezen zodra het dossier open is."
    ),
    ReportState.INVITED: gettext_lazy(
        "%(name)s kan dit nu niet lezen: bel de patiënt. Over 2 weken staat dit op de actielijst."
    ),
}


def done_words(state: ReportState, name: str, *, reads_online: bool) -> str:
    """What happened, for the message after a decision. Who cannot read it online now is not said to do so."""
    if not reads_online and state in _NOT_YET:
        return str(_NOT_YET[state]) % {"name": name}
    return {
        ReportState.PUBLISHED: _("De uitslag is gepubliceerd. %(name)s kan hem nu lezen."),
        ReportState.SCHEDULED: _("De uitslag is gepland. %(name)s ziet er tot die dag niets van."),
        ReportState.INVITED: _("%(name)s leest dat u een afspraak wilt. Over 2 weken staat dit op de actielijst."),
        ReportState.SAVED: _("Bewaard. Het staat op de actielijst. %(name)s ziet er niets van."),
        ReportState.CLOSED: _("Afgerond. %(name)s ziet deze uitslag niet online."),
    }[state] % {"name": name}
