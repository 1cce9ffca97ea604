"""Addresses of: declarations."""

from django.urls import path

from zorgbalie.faces.desk.billing import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.declarations, name="desk_billing_list"),
    path("bevestigen/", views.confirm_chosen, name="desk_billing_confirm"),
    path("bestanden/", views.batches, name="desk_billing_batches"),
    path("bestanden/<number:batch_id>/", views.file, name="desk_billing_file"),
    path("<number:declaration_id>/", views.one, name="desk_billing_one"),
    path("<number:declaration_id>/niet/", views.refuse, name="desk_billing_refuse"),
]
