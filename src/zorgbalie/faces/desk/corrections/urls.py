"""Addresses of: requests of patients about their record."""

from django.urls import path

from zorgbalie.faces.desk.corrections import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

_REQUEST = "<number:patient_id>/<number:correction_id>/"

urlpatterns = [
    path(_REQUEST, views.correction, name="desk_correction"),
    path(_REQUEST + "oppakken/", views.take_up, name="desk_correction_take_up"),
    path(_REQUEST + "notitie/", views.note, name="desk_correction_note"),
    path(_REQUEST + "verlengen/", views.extend, name="desk_correction_extend"),
    path(_REQUEST + "besluit/", views.decide, name="desk_correction_decide"),
]
