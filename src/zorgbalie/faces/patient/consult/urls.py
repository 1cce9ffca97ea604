"""Addresses of: asking the practice a question, and reading the answer."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.consult import (
    document_views,
    draft_views,
    file_views,
    group_views,
    place_views,
    reason_views,
    views,
)  # fmt: skip

_DRAFT = "concept/<number:consult_id>"
urlpatterns = [
    path("", views.overview, name="patient_consult_overview"),
    path("nieuw/", draft_views.start, name="patient_consult_start"),
    path(f"{_DRAFT}/aan/", draft_views.addressee, name="patient_consult_addressee"),
    path(f"{_DRAFT}/voor-wie/", place_views.for_whom, name="patient_consult_for_whom"),
    path(f"{_DRAFT}/waar/", place_views.place, name="patient_consult_place"),
    path(f"{_DRAFT}/reden/", reason_views.reason, name="patient_consult_reason"),
    path(f"{_DRAFT}/antwoord/<number:place>/", reason_views.answer, name="patient_consult_answer"),
    path(f"{_DRAFT}/misschien/", reason_views.self_care, name="patient_consult_self_care"),
    path(f"{_DRAFT}/waarover/", draft_views.subject, name="patient_consult_subject"),
    path(f"{_DRAFT}/vraag/", draft_views.question, name="patient_consult_question"),
    path(f"{_DRAFT}/vraag/onderweg/", draft_views.keep_text, name="patient_consult_keep_text"),
    path(f"{_DRAFT}/bestanden/", file_views.files, name="patient_consult_files"),
    path(f"{_DRAFT}/controleer/", draft_views.check, name="patient_consult_check"),
    path(f"{_DRAFT}/weg/", draft_views.drop, name="patient_consult_drop"),
    path("<number:consult_id>/", views.thread, name="patient_consult_thread"),
    path("<number:consult_id>/bestanden/", file_views.thread_files, name="patient_consult_thread_files"),
    path("<number:consult_id>/bestanden/<number:attachment_id>/", file_views.file, name="patient_consult_file"),
    path(
        "<number:consult_id>/bestanden/<number:attachment_id>/klein/", file_views.thumbnail,
        name="patient_consult_thumbnail",
    ),
    path("<number:consult_id>/pdf/", document_views.download, name="patient_consult_download"),
    path("<number:consult_id>/verstuurd/", views.sent, name="patient_consult_sent"),
    path("<number:consult_id>/groep/", group_views.group_messages, name="patient_consult_group_messages"),
]  # fmt: skip
