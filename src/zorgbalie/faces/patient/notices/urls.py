"""Addresses of: which notices the patient wants."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
