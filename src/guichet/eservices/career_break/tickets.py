"""The counters of ticket numbers: a sequence for each prefix, so that nobody waits for another."""

from django.db import connection

from guichet.kernel.ticket import TicketNumber


def take(prefix: str) -> str:
    """The next number under a prefix, in canonical form; it is never given again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"career_break_ticket_{prefix.lower()}"])
        [sequence] = cursor.fetchone() or (0,)
    return TicketNumber.generate(prefix=prefix, sequence=sequence).signs
