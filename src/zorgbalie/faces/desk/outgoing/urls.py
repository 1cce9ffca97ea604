"""Addresses of: messages that the practice begins."""

from django.urls import path

from zorgbalie.faces.desk.outgoing import mailing_views, unread_views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

_ONE = "<number:mailing_id>"
urlpatterns = [
    path("", mailing_views.overview, name="desk_mailing_overview"),
    path("nieuw/", mailing_views.new, name="desk_mailing_new"),
    path(f"{_ONE}/", mailing_views.mailing, name="desk_mailing"),
    path(f"{_ONE}/wie/", mailing_views.recipients, name="desk_mailing_recipients"),
    path(f"{_ONE}/tekst/", mailing_views.write, name="desk_mailing_write"),
    path(f"{_ONE}/voorbeeld/", mailing_views.preview, name="desk_mailing_preview"),
    path(f"{_ONE}/versturen/", mailing_views.send, name="desk_mailing_send"),
    path(f"{_ONE}/stoppen/", mailing_views.stop, name="desk_mailing_stop"),
    path(f"{_ONE}/weg/", mailing_views.drop, name="desk_mailing_drop"),
    path(f"{_ONE}/bellen/", unread_views.unread, name="desk_mailing_unread"),
    path(f"{_ONE}/bellen/csv/", unread_views.unread_csv, name="desk_mailing_unread_csv"),
]
