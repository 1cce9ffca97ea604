"""Changes of notices. `notify` and `send_invitation` are for care apps, within work that the gate has let through.

`preferences` and `addresses` are the patient's own settings (through the gate); `delivery` is for the worker.
"""

from zorgbalie.messaging.actions.outbox import notify as notify
from zorgbalie.messaging.actions.outbox import send_invitation as send_invitation
