"""Addresses of: the record at the desk: release cockpit, visibility, copy, work notes."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
