"""Addresses of: the record as the patient reads it."""

from django.urls import path

from zorgbalie.faces.patient.record import document_views, information_views, result_views, views

urlpatterns = [
    path("", views.overview, name="patient_record_overview"),
    path("klachten/", views.episodes, name="patient_record_episodes"),
    path("klachten/<int:episode_id>/", views.episode, name="patient_record_episode"),
    path("contacten/", views.contacts, name="patient_record_contacts"),
    path("uitslagen/", views.values, name="patient_record_values"),
    path("uitslagen/<int:observation_id>/", views.value, name="patient_record_value"),
    path("uitslagen/onderzoek/", result_views.results, name="patient_record_results"),
    path("uitslagen/onderzoek/<int:report_id>/", result_views.result, name="patient_record_result"),
    path("brieven/", document_views.letters, name="patient_record_letters"),
    path("brieven/<int:document_id>/", document_views.letter, name="patient_record_letter"),
    path("brieven/<int:document_id>/openen/", document_views.letter_file, name="patient_record_letter_file"),
    path("allergieen/", views.allergies, name="patient_record_allergies"),
    path("medicijnen/", views.medicines, name="patient_record_medicines"),
    path("klachten/<int:episode_id>/informatie/", information_views.about_episode, name="patient_record_about_episode"),
    path(
        "uitslagen/<int:observation_id>/informatie/", information_views.about_value, name="patient_record_about_value"
    ),
    path(
        "medicijnen/<int:medication_id>/informatie/",
        information_views.about_medicine,
        name="patient_record_about_medicine",
    ),
]
