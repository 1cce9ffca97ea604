"""Addresses of: patients of the practice: search, register, invite, sign."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
