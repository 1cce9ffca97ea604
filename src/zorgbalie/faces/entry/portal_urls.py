"""Addresses for signing in at the portal. The public ones are the only pages that answer without sign-in."""

from django.conf import settings
from django.urls import include, path

from zorgbalie.faces.entry import portal_views, theme_views

urlpatterns = [
    path("inloggen/", portal_views.sign_in_page, name="entry_sign_in"),
    path("inloggen/digid/", portal_views.begin, name="entry_begin"),
    path("inloggen/terug/", portal_views.complete, name="entry_complete"),
    path("inloggen/metadata/", portal_views.saml_metadata, name="entry_saml_metadata"),
    path("uitloggen/", portal_views.sign_out, name="entry_sign_out"),
    path("doorgaan/", portal_views.keep_alive, name="entry_keep_alive"),
    path("hulp/", portal_views.help_page, name="entry_help"),
    path("huisstijl/<slug:colour>.css", theme_views.theme, name="entry_theme"),
    path("weergave/", include("zorgbalie.ui.urls")),
]

if settings.DEMO:
    from zorgbalie.faces.entry import demo_mail, demo_views

    urlpatterns += [
        path("demo/digid/", demo_views.standin_page, name="entry_standin"),
        path("demo/post/", demo_mail.mailbox, name="entry_demo_mail"),
    ]
