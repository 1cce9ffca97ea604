"""Addresses of: who looked in my record."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
