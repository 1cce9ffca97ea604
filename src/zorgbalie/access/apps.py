"""Django's registration of this app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.access"
    label = "access"
    verbose_name = "Toegang"
