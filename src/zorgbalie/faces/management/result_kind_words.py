"""What a rule for results means for the patient, in sentences; and examples to begin with, in our own plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zorgbalie.record.types.result_kinds import HearBy, ResultRule


def sentences(rule: ResultRule) -> list[str]:
    """How it works for the patient (ux 51)."""
    if not rule.uses_portal:
        return [
            _("De patiënt leest deze uitslagen niet in het portaal."),
            _("U nodigt de patiënt uit, of u belt zelf."),
        ]
    said = [_first(rule)]
    if rule.is_upsetting:
        said.append(_("De patiënt krijgt eerst de vraag of hij de uitslag nu wil lezen."))
    said.append(_("Wil de patiënt het zelf anders horen? Dan ziet u dat bij het publiceren."))
    return said


def _first(rule: ResultRule) -> str:
    if rule.first is HearBy.CALL:
        return _("U belt de patiënt eerst. Daarna kunt u de uitslag publiceren.")
    if rule.first is HearBy.VISIT:
        return _("De patiënt hoort het eerst op het spreekuur. Daarna kunt u de uitslag publiceren.")
    if rule.wait_days:
        return ngettext(
            "U beslist. De patiënt leest de uitslag niet eerder dan %(days)s dag nadat u hem kreeg.",
            "U beslist. De patiënt leest de uitslag niet eerder dan %(days)s dagen nadat u hem kreeg.",
            rule.wait_days,
        ) % {"days": rule.wait_days}
    return _("De patiënt leest de uitslag zodra u hem publiceert.")


def about(rule: ResultRule) -> str:
    """Which determinations a kind is about; empty when that is none."""
    codes = [_("code %(code)s") % {"code": code} for code in rule.codes]
    return ", ".join([*rule.words, *codes])


def examples() -> list[ResultRule]:
    """Kinds that most practices know. The names are for patients, the words are those of laboratories."""
    return [
        ResultRule(
            kind_id=None,
            name=_("Bloedonderzoek: suiker, nieren, cholesterol"),
            words=("glucose", "hba1c", "kreatinine", "egfr", "nierfunctie", "kalium", "natrium", "cholesterol", "ldl",
                   "hdl", "triglyceriden", "albumine"),
        ),
        ResultRule(
            kind_id=None,
            name=_("Bloedonderzoek: bloedarmoede en ontsteking"),
            words=("hemoglobine", "hb", "ferritine", "leukocyten", "trombocyten", "crp", "bse", "vitamine"),
        ),
        ResultRule(kind_id=None, name=_("Urine en ontlasting"), words=("urine", "feces", "faeces", "ontlasting")),
        ResultRule(
            kind_id=None,
            name=_("Test op soa"),
            words=("soa", "chlamydia", "gonorroe", "hiv", "syfilis", "hepatitis"),
            first=HearBy.CALL,
            is_upsetting=True,
        ),
        ResultRule(
            kind_id=None, name=_("Foto, echo of scan"), words=("röntgen", "rontgen", "echo", "mri", "ct-", "scan"),
            wait_days=3,
        ),
        ResultRule(
            kind_id=None,
            name=_("Onderzoek van weefsel"),
            words=("pathologie", "biopt", "histologie", "cytologie", "weefsel", "uitstrijk"),
            first=HearBy.VISIT,
            is_upsetting=True,
        ),
        ResultRule(
            kind_id=None, name=_("Erfelijk onderzoek"), words=("dna", "erfelijk", "genetisch"), uses_portal=False,
            is_upsetting=True,
        ),
    ]  # fmt: skip
