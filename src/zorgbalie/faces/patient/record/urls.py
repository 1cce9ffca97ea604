"""Addresses of: the record as the patient reads it."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
