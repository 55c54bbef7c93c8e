"""The statements that verify a session: who, his rights, and what mandates lend him, at once."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from guichet.platform import clock

# Rights in force; ``whose``: the person, and the numbers of the enterprises asked for.
_HELD: Final = """
held AS (
    SELECT held.enterprise_id, held.quality, held.service
      FROM access_right AS held
      JOIN whose ON whose.person_id = held.person_id
     WHERE held.accepted_at <= %(now)s AND held.withdrawn_at IS NULL
       AND held.first_day <= %(today)s
       AND (held.last_day IS NULL OR held.last_day >= %(today)s)
       AND NOT EXISTS (
           SELECT FROM access_member AS shut
            WHERE shut.person_id = held.person_id
              AND shut.enterprise_id = held.enterprise_id AND shut.state <> 'active'
              AND NOT EXISTS (
                  SELECT FROM access_member AS open
                   WHERE open.person_id = held.person_id
                     AND open.enterprise_id = held.enterprise_id
                     AND open.state = 'active'))
)"""
_IN_FORCE: Final = """
       AND lent.mandatary_id IN (
           SELECT enterprise_id FROM held WHERE quality = 'service_provider')
       AND lent.revoked_at IS NULL AND lent.first_day <= %(today)s
       AND (lent.last_day IS NULL OR lent.last_day >= %(today)s)"""
# A provider may have thousands of clients: a page carries the one that is asked for and some more.
_OPENED: Final = f"""
near AS (
    SELECT lent.mandator_id, lent.mandatary_id, lent.permissions
      FROM access_mandate_lent AS lent
     WHERE TRUE {_IN_FORCE}
     ORDER BY lent.mandatary_id, lent.id LIMIT %(most)s
), asked AS (
    SELECT lent.mandator_id, lent.mandatary_id, lent.permissions
      FROM access_mandate_lent AS lent
      JOIN enterprises_enterprise AS firm ON firm.id = lent.mandator_id
      JOIN whose ON firm.number = ANY(whose.numbers)
     WHERE TRUE {_IN_FORCE}
), opened AS (
    SELECT enterprise_id, quality, service, NULL::bigint AS mandatary_id FROM held
     UNION
    SELECT lent.mandator_id, 'employer', held.service, lent.mandatary_id
      FROM held
      JOIN (SELECT * FROM near UNION ALL SELECT * FROM asked) AS lent
        ON lent.mandatary_id = held.enterprise_id
     WHERE held.quality = 'service_provider' AND held.service = ANY(lent.permissions)
)"""  # noqa: S608  # made of the constants above
_RIGHTS: Final = """(
    SELECT json_agg(json_build_object(
               'number', firm.number, 'nl', firm.name_nl, 'fr', firm.name_fr,
               'de', firm.name_de, 'en', firm.name_en, 'language', firm.language,
               'quality', opened.quality, 'service', opened.service,
               'mandatary', own.number, 'mandatary_name', json_build_object(
                   'nl', own.name_nl, 'fr', own.name_fr, 'de', own.name_de,
                   'en', own.name_en, 'language', own.language))
           ORDER BY own.number IS NOT NULL, firm.sort_key, firm.id, own.number, opened.quality)
      FROM opened
      JOIN enterprises_enterprise AS firm ON firm.id = opened.enterprise_id
      LEFT JOIN enterprises_enterprise AS own ON own.id = opened.mandatary_id)"""
LOAD: Final = f"""
WITH whose AS (
    SELECT *, ARRAY[enterprise_number] AS numbers
      FROM access_session WHERE session_key = %(key)s AND expire_date > %(now)s
), {_HELD}, {_OPENED}
SELECT session.session_data, session.last_seen_at, person.id, person.niss, person.given_name,
       person.family_name, person.language, {_RIGHTS},
       (SELECT member.state
          FROM access_member AS member
          JOIN enterprises_enterprise AS firm ON firm.id = member.enterprise_id
         WHERE member.person_id = person.id AND firm.number = session.enterprise_number
         ORDER BY member.id DESC LIMIT 1)
  FROM whose AS session
  LEFT JOIN persons_person AS person
    ON person.id = session.person_id AND person.replaced_by_id IS NULL
"""  # noqa: S608  # made of the constants above
REACHED: Final = f"""
WITH whose AS (
    SELECT %(person)s::bigint AS person_id, %(numbers)s::text[] AS numbers
), {_HELD}, {_OPENED}
SELECT {_RIGHTS}
"""  # made of the constants above
# Rows of mandates that a page carries beside those of the enterprise for which one acts.
MOST_LENT: Final = 60


def rights_reaching(
    *, person_id: int, numbers: Sequence[str], now: datetime
) -> list[dict[str, Any]]:
    """The rights of a person as a session carries them, with all that reach these enterprises."""
    row = first(REACHED, now, person=person_id, numbers=list(numbers))
    return read(row[0] if row else None)


def first(statement: str, now: datetime, **given: Any) -> tuple[Any, ...] | None:
    """The one row of a statement of this module."""
    moments: dict[str, datetime | date] = {"now": now, "today": clock.today(now)}
    with connection.cursor() as cursor:
        cursor.execute(statement, {"most": MOST_LENT, **moments, **given})
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def read(value: Any) -> list[dict[str, Any]]:
    """The rights in what the driver gives for JSON: Django's own connection reads it as text."""
    if value is None:
        return []
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value
    return found
