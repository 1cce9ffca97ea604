"""Addresses of the patient portal, by topic."""

from django.urls import include, path

urlpatterns = [
    path("", include("zorgbalie.faces.patient.home.urls")),
    path("dossier/", include("zorgbalie.faces.patient.record.urls")),
    path("toegang/", include("zorgbalie.faces.patient.access.urls")),
    path("logboek/", include("zorgbalie.faces.patient.log.urls")),
    path("vragen/", include("zorgbalie.faces.patient.consult.urls")),
    path("afspraak-maken/", include("zorgbalie.faces.patient.booking.urls")),
    path("afspraken/", include("zorgbalie.faces.patient.appointments.urls")),
    path("afspraken/", include("zorgbalie.faces.patient.calendar.urls")),
    path("verzoeken/", include("zorgbalie.faces.patient.corrections.urls")),
    path("uitslag-horen/", include("zorgbalie.faces.patient.wishes.urls")),
    path("opslaan/", include("zorgbalie.faces.patient.export.urls")),
    path("meldingen/", include("zorgbalie.faces.patient.notices.urls")),
]
