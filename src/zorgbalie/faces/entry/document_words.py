"""What kinds of documents are called, at the desk, in the settings and for the patient: everywhere the same words."""

from django.utils.translation import gettext_lazy as _

from zorgbalie.record.types.documents import DocumentCategory

CATEGORY_NAMES = {
    DocumentCategory.SPECIALIST_IN: _("Brief van de specialist"),
    DocumentCategory.SPECIALIST_OUT: _("Brief aan de specialist"),
    DocumentCategory.DISCHARGE: _("Ontslagbrief van het ziekenhuis"),
    DocumentCategory.RADIOLOGY: _("Verslag van röntgen, echo of scan"),
    DocumentCategory.LAB_TEXT: _("Brief van het laboratorium"),
    DocumentCategory.FORM: _("Formulier"),
    DocumentCategory.PHOTO: _("Foto"),
    DocumentCategory.OTHER: _("Ander document"),
    DocumentCategory.EPD_TRANSFER: _("EPD-overdrachtsbericht"),
}
_TYPE_NAMES = {
    "application/pdf": _("PDF"),
    "image/jpeg": _("foto"),
    "image/png": _("afbeelding"),
    "text/plain": _("tekst"),
}


def type_name(*, media_type: str) -> str:
    """What kind of file it is, as people say it."""
    return str(_TYPE_NAMES.get(media_type, _("bestand")))
