"""Messages of the practice in words, for the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.consult.types import (
    Criteria,
    FollowUp,
    FollowUpState,
    Mailing,
    MailingState,
    Outgoing,
    ReadingHint,
    RecipientState,
    WhyEnded,
    WhyNot,
)
from zorgbalie.ui.formats import day_date, long_moment
from zorgbalie.ui.types import SummaryRow


def field_words() -> list[tuple[str, str]]:
    """What can stand between braces, with what it becomes."""
    return [
        ("{aanhef}", _("Beste, met de naam")),
        ("{naam}", _("naam van de patiënt")),
        ("{arts}", _("eigen arts of apotheker van de patiënt")),
        ("{praktijk}", _("naam van de praktijk")),
        ("{telefoon}", _("telefoonnummer van de praktijk")),
    ]


def state_words(state: MailingState) -> tuple[str, str]:
    """How far a mailing is, and the tone of its tag."""
    return {
        MailingState.ASKED: (_("wordt gezocht"), "info"),
        MailingState.CHOOSING: (_("nog niet verstuurd"), "neutral"),
        MailingState.SENDING: (_("wordt verstuurd"), "info"),
        MailingState.DONE: (_("verstuurd"), "ok"),
        MailingState.STOPPED: (_("gestopt"), "warning"),
        MailingState.DROPPED: (_("weggegooid"), "neutral"),
    }[state]


def why_short(reason: WhyNot) -> str:
    """A reason in a list."""
    return {
        WhyNot.NOT_ENROLLED: _("niet (meer) ingeschreven"),
        WhyNot.NOT_SERVED: _("E-consult staat uit bij de eigen arts of apotheker"),
        WhyNot.NOT_KNOWN: _("identiteit nog niet gecontroleerd: kan niet inloggen"),
        WhyNot.NO_PARENT: _("jonger dan 12 jaar zonder ouder die het kan lezen"),
        WhyNot.NO_ONLINE: _("praktijk koos: geen online inzage"),
        WhyNot.OBJECTED: _("wil geen berichten aan een groep"),
    }[reason]


def recipient_words(state: RecipientState) -> str:
    """How a patient stands in a mailing."""
    return {
        RecipientState.CHOSEN: _("krijgt het bericht"),
        RecipientState.UNTICKED: _("door u weggelaten"),
        RecipientState.LEFT_OUT: _("kan het niet krijgen"),
        RecipientState.SENT: _("verstuurd"),
        RecipientState.REFUSED: _("niet verstuurd"),
    }[state]


def hint_words(hint: ReadingHint) -> str:
    """What the desk should know of who reads a message."""
    return {
        ReadingHint.NEVER_SIGNED_IN: _(
            "Deze patiënt heeft het portaal nog nooit gebruikt. Bel als u snel iets wilt weten."
        ),
        ReadingHint.CHILD_READS: _(
            "Dit kind is 12 tot en met 15 jaar en leest zelf. Een ouder leest alleen mee als het kind dat goed vindt."
        ),
        ReadingHint.PARENT_READS: _("Dit kind is jonger dan 12 jaar. Een ouder leest het bericht."),
    }[hint]


def criteria_rows(wanted: Criteria, account_name: str) -> list[SummaryRow]:
    """Whom was looked for."""
    low, high = wanted.age_from, wanted.age_until
    age = ""
    if low is not None and high is not None:
        age = _("%(low)s tot en met %(high)s jaar") % {"low": low, "high": high}
    elif low is not None:
        age = _("vanaf %(low)s jaar") % {"low": low}
    elif high is not None:
        age = _("tot en met %(high)s jaar") % {"high": high}
    sex = {"female": _("vrouw"), "male": _("man"), "other": _("anders")}.get(wanted.sex, "")
    use = {True: _("ja"), False: _("nee")}.get(wanted.uses_portal, "") if wanted.uses_portal is not None else ""
    measured = ""
    if wanted.measured and wanted.measured_before:
        values = {"name": wanted.measured, "day": day_date(value=wanted.measured_before)}
        measured = _("geen %(name)s sinds %(day)s") % values
    contact = day_date(value=wanted.contact_before) if wanted.contact_before else ""
    rows = [
        (_("Leeftijd"), age),
        (_("Geslacht"), sex),
        (_("Arts of apotheker"), account_name),
        (_("Gebruikt het portaal"), use),
        (_("Episode loopt (ICPC)"), ", ".join(wanted.icpc)),
        (_("Gebruikt het medicijn"), wanted.medicine),
        (_("Meting ontbreekt"), measured),
        (_("Geen contact sinds"), contact),
    ]
    return [SummaryRow(label=label, value=value) for label, value in rows if value]


def left_out_rows(found: Mailing) -> list[tuple[str, int]]:
    """Who does not get it and why, with numbers."""
    rows = [(why_short(reason), count) for reason, count in found.left_out.items()]
    if found.departed:
        rows.append((_("niet meer ingeschreven (verhuisd, overleden of overgestapt)"), found.departed))
    return rows


def read_words(out: Outgoing) -> str:
    """Whether the latest text of the practice was read."""
    if out.latest_at is None:
        return ""
    if out.read_at is None:
        return _("De patiënt heeft uw laatste bericht nog niet gelezen.")
    return _("De patiënt las uw laatste bericht op %(moment)s.") % {"moment": long_moment(value=out.read_at)}


def reply_words(out: Outgoing) -> str:
    """Whether the patient can write back; empty where nothing was limited."""
    if not out.takes_replies:
        return _("De patiënt kan niet terugschrijven.")
    if out.reply_until is None:
        return ""
    day = {"day": day_date(value=out.reply_until)}
    return (
        _("De patiënt kan terugschrijven tot en met %(day)s.") % day
        if out.is_open
        else _("De patiënt kon terugschrijven tot en met %(day)s.") % day
    )


def follow_up_words(found: FollowUp | None) -> str:
    """How a planned follow-up stands; empty for none."""
    if found is None:
        return ""
    values = {"day": day_date(value=found.ask_on), "name": found.planned_by_name}
    if found.state is FollowUpState.CANCELLED:
        return {
            WhyEnded.PATIENT_WROTE: _("De geplande vraag van %(day)s is niet nodig: de patiënt schreef al."),
            WhyEnded.CLOSED: _("De geplande vraag van %(day)s is weggehaald: de vraag is afgerond."),
            WhyEnded.UNREADABLE: _("De geplande vraag van %(day)s is niet gesteld: de patiënt kan die niet lezen."),
        }.get(found.reason or WhyEnded.BY_DESK, "") % values  # fmt: skip
    if found.state is FollowUpState.ASKED and found.silent_on:
        return _("Gesteld. Reageert de patiënt niet, dan staat dit op %(until)s in uw postvak.") % {
            "until": day_date(value=found.silent_on)
        }
    return {
        FollowUpState.PLANNED: _("Op %(day)s vraagt het portaal hoe het gaat, namens %(name)s."),
        FollowUpState.SILENT: _("De patiënt reageerde niet op de vraag van %(day)s. Bel de patiënt."),
        FollowUpState.ANSWERED: _("De patiënt reageerde op de vraag van %(day)s."),
    }.get(found.state, "") % values


def count_words(count: int) -> str:
    """A number of patients."""
    return ngettext("%(count)s patiënt", "%(count)s patiënten", count) % {"count": count}
