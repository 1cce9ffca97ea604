"""Counts and names of the release pages in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zorgbalie.record.types.desk import ChoiceCounts, ItemKind, RecordPart
from zorgbalie.record.types.shown import RecordCounts

PART_NAMES = {
    RecordPart.CONTACTS: gettext_lazy("Contacten"),
    RecordPart.EPISODES: gettext_lazy("Episodes"),
    RecordPart.FLAGS: gettext_lazy("Attentiewaarden"),
    RecordPart.VALUES: gettext_lazy("Metingen"),
    RecordPart.ALLERGIES: gettext_lazy("Allergieën"),
    RecordPart.MEDICINES: gettext_lazy("Medicijnen"),
    RecordPart.NOTES: gettext_lazy("Gedeelde notities"),
}
EXTRA_NAMES = {
    RecordPart.EPISODES: gettext_lazy("Code"),
    RecordPart.FLAGS: gettext_lazy("Code"),
    RecordPart.VALUES: gettext_lazy("Waarde"),
    RecordPart.ALLERGIES: gettext_lazy("Ernst"),
    RecordPart.MEDICINES: gettext_lazy("Gebruik"),
    RecordPart.NOTES: gettext_lazy("Gaat over"),
}
KIND_NAMES = {
    ItemKind.EPISODE: gettext_lazy("Episodes"),
    ItemKind.LINE: gettext_lazy("Regels zonder episode"),
    ItemKind.CONTACT: gettext_lazy("Contacten"),
    ItemKind.VALUE: gettext_lazy("Metingen en uitslagen"),
    ItemKind.ALLERGY: gettext_lazy("Allergieën"),
    ItemKind.MEDICINE: gettext_lazy("Medicijnen"),
}


def counted(kind: ItemKind, number: int) -> str:
    """ "7 episodes", "1 regel"."""
    words = {
        ItemKind.EPISODE: ngettext("%(n)s episode", "%(n)s episodes", number),
        ItemKind.CONTACT: ngettext("%(n)s contact", "%(n)s contacten", number),
        ItemKind.LINE: ngettext("%(n)s regel", "%(n)s regels", number),
        ItemKind.VALUE: ngettext("%(n)s meting", "%(n)s metingen", number),
        ItemKind.ALLERGY: ngettext("%(n)s allergie", "%(n)s allergieën", number),
        ItemKind.MEDICINE: ngettext("%(n)s medicijn", "%(n)s medicijnen", number),
    }
    return words[kind] % {"n": number}


def shown_words(counts: RecordCounts) -> list[str]:
    """What the patient sees, part by part, without empty parts."""
    numbers = {
        ItemKind.EPISODE: counts.episodes,
        ItemKind.LINE: counts.lines,
        ItemKind.CONTACT: counts.contacts,
        ItemKind.VALUE: counts.values,
        ItemKind.ALLERGY: counts.allergies,
        ItemKind.MEDICINE: counts.medicines,
    }
    return [counted(kind, number) for kind, number in numbers.items() if number]


def hidden_words(counts: ChoiceCounts) -> list[str]:
    """What stays hidden by a tick."""
    return [counted(kind, number) for kind, number in counts.hidden.items() if number]


def release_words(counts: ChoiceCounts, *, of_pharmacy: bool) -> str:
    """The words on the button that releases: a verb and the counts (ux 50)."""
    shown = counts.shown
    if of_pharmacy:
        parts = [counted(ItemKind.MEDICINE, shown.medicines), counted(ItemKind.ALLERGY, shown.allergies)]
    else:
        parts = [counted(ItemKind.EPISODE, shown.episodes), counted(ItemKind.LINE, shown.lines)]
    return _("Geef %(parts)s vrij") % {"parts": joined(parts)}


def change_words(counts: ChoiceCounts) -> str:
    """The words on the button that changes ticks."""
    hide, show = counts.newly_hidden, counts.newly_shown
    hidden = ngettext("Verberg %(n)s onderdeel", "Verberg %(n)s onderdelen", hide) % {"n": hide}
    if not show:
        return hidden
    if not hide:
        return ngettext("Toon %(n)s onderdeel weer", "Toon %(n)s onderdelen weer", show) % {"n": show}
    return _("%(hidden)s en toon er %(n)s weer") % {"hidden": hidden, "n": show}


def joined(parts: Iterable[str]) -> str:
    """ "a, b en c"."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s en %(latest)s") % {"first": ", ".join(words[:-1]), "latest": words[-1]}
