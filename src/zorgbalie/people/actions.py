"""Changes of the person register."""

from datetime import datetime

from django.db import connection

from zorgbalie.people.models import SignInReplay


def remember_sign_in(*, digest: str, until: datetime) -> bool:
    """Keep the digest of a used answer; False when it was there. Atomic by the primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_signinreplay (key_digest, until) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [digest, until],
        )
        return bool(cursor.rowcount == 1)


def forget_old_sign_ins(*, now: datetime) -> int:
    """Clear answers that could not be used again anyway; returns how many."""
    deleted, _ = SignInReplay.objects.filter(until__lt=now).delete()
    return deleted
