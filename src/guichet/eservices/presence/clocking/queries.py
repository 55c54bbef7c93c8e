"""Where somebody stands, what he registered lately, and for whom he may work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final

from django.db import connection

from guichet.eservices.presence import day_queries
from guichet.eservices.presence.day_queries import ActRow, Wanted
from guichet.eservices.presence.models import Press
from guichet.platform import clock
from guichet.registers.works import queries as works
from guichet.registers.works.queries import SiteRecord
from guichet.rules import presence_next
from guichet.rules.presence_day import DayAct
from guichet.rules.presence_next import Standing, Step

_EMPLOYERS: Final = files(__package__).joinpath("own_employers.sql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class OwnEmployer:
    """For whom somebody works: an enterprise number, or a foreign VAT number; never both."""

    enterprise_number: str
    foreign_vat_number: str
    name: str
    is_in_chain: bool

    @property
    def key(self) -> str:
        """The number by which a form names it."""
        return self.enterprise_number or self.foreign_vat_number


@dataclass(frozen=True, slots=True, repr=False)
class Situation:
    """One person at one moment: his last acts, where he stands, and what he may do next."""

    acts: tuple[ActRow, ...]
    standing: Standing
    is_done: bool
    now: datetime
    site: str | None = None
    record: SiteRecord | None = field(default=None)

    @property
    def steps(self) -> list[Step]:
        """The most likely one first."""
        return presence_next.offered(
            self.standing, site=self.site, is_done=self.is_done, now=self.now
        )

    @property
    def last(self) -> ActRow | None:
        """The last act, whatever it was."""
        return self.acts[-1] if self.acts else None


def situation(*, ssin: str, site: str | None, now: datetime, language: str) -> Situation:
    """The situation at ``site``; without one, where the person is or was last."""
    today = clock.today(now)
    since, until = day_queries.window(today - timedelta(days=1), today)
    acts = tuple(
        day_queries.acts(
            wanted=Wanted(since, until, ssin=ssin, counted=True), language=language, sort="time"
        )
    )
    standing = presence_next.standing((day_act(act) for act in acts), now=now)
    if site is None and standing.open_act is not None:
        site = standing.open_act.site
    if site is None and acts:
        site = acts[-1].works_reference
    record = works.site(reference=site) if site else None
    return Situation(acts, standing, _is_done(acts), now, site, record)


def day_act(act: ActRow) -> DayAct:
    """An act as the rules take it."""
    return DayAct(act.type, act.occurred_at, act.works_reference, act.receipt)


def employers(*, ssin: str, site: str | None, on: date, language: str) -> list[OwnEmployer]:
    """For whom a person may work on a day, those in the chain of the site first."""
    values: dict[str, Any] = {"ssin": ssin, "site": site or "", "day": on, "language": language}
    with connection.cursor() as cursor:
        cursor.execute(_EMPLOYERS, values)
        return [OwnEmployer(*row) for row in cursor.fetchall()]


def choices(found: list[OwnEmployer]) -> list[OwnEmployer]:
    """Those among whom a person has to choose: those of the site, or all when none is there."""
    return [one for one in found if one.is_in_chain] or found


def _is_done(acts: tuple[ActRow, ...]) -> bool:
    if not acts or acts[-1].type != "out":
        return False
    said = Press.objects.filter(receipt=acts[-1].receipt).order_by("-pk").first()
    return said is not None and said.step in (Step.END, Step.DONE)
