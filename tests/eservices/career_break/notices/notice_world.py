"""Short ways to send a notice and to answer it in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client

from guichet.audit.actors import Actor
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import sending
from guichet.eservices.career_break.notices.content import Wish
from guichet.eservices.career_break.notices.sending import Worker
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.world import FIRM, LUC, NOW
from tests.portal.browsing import signed_in

MINE: Final = "/career-break/notices/mine/"
NEW: Final = f"{MINE}new/"
REASONS: Final = "Four colleagues are absent in the same weeks."
# The employer of the manual's notice, sent on 10 January 2024.
SEED: Final = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)


def set_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """From now on it is ``now``."""
    monkeypatch.setattr(clock, "now", lambda: now)


def moment(day: date) -> datetime:
    """Ten in the morning of a day."""
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def wish(**given: Any) -> Wish:
    """Half-time parental leave of four months, in time."""
    sound = Wish(
        leave="parental", regime="half", first_day=date(2025, 4, 15), last_day=date(2025, 8, 14),
        schedule="Every afternoon", contract_minutes=2280, full_time_minutes=2280,
        key=uuid4().hex,
    )  # fmt: skip
    return replace(sound, **given)


def worker(niss: str = LUC) -> Worker:
    """Somebody who acts for himself."""
    return Worker(Actor("person", niss), Person.objects.get(niss=niss).pk, "fr")


def sent(niss: str = LUC, *, now: datetime = NOW, employer: str = FIRM, **given: Any) -> Notice:
    """A notice that was sent by its own operation."""
    return sending.send(employer=employer, wish=wish(**given), worker=worker(niss), now=now)


def kept(niss: str = LUC, **given: Any) -> Notice:
    """A notice as a row, whatever the checks would say."""
    return world.notice(niss, **given)


def seed_notice(**given: Any) -> Notice:
    """The notice of the manual: half-time parental leave from 1 March 2024 for four months."""
    return kept(
        **{
            "first_day": date(2024, 3, 1), "last_day": date(2024, 6, 30), "sent_at": SEED,
            "answer_by": date(2024, 2, 10),
        } | given
    )  # fmt: skip


def himself(niss: str = LUC) -> Client:
    """A browser in which somebody acts for himself."""
    return signed_in(niss)


def place(row: Notice) -> str:
    """The page of a notice at the employer's."""
    return f"/career-break/notices/{row.ticket}/"


def own_place(row: Notice) -> str:
    """The page of a notice of the worker."""
    return f"{MINE}{row.ticket}/"


def typed(**given: Any) -> dict[str, str]:
    """The form of a notice: half-time parental leave of four months."""
    named = {"first": "15/4/2025", "last": "14/8/2025", "contract": "38:00", "full": "38:00"}
    named |= {name: given.pop(name) for name in named if name in given}
    return {
        "at": "wish", "employer": FIRM, "leave": "parental", "regime": "half", "key": "0" * 32,
        "schedule": "Every afternoon", **walk.day("first_day", named["first"]),
        **walk.day("last_day", named["last"]),
        **walk.hours("contract_minutes", named["contract"]),
        **walk.hours("full_time_minutes", named["full"]), **given,
    }  # fmt: skip


def answered(row: Notice, act: str, client: Client | None = None, **given: str) -> Any:
    """The answer of the clerk's page to a button."""
    return (client or world.clerk()).post(place(row), {"do": act, **given})


def staffed(count: int, *, employer: str = FIRM) -> None:
    """So many contracts with the employer more, since long."""
    from guichet.demo import numbers
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord

    first = date(1970, 1, 1)
    with transaction(actor=world.ACTOR):
        for at in range(count):
            niss = numbers.niss(born_on=first + timedelta(days=at), is_female=False)
            record = PersonRecord(niss, "Jan", f"Nummer {at}", first)
            persons.register(person=record, actor=world.ACTOR, now=NOW)
            world.works_for(employer, niss)
