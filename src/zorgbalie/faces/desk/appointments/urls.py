"""Addresses of: appointments of a patient at the desk: see, book for who calls, move, cancel, search."""

from django.urls import path

from zorgbalie.faces.desk.appointments import book_views, change_views, list_views, start_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", list_views.appointments, name="desk_appointments"),
    path("nieuw/", start_views.start, name="desk_appointment_start"),
    path("<number:patient_id>/nieuw/", book_views.new, name="desk_appointment_new"),
    path("<number:patient_id>/<number:appointment_id>/", views.appointment, name="desk_appointment"),
    path("<number:patient_id>/<number:appointment_id>/bericht/", views.item, name="desk_appointment_item"),
    path("<number:patient_id>/<number:appointment_id>/verzetten/", change_views.move, name="desk_appointment_move"),
    path("<number:patient_id>/<number:appointment_id>/afzeggen/", change_views.cancel, name="desk_appointment_cancel"),
]
