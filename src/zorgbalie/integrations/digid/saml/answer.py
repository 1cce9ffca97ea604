"""What an answer of DigiD must say before it is believed: by whom, to whom, on what, when, how surely.

Source: SAML 2.0 core 2 and 3, profiles 4.1.4; DigiD SAML interface specification; security rows 19 and 20.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from zorgbalie.integrations.digid.saml.config import SamlConfig
from zorgbalie.integrations.digid.saml.document import (
    SAML,
    SAMLP,
    Parts,
    attribute_of,
    find_parts,
    only_child,
    parse,
    text_of,
)
from zorgbalie.integrations.digid.saml.signature import check_signatures
from zorgbalie.integrations.digid.saml.subject import People, read_people
from zorgbalie.integrations.digid.types import (
    CLOCK_SKEW,
    AnswerExpired,
    AnswerNotYetValid,
    BrokerUnavailable,
    LevelTooLow,
    MalformedAnswer,
    SignInCancelled,
    WrongAudience,
    WrongIssuer,
    WrongRequest,
    check_level,
)
from zorgbalie.kernel.assurance import AssuranceLevel, UnknownAssuranceLevel

_STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
_SUCCESS = _STATUS + "Success"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_KNOWN_CONDITIONS = frozenset({SAML + name for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")})
_SCHEMA = "saml-schema-protocol-2.0.xsd"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What we asked, and when: the ids of our two messages, and the moments of the first and of now."""

    request_id: str
    resolve_id: str
    asked_at: datetime
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer that passed every check but that of being used once."""

    assertion_id: str
    people: People = field(repr=False)
    level: AssuranceLevel
    session_index: str | None
    authenticated_at: datetime
    issued_at: datetime
    expires_at: datetime


def read_answer(*, body: bytes, question: Question, config: SamlConfig) -> Answer:
    """Read the answer to an ArtifactResolve. Nothing in it is used before its signatures are checked.

    Raises: SignInRefused.
    """
    parts = find_parts(parse(body))
    check_signatures(parts=parts, certificates=config.identity_provider.signing_certificates)
    _check_schema(parts)
    _check_artifact_response(parts.artifact_response, question, config)
    if parts.response is None:
        raise AnswerExpired("DigiD does not know this artifact (any more)")
    _check_response(parts.response, question, config)
    if parts.assertion is None:
        raise MalformedAnswer("the answer is a success without a person")
    return _read_assertion(parts.assertion, question, config)


def _check_schema(parts: Parts) -> None:
    if isinstance(OneLogin_Saml2_XML.validate_xml(parts.artifact_response, _SCHEMA), str):
        raise MalformedAnswer("the answer does not follow the SAML schema")


def _check_artifact_response(element: etree._Element, question: Question, config: SamlConfig) -> None:
    _check_message(element, question=question, in_response_to=question.resolve_id, config=config)
    main, _detail = _status_codes(element)
    if main != _SUCCESS:
        raise BrokerUnavailable("DigiD refused to give the answer")


def _check_response(element: etree._Element, question: Question, config: SamlConfig) -> None:
    _check_message(element, question=question, in_response_to=question.request_id, config=config)
    if element.get("Destination", config.acs_url) != config.acs_url:
        raise WrongAudience("the answer is meant for another address")
    main, detail = _status_codes(element)
    if main != _SUCCESS:
        _refuse_by_status(main, detail, config)


def _refuse_by_status(main: str, detail: str, config: SamlConfig) -> None:
    if detail == _STATUS + "AuthnFailed":
        raise SignInCancelled("the person stopped at DigiD")
    if detail == _STATUS + "NoAuthnContext":
        raise LevelTooLow(asked=config.minimum_level, got=None)
    # The names are DigiD's own and signed, but still text from outside: only their last word is repeated.
    raise BrokerUnavailable(f"DigiD said {main.rpartition(':')[2][:40]}/{detail.rpartition(':')[2][:40]}")


def _check_message(element: etree._Element, *, question: Question, in_response_to: str, config: SamlConfig) -> None:
    if element.get("InResponseTo") != in_response_to:
        raise WrongRequest("the answer is to another question")
    _check_made_by(element, question=question, config=config)


def _check_made_by(element: etree._Element, *, question: Question, config: SamlConfig) -> datetime:
    if element.get("Version") != "2.0":
        raise MalformedAnswer("the answer is not SAML 2.0")
    if text_of(only_child(element, SAML + "Issuer")) != config.identity_provider.entity_id:
        raise WrongIssuer("the answer was made by another party")
    return _check_fresh(_moment(element, "IssueInstant"), question)


def _read_assertion(assertion: etree._Element, question: Question, config: SamlConfig) -> Answer:
    issued_at = _check_made_by(assertion, question=question, config=config)
    expires_at = _check_conditions(assertion, question, config)
    _check_confirmation(assertion, question, config)
    statement = only_child(assertion, SAML + "AuthnStatement")
    authenticated_at = _check_fresh(_moment(statement, "AuthnInstant"), question)
    if statement.get("SessionNotOnOrAfter"):
        _check_not_over(_moment(statement, "SessionNotOnOrAfter"), question)
    level = _read_level(statement)
    check_level(asked=config.minimum_level, got=level)
    return Answer(
        assertion_id=attribute_of(assertion, "ID"),
        people=read_people(assertion=assertion, config=config),
        level=level,
        session_index=statement.get("SessionIndex"),
        authenticated_at=authenticated_at,
        issued_at=issued_at,
        expires_at=expires_at,
    )


def _check_conditions(assertion: etree._Element, question: Question, config: SamlConfig) -> datetime:
    conditions = only_child(assertion, SAML + "Conditions")
    if any(condition.tag not in _KNOWN_CONDITIONS for condition in conditions):
        raise MalformedAnswer("the answer holds a condition that is not understood")
    restrictions = conditions.findall(SAML + "AudienceRestriction")
    audiences = [[text_of(audience) for audience in restriction] for restriction in restrictions]
    if not audiences or any(config.entity_id not in named for named in audiences):
        raise WrongAudience("the answer is meant for another party")
    if conditions.get("NotBefore"):
        _check_begun(_moment(conditions, "NotBefore"), question)
    return _check_not_over(_moment(conditions, "NotOnOrAfter"), question)


def _check_confirmation(assertion: etree._Element, question: Question, config: SamlConfig) -> None:
    confirmation = only_child(only_child(assertion, SAML + "Subject"), SAML + "SubjectConfirmation")
    if confirmation.get("Method") != _BEARER:
        raise MalformedAnswer("the person is not confirmed as the bearer")
    data = only_child(confirmation, SAML + "SubjectConfirmationData")
    if data.get("InResponseTo") != question.request_id:
        raise WrongRequest("the person is confirmed to another question")
    if data.get("Recipient") != config.acs_url:
        raise WrongAudience("the person is confirmed to another address")
    if data.get("NotBefore"):
        _check_begun(_moment(data, "NotBefore"), question)
    _check_not_over(_moment(data, "NotOnOrAfter"), question)


def _read_level(statement: etree._Element) -> AssuranceLevel:
    context = only_child(statement, SAML + "AuthnContext")
    try:
        return AssuranceLevel.from_uri(text_of(only_child(context, SAML + "AuthnContextClassRef")))
    except UnknownAssuranceLevel:
        raise MalformedAnswer("the answer holds a level that is not known") from None


def _status_codes(element: etree._Element) -> tuple[str, str]:
    main = only_child(only_child(element, SAMLP + "Status"), SAMLP + "StatusCode")
    detail = main.find(SAMLP + "StatusCode")
    return attribute_of(main, "Value"), "" if detail is None else attribute_of(detail, "Value")


def _moment(element: etree._Element, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(attribute_of(element, name))
    except ValueError:
        raise MalformedAnswer(f"{name} is no moment") from None
    if moment.tzinfo is None:
        raise MalformedAnswer(f"{name} has no time zone")
    return moment.astimezone(UTC)


def _check_fresh(moment: datetime, question: Question) -> datetime:
    """An answer can be neither older than the question nor from the future."""
    if moment < question.asked_at - CLOCK_SKEW:
        raise AnswerExpired("the answer is older than the question")
    return _check_begun(moment, question)


def _check_begun(moment: datetime, question: Question) -> datetime:
    if moment > question.now + CLOCK_SKEW:
        raise AnswerNotYetValid("the answer is from the future")
    return moment


def _check_not_over(moment: datetime, question: Question) -> datetime:
    if moment <= question.now - CLOCK_SKEW:
        raise AnswerExpired("the answer is no longer valid")
    return moment
