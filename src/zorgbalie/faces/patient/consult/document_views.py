"""A question with its answers as a PDF, to save or pass on (REQ 22)."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zorgbalie.consult.queries.saving import get_thread_file
from zorgbalie.consult.types import AuthorKind, Message, Thread, ThreadFile
from zorgbalie.faces.entry.access import FaceRequest
from zorgbalie.faces.patient.consult.flow import answer_rows
from zorgbalie.faces.patient.consult.words import about_words, step_words, title_of
from zorgbalie.integrations.pdf import render_pdf
from zorgbalie.kernel.clock import local_date
from zorgbalie.kernel.ids import ConsultId
from zorgbalie.ui import formats
from zorgbalie.ui.templatetags.ui_formats import role_name


@require_safe
def download(request: HttpRequest, consult_id: int) -> HttpResponse:
    """The thread as it is now."""
    asked = cast(FaceRequest, request)
    found = get_thread_file(viewer=asked.viewer, consult_id=ConsultId(consult_id), now=asked.now)
    content = render_pdf(template="consult/thread", data=_data(asked, found), now=asked.now)
    name = slugify(_("vraag")) or "vraag"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{local_date(asked.now).isoformat()}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


def _data(request: FaceRequest, found: ThreadFile) -> dict[str, object]:
    thread, practice = found.thread, found.practice
    about = about_words(thread.about)
    return {
        "language": get_language() or "nl",
        "title": title_of(thread.about, thread.subject),
        "sender": practice.name,
        "footer": practice.name,
        "page_words": [_("Pagina"), _("van")],
        "facts": [
            [_("Naam"), found.patient_name],
            [_("Praktijk"), practice.name],
            *([[_("Telefoon"), practice.phone]] if practice.phone else []),
            *_asked_of(thread),
            *([[_("Gaat over"), about]] if about else []),
            [_("Stand"), step_words(thread.step, thread.with_name, is_pharmacy=thread.is_pharmacy)],
            [_("Gemaakt op"), formats.long_moment(value=request.now)],
        ],
        "messages": [_message(one, found) for one in thread.messages],
        "answers_title": _("Wat u heeft ingevuld"),
        "answers": [[row.label, row.value or _("Niet ingevuld")] for row in answer_rows(thread.answers)],
        "closing": _(
            "Let op: in dit document staan medische gegevens. Geef het alleen aan mensen die dit mogen weten."
        ),
    }


def _asked_of(thread: Thread) -> list[list[str]]:
    """To whom the patient wrote; what the practice began was asked of nobody."""
    if thread.outgoing.is_begun_here:
        return []
    place = _("de apotheek") if thread.is_pharmacy else _("de praktijk")
    return [[_("Gesteld aan"), thread.addressee_name or place]]


def _message(one: Message, found: ThreadFile) -> dict[str, object]:
    is_staff = one.author_kind is AuthorKind.STAFF
    role = role_name(one.author_role)
    who = one.author_name or (found.practice.name if is_staff else found.patient_name)
    return {
        "who": f"{who}, {role}" if role else who,
        "when": formats.long_moment(value=one.sent_at),
        "is_answer": is_staff,
        "files": _files(one),
        "parts": [[part.text, part.address, part.is_lead] for part in one.parts] or [[one.text, "", False]],
    }


def _files(one: Message) -> str:
    """What went along, by name: the files themselves are opened in the portal."""
    names = ", ".join(file.file_name for file in one.files)
    return _("Meegestuurd: %(names)s. U opent dit op de website.") % {"names": names} if names else ""
