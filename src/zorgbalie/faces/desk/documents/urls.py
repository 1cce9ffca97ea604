"""Addresses of: letters and documents of a patient."""

from django.urls import path

from zorgbalie.faces.desk.documents import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("<number:patient_id>/", views.documents, name="desk_documents_list"),
    path("<number:patient_id>/nieuw/", views.upload, name="desk_documents_upload"),
    path("<number:patient_id>/<number:document_id>/", views.document, name="desk_documents_document"),
    path("<number:patient_id>/<number:document_id>/bestand/", views.file, name="desk_documents_file"),
    path("<number:patient_id>/<number:document_id>/publiceren/", views.publish, name="desk_documents_publish"),
    path("<number:patient_id>/<number:document_id>/intrekken/", views.withdraw, name="desk_documents_withdraw"),
]
