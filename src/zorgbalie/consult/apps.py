"""Django's registration of this app."""

from django.apps import AppConfig


class ConsultConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.consult"
    label = "consult"
    verbose_name = "Vragen"
