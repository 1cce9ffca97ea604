"""Django's registration of this face."""

from django.apps import AppConfig


class PatientConfig(AppConfig):
    """Registers the templates of this face."""

    name = "zorgbalie.faces.patient"
    label = "face_patient"
