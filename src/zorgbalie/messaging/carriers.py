"""Hands one parcel to the service that carries it, and names what went wrong in one vocabulary for all services."""

from zorgbalie.integrations import mail, push, sms
from zorgbalie.kernel.errors import ZorgbalieError

Parcel = mail.Mail | sms.Sms | push.Push


class CarrierFault(ZorgbalieError):
    """The parcel was not taken. `is_final`: nor will it ever be; `is_gone`: nobody lives at that address any more."""

    def __init__(self, fault: str, *, is_final: bool, is_gone: bool = False) -> None:
        super().__init__(fault)
        self.is_final, self.is_gone = is_final or is_gone, is_gone


def hand_over(*, parcel: Parcel) -> None:
    """Send one. Raises CarrierFault."""
    try:
        if isinstance(parcel, mail.Mail):
            mail.send(mail=parcel)
        elif isinstance(parcel, sms.Sms):
            sms.send(sms=parcel)
        else:
            push.send(push=parcel)
    except push.PushGone as fault:
        raise CarrierFault(str(fault), is_final=True, is_gone=True) from fault
    except (mail.MailRefused, sms.SmsRefused, push.PushRefused) as fault:
        raise CarrierFault(str(fault), is_final=True) from fault
    except (mail.MailFault, sms.SmsFault, push.PushFault) as fault:
        raise CarrierFault(str(fault), is_final=False) from fault
