"""Addresses of the desk, by topic."""

from django.urls import include, path

urlpatterns = [
    path("", include("zorgbalie.faces.desk.inbox.urls")),
    path("patienten/", include("zorgbalie.faces.desk.patients.urls")),
    path("dossier/", include("zorgbalie.faces.desk.release.urls")),
    path("documenten/", include("zorgbalie.faces.desk.documents.urls")),
    path("postberichten/", include("zorgbalie.faces.desk.lab.urls")),
    path("vragen/", include("zorgbalie.faces.desk.consult.urls")),
    path("agenda/", include("zorgbalie.faces.desk.agenda.urls")),
    path("afspraken/", include("zorgbalie.faces.desk.appointments.urls")),
    path("agenda-koppelen/", include("zorgbalie.faces.desk.feeds.urls")),
    path("agenda-feed/", include("zorgbalie.faces.desk.feeds.public_urls")),
    path("declaraties/", include("zorgbalie.faces.desk.billing.urls")),
    path("berichten/", include("zorgbalie.faces.desk.outgoing.urls")),
    path("correcties/", include("zorgbalie.faces.desk.corrections.urls")),
    path("standaardantwoorden/", include("zorgbalie.faces.desk.answer_templates.urls")),
    path("maskerbrieven/", include("zorgbalie.faces.desk.letters.urls")),
    path("uitslag-invoeren/", include("zorgbalie.faces.desk.entry_of_results.urls")),
    path("acties/", include("zorgbalie.faces.desk.action_notes.urls")),
    path("toegangslog/", include("zorgbalie.faces.desk.log.urls")),
    path("op-te-lossen/", include("zorgbalie.faces.desk.unmatched.urls")),
]
