"""Opening hours, closings and holidays in words: for patients, and beside the settings."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zorgbalie.practice.free_days import Holiday
from zorgbalie.practice.opening import Block, Week
from zorgbalie.ui.formats import day_date

_PAIR = 2


def day_names() -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return (
        _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"),
    )  # fmt: skip


def holiday_names() -> dict[Holiday, str]:
    """The holidays in the order of the year."""
    return {
        Holiday.NEW_YEAR: _("Nieuwjaarsdag"),
        Holiday.GOOD_FRIDAY: _("Goede Vrijdag"),
        Holiday.EASTER_SUNDAY: _("Eerste Paasdag"),
        Holiday.EASTER_MONDAY: _("Tweede Paasdag"),
        Holiday.KINGS_DAY: _("Koningsdag"),
        Holiday.LIBERATION_LUSTRUM: _("Bevrijdingsdag, eens in de vijf jaar (2030, 2035)"),
        Holiday.LIBERATION_DAY: _("Bevrijdingsdag, elk jaar"),
        Holiday.ASCENSION: _("Hemelvaartsdag"),
        Holiday.WHIT_SUNDAY: _("Eerste Pinksterdag"),
        Holiday.WHIT_MONDAY: _("Tweede Pinksterdag"),
        Holiday.CHRISTMAS_DAY: _("Eerste Kerstdag"),
        Holiday.BOXING_DAY: _("Tweede Kerstdag"),
    }


def hours_words(week: Week | None) -> str:
    """A week as people say it: days with the same hours together, days off left out; empty without hours."""
    if week is None:
        return ""
    days: dict[tuple[Block, ...], list[int]] = {}
    for number, blocks in enumerate(week):
        if blocks:
            days.setdefault(blocks, []).append(number)
    return " ".join(_sentence(numbers, blocks) for blocks, numbers in days.items())


def free_words(first: date, last: date, name: str, holiday: Holiday | None) -> str:
    """A time that the practice is closed: "25 december 2026: Eerste Kerstdag"."""
    title = holiday_names()[holiday] if holiday else name
    if holiday in (Holiday.LIBERATION_LUSTRUM, Holiday.LIBERATION_DAY):
        title = _("Bevrijdingsdag")
    if first == last:
        return _("%(day)s: %(name)s") % {"day": _with_weekday(first), "name": title}
    return _("%(first)s tot en met %(last)s: %(name)s") % {
        "first": _with_weekday(first), "last": day_date(value=last), "name": title,
    }  # fmt: skip


def _with_weekday(day: date) -> str:
    return date_format(day, "l j F Y")


def _sentence(numbers: list[int], blocks: tuple[Block, ...]) -> str:
    names = day_names()
    first, last = numbers[0], numbers[-1]
    is_run = last - first + 1 == len(numbers) > _PAIR
    words = {"first": names[first], "last": names[last]}
    days = _("%(first)s tot en met %(last)s") % words if is_run else _listed([names[one] for one in numbers])
    spans = [_("van %(start)s tot %(end)s uur") % _clocks(one) for one in blocks]
    text = _("%(days)s %(hours)s.") % {"days": days, "hours": _listed(spans)}
    return text[:1].upper() + text[1:]


def _listed(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(most)s en %(rest)s") % {"most": ", ".join(parts[:-1]), "rest": parts[-1]}


def _clocks(block: Block) -> dict[str, str]:
    return {"start": _clock(block.start), "end": _clock(block.end)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60}.{minutes % 60:02}"
