"""The words of the document in which a patient saves the own record (REQ 10, 22): the same as on the pages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from zorgbalie.consult.types import SavedThread
from zorgbalie.exchange.actions.export_cells import (
    allergy_cells,
    by_whom,
    episode_cells,
    medicine_cells,
    usual_words,
    value_words,
)
from zorgbalie.exchange.actions.export_questions import question_block, question_words
from zorgbalie.exchange.rules.leaving_questions import Questions
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.record.types import ShownContact, ShownLine
from zorgbalie.record.types.documents import ShownLetter
from zorgbalie.record.types.shown import Said, SaidKind
from zorgbalie.record.types.whole import ReadablePlace, SavedDetermination, SavedReport
from zorgbalie.ui.document_words import KIND_WORDS, file_words
from zorgbalie.ui.formats import day_date, file_size, long_moment
from zorgbalie.ui.templatetags.record import (
    record_day,
)

_Part = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class WhoseDocument:
    """Whose record it is; `asked_by` is who asked for somebody else, empty for the patient self."""

    full_name: str
    birth_date: date
    asked_by: str


def document(
    *,
    places: tuple[ReadablePlace, ...],
    questions: Questions,
    whose: WhoseDocument,
    terms: Mapping[str, str],
    language: str,
    now: datetime,
) -> bytes:
    """The PDF, in the language in which it was asked for. Raises PdfFailed."""
    with translation.override(language):
        data = _data(places, questions, whose, language, now)
        data["words"] = [_row(list(pair)) for pair in _words_used(data["places"], terms)]
        data["words_lead"] = (
            _("Deze afkortingen en woorden staan in dit document.")
            if data["words"]
            else _("In dit document staan geen afkortingen die wij kennen.")
        )
    return render_pdf(template="exchange/record_export", data=data, now=now)


def _data(
    places: tuple[ReadablePlace, ...], questions: Questions, whose: WhoseDocument, language: str, now: datetime
) -> dict[str, Any]:
    names = [place.practice.name for place in places]
    return {
        "language": language,
        "title": _("Mijn medisch dossier"),
        "sender": " · ".join(names),
        "footer": f"{whose.full_name}, {day_date(value=whose.birth_date)}",
        "page_words": [_("Pagina"), _("van")],
        "facts": [
            [_("Naam"), whose.full_name],
            [_("Geboortedatum"), day_date(value=whose.birth_date)],
            [_("Dossier van"), ", ".join(names)],
            [_("Gemaakt op"), long_moment(value=now)],
            *([[_("Gemaakt voor"), whose.asked_by]] if whose.asked_by else []),
        ],
        "lead": _(
            "Dit document bevat alles wat op dit moment online te lezen is in het dossier. Bewaar het goed: er staan "
            "medische gegevens in. Geef het alleen aan mensen die dit mogen weten."
        ),
        "holds_title": _("Dit staat erin"),
        "holds": list(dict.fromkeys([*_holds(places), *question_words(questions)])),
        "lacks_title": _("Dit staat er niet in"),
        "lacks": list(_lacks(places)),
        "contents_title": _("Inhoud"),
        "places": [_place(place, questions) for place in places],
        "words_title": _("Woorden en afkortingen"),
        "words_columns": [_("Woord"), _("Betekenis")],
        "closing": _("Klopt er iets niet, of heeft u een vraag? Bel uw praktijk."),
    }


def _holds(places: Iterable[ReadablePlace]) -> Iterator[str]:
    for place in places:
        if place.episodes is not None:
            yield _("Klachten en ziektes die nu spelen. En oude, als de praktijk die laat zien.")
        if place.contacts is not None and place.journal_from is not None:
            yield _("Contacten met de praktijk vanaf %(day)s: de conclusie en het plan.") % {
                "day": day_date(value=place.journal_from)
            }
        if place.values is not None and place.results_from is not None:
            yield _("Uitslagen en metingen vanaf %(day)s.") % {"day": day_date(value=place.results_from)}
        if place.allergies is not None:
            yield _("Allergieën.")
        if place.medicines is not None:
            yield _("Medicijnen die u nu gebruikt.")
        if place.letters is not None:
            yield _("De lijst van brieven met de uitleg van uw huisarts. De brieven zelf opent u op de website.")


def _lacks(places: Iterable[ReadablePlace]) -> Iterator[str]:
    """What the national agreement on online access leaves out (OPEN data set)."""
    yield _("Wat u zelf vertelde en wat de dokter bij onderzoek zag. Die regels toont een praktijk niet online.")
    yield _("Werknotities van de dokter, en gegevens over andere mensen.")
    yield _("Gegevens van vroeger, van voor de dagen die hierboven staan. En medicijnen die u niet meer gebruikt.")
    yield _("Wat de praktijk niet online laat zien.")
    yield _("Eerdere versies van een uitslag die verbeterd is. Die leest u op de website bij de uitslag.")
    if any(report.is_held for place in places for report in place.reports or ()):
        yield _("De inhoud van uitslagen die u nog niet heeft geopend en die u kunnen laten schrikken.")
    yield _("Wilt u die gegevens ook? Vraag uw praktijk om een kopie van uw hele dossier.")


def _place(place: ReadablePlace, questions: Questions) -> dict[str, Any]:
    phone = place.practice.phone
    lead = _("Dit heeft %(name)s opgeschreven.") % {"name": place.practice.name}
    return {
        "title": place.practice.name,
        "lead": " ".join([lead, _("Telefoon: %(phone)s.") % {"phone": phone} if phone else ""]).strip(),
        "parts": [*_parts(place), *_asked(questions.get(place.practice.practice_id, ()))],
    }


def _parts(place: ReadablePlace) -> Iterator[_Part]:
    if place.episodes is not None:
        yield _table(
            _("Klachten en ziektes"),
            [(_("Naam"), 5), (_("Begonnen"), 4), (_("Voorbij"), 4), (_("Door"), 4)],
            [_row(episode_cells(one), one.said) for one in place.episodes],
        )
    if place.contacts is not None:
        yield _part(_("Contacten met de praktijk"), blocks=[_contact(one) for one in place.contacts])
    if place.reports:
        yield _part(_("Uitslagen van het laboratorium"), blocks=[_report(one) for one in place.reports])
    if place.values is not None:
        yield _part(
            _("Uitslagen en metingen"),
            groups=[_determination(one) for one in place.values],
            note=_("Per onderzoek staan alle waarden bij elkaar. De nieuwste staat bovenaan.") if place.values else "",
        )
    if place.allergies is not None:
        yield _table(
            _("Allergieën"),
            [(_("Naam"), 3), (_("Sinds"), 3), (_("Wat er gebeurt"), 4), (_("Opmerking"), 4), (_("Door"), 3)],
            [_row(allergy_cells(one), one.said) for one in place.allergies],
        )
    if place.medicines is not None:
        yield _table(
            _("Medicijnen die u nu gebruikt"),
            [(_("Naam"), 4), (_("Zo gebruikt u het"), 4), (_("Waarvoor"), 3), (_("Periode"), 4), (_("Door"), 3)],
            [_row(medicine_cells(one), one.said) for one in place.medicines],
        )
    if place.letters is not None:
        yield _part(
            _("Brieven"),
            blocks=[_letter(one) for one in place.letters],
            note=_("De brief zelf opent u op de website: kies Dossier en dan Brieven.") if place.letters else "",
        )
    if place.said:
        yield _part(_("Bij het dossier als geheel"), blocks=[_said_of_whole(place.said)])


def _asked(threads: tuple[SavedThread, ...]) -> Iterator[_Part]:
    if threads:
        yield _part(_("Vragen aan de praktijk"), blocks=[question_block(one) for one in threads])


def _part(
    title: str,
    *,
    blocks: list[_Part] | None = None,
    groups: list[_Part] | None = None,
    note: str = "",
) -> _Part:
    """A part in the shape that the template reads; only one of its lists is filled."""
    return {
        "title": title,
        "note": note,
        "blocks": blocks or [],
        "groups": groups or [],
        "rows": [],
        "columns": [],
        "widths": [],
        "empty": _("Hier is niets opgeschreven."),
    }


def _table(title: str, columns: list[tuple[str, int]], rows: list[_Part]) -> _Part:
    return {**_part(title), **_filled(columns, rows)}


def _row(cells: list[str], said: Iterable[Said] = ()) -> _Part:
    """A row, with what stands beside the item below it over the full width."""
    return {"cells": cells, "said": _said(said)}


def _said(said: Iterable[Said]) -> list[list[str]]:
    """Own words of the patient and corrections: whose they are with the day, and the words (ux 35)."""
    return [
        [
            (
                _("Eigen tekst van de patiënt, %(day)s")
                if one.kind is SaidKind.STATEMENT
                else _("Gecorrigeerd op %(day)s")
            )
            % {"day": day_date(value=one.day)},
            one.text,
        ]
        for one in said
    ]


def _filled(columns: list[tuple[str, int]], rows: list[_Part]) -> _Part:
    """A table without the columns in which nothing stands."""
    kept = [number for number in range(len(columns)) if any(row["cells"][number].strip() for row in rows)]
    return {
        "columns": [columns[number][0] for number in kept],
        "widths": [columns[number][1] for number in kept],
        "rows": [{**row, "cells": [row["cells"][number] for number in kept]} for row in rows],
    }


def _contact(one: ShownContact) -> _Part:
    about = one.only_episode
    by = [by_whom(one), one.reason]
    if about is not None and about.episode_title != one.reason:
        by.append(_("Gaat over: %(title)s") % {"title": about.episode_title})
    return {
        "title": " · ".join(part for part in (day_date(value=one.day), one.kind_title) if part),
        "by": "\n".join(part for part in by if part),
        "lines": [_line(line, one) for line in one.lines],
        "nothing": _("Bij dit contact staat hier geen conclusie en geen plan."),
        "said": _said(one.said),
    }


def _line(line: ShownLine, contact: ShownContact) -> list[Any]:
    extra = []
    if line.episode_title and contact.only_episode is None:
        extra.append(_("Gaat over: %(title)s") % {"title": line.episode_title})
    if line.author_name and line.author_name != contact.author_name:
        extra.append(by_whom(line))
    text = line.text if not extra else f"{line.text}\n({'; '.join(extra)})"
    return [_("Conclusie") if line.soep == "E" else _("Plan"), text, _said(line.said)]


def _report(one: SavedReport) -> _Part:
    by = [one.laboratory, _("Klaargezet op %(day)s") % {"day": day_date(value=one.published_on)}, one.doctor_name]
    if one.is_preliminary:
        by.append(_("voorlopig"))
    if one.is_corrected:
        by.append(_("verbeterd"))
    words: list[list[Any]] = [[_("Conclusie"), one.conclusion, []], [_("Wat u kunt doen"), one.advice, []]]
    return {
        "title": _("Uitslag van %(day)s") % {"day": day_date(value=one.day)},
        "by": " · ".join(part for part in by if part),
        "lines": [line for line in words if line[1].strip()],
        "nothing": (
            _("U heeft deze uitslag nog niet geopend. Daarom staat de inhoud niet in dit document.")
            if one.is_held
            else _("Hier is niets opgeschreven.")
        ),
        "said": _said(one.said),
    }


def _letter(one: ShownLetter) -> _Part:
    """A letter as its page has it, without the letter itself: that can be anything, a photo too."""
    file = _("%(kind)s, %(size)s") % {"kind": file_words(media_type=one.media_type), "size": file_size(size=one.size)}
    by = [KIND_WORDS[one.category.value], one.author_name, file]
    by_doctor = f"\n({one.published_by_name})" if one.published_by_name else ""
    return {
        "title": f"{day_date(value=one.document_date)} · {one.title}",
        "by": " · ".join(str(part) for part in by if part),
        "lines": (
            [[_("Uitleg van uw huisarts"), f"{one.explanation}{by_doctor}", []]] if one.explanation.strip() else []
        ),
        "nothing": _("De praktijk schreef hier geen uitleg bij."),
        "said": _said(one.said),
    }


def _said_of_whole(said: Iterable[Said]) -> _Part:
    return {"title": "", "by": "", "lines": [], "nothing": "", "said": _said(said)}


def _determination(one: SavedDetermination) -> _Part:
    return {
        "title": one.title,
        **_filled(
            [(_("Datum"), 4), (_("Waarde"), 5), (_("Gewone waarden"), 3), (_("Opmerking"), 4), (_("Door"), 4)],
            [
                _row(
                    [
                        record_day(value.day, value.date_precision),
                        value_words(value),
                        usual_words(value),
                        value.remark,
                        by_whom(value),
                    ],
                    value.said,
                )
                for value in one.values
            ],
        ),
    }


def _words_used(places: Any, terms: Mapping[str, str]) -> list[tuple[str, str]]:
    """The words of the glossary that stand in the document, in the order of the alphabet."""
    found = set(re.findall(r"[^\s,;:()]+", " ".join(_texts(places))))
    found |= {word.rstrip(".?!") for word in found}
    wanted = {term for term in terms if term in found or term[:1].upper() + term[1:] in found}
    wanted |= {term for term in terms if " " in term and any(term in text for text in _texts(places))}
    return [(term, terms[term]) for term in sorted(wanted, key=str.casefold)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
