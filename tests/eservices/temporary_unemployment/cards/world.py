"""A building firm, a factory and a sheltered workshop, their workers, and short ways to a card."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.actors import Actor, system
from guichet.demo import numbers
from guichet.eservices.temporary_unemployment.cards import marking, sending, sheets
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.marking import Key, Wanted
from guichet.eservices.temporary_unemployment.cards.models import Sending
from guichet.eservices.temporary_unemployment.cards.sending import Told
from guichet.eservices.temporary_unemployment.cards.sheets import Sheet
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.enterprises import operations as enterprises
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.temporary_unemployment.card_days import DayState
from guichet.rules.temporary_unemployment.card_sending import Early
from tests.portal.browsing import signed_in

# Wednesday 12 March 2025, six in the morning in Belgium: before the work.
NOW: Final = datetime(2025, 3, 12, 5, 0, tzinfo=UTC)
MARCH: Final = date(2025, 3, 1)
SITE, FACTORY, SHELTERED = (numbers.enterprise(410 + at) for at in range(3))
PIOTR: Final = numbers.niss(born_on=date(1986, 4, 17), is_female=False)
HASSAN: Final = numbers.niss(born_on=date(1991, 2, 8), is_female=False)
LIES: Final = numbers.niss(born_on=date(1993, 12, 1), is_female=True)
CLERK: Final = numbers.niss(born_on=date(1975, 6, 14), is_female=True)
ACTOR: Final = system("tests")
_PERIODS: Final = (
    (PIOTR, SITE, "124", date(2019, 5, 1), None),
    (PIOTR, FACTORY, "111", date(2025, 3, 10), date(2025, 3, 21)),
    (HASSAN, FACTORY, "111", date(2020, 1, 6), None),
    (LIES, SHELTERED, "327.01", date(2021, 9, 1), None),
)


def build(now: datetime = NOW) -> None:
    """Fill the registers; the clerk has every right of a user for the building firm."""
    with transaction(actor=ACTOR):
        for number, name in ((SITE, "Gros Œuvre SRL"), (FACTORY, "Tôles SA"),
                             (SHELTERED, "Atelier ASBL")):  # fmt: skip
            record = EnterpriseRecord(
                number=number, name_fr=name, language="fr", onss_first_day=date(2010, 1, 1)
            )
            enterprises.register(enterprise=record, actor=ACTOR, now=now)
        for niss, given, family in (
            (PIOTR, "Piotr", "Nowak"), (HASSAN, "Hassan", "Amrani"), (LIES, "Lies", "Maes"),
            (CLERK, "Inès", "Delvaux"),
        ):  # fmt: skip
            known = PersonRecord(niss, given, family, None, "fr")
            persons.register(person=known, actor=ACTOR, now=now)
        for niss, firm, committee, first, last in _PERIODS:
            period = EmploymentRecord(
                niss=niss, employer=firm, joint_committee=committee, worker_type="OTH",
                first_day=first, last_day=last,
            )  # fmt: skip
            employments.declare(employment=period, actor=ACTOR, now=now)
        for service in ("temporary_unemployment", "dimona", "presence", "career_break"):
            give_right(
                niss=CLERK, enterprise_number=SITE, service=service,
                first_day=date(2020, 1, 1), actor=ACTOR, now=now,
            )  # fmt: skip


def himself(niss: str = PIOTR) -> Client:
    """A browser in which the worker is signed in for himself."""
    return signed_in(niss)


def place(act: str = "", *, employer: str = SITE, month: date = MARCH) -> str:
    """The address of a page of a card."""
    return f"/temporary-unemployment/mine/cards/{employer}/{month.year}/{month.month}/{act}"


def key(niss: str = PIOTR, employer: str = SITE, month: date = MARCH) -> Key:
    """Whose card, where, when."""
    return Key(niss, employer, month)


def card(niss: str = PIOTR, employer: str = SITE, month: date = MARCH, now: Any = NOW) -> Sheet:
    """The card as it stands."""
    found = sheets.sheet(niss=niss, employer=employer, month=month, now=now)
    assert found is not None
    return found


def mark(
    number: int, state: str = "work", *, starts_at: str = "07:30", reason: str = "",
    until: int | None = None, of: Key | None = None, now: datetime = NOW,
) -> int:  # fmt: skip
    """Mark a day of a card."""
    whose = of or key()
    last = whose.month.replace(day=until) if until else None
    hour = time.fromisoformat(starts_at) if starts_at else None
    wanted = Wanted(whose.month.replace(day=number), DayState(state), hour, reason, last)
    return marking.mark(key=whose, wanted=wanted, actor=Actor("person", whose.niss), now=now)


def send(
    *, of: Key | None = None, seen: str = "", early: Early = Early.NOT, permission: str = "",
    now: datetime, body: Body = Body.CAPAC, language: str = "fr",
) -> Sending:  # fmt: skip
    """Send a card as it stands."""
    whose = of or key()
    found = card(whose.niss, whose.employer, whose.month, now)
    said = Told(seen or found.seen, body, language, early, permission)
    return sending.send(key=whose, said=said, actor=Actor("person", whose.niss), now=now)


def at(day: int, hour: int = 6, minute: int = 0, month: int = 3) -> datetime:
    """A moment of 2025 on the clock of Brussels."""
    from guichet.kernel.moments import BRUSSELS

    return datetime(2025, month, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)
