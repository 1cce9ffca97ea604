"""Django's registration of this app."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.agenda"
    label = "agenda"
    verbose_name = "Afspraken"
