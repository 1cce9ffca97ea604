"""Addresses of: laboratory messages that have to be solved."""

from django.urls import path

from zorgbalie.faces.desk.unmatched import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.messages_to_solve, name="desk_lab_unmatched"),
    path("<number:message_id>/", views.message, name="desk_lab_unmatched_message"),
    path("<number:message_id>/patient/<number:patient_id>/", views.assign, name="desk_lab_unmatched_assign"),
    path("<number:message_id>/wegleggen/", views.set_aside, name="desk_lab_unmatched_set_aside"),
]
