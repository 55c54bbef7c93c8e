"""The announcements that a page shows, read once a minute by each process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.translation import get_language

from guichet.access.counter import doors
from guichet.access.counter.models import Announcement
from guichet.kernel.label import Label

# The most urgent first.
_ORDER: Final = ("outage", "planned", "info")


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement as plain values; ``service`` None: of all services."""

    key: int
    service: str | None
    severity: str
    title: Label
    text: Label | None
    begins_at: datetime
    ends_at: datetime | None

    def is_shown(self, now: datetime) -> bool:
        """Whether it is to be seen now: a planned one beforehand, none when it is over."""
        has_begun = self.severity == "planned" or self.begins_at <= now
        return has_begun and (self.ends_at is None or now < self.ends_at)

    @property
    def title_here(self) -> str:
        """The title in the language of the page."""
        return self.title.in_language(get_language() or "en")

    @property
    def text_here(self) -> str:
        """The text in the language of the page, if there is one."""
        return self.text.in_language(get_language() or "en") if self.text else ""


@dataclass(slots=True)
class _Kept:
    minute: int | None = None
    notices: Sequence[Notice] = ()


_kept: Final = _Kept()


def notices(*, path: str, now: datetime) -> list[Notice]:
    """What the page at ``path`` shows at its top, the most urgent first.

    The start page shows everything; another page what is of its service or of all.
    """
    service = doors.service_at(path)
    shown = [one for one in _current(now) if one.is_shown(now)]
    if path != "/":
        shown = [one for one in shown if one.service in (None, service)]
    return sorted(shown, key=lambda one: (_ORDER.index(one.severity), one.begins_at))


def outage(*, service: str, now: datetime) -> Notice | None:
    """The interruption of a service, or of all of them, that goes on now; None while it works."""
    shown = [one for one in _current(now) if one.severity == "outage" and one.is_shown(now)]
    return next((one for one in shown if one.service in (None, service)), None)


def planned(*, now: datetime) -> list[Notice]:
    """The planned interruptions that are not over, for the calendar."""
    return [one for one in _current(now) if one.severity == "planned" and one.is_shown(now)]


def forget() -> None:
    """Read them anew with the next page: one was changed here."""
    _kept.minute = None


def notice(row: Announcement) -> Notice:
    """An announcement as plain values."""
    texts = (row.text_nl, row.text_fr, row.text_de, row.text_en)
    return Notice(
        key=row.pk,
        service=row.service,
        severity=row.severity,
        title=Label(row.title_nl, row.title_fr, row.title_de, row.title_en),
        text=Label(*texts) if all(texts) else None,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
    )


def _current(now: datetime) -> Sequence[Notice]:
    minute = int(now.timestamp()) // 60
    if _kept.minute != minute:
        _kept.notices = _read(now)
        _kept.minute = minute
    return _kept.notices


def _read(now: datetime) -> Sequence[Notice]:
    lasting = Announcement.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
    return tuple(notice(row) for row in lasting)
