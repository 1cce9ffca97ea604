"""Addresses for signing in at the portal."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
