"""Addresses of: home: tasks in the patient's words and what there is to do."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
