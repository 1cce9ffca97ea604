"""Addresses of: requests about the own record. They name an item by its number and never a patient (A1)."""

from django.urls import path, register_converter

from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known
from zorgbalie.faces.patient.corrections import ask_views, views
from zorgbalie.record.types.corrections import RecordItem


class RecordItemConverter:
    """`<record_item:kind>`: a kind of item that one can ask about; anything else is no address."""

    regex = "|".join(RecordItem)

    def to_python(self, value: str) -> RecordItem:
        """The kind in the address."""
        return RecordItem(value)

    def to_url(self, value: str) -> str:
        """The kind as an address has it."""
        return RecordItem(value).value


register_converter(RecordItemConverter, "record_item")

urlpatterns = [
    path("", views.overview, name="patient_corrections_overview"),
    path("nieuw/", ask_views.ask, name="patient_correction_new"),
    path("nieuw/<record_item:kind>/<number:item_id>/", ask_views.ask, name="patient_correction_item"),
    path("<number:correction_id>/", views.correction, name="patient_correction"),
    path("<number:correction_id>/verstuurd/", views.sent, name="patient_correction_sent"),
    path("<number:correction_id>/intrekken/", views.withdraw, name="patient_correction_withdraw"),
]
