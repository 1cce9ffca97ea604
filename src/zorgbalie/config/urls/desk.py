"""Every address of the desk."""

from django.urls import include, path

urlpatterns = [
    path("", include("zorgbalie.faces.entry.desk_urls")),
    path("", include("zorgbalie.faces.desk.urls")),
    path("beheer/", include("zorgbalie.faces.management.urls")),
]
handler400 = "zorgbalie.config.errors.bad_request"
handler403 = "zorgbalie.config.errors.not_allowed"
handler404 = "zorgbalie.config.errors.not_found"
handler500 = "zorgbalie.config.errors.server_error"
