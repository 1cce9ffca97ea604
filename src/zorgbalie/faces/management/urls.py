"""Addresses of the settings. Every page asks for the right to manage the practice, in the query or action it calls."""

from django.urls import path

from zorgbalie.faces.management import (
    account_views,
    agreement_views,
    employee_views,
    group_views,
    practice_views,
    word_views,
)

urlpatterns = [
    path("praktijk/", practice_views.practice, name="management_practice"),
    path("online-inzage/", practice_views.online, name="management_online"),
    path("online-inzage/voorbeeld/", practice_views.online_preview, name="management_online_preview"),
    path("accounts/", account_views.accounts, name="management_accounts"),
    path("accounts/nieuw/", account_views.new_account, name="management_account_new"),
    path("accounts/overnemen/", account_views.copy, name="management_account_copy"),
    path("accounts/<int:account_id>/", account_views.account, name="management_account"),
    path("accounts/<int:account_id>/gebruik/", account_views.account_active, name="management_account_active"),
    path("medewerkers/", employee_views.employees, name="management_employees"),
    path("medewerkers/nieuw/", employee_views.new_employee, name="management_employee_new"),
    path("medewerkers/rechten/", employee_views.rights, name="management_rights"),
    path("medewerkers/<int:employee_id>/", employee_views.employee, name="management_employee"),
    path("medewerkers/<int:employee_id>/stoppen/", employee_views.end, name="management_employee_end"),
    path("medewerkers/<int:employee_id>/terug/", employee_views.resume, name="management_employee_resume"),
    path("medewerkers/<int:employee_id>/inloggen/", employee_views.reset, name="management_employee_reset"),
    path("medewerkers/<int:employee_id>/blokkade/", employee_views.unlock, name="management_employee_unlock"),
    path("groepen/", group_views.groups, name="management_groups"),
    path("groepen/nieuw/", group_views.new_group, name="management_group_new"),
    path("groepen/<int:group_id>/", group_views.group, name="management_group"),
    path("taalmeter/", word_views.words, name="management_words"),
    path("taalmeter/<int:word_id>/verwijderen/", word_views.remove, name="management_word_remove"),
    path("overeenkomst/", agreement_views.agreement, name="management_agreement"),
    path("overeenkomst/nieuw/", agreement_views.new_agreement, name="management_agreement_new"),
    path("overeenkomst/<int:text_id>/", agreement_views.agreement_version, name="management_agreement_version"),
]
