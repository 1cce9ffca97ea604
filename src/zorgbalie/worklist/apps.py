"""Django's registration of this app."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.worklist"
    label = "worklist"
    verbose_name = "Werklijst"
