"""Where the sessions of the portal are kept: one statement reads the session and who acts.

Django's database sessions, with three differences: the key in the table is a digest of the
cookie; the row repeats who, how and since when; and loading brings the person and his rights
along, those that a mandate lends to his enterprise too, so that verifying a session costs one
query.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from guichet.access.identification.models import Session
from guichet.access.reach import LOAD, first, read
from guichet.platform import clock

ACTING: Final = "acting"


class Loaded:
    """What one look at the table told beside the session's own data."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.last_seen_at: datetime | None = row[1]
        self.person: tuple[int, str, str, str, str] | None = row[2:7] if row[2] else None
        self.rights: list[dict[str, Any]] = read(row[7])
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
        row = first(LOAD, now, key=digest(self.session_key))
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
