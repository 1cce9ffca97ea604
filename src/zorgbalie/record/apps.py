"""Django's registration of this app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.record"
    label = "record"
    verbose_name = "Dossier"
