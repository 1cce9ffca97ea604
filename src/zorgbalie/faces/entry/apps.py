"""Django's registration of this face."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """Registers the templates of this face."""

    name = "zorgbalie.faces.entry"
    label = "face_entry"
