"""Addresses of: the inbox and work list."""

from django.urls import path

from zorgbalie.faces.desk.inbox import item_views, views
from zorgbalie.faces.entry import numbers as numbers  # makes <number:…> known

urlpatterns = [
    path("", views.inbox, name="desk_inbox_list"),
    path("postvak/<number:item_id>/", item_views.item, name="desk_inbox_item"),
    path("postvak/<number:item_id>/pakken/", views.take, name="desk_inbox_take"),
    path("postvak/<number:item_id>/teruggeven/", views.give_back, name="desk_inbox_give_back"),
    path("postvak/<number:item_id>/afhandelen/", views.close, name="desk_inbox_close"),
]
