"""Django's registration of this app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.practice"
    label = "practice"
    verbose_name = "Praktijken"
