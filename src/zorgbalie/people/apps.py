"""Django's registration of this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.people"
    label = "people"
    verbose_name = "Personen"
