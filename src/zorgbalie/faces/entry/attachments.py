"""Photos and files that are chosen beside a text: what both faces do with them, in a form and by script (ux 11).

Files arrive with the text in one form, or one by one from the script `ui/files.js`, which gets the list back.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zorgbalie.consult.actions.attachment_intake import words_of
from zorgbalie.consult.actions.attachments import add_file, drop_file
from zorgbalie.consult.queries.attachments import open_file, open_thumbnail
from zorgbalie.consult.types import (
    MOST_BYTES,
    MOST_FILES,
    Attachment,
    AttachmentFile,
    FileNotChecked,
    NewFile,
    Place,
)
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.entry.downloads import picture
from zorgbalie.faces.entry.uploads import cut_names
from zorgbalie.integrations.files import FileFault, clean_text
from zorgbalie.kernel.errors import Refused
from zorgbalie.kernel.ids import ConsultAttachmentId

ADD, DROP = "toevoegen", "verwijder"
_LONGEST_NAME = 60
_ACCEPTED = "image/*,.heic,.heif,.tif,.tiff,application/pdf,.pdf,text/plain,.txt"


@dataclass(kw_only=True)
class Outcome:
    """What became of the files of one form: how many were taken, and a sentence for each that was not."""

    added: int = 0
    refused: list[str] = field(default_factory=list)


class _Several(forms.FileInput):
    allow_multiple_selected = True


class FilesForm(forms.Form):
    """The field for files, with what was wrong beside it. What is chosen is taken by `take_files`, not by this form."""

    attachments = forms.FileField(
        label=gettext_lazy("Kies foto's of bestanden"),
        required=False,
        widget=_Several(attrs={"multiple": True, "accept": _ACCEPTED, "data-files-input": ""}),
    )

    def __init__(self, outcome: Outcome | None = None) -> None:
        super().__init__(data={} if outcome is not None and outcome.refused else None)
        self.fields["attachments"].help_text = size_words()
        for words in outcome.refused if outcome else ():
            self.add_error("attachments", words)


def take_files(request: FaceRequest, place: Place) -> Outcome:
    """Store every file that came with this form, each by itself: one that is refused does not take others along."""
    outcome, token = Outcome(), _token(request)
    for upload in [*request.FILES.getlist("attachments"), *request.FILES.getlist("camera")]:
        # No more is read of the file than needed to refuse it.
        file = NewFile(name=upload.name or "", content=upload.read(settings.DOCUMENT_MAX_BYTES + 1))
        try:
            add_file(viewer=request.viewer, place=place, file=file, token=token, now=request.now)
            outcome.added += 1
        except Refused as refusal:
            outcome.refused.append(f"{_shown(file.name)}: {refusal.message}")
    too_large = words_of(fault=FileFault.TOO_LARGE)
    outcome.refused += [f"{_shown(name)}: {too_large}" for name in cut_names(request=request)]
    return outcome


def change_files(request: FaceRequest, place: Place) -> Outcome:
    """The same, and drop the file that the pressed button names."""
    outcome, number = take_files(request, place), request.POST.get(DROP, "")
    if not number and request.POST.get("doen") == ADD and not outcome.added and not outcome.refused:
        outcome.refused.append(_("Kies eerst een foto of bestand."))
    if number.isascii() and number.isdigit() and len(number) < 19:
        drop_file(viewer=request.viewer, place=place, attachment_id=ConsultAttachmentId(int(number)), now=request.now)
    return outcome


def has_files(request: HttpRequest) -> bool:
    """Whether this form brings files, or brought one that was let go."""
    return bool(request.FILES) or bool(cut_names(request=request))


def is_about_files(request: HttpRequest) -> bool:
    """Whether the button that was pressed is one of the list of files: nothing is sent then."""
    return request.POST.get("doen") == ADD or DROP in request.POST


def answer_script(request: FaceRequest, outcome: Outcome, files: tuple[Attachment, ...], base: str) -> HttpResponse:
    """The list as it is now, and what was wrong, for the script."""
    values = {"files": files, "files_href": base}
    listed = render_to_string("ui/consult/chosen_files.html", values, request=request)
    return JsonResponse({"list": listed, "refused": outcome.refused}, status=422 if outcome.refused else 200)


def file_response(request: FaceRequest, place: Place, attachment_id: int) -> HttpResponse:
    """The file: an image of ours is shown, all else is saved."""
    wanted = ConsultAttachmentId(attachment_id)
    try:
        found = open_file(viewer=request.viewer, place=place, attachment_id=wanted, now=request.now)
    except FileNotChecked as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    return _picture(found)


def thumbnail_response(request: FaceRequest, place: Place, attachment_id: int) -> HttpResponse:
    """The small image."""
    wanted = ConsultAttachmentId(attachment_id)
    return _picture(open_thumbnail(viewer=request.viewer, place=place, attachment_id=wanted, now=request.now))


def size_words() -> str:
    """How many and how large, in one sentence (ux 11)."""
    return _(
        "U kunt %(count)s bestanden meesturen: foto's of PDF. Eén bestand mag %(most)s MB zijn, samen %(total)s MB."
    ) % {"count": MOST_FILES, "most": settings.DOCUMENT_MAX_BYTES // 1_000_000, "total": MOST_BYTES // 1_000_000}


def _token(request: HttpRequest) -> UUID | None:
    """Of the form that the files came in, where it is one that sends a text."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return None


def _picture(found: AttachmentFile) -> HttpResponse:
    return picture(name=found.name, media_type=found.media_type, content=found.content)


def _shown(name: str) -> str:
    """A stranger's name for a file, on a page: one short line, with nothing that hides or turns."""
    clean = " ".join(clean_text(text=name).split()) or _("Bestand")
    return clean if len(clean) <= _LONGEST_NAME else f"{clean[:_LONGEST_NAME]}…"
