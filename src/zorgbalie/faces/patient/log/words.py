"""The log in plain words: who, what, when, why (REQ 10; ux 19). The log itself keeps codes, so words can improve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.access.log_types import DayWithReasons
from zorgbalie.access.types import DataKind
from zorgbalie.audit.types import AuditAction, DayLooks, DayPart
from zorgbalie.kernel.viewer import StaffRole, Viewer, ViewerKind
from zorgbalie.ui import formats
from zorgbalie.ui.roles import role_name


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One kind of thing that somebody did: words, how often, and at what times."""

    words: str
    count: int
    count_words: str
    times: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one person did on one day."""

    day: date
    who: str
    function: str
    is_own: bool
    refused: bool
    emergency: bool
    deeds: tuple[Deed, ...]
    why: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day and what happened on it."""

    day: date
    entries: tuple[Entry, ...]


def days_of(rows: Iterable[DayWithReasons], viewer: Viewer) -> list[Day]:
    """Entries under their days, in the order given."""
    entries = [entry_of(row, viewer) for row in rows]
    return [Day(day=day, entries=tuple(group)) for day, group in groupby(entries, key=lambda entry: entry.day)]


def entry_of(row: DayWithReasons, viewer: Viewer) -> Entry:
    """One row of the log as a patient reads it."""
    looks = row.looks
    is_own = looks.user_id == f"person:{viewer.person_id}"
    return Entry(
        day=looks.day,
        who=_who(looks, is_own),
        function=_function(looks),
        is_own=is_own,
        refused=looks.refused,
        emergency=looks.emergency,
        deeds=_deeds(looks),
        why=_why(looks),
        reasons=row.reasons,
    )


def _who(looks: DayLooks, is_own: bool) -> str:
    if is_own:
        return _("U")
    if looks.user_kind == ViewerKind.SYSTEM:
        return _("De computer van het portaal")
    if looks.user_kind == ViewerKind.PATIENT and looks.refused:
        return _("Een andere gebruiker van het portaal")
    return looks.user_name or (_("De patiënt") if not looks.for_other else _("Iemand die voor u regelt"))


def _function(looks: DayLooks) -> str:
    """Function and organisation, in words."""
    if looks.user_kind == ViewerKind.SYSTEM:
        return _("automatisch")
    if looks.user_kind == ViewerKind.PATIENT:
        return _("regelt zaken voor de patiënt") if looks.for_other and not looks.refused else ""
    return ", ".join(part for part in (role_words(looks.role), looks.organisation_name) if part)


def role_words(role: str) -> str:
    """A function as people say it; empty for what is not a function of staff."""
    return role_name(role) if role in set(StaffRole) else ""


def _why(looks: DayLooks) -> str:
    if looks.emergency:
        return _("Noodtoegang: deze medewerker hoort niet bij uw eigen praktijk.")
    if looks.parts and all(part.event.startswith("emergency.") for part in looks.parts):
        return _("Hoort bij de noodtoegang.")
    if looks.refused and looks.user_kind == ViewerKind.STAFF:
        return _("Mocht dit niet zien. Er is niets getoond.")
    if looks.refused:
        return _("Er is niets getoond.")
    return {
        ViewerKind.STAFF: _("Voor uw zorg of de administratie van de praktijk."),
        ViewerKind.SYSTEM: _("Automatisch, namens de praktijk."),
    }.get(ViewerKind(looks.user_kind), "")


def _deeds(looks: DayLooks) -> tuple[Deed, ...]:
    """Parts that read the same are told as one."""
    merged: dict[str, list[DayPart]] = {}
    for part in looks.parts:
        merged.setdefault(_what(part, looks.refused), []).append(part)
    return tuple(_deed(words, parts) for words, parts in merged.items())


def _deed(words: str, parts: Sequence[DayPart]) -> Deed:
    count = sum(part.count for part in parts)
    minutes: dict[datetime, int] = {}
    for part in parts:
        for minute, number in part.minutes:
            minutes[minute] = minutes.get(minute, 0) + number
    return Deed(
        words=words,
        count=count,
        count_words=ngettext("%(count)s keer", "%(count)s keer", count) % {"count": count},
        times=", ".join(_time(minute, number) for minute, number in sorted(minutes.items())),
    )


