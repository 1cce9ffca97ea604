"""Addresses of: a result that is typed in."""

from django.urls import path

from zorgbalie.faces.desk.entry_of_results import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [path("<number:patient_id>/", views.enter, name="desk_lab_enter")]
