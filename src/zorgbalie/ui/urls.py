"""Addresses of the choices about looks.

Each face includes them: ``path("weergave/", include("zorgbalie.ui.urls"))``.
"""

from django.urls import path

from zorgbalie.ui import views

app_name = "ui"
urlpatterns = [
    path("kleuren/", views.set_theme, name="theme"),
    path("taal/", views.set_language, name="language"),
]
