"""Addresses of: access log per patient, emergency access and its review, and notices that did not arrive."""

from django.urls import path

from zorgbalie.faces.desk.log import emergency_views, review_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.overview, name="desk_log_overview"),
    path("niet-bezorgd/", views.undelivered, name="desk_log_undelivered"),
    path("noodtoegang/", emergency_views.start, name="desk_log_emergency"),
    path("noodtoegang/<number:emergency_id>/", emergency_views.running, name="desk_log_emergency_running"),
    path("noodtoegang/<number:emergency_id>/stoppen/", emergency_views.end, name="desk_log_emergency_end"),
    path("noodtoegang/beoordelen/", review_views.reviews, name="desk_log_emergency_reviews"),
    path("noodtoegang/beoordelen/<number:emergency_id>/", review_views.review, name="desk_log_emergency_review"),
    path("<number:patient_id>/", views.patient, name="desk_log_patient"),
    path("<number:patient_id>/csv/", views.csv_file, name="desk_log_csv"),
    path("<number:patient_id>/pdf/", views.pdf_file, name="desk_log_pdf"),
]
