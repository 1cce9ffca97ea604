"""Addresses of: actions by hand."""

from django.urls import path

from zorgbalie.faces.desk.action_notes import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [path("<number:patient_id>/nieuw/", views.new, name="desk_action_new")]
