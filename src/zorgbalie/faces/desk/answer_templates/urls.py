"""Addresses of: standard answers."""

from django.urls import path

from zorgbalie.faces.desk.answer_templates import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.templates, name="desk_answer_templates"),
    path("nieuw/", views.new, name="desk_answer_template_new"),
    path("<number:template_id>/", views.template, name="desk_answer_template"),
    path("<number:template_id>/verwijderen/", views.remove, name="desk_answer_template_remove"),
]
