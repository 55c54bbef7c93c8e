"""The versions of an act: what was recorded, and what each decision made of it.

Written by a decision only, never changed; ``presence_current`` (the log's ``version_schema.sql``)
shows the last one to every reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from guichet.eservices.presence.day_queries import ActRow
from guichet.kernel.ticket import TicketNumber

EDITED: Final = "edited"
CANCELLED: Final = "cancelled"

# What nobody can correct is copied from the log, not from what a page read.
_WRITE: Final = """
INSERT INTO presence_version (
    receipt, occurred_at, received_at, logged_at, decided_at, decided_by, version, status,
    case_number, longitude, latitude, sender, offset_minutes, type, ssin, enterprise_number,
    foreign_vat_number, works_reference, activity, channel, custom_reference, address)
SELECT receipt, %(occurred_at)s, received_at, occurred_at, %(decided_at)s, %(decided_by)s,
       1 + (SELECT coalesce(max(version), 0) FROM presence_version
            WHERE receipt = %(receipt)s),
       %(status)s, %(case_number)s, longitude, latitude, sender, %(offset_minutes)s, type, ssin,
       %(enterprise_number)s, %(foreign_vat_number)s, %(works_reference)s, %(activity)s, channel,
       custom_reference, address
FROM presence_act
WHERE receipt = %(receipt)s AND occurred_at = %(logged_at)s
"""
_HISTORY: Final = """
SELECT found.version, found.status, found.occurred_at, found.works_reference,
       coalesce(site.name, ''), coalesce(found.enterprise_number, found.foreign_vat_number),
       found.at, found.case_number, coalesce(asked.decision, '')
FROM (
    SELECT 0 AS version, 'registered' AS status, occurred_at, works_reference, enterprise_number,
           foreign_vat_number, received_at AS at, '' AS case_number
    FROM presence_act WHERE receipt = %(receipt)s AND occurred_at = %(logged_at)s
    UNION ALL
    SELECT version, status, occurred_at, works_reference, enterprise_number,
           foreign_vat_number, decided_at, case_number
    FROM presence_version WHERE receipt = %(receipt)s
) AS found
LEFT JOIN presence_case AS asked ON asked.number = found.case_number
LEFT JOIN works_site AS site ON site.reference = found.works_reference
ORDER BY found.version
"""


@dataclass(frozen=True, slots=True)
class Author:
    """By which request, by whom (a person's id) and when."""

    case_number: str
    person_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What an act said. Number 0 is the record of the log, unless the act was ``added`` later."""

    number: int
    status: str
    occurred_at: datetime
    works_reference: str
    site_name: str
    employer: str
    at: datetime
    case_number: str
    reason: str

    @property
    def shown_case(self) -> str:
        """The number of the request as people read it."""
        return TicketNumber(self.case_number).formatted()


def write(*, act: ActRow, status: str, author: Author) -> None:
    """Put one more version beside an act, in the caller's transaction.

    Of ``act`` the moment, the site with its activity and the employer count.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "receipt": act.receipt,
                "logged_at": act.logged_at,
                "occurred_at": act.occurred_at,
                "offset_minutes": act.offset_minutes,
                "enterprise_number": act.enterprise_number,
                "foreign_vat_number": act.foreign_vat_number,
                "works_reference": act.works_reference,
                "activity": act.activity,
                "status": status,
                "case_number": author.case_number,
                "decided_at": author.now,
                "decided_by": author.person_id,
            },
        )


def of_act(act: ActRow) -> Sequence[Version]:
    """Every version of an act, the recorded one first; empty when nobody ever corrected it."""
    if not act.version:
        return ()
    asked: dict[str, Any] = {"receipt": act.receipt, "logged_at": act.logged_at}
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, asked)
        return [Version(*row) for row in cursor.fetchall()]
