"""Django's registration of this app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the tables of this app."""

    name = "zorgbalie.exchange"
    label = "exchange"
    verbose_name = "Uitwisseling"
