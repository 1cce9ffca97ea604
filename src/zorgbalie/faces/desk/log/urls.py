"""Addresses of: access log per patient, and emergency access."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
