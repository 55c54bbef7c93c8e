"""What the token endpoint remembers in PostgreSQL: used assertions, and tokens asked a minute.

Single statements, atomic by themselves, so that of any number of parallel tries exactly one wins
whichever process answers it.
"""

from datetime import datetime

from django.db import connection

from guichet.access.models import SeenAssertion, TokenMinute


def use_up(*, client_id: str, jti_digest: str, until: datetime) -> bool:
    """Use an assertion: True the first time, False for a replay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_seen_assertion (client_id, jti_digest, until) VALUES (%s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            [client_id, jti_digest, until],
        )
        return bool(cursor.rowcount == 1)


def asked_this_minute(*, client_id: str, now: datetime) -> int:
    """Count one more request of the client; how many it made in the minute of ``now``."""
    minute = now.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_token_minute AS t (client_id, minute, asked) VALUES (%s, %s, 1) "
            "ON CONFLICT (client_id) DO UPDATE SET minute = excluded.minute, "
            "asked = CASE WHEN t.minute = excluded.minute THEN t.asked + 1 ELSE 1 END "
            "RETURNING asked",
            [client_id, minute],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 1


def forget(*, now: datetime) -> int:
    """Drop what would be refused as expired anyway; how many assertions went."""
    TokenMinute.objects.filter(minute__lt=now.replace(second=0, microsecond=0)).delete()
    return SeenAssertion.objects.filter(until__lt=now).delete()[0]
