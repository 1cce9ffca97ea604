"""Addresses of: questions of patients."""

from django.urls import path

from zorgbalie.faces.desk.consult import (
    answer_views,
    file_views,
    inbox_views,
    journal_views,
    list_views,
    live_views,
    moving_views,
    time_views,
    views,
)
from zorgbalie.faces.desk.outgoing import follow_up_views, start_views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/bericht/", start_views.start, name="desk_message_start"),
    path("", inbox_views.inbox, name="desk_consult_inbox"),
    path("aantallen/", live_views.numbers, name="desk_consult_numbers"),
    path("pakken/<number:item_id>/", inbox_views.take, name="desk_consult_take"),
    path("teruggeven/<number:item_id>/", inbox_views.give_back, name="desk_consult_give_back"),
    path("<number:patient_id>/<number:consult_id>/bij/", inbox_views.hand, name="desk_consult_hand"),
    path("<number:patient_id>/<number:consult_id>/spoed/", inbox_views.urgent, name="desk_consult_urgent"),
    path("<number:patient_id>/<number:consult_id>/aanwezig/", live_views.presence, name="desk_consult_presence"),
    path("<number:patient_id>/<number:consult_id>/", views.thread, name="desk_consult_thread"),
    path("<number:patient_id>/<number:consult_id>/bestanden/", file_views.thread_files, name="desk_consult_files"),
    path(
        "<number:patient_id>/<number:consult_id>/bestanden/<number:attachment_id>/",
        file_views.file,
        name="desk_consult_file",
    ),
    path(
        "<number:patient_id>/<number:consult_id>/bestanden/<number:attachment_id>/klein/",
        file_views.thumbnail,
        name="desk_consult_thumbnail",
    ),
    path("<number:patient_id>/<number:consult_id>/vinkjes/", answer_views.ticks, name="desk_consult_ticks"),
    path("<number:patient_id>/<number:consult_id>/concept/", answer_views.draft, name="desk_consult_draft"),
    path("<number:patient_id>/<number:consult_id>/volgende/", answer_views.following, name="desk_consult_next"),
    path("<number:patient_id>/", list_views.threads, name="desk_consult_list"),
    path("<number:patient_id>/<number:consult_id>/journaal/", journal_views.journal, name="desk_consult_journal"),
    path("<number:patient_id>/<number:consult_id>/ander/", moving_views.choose, name="desk_consult_move"),
    path(
        "<number:patient_id>/<number:consult_id>/ander/<number:to_id>/",
        moving_views.confirm,
        name="desk_consult_move_to",
    ),
    path("<number:patient_id>/<number:consult_id>/tijd/", time_views.time, name="desk_consult_time"),
    path("<number:patient_id>/<number:consult_id>/tijd/tellen/", time_views.count, name="desk_consult_time_count"),
    path("<number:patient_id>/<number:consult_id>/vervolg/", follow_up_views.follow_up, name="desk_consult_follow_up"),
]
