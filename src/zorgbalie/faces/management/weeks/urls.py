"""Addresses of: settings of week patterns: when which kind can be where (REQ 74)."""

from django.urls import path

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.management.weeks import block_views, copy_views, leave_views, series_views, views

_AGENDA = "<number:agenda_id>/"

urlpatterns = [
    path(f"{_AGENDA}weken/", views.week, name="management_agenda_weeks"),
    path(f"{_AGENDA}weken/blok/", block_views.new_block, name="management_block_new"),
    path(f"{_AGENDA}weken/blok/<number:block_id>/", block_views.block, name="management_block"),
    path(f"{_AGENDA}weken/blok/<number:block_id>/weg/", block_views.remove, name="management_block_remove"),
    path(f"{_AGENDA}weken/kopieren/", copy_views.copy, name="management_week_copy"),
    path(f"{_AGENDA}vrij/", leave_views.new_leave, name="management_leave_new"),
    path(f"{_AGENDA}vrij/<number:leave_id>/", leave_views.leave, name="management_leave"),
    path(f"{_AGENDA}vrij/<number:leave_id>/weg/", leave_views.remove, name="management_leave_remove"),
    path(f"{_AGENDA}bezet/", series_views.new_series, name="management_series_new"),
    path(f"{_AGENDA}bezet/<number:occupation_id>/weg/", series_views.remove, name="management_series_remove"),
]
