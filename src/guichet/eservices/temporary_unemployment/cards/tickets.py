"""The counter of the cards that workers send: a sequence, so that nobody waits for another."""

from typing import Final

from django.db import connection

from guichet.kernel.ticket import TicketNumber

PREFIX: Final = "05K"


def take() -> str:
    """The next number, in canonical form; it is never given again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('temporary_unemployment_ticket_05k')")
        [sequence] = cursor.fetchone() or (0,)
    return TicketNumber.generate(prefix=PREFIX, sequence=sequence).signs
