"""What kinds of documents are called: on pages, in the settings and in files alike. Keys are stored values."""

from django.utils.translation import gettext_lazy as _

KIND_WORDS = {
    "specialist_in": _("Brief van de specialist"),
    "specialist_out": _("Brief aan de specialist"),
    "discharge": _("Ontslagbrief van het ziekenhuis"),
    "radiology": _("Verslag van röntgen, echo of scan"),
    "lab_text": _("Brief van het laboratorium"),
    "form": _("Formulier"),
    "photo": _("Foto"),
    "other": _("Ander document"),
    "epd_transfer": _("EPD-overdrachtsbericht"),
}
_FILE_WORDS = {
    "application/pdf": _("PDF"),
    "image/jpeg": _("foto"),
    "image/png": _("afbeelding"),
    "text/plain": _("tekst"),
}


def file_words(*, media_type: str) -> str:
    """What kind of file it is, as people say it."""
    return str(_FILE_WORDS.get(media_type, _("bestand")))
