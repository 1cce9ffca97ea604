"""Forms about patients at the desk. Fields that are not here cannot be set (security row 7)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zorgbalie.access.actions.patients import Registration
from zorgbalie.access.types import InvitationChannel, OnlineAccess
from zorgbalie.kernel.ids import AccountId
from zorgbalie.people.types import Contact, NewPerson, PersonProfile, PostalAddress
from zorgbalie.practice.types import AccountName

_DAY_FORMS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"]
_SEXES = [("female", _("Vrouw")), ("male", _("Man")), ("other", _("Anders")), ("unknown", _("Onbekend"))]


def _text(label: Any, size: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=size, required=required, widget=_plain())


def _plain() -> forms.TextInput:
    """The browser of the desk must not offer the data of an earlier patient."""
    return forms.TextInput(attrs={"autocomplete": "off"})


class SearchForm(forms.Form):
    """Search on name and birth date; what was typed stands in the address, so no BSN."""

    q = forms.CharField(label=_("Naam, geboortedatum of allebei"), required=True, max_length=100, widget=_plain())


class BsnForm(forms.Form):
    """Search on BSN."""

    bsn = forms.CharField(label=_("BSN"), max_length=20, widget=_plain())


class ContactForm(forms.Form):
    """How a patient is reached."""

    email = forms.EmailField(
        label=_("E-mailadres"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    email_checked = forms.BooleanField(
        label=_("Ik heb dit e-mailadres met de patiënt gecontroleerd"),
        required=False,
        help_text=_("Alleen naar een gecontroleerd adres gaat een uitnodiging of melding."),
    )
    phone = _text(_("Telefoonnummer"), 20, required=False)
    street = _text(_("Straat"), 100, required=False)
    house_number = _text(_("Huisnummer"), 20, required=False)
    postcode = _text(_("Postcode"), 7, required=False)
    city = _text(_("Plaats"), 80, required=False)

    def contact(self) -> Contact:
        """What was filled in."""
        data = self.cleaned_data
        return Contact(
            email=data["email"],
            email_checked=data["email_checked"],
            phone=data["phone"],
            address=PostalAddress(
                street=data["street"],
                house_number=data["house_number"],
                postcode=data["postcode"].upper(),
                city=data["city"],
            ),
        )


class AccountForm(forms.Form):
    """With which doctor of the practice."""

    account = forms.TypedChoiceField(label=_("Arts of apotheker"), coerce=int)

    def __init__(self, *args: Any, accounts: Iterable[AccountName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.account_id), one.name) for one in accounts]
        field = self.fields["account"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = choices

    def account_id(self) -> AccountId:
        """The chosen account."""
        return AccountId(self.cleaned_data["account"])


class RegisterForm(ContactForm, AccountForm):
    """A new patient, as the identity document says."""

    bsn = forms.CharField(
        label=_("BSN"), max_length=20, widget=_plain(), help_text=_("9 cijfers, van het identiteitsbewijs.")
    )
    initials = _text(_("Voorletters"), 20, required=False)
    given_name = _text(_("Voornaam"), 100)
    name_prefix = _text(_("Tussenvoegsel"), 20, required=False)
    family_name = _text(_("Achternaam"), 100)
    birth_date = forms.DateField(
        label=_("Geboortedatum"), input_formats=_DAY_FORMS, widget=_plain(), help_text=_("Bijvoorbeeld 4-5-1970.")
    )
    sex = forms.ChoiceField(label=_("Geslacht"), choices=_SEXES, initial="unknown")
    identity_checked = forms.BooleanField(
        label=_("Identiteit gecontroleerd"),
        required=False,
        help_text=_("Ik zag het paspoort, de identiteitskaart of het rijbewijs, en het BSN klopt."),
    )
    field_order = (
        "bsn", "initials", "given_name", "name_prefix", "family_name", "birth_date", "sex", "account", "email",
        "email_checked", "phone", "street", "house_number", "postcode", "city", "identity_checked",
    )  # fmt: skip

    def registration(self) -> Registration:
        """What was filled in."""
        data = self.cleaned_data
        names = ("initials", "given_name", "name_prefix", "family_name", "birth_date", "sex")
        return Registration(
            bsn=data["bsn"],
            person=NewPerson(**{name: data[name] for name in names}),
            contact=self.contact(),
            account_id=self.account_id(),
            identity_checked=data["identity_checked"],
        )


class InviteForm(forms.Form):
    """How the invitation travels."""

    channel = forms.ChoiceField(
        label=_("Hoe nodigt u uit?"),
        choices=[
            (InvitationChannel.LETTER.value, _("Met een brief met een code")),
            (InvitationChannel.EMAIL.value, _("Met een e-mail")),
        ],
        widget=forms.RadioSelect,
    )


class OnlineForm(forms.Form):
    """What the practice decides on online access for one patient (REQ 23, 58, 77)."""

    online_access = forms.ChoiceField(
        label=_("Online inzage voor deze patiënt"),
        choices=[
            (OnlineAccess.ALLOWED.value, _("Mag: de patiënt kan vragen om het dossier te lezen")),
            (OnlineAccess.COPY_ONLY.value, _("Alleen een kopie: de praktijk geeft het dossier op papier of als PDF")),
            (OnlineAccess.VULNERABLE.value, _("Kwetsbaar: geen online inzage, eerst overleggen")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Bij alleen een kopie of kwetsbaar sluit het dossier meteen voor de patiënt."),
    )


class ReasonForm(forms.Form):
    """Why, for the patient to read (R6)."""

    reason = forms.CharField(
        label=_("Waarom? De patiënt leest dit ook."), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ShownForm(forms.Form):
    """The agreement that stood on the screen."""

    agreement = forms.IntegerField(min_value=1, max_value=2**62)


def contact_values(profile: PersonProfile) -> dict[str, object]:
    """The form as it stands now."""
    return {
        "email": profile.email,
        "email_checked": profile.email_verified_at is not None,
        "phone": profile.phone,
        "street": profile.address.street,
        "house_number": profile.address.house_number,
        "postcode": profile.address.postcode,
        "city": profile.address.city,
    }