def _time(minute: datetime, number: int) -> str:
    text = formats.clock_time(value=minute)
    return text if number == 1 else f"{text} ({number}×)"


def _what(part: DayPart, refused: bool) -> str:
    if refused:
        return _("probeerde, maar kreeg geen toegang: %(what)s") % {"what": _kind(part.kind)}
    words = _special(part.event)
    if words:
        return words
    if part.event == "export.make":
        return _("liet in een bestand zetten: %(what)s") % {"what": _kind(part.kind)}
    return _sentence(part.action) % {"what": _kind(part.kind)}


def _sentence(action: AuditAction) -> str:
    return {
        AuditAction.READ: _("bekeek: %(what)s"),
        AuditAction.CREATE: _("voegde toe: %(what)s"),
        AuditAction.UPDATE: _("wijzigde: %(what)s"),
        AuditAction.DELETE: _("verwijderde: %(what)s"),
        AuditAction.EXECUTE: _("gebruikte: %(what)s"),
    }[action]


def _special(event: str) -> str:
    """Events that say more than what was done with which kind of data."""
    words: dict[str, str] = {
        "sign_in": _("logde in"),
        "sign_out": _("logde uit"),
        "notice.send": _("stuurde een e-mail dat er iets klaarstaat"),
        "patient.list": _("zag de naam in een lijst van patiënten"),
        "patient.find": _("zocht de patiënt op"),
        "worklist.list": _("zag de naam in een werklijst"),
        "home.read": _("opende de eerste pagina van het portaal"),
        "access_log.read": _("bekeek: dit overzicht"),
        "access_log.downloaded": _("bewaarde dit overzicht als PDF of bestand"),
        "emergency.searched": _("zocht de patiënt op met het BSN, voor noodtoegang"),
        "emergency.started": _("begon noodtoegang"),
        "emergency.ended": _("stopte de noodtoegang"),
        "emergency.reviewed": _("beoordeelde de noodtoegang"),
        "emergency.listed": _("zag de noodtoegang in een lijst"),
        "emergency.read": _("bekeek: de naam en de reden van de noodtoegang"),
        "agreement.sign": _("ondertekende de afspraken over inzage"),
        "agreement.end": _("beëindigde de afspraken over inzage"),
        "request.ask": _("vroeg om inzage in het dossier"),
        "request.release": _("gaf het dossier vrij voor inzage"),
        "request.refuse": _("weigerde inzage in het dossier"),
        "representation.switched": _("ging zaken regelen voor de patiënt"),
        "result.read": _("las een uitslag van het laboratorium"),
        "lab.receive": _("ontving post van het laboratorium"),
        "lab.assign": _("zette een bericht van het laboratorium in dit dossier"),
        "lab.compare": _("vergeleek naam en geboortedatum met een bericht van het laboratorium"),
        "lab.read": _("bekeek: post van het laboratorium"),
        "lab.publish": _("zette een uitslag klaar voor de patiënt"),
        "lab.schedule": _("koos een dag om een uitslag te tonen"),
        "lab.invite": _("vroeg de patiënt om een afspraak te maken"),
        "lab.save": _("bewaarde post van het laboratorium voor later"),
        "lab.hold": _("hield een geplande uitslag tegen"),
        "lab.close": _("rondde post van het laboratorium af"),
        "document.list": _("bekeek: de lijst van brieven en documenten"),
        "document.read": _("bekeek: de gegevens van een brief of document"),
        "document.download": _("opende een brief of document"),
        "document.prepare": _("zag de naam bij het toevoegen van een document"),
        "document.add": _("zette een brief of document in het dossier"),
        "document.receive": _("ontving een brief of document"),
        "document.publish": _("deelde een brief of document met de patiënt"),
        "document.withdraw": _("stopte met het delen van een brief of document"),
        "document.file_refused": _("weigerde een bestand bij post van het laboratorium"),
        "document.virus_refused": _("weigerde een document omdat er een virus in zit"),
        "document.checked": _("controleerde een document op virussen"),
        "letter.read": _("bekeek een brief"),
        "letter.open": _("opende een brief"),
        "consult.list": _("bekeek: de lijst met vragen aan de praktijk"),
        "consult.start": _("opende de pagina om een vraag te stellen"),
        "consult.draft": _("bewaarde een vraag die nog niet verstuurd is"),
        "consult.draft_read": _("bekeek: een vraag die nog niet verstuurd is"),
        "consult.read": _("las een vraag en de antwoorden"),
        "consult.send": _("stuurde een vraag naar de praktijk"),
        "consult.follow_up": _("schreef verder bij een vraag aan de praktijk"),
        "consult.open": _("las een vraag van de patiënt"),
        "consult.answer": _("beantwoordde een vraag van de patiënt"),
        "consult.close": _("rondde een vraag van de patiënt af"),
        "consult.hand_over": _("zette een vraag van de patiënt op de werklijst van een arts"),
        "consult.file_add": _("zette een foto of bestand bij een vraag"),
        "consult.file_checked": _("controleerde een foto of bestand bij een vraag op virussen"),
        "consult.file_drop": _("gooide een foto of bestand weg dat niet verstuurd was"),
        "consult.file_list": _("bekeek: foto's en bestanden die niet verstuurd zijn"),
        "consult.file_open": _("opende een foto of bestand bij een vraag"),
        "consult.file_preview": _("zag een kleine foto bij een vraag"),
        "consult.virus_refused": _("koos een bestand met een virus; het is niet bewaard"),
        "consult.earlier": _("bekeek: eerdere vragen van de patiënt"),
        "consult.fill_in": _("zocht een standaardantwoord bij een vraag van de patiënt"),
        "consult.answer_draft": _("begon een antwoord op een vraag van de patiënt"),
        "consult.ticked": _("vinkte af welke vragen van de patiënt beantwoord zijn"),
        "consult.download": _("bewaarde een vraag met de antwoorden als bestand"),
        "record.summary": _("bekeek het dossier in het kort, bij een vraag van de patiënt"),
        "consult.to_journal": _("las een vraag om die in het dossier te zetten"),
        "consult.moved": _("zette een vraag bij een ander dossier, of terug. De vraag en het antwoord bleven hier"),
        "consult.moved_here": _("zette een vraag van iemand anders over naar dit dossier"),
        "consult.moved_away": _("haalde een vraag van iemand anders weg uit dit dossier"),
        "consult.named": _("zag de naam en geboortedatum bij een vraag van iemand anders"),
        "journal.prepare": _("keek welke episodes er zijn, om in het journaal te schrijven"),
        "journal.write": _("schreef in het journaal"),
        "journal.moved_away": _("haalde uit dit dossier wat over iemand anders ging"),
        "journal.moved_here": _("zette in dit dossier wat eerst bij iemand anders stond"),
        "consult.note": _("schreef een interne notitie bij een vraag van de patiënt"),
        "consult.slip": _("zag dat een antwoord te laat is en beloofde een nieuwe dag"),
        "consult.end": _("rondde een vraag af omdat er niets meer bij kwam"),
        "consult.inbox": _("zag een vraag van de patiënt in een lijst met vragen"),
        "consult.urgent": _("markeerde een vraag van de patiënt als spoed"),
        "consult.not_urgent": _("haalde de markering spoed weg bij een vraag van de patiënt"),
        "consult.presence": _("wilde bij een vraag van de patiënt blijven kijken"),
        "consult.time": _("schreef op hoeveel tijd een vraag kostte"),
        "billing.time_read": _("bekeek: de tijd die een vraag kostte"),
        "billing.time": _("schreef op hoeveel tijd een vraag kostte"),
        "billing.propose": _("stelde een rekening voor een vraag voor"),
        "billing.mark": _("koos of een vraag op de rekening komt"),
        "billing.move": _("zette tijd en rekening bij de patiënt over wie de vraag gaat"),
        "billing.list": _("zag een rekening in een lijst"),
        "billing.read": _("bekeek: een rekening van een contact"),
        "billing.confirm": _("keurde een rekening van een contact goed"),
        "billing.refuse": _("koos om een contact niet op de rekening te zetten"),
        "billing.reopen": _("koos om een contact toch op de rekening te zetten"),
        "billing.correct": _("verbeterde een rekening van een contact"),
        "billing.export": _("zette een rekening klaar voor het systeem van de praktijk"),
        "billing.download": _("opende een bestand met rekeningen"),
        "consult.begin_form": _("opende het formulier om de patiënt een bericht te sturen"),
        "consult.begin": _("stuurde de patiënt een bericht"),
        "consult.group_messages": _("koos of de praktijk berichten aan een groep mag sturen"),
        "followup.form": _("opende het formulier om later te vragen hoe het gaat"),
        "followup.plan": _("plande om later te vragen hoe het gaat"),
        "followup.cancel": _("haalde een geplande vraag weg"),
        "followup.due": _("keek of een geplande vraag aan de beurt was"),
        "mailing.list": _("zag de naam in een lijst voor een bericht aan een groep patiënten"),
        "mailing.preview": _("bekeek een bericht aan een groep patiënten zoals deze patiënt het krijgt"),
        "mailing.receive": _("stuurde de patiënt een bericht dat aan een groep patiënten ging"),
        "mailing.unread": _("zag in een lijst wie een bericht nog niet las"),
        "correction.ask": _("vroeg de praktijk om iets in het dossier te veranderen"),
        "correction.withdraw": _("trok een verzoek over het dossier in"),
        "correction.list": _("bekeek: de verzoeken over het dossier"),
        "correction.own_read": _("bekeek: een verzoek over het dossier"),
        "correction.answer_read": _("las het antwoord op een verzoek over het dossier"),
        "correction.read": _("las een verzoek over het dossier"),
        "correction.take_up": _("nam een verzoek over het dossier in behandeling"),
        "correction.extend": _("nam meer tijd voor een verzoek over het dossier"),
        "correction.note": _("schreef een notitie bij een verzoek over het dossier"),
        "correction.decide": _("besloot over een verzoek over het dossier"),
        "wishes.read": _("bekeek hoe de patiënt uitslagen wil horen"),
        "wishes.changed": _("koos hoe de patiënt uitslagen wil horen"),
        "lab.enter": _("voerde een uitslag of meting in"),
        "lab.enter_form": _("opende het formulier om een uitslag in te voeren"),
        "action.create": _("zette een actie op de lijst"),
        "action.form": _("opende het formulier om een actie op de lijst te zetten"),
        "action.read": _("bekeek: een actie die op de lijst staat"),
        "action.list": _("zag een actie in een werklijst"),
        "worklist.read": _("bekeek: wie het werk doet en wanneer"),
        "worklist.assign": _("koos wie het werk doet"),
        "worklist.plan": _("koos een dag voor het werk"),
        "worklist.put_back": _("gaf werk terug aan collega’s"),
        "worklist.close": _("rondde werk af"),
        "export.list": _("bekeek: welke bestanden van het dossier zijn gemaakt"),
        "export.ask": _("vroeg om een bestand van het dossier"),
        "export.download": _("bewaarde een bestand van het dossier"),
        "export.remove": _("verwijderde een bestand van het dossier"),
        "export.fail": _("kon een bestand van het dossier niet maken"),
        "appointment.search": _("zocht een tijd voor een afspraak"),
        "appointment.list": _("bekeek de afspraken"),
        "appointment.read": _("bekeek een afspraak"),
        "appointment.read_for": _("bekeek een afspraak in de agenda"),
        "appointment.search_for": _("zocht een tijd voor een afspraak van de patiënt"),
        "appointment.list_for": _("zag een afspraak in een lijst van de praktijk"),
        "appointment.list_one_for": _("bekeek de afspraken van de patiënt"),
        "appointment.conflicts": _("zag deze afspraak bij het wijzigen van de agenda"),
        "appointment.hold": _("hield een tijd vast voor een afspraak"),
        "appointment.fill": _("vulde gegevens in voor een afspraak"),
        "appointment.book": _("maakte een afspraak"),
        "appointment.book_for": _("maakte een afspraak voor de patiënt"),
        "appointment.cancel": _("zei een afspraak af"),
        "appointment.cancel_for": _("zei een afspraak af namens de praktijk"),
        "appointment.move": _("verzette een afspraak"),
        "appointment.earlier_ask": _("vroeg om een eerdere tijd voor een afspraak"),
        "appointment.earlier_stop": _("haalde een afspraak van de lijst voor eerder"),
        "appointment.offer_read": _("bekeek een aangeboden eerdere tijd"),
        "appointment.offer_accept": _("koos een aangeboden eerdere tijd"),
        "appointment.offer_refuse": _("wilde een aangeboden eerdere tijd niet"),
        "appointment.move_for": _("verzette een afspraak namens de praktijk"),
        "appointment.remind": _("ging na of een herinnering voor een afspraak gewenst is"),
        "appointment.offer": _("bood een eerdere tijd aan"),
        "appointment.offer_end": _("beëindigde het aanbod van een eerdere tijd"),
        "appointment.wish_end": _("haalde de wens voor een eerdere tijd van de lijst"),
        "appointment.lapse": _("gaf een tijd terug die was vastgehouden"),
        "appointment.calendar_file": _("bewaarde een afspraak voor de eigen agenda"),
        "agenda.feed_read": _("las de agenda in een eigen agendaprogramma"),
        "appointment.arrived": _("noteerde dat de patiënt er is voor een afspraak"),
        "appointment.done": _("noteerde dat een afspraak is geweest"),
        "appointment.no_show": _("noteerde dat de patiënt niet is gekomen"),
        "appointment.waited_for": _("haalde weg wat over het komen was genoteerd"),
        "agenda.day": _("zag een afspraak in de agenda"),
        "agenda.week": _("zag een afspraak in de agenda van een week"),
        "agenda.print": _("zag een afspraak op een lijst van een dag, om te printen"),
        "record.import": _("nam het dossier over uit het systeem van de praktijk"),
    }
    return words.get(event, "")


