"""What holds for messages that a practice begins while it chose nothing itself."""

from django.utils.translation import gettext as _

from zorgbalie.consult.types import MessageRules


def default_message_rules() -> MessageRules:
    """Texts in the language of the reader; a practice's own stay in their own language."""
    return MessageRules(
        is_on=True,
        start_text=_("{aanhef},\n\n\n\nMet vriendelijke groet,\n{praktijk}"),
        follow_up_text=_(
            "{aanhef},\n\nHoe gaat het nu met u? Wilt u dat hier opschrijven? Dan weten wij of het goed gaat.\n\n"
            "Gaat het slechter, of maakt u zich zorgen? Wacht dan niet en bel de praktijk: {telefoon}.\n\n"
            "Met vriendelijke groet,\n{praktijk}"
        ),
        reply_days=28,
        silent_days=5,
        quiet_from=21,
        quiet_until=8,
    )
