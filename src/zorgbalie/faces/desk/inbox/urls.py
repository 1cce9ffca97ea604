"""Addresses of: the inbox and work list."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
