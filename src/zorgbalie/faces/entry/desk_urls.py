"""Addresses for signing in at the desk."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
