"""Addresses of: invitation, agreement and the request to read the record."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
