"""Identities that the register of persons changes by itself: who is told, of what, and once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from guichet.audit.actors import system
from guichet.audit.models import Entry
from guichet.demo import numbers
from guichet.eservices.dimona.identities import following, queries, telling
from guichet.eservices.dimona.identities.following import follow
from guichet.eservices.dimona.identities.queries import Idflux
from guichet.eservices.dimona.models import IdentityChange, Watermark
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from tests.ebox.boxes import manage
from tests.eservices.dimona import world
from tests.eservices.dimona.test_notices import connect, delivered
from tests.eservices.dimona.test_who_may import somebody
from tests.eservices.dimona.world import (
    AGENCY,
    DAY,
    FIRM,
    KARIM,
    LOTTE,
    NOW,
    OTHER,
    USER,
    an_in,
    opened,
    said,
)
from tests.portal.browsing import text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
MAKER: Final = system("tests")
PERSON: Final = PersonRecord(KARIM, "Karim", "Lemaire", date(1985, 7, 31))
NEXT: Final = numbers.niss(born_on=date(1985, 8, 1), is_female=False)


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    # The transaction of a test never ends: what it wrote counts as settled all the same.
    monkeypatch.setattr(following, "settled_before", lambda cursor: 2**62)
    return


def employed(employer: str, last: date | None, niss: str = KARIM) -> None:
    """A period that the register got from elsewhere."""
    with transaction(actor=MAKER):
        employments.declare(
            employment=EmploymentRecord(niss, employer, "XXX", "OTH", date(2025, 1, 6), last),
            actor=MAKER,
            now=NOW,
        )


def register(person: PersonRecord) -> None:
    with transaction(actor=MAKER):
        persons.register(person=person, actor=MAKER, now=NOW)


def renumbered(new: str = NEXT, **changed: str) -> None:
    """Karim gets another number."""
    register(replace(PERSON, niss=new, **changed))
    with transaction(actor=MAKER):
        persons.replace_number(old=KARIM, new=new, actor=MAKER, now=NOW)


def told(employer: str = FIRM) -> list[Idflux]:
    return queries.listed(employer=employer, limit=9)


def test_who_employs_somebody_whose_number_is_replaced_is_told_which_one_is_valid() -> None:
    period = opened(an_in())
    renumbered()

    follow(now=NOW)

    [one] = told()
    assert (one.reason, one.period, one.declaration) == ("90", period, None)
    assert (one.outdated.niss, one.valid.niss) == (KARIM, NEXT)
    assert (one.outdated.family_name, one.valid.family_name) == ("", "Lemaire")
    shown = text(somebody("dimona_consult"), f"/dimona/periods/{period}/")
    assert "The identity of the worker changed" in shown
    assert Entry.objects.filter(action="dimona.identities.noted").count() == 1


def test_periods_of_this_quarter_and_the_last_count_and_older_ones_do_not() -> None:
    employed(FIRM, date(2025, 10, 1))
    employed(OTHER, date(2025, 9, 30))
    employed(AGENCY, date(2026, 1, 15))
    cancelled = opened(an_in(employer=USER))
    said(world.cancel(cancelled, employer=USER))
    renumbered()

    follow(now=NOW)

    found = {row.employer for row in IdentityChange.objects.all()}
    assert found == {FIRM, AGENCY}


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 1, 1), date(2025, 10, 1)),
        (date(2026, 3, 31), date(2025, 10, 1)),
        (date(2026, 4, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 7, 1)),
    ],
)
def test_the_quarter_before_begins(today: date, since: date) -> None:
    assert following.first_day_that_counts(today) == since


def test_the_job_twice_and_the_same_replacement_again_tell_nothing_twice() -> None:
    opened(an_in())
    renumbered()
    follow(now=NOW)

    follow(now=NOW)
    Watermark.objects.all().delete()
    follow(now=NOW + DAY)
    register(replace(PERSON, email="karim@example.org", replaced_by=NEXT))
    follow(now=NOW + DAY)

    assert len(told()) == 1


def test_who_heard_it_by_a_declaration_does_not_hear_it_again() -> None:
    opened(an_in())
    renumbered()
    said(an_in(committee="140", startDate=world.day(3)))
    assert len(told()) == 1

    follow(now=NOW)

    [one] = told()
    assert one.declaration is not None


def test_another_name_or_birth_date_is_told_with_what_was_different() -> None:
    period = opened(an_in())
    register(replace(PERSON, family_name="Lemaire-Dupont"))
    register(replace(PERSON, family_name="Lemaire-Dupont", birth_date=date(1985, 7, 30)))

    follow(now=NOW)

    second, first = told()
    assert {(one.reason, one.period) for one in (first, second)} == {("91", period)}
    assert (first.outdated.niss, first.outdated.family_name) == ("", "Lemaire")
    assert (first.outdated.given_name, first.outdated.birth_date) == ("", None)
    assert (first.valid.niss, first.valid.family_name) == (KARIM, "Lemaire-Dupont")
    assert (second.outdated.family_name, second.outdated.birth_date) == ("", date(1985, 7, 31))
    assert second.valid.birth_date == date(1985, 7, 30)


def test_another_address_or_language_is_nobody_elses_business() -> None:
    opened(an_in())
    register(replace(PERSON, email="karim@example.org", language="fr"))

    follow(now=NOW)

    assert told() == []


def test_a_name_under_the_new_number_is_told_to_who_declared_the_old_one() -> None:
    opened(an_in())
    renumbered()
    register(replace(PERSON, niss=NEXT, family_name="Lemaire-Dupont"))

    follow(now=NOW)

    assert [one.reason for one in told()] == ["91", "90"]


def test_a_replacement_that_a_load_carries_out_is_told_too() -> None:
    opened(an_in())
    register(replace(PERSON, niss=NEXT, given_name="Karim Yves"))
    register(replace(PERSON, replaced_by=NEXT))

    follow(now=NOW)

    [one] = told()
    assert (one.reason, one.outdated.given_name, one.valid.given_name) == (
        "90",
        "Karim",
        "Karim Yves",
    )


def test_who_employs_somebody_else_is_told_nothing() -> None:
    opened(an_in(employer=OTHER))
    opened(an_in(ssin=LOTTE))
    renumbered()

    follow(now=NOW)

    assert told() == []
    assert len(told(OTHER)) == 1


def test_many_changes_are_followed_group_by_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "CHANGES", 2)
    opened(an_in())
    renumbered()

    groups = 1
    while follow(now=NOW):
        groups += 1

    assert groups > 2
    assert len(told()) == 1


def test_what_a_transaction_that_runs_wrote_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    opened(an_in())
    renumbered()

    assert not follow(now=NOW)

    assert told() == []
    assert not Watermark.objects.exists()


def test_the_e_box_says_how_many_workers_changed_and_not_who() -> None:
    connect()
    manage(world.PENSIONER, FIRM, now=NOW)
    opened(an_in())
    opened(an_in(ssin=LOTTE))
    renumbered()
    register(PersonRecord(LOTTE, "Lotte", "Claes-Maes", date(2004, 2, 3)))
    follow(now=NOW)

    assert telling.tell(now=NOW + DAY) == 2  # Lotte works elsewhere too, where no box is open

    [message] = delivered()
    assert "2 " in message.body
    for secret in (KARIM, NEXT, LOTTE, "Lemaire", "Claes"):
        assert secret not in message.subject + message.body
