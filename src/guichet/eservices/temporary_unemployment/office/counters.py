"""The numbers of decisions: one row for each office and year, counted on by the database."""

from django.db import connection

from guichet.rules.temporary_unemployment.decisions import decision_number

_TAKE = """
INSERT INTO temporary_unemployment_decision_counter (office, year, last) VALUES (%s, %s, %s)
ON CONFLICT (office, year)
DO UPDATE SET last = temporary_unemployment_decision_counter.last + excluded.last
RETURNING last
"""


def take(*, office: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of an office, in the caller's transaction; none is ever given again."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [office, year, count])
        [last] = cursor.fetchone()
    return [
        decision_number(office=office, year=year, sequence=sequence)
        for sequence in range(last - count + 1, last + 1)
    ]
