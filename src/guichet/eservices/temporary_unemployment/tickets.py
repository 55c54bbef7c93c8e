"""The counters of ticket numbers: a sequence for each prefix, so that nobody waits for another."""

from typing import Final

from django.db import connection

from guichet.kernel.ticket import InvalidNumber, TicketNumber

WEB: Final = "05W"
BATCH: Final = "05B"
FILE: Final = "05F"
CANCELLATION: Final = "05C"
PAPER: Final = "05P"
PREFIXES: Final = (WEB, BATCH, FILE, CANCELLATION, PAPER)


def take(prefix: str, *, count: int = 1) -> list[str]:
    """The next numbers under a prefix, in canonical form; none is ever given again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            [f"temporary_unemployment_ticket_{prefix.lower()}", count],
        )
        numbers = [row[0] for row in cursor.fetchall()]
    return [TicketNumber.generate(prefix=prefix, sequence=number).signs for number in numbers]


def signs_of(text: str) -> str:
    """The thirteen signs of a ticket as it was typed, empty when it is none."""
    try:
        return TicketNumber.parse(text).signs
    except InvalidNumber:
        return ""
