"""Addresses of: addresses at which staff read their agenda in a calendar program."""

from django.urls import path

from zorgbalie.faces.desk.feeds import views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.feeds, name="desk_feeds"),
    path("<number:feed_id>/intrekken/", views.revoke, name="desk_feed_revoke"),
]
