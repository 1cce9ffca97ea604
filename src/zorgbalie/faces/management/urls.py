"""Addresses of the settings."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
