"""A request with both parts, as the rules look at it; the breaks of a person at every employer."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guichet.audit.actors import Actor
from guichet.eservices.career_break import dossier, operations
from guichet.eservices.career_break.dossier import Taken
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.said import Cared, Child, Earlier, Said, plain, said_of
from guichet.kernel.period import Period
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.career_break.facts import View
from guichet.rules.career_break.kinds import Leave, Regime
from tests.eservices.career_break import world

_DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))
_TEXT = st.text(max_size=20)
_SAID = st.builds(
    Said,
    email=_TEXT,
    person=st.builds(Cared, key=_TEXT, name=_TEXT, born_on=st.none() | _DAYS),
    children=st.lists(st.builds(Child, name=_TEXT, born_on=_DAYS), max_size=3).map(tuple),
    earlier=st.lists(st.builds(Earlier, ticket=_TEXT, first_day=_DAYS), max_size=3).map(tuple),
    activity_since=st.none() | _DAYS,
    training_hours=st.none() | st.integers(0, 999),
)


def sent(row: Request, said: Said) -> Request:
    actor = Actor("person", row.person.niss)
    return operations.complete(ticket=row.ticket, said=plain(said), actor=actor, now=world.NOW)


def taken_of(person: Person, **given: object) -> list[tuple[str, Period]]:
    found = dossier.history(person, **given)  # type: ignore[arg-type]
    return [(one.ticket, one.rules.period) for one in found]


@given(_SAID)
def test_what_a_worker_said_comes_back_as_it_was(said: Said) -> None:
    assert said_of(plain(said)) == said


def test_the_breaks_of_a_person_are_those_of_every_employer(firm: None) -> None:
    with transaction(actor=world.ACTOR):
        world.works_for(world.OTHER, world.LUC)
    here = world.filed()
    there = world.filed(
        enterprise=world.OTHER, first_day=date(2025, 3, 1), last_day=date(2025, 3, 31)
    )
    found = dossier.history(here.person)
    assert [(one.ticket, one.employer) for one in found] == [
        (there.ticket, world.OTHER),
        (here.ticket, world.FIRM),
    ]
    assert taken_of(here.person, but=here.pk) == [
        (there.ticket, Period(date(2025, 3, 1), date(2025, 3, 31)))
    ]


def test_what_was_refused_does_not_count_and_a_part_counts_for_its_days(firm: None) -> None:
    row = world.completed(world.filed())
    with transaction():
        Decision.objects.create(
            request=row, number=1, result="partly", at=world.NOW,
            content={"period": ["2025-04-01", "2025-04-15"]},
        )  # fmt: skip
    assert taken_of(row.person) == [(row.ticket, Period(date(2025, 4, 1), date(2025, 4, 15)))]
    with transaction():
        Decision.objects.create(request=row, number=2, result="refused", at=world.NOW)
    assert taken_of(row.person) == []


def test_the_worker_tells_for_whom_an_earlier_break_was_and_what_came_before(firm: None) -> None:
    row = world.filed()
    told = (
        Earlier(ticket=row.ticket, person="first"),
        Earlier(leave="parental", regime="half", first_day=date(2020, 1, 1),
                last_day=date(2020, 2, 29), person="second"),
        Earlier(leave="parental"),
    )  # fmt: skip
    found = dossier.history(row.person, told=told)
    assert [(one.ticket, one.rules.person) for one in found] == [
        ("", "second"),
        (row.ticket, "first"),
    ]


def test_the_office_sees_the_child_and_the_credit_that_is_left(firm: None) -> None:
    child = Cared(key="a", born_on=date(2020, 5, 1), parentage="biological", is_disabled=False)
    said = Said(person=child, household="with_children", activity="none", pension="none")
    row = sent(world.filed(), said)
    told = dossier.said_in(row)
    assert told == said
    known = dossier.facts(
        row, said=told, taken=dossier.history(row.person, but=row.pk), view=View.OFFICER,
        complete_on=date(2025, 2, 1),
    )  # fmt: skip
    assert known is not None
    both = dossier.verdicts(known)
    assert both.right.outcome.exists
    assert both.right.outcome.before is not None
    assert both.right.outcome.before.left == 80
    assert both.right.outcome.after is not None
    assert both.right.outcome.after.left == 60
    assert both.allowance.outcome.paid_from == date(2025, 4, 1)


def test_a_break_for_another_child_does_not_take_from_this_one(firm: None) -> None:
    first = sent(world.filed(), Said(person=Cared(key="a", born_on=date(2020, 5, 1))))
    second = world.filed(first_day=date(2025, 6, 1), last_day=date(2025, 6, 30))
    taken = dossier.history(second.person, but=second.pk)
    assert [(one.ticket, one.rules.person) for one in taken] == [(first.ticket, "a")]
    for key, left in (("a", 60), ("b", 80)):
        known = dossier.facts(
            second, said=Said(person=Cared(key=key)), taken=taken, view=View.WORKER
        )
        assert known is not None
        before = dossier.verdicts(known).right.outcome.before
        assert before is not None
        assert before.left == left


def test_another_pension_closes_the_allowance_and_not_the_right(firm: None) -> None:
    row = world.filed()
    known = dossier.facts(row, said=Said(pension="other"), taken=(), view=View.WORKER)
    assert known is not None
    both = dossier.verdicts(known)
    assert both.right.outcome.exists
    assert both.allowance.outcome.payment == "none"


def test_a_taken_break_keeps_its_leave_and_regime(firm: None) -> None:
    row = world.filed()
    [one] = dossier.history(row.person)
    assert isinstance(one, Taken)
    assert (one.rules.leave, one.rules.regime) == (Leave.PARENTAL, Regime.FULL)
