"""Addresses of: template letters."""

from django.urls import path

from zorgbalie.faces.desk.letters import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.letters, name="desk_letters"),
    path("nieuw/", views.new, name="desk_letter_new"),
    path("<number:letter_id>/", views.letter, name="desk_letter"),
    path("<number:letter_id>/verwijderen/", views.remove, name="desk_letter_remove"),
]
