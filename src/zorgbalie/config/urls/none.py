"""For processes that serve no pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
