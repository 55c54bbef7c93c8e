"""Where the sessions of the portal are kept: one statement reads the session and who acts.

Django's database sessions, with three differences: the key in the table is a digest of the
cookie; the row repeats who, how and since when; and loading brings the person and his rights
along, those that a mandate lends to his enterprise too, so that verifying a session costs one
query.
"""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection

from guichet.access.identification.models import Session
from guichet.platform import clock

ACTING: Final = "acting"

_LOAD: Final = """
WITH session AS (
    SELECT * FROM access_session WHERE session_key = %(key)s AND expire_date > %(now)s
), held AS (
    SELECT held.enterprise_id, held.quality, held.service
      FROM access_right AS held
      JOIN session ON session.person_id = held.person_id
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
)
SELECT session.session_data, session.last_seen_at, person.id, person.niss, person.given_name,
       person.family_name, person.language,
       (SELECT json_agg(json_build_object(
                   'number', firm.number, 'nl', firm.name_nl, 'fr', firm.name_fr,
                   'de', firm.name_de, 'en', firm.name_en, 'language', firm.language,
                   'quality', opened.quality, 'service', opened.service,
                   'mandatary', own.number, 'mandatary_name', json_build_object(
                       'nl', own.name_nl, 'fr', own.name_fr, 'de', own.name_de,
                       'en', own.name_en, 'language', own.language))
               ORDER BY own.number IS NOT NULL, firm.sort_key, firm.id, own.number, opened.quality)
          FROM (
               SELECT held.enterprise_id, held.quality, held.service, NULL::bigint AS mandatary_id
                 FROM held
                UNION ALL
               SELECT lent.mandator_id, 'employer', held.service, lent.mandatary_id
                 FROM held
                 JOIN access_mandate_lent AS lent ON lent.mandatary_id = held.enterprise_id
                WHERE held.quality = 'service_provider' AND held.service = ANY(lent.permissions)
                  AND lent.revoked_at IS NULL AND lent.first_day <= %(today)s
                  AND (lent.last_day IS NULL OR lent.last_day >= %(today)s)) AS opened
          JOIN enterprises_enterprise AS firm ON firm.id = opened.enterprise_id
          LEFT JOIN enterprises_enterprise AS own ON own.id = opened.mandatary_id),
       (SELECT member.state
          FROM access_member AS member
          JOIN enterprises_enterprise AS firm ON firm.id = member.enterprise_id
         WHERE member.person_id = person.id AND firm.number = session.enterprise_number
         ORDER BY member.id DESC LIMIT 1)
  FROM session
  LEFT JOIN persons_person AS person
    ON person.id = session.person_id AND person.replaced_by_id IS NULL
"""


class Loaded:
    """What one look at the table told beside the session's own data."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.last_seen_at: datetime | None = row[1]
        self.person: tuple[int, str, str, str, str] | None = row[2:7] if row[2] else None
        # The driver's JSON is read by Django's own connection as text.
        self.rights: list[dict[str, Any]] = _read(row[7])
        self.member_state: str | None = row[8]


class SessionStore(DatabaseStore):
    """The engine of the portal's sessions."""

    loaded: Loaded | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    @property
    def row_key(self) -> str | None:
        """The key of this session's row, or None when there is none."""
        return digest(self.session_key) if self.session_key else None

    def load(self) -> dict[str, Any]:
        """The session's data, or nothing; what else the row told stays in ``loaded``."""
        now = clock.now()
        given: dict[str, str | datetime | date] = {
            "key": digest(self.session_key),
            "now": now,
            "today": clock.today(now),
        }
        with connection.cursor() as cursor:
            cursor.execute(_LOAD, given)
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            self.loaded = None
            return {}
        self.loaded = Loaded(row)
        return self.decode(row[0])

    def is_held(self) -> bool:
        """Whether the row is still there; then nobody else closes it in this transaction."""
        rows = Session.objects.select_for_update().filter(session_key=self.row_key)
        return rows.values_list("session_key").first() is not None

    def exists(self, session_key: str) -> bool:
        """Whether the table has this cookie's row."""
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session with what its data says of who acts."""
        acting: dict[str, Any] = data.get(ACTING) or {}
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # Django's own
        return Session(
            session_key=digest(key),
            session_data=self.encode(data),
            expire_date=clock.now() + timedelta(seconds=self.get_expiry_age()),
            person_id=acting.get("person"),
            enterprise_number=acting.get("enterprise") or "",
            quality=acting.get("quality") or "",
            means=acting.get("means", ""),
            level=acting.get("level"),
            amr=acting.get("amr", []),
            device=acting.get("device", ""),
            address=acting.get("address", ""),
            opened_at=acting.get("opened"),
            authenticated_at=acting.get("authenticated"),
            last_seen_at=clock.now(),
        )

    def delete(self, session_key: str | None = None) -> None:
        """Remove the row of a cookie, this one's without an argument."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove every session whose time is over."""
        Session.objects.filter(expire_date__lt=clock.now()).delete()


def digest(key: str | None) -> str:
    """What the table keeps of a cookie."""
    return hashlib.sha256((key or "").encode("utf-8", "surrogatepass")).hexdigest()


def _read(value: Any) -> list[dict[str, Any]]:
    if value is None:
        return []
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value
    return found