def _kind(kind: str) -> str:
    words: dict[str, str] = {
        DataKind.PROFILE: _("naam, geboortedatum en contactgegevens"),
        DataKind.EPISODES: _("klachten en ziektes"),
        DataKind.JOURNAL: _("verslagen van contacten met de praktijk"),
        DataKind.OBSERVATIONS: _("uitslagen en metingen"),
        DataKind.ALLERGIES: _("allergieën"),
        DataKind.MEDICATION: _("medicijnen"),
        DataKind.FULL_RECORD: _("het hele dossier"),
        DataKind.LAB_REPORTS: _("post van het laboratorium"),
        DataKind.DOCUMENTS: _("brieven en documenten"),
        DataKind.RESULT_WISHES: _("hoe de patiënt uitslagen wil horen"),
        DataKind.RECORD_COPY: _("een kopie van het dossier"),
        DataKind.RECORD_EXPORT: _("een bestand van het dossier"),
        DataKind.RELEASE: _("de toegang tot het dossier"),
        DataKind.WORK_NOTES: _("een werknotitie"),
        DataKind.CORRECTIONS: _("verzoeken over het dossier"),
        DataKind.ACTION_NOTES: _("een actie die op de lijst staat"),
        DataKind.ACCESS_LOG: _("dit overzicht"),
        DataKind.AGREEMENT: _("de afspraken over inzage"),
        DataKind.INVITATION: _("de uitnodiging voor het portaal"),
        DataKind.NOTICES: _("de instellingen voor meldingen"),
        DataKind.CONSULTS: _("vragen aan de praktijk"),
        DataKind.CONTACT_TIME: _("de tijd die een vraag kostte"),
        DataKind.DECLARATIONS: _("de rekening van een contact"),
        DataKind.APPOINTMENTS: _("afspraken bij de praktijk"),
    }
    return words.get(kind, _("gegevens over de patiënt"))
