"""Django's registration of this app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Links to reliable information."""

    name = "zorgbalie.knowledge"
    label = "knowledge"
