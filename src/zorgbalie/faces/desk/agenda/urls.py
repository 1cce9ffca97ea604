"""Addresses of: the agenda of the practice by day and week."""

from django.urls import path

from zorgbalie.faces.desk.agenda import moving_views, occupation_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.agenda, name="desk_agenda"),
    path("tabel/", views.board, name="desk_agenda_board"),
    path("stand/", views.stamp, name="desk_agenda_stamp"),
    path("daglijst/", views.day_list, name="desk_agenda_print"),
    path("vullen/", occupation_views.new, name="desk_agenda_occupation_new"),
    path("vullen/<number:occupation_id>/", occupation_views.one, name="desk_agenda_occupation"),
    path("vullen/<number:occupation_id>/weg/", occupation_views.remove, name="desk_agenda_occupation_remove"),
    path("komst/<number:patient_id>/<number:appointment_id>/", views.mark, name="desk_agenda_mark"),
    path("verzetten/<number:patient_id>/<number:appointment_id>/", moving_views.move, name="desk_agenda_move"),
]
