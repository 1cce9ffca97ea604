"""Addresses for signing in at the desk. Of the library's own addresses only the needed ones exist here: nobody signs
up, changes the address or gets a password by mail.
"""

from django.urls import include, path

from zorgbalie.faces.entry import staff_second_factor, staff_views, theme_views

urlpatterns = [
    path("inloggen/", staff_views.sign_in, name="account_login"),
    path("inloggen/code/", staff_second_factor.second_step, name="mfa_authenticate"),
    path("inloggen/opnieuw/", staff_second_factor.password_again, name="account_reauthenticate"),
    path("inloggen/opnieuw/code/", staff_second_factor.code_again, name="mfa_reauthenticate"),
    path("inloggen/opnieuw/passkey/", staff_second_factor.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("uitloggen/", staff_views.sign_out, name="account_logout"),
    path("wachtwoord/", staff_views.password, name="entry_staff_password"),
    path("werken-voor/", staff_views.choose, name="entry_staff_choose"),
    path("sessie/doorgaan/", staff_views.keep_alive, name="entry_staff_keep_alive"),
    path("sessie/voorbij/", staff_views.session_over, name="entry_staff_session_over"),
    path("beveiliging/", staff_second_factor.overview, name="mfa_index"),
    path("beveiliging/app/", staff_second_factor.add_app, name="mfa_activate_totp"),
    path("beveiliging/app/qr.svg", staff_second_factor.app_qr, name="entry_staff_app_qr"),
    path("beveiliging/app/verwijderen/", staff_second_factor.remove_app, name="mfa_deactivate_totp"),
    path("beveiliging/passkey/", staff_second_factor.add_passkey, name="mfa_add_webauthn"),
    path("beveiliging/passkey/<int:pk>/verwijderen/", staff_second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path("beveiliging/herstelcodes/", staff_second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("beveiliging/herstelcodes/nieuw/", staff_second_factor.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("huisstijl/<slug:colour>.css", theme_views.theme, name="entry_theme"),
    path("weergave/", include("zorgbalie.ui.urls")),
]
