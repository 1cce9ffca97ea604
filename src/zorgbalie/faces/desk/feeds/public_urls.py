"""The addresses themselves: the secret in them is the only key, so they are apart from the pages of the desk."""

from django.urls import path

from zorgbalie.faces.desk.feeds import public_views

urlpatterns = [path("<slug:secret>.ics", public_views.feed, name="desk_feed_read")]
