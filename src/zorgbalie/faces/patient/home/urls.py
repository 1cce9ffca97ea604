"""Addresses of: home: tasks in the patient's words and what there is to do."""

from django.urls import path

from zorgbalie.faces.patient.home import views

urlpatterns = [
    path("", views.home, name="patient_home"),
    path("wisselen/", views.switch, name="patient_home_switch"),
]
