"""Every way on which an officer goes against the rules, or against a decision, has two people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest
from django.db import IntegrityError
from django.db import transaction as django_transaction

from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding, operations
from guichet.eservices.career_break.office.deciding import SamePerson
from guichet.eservices.career_break.office.models import Letter, Proposal, Signature
from guichet.eservices.career_break.office.officers import Officer
from guichet.kernel.money import Money
from guichet.rules.career_break.decisions import Override, Paid, Result
from tests.database import REPOSITORY
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import LEADER, OFFICER, at_desk, officer
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
NEXT_DAY: Final = NOW + timedelta(days=1)
LATE: Final = NOW + timedelta(days=60)


def _paid(gross: int = 103_812, first: int = 1, rate: int = 1013) -> tuple[Paid, ...]:
    return (Paid(date(2025, 4, first), date(2025, 4, 30), Money(gross), rate),)


def _decided(row: Request, **given: object) -> Decision | Proposal:
    return deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, why="Le dossier le montre.", **given),
        officer=officer(), now=NEXT_DAY,
    )  # fmt: skip


def _reopened(row: Request) -> Request:
    operations.reopen(ticket=row.ticket, reason="Revu.", officer=officer(), now=NEXT_DAY)
    row.refresh_from_db()
    return row


def _unanswered(row: Request) -> Decision | Proposal:
    asking = operations.Asking("worker", "household", "", date(2025, 2, 28))
    operations.ask(ticket=row.ticket, asking=asking, officer=officer(), now=NOW)
    return deciding.close_unanswered(ticket=row.ticket, officer=officer(), now=LATE)


def _refused_after_a_grant(row: Request) -> Decision | Proposal:
    _sent(_decided(row))
    return _decided(_reopened(row), result=Result.REFUSED, paid=())


def _granted_after_a_refusal(row: Request) -> Decision | Proposal:
    """As the rules propose, and all the same another decision than the one that was sent."""
    _sent(_signed(_decided(row, result=Result.REFUSED, paid=())))
    return _decided(_reopened(row))


def _undone_before_it_was_sent(row: Request) -> Decision | Proposal:
    """Two people took it; holding it back does not leave it to one of them."""
    _signed(_decided(row, result=Result.REFUSED, paid=()))
    return _decided(_reopened(row))


def _signed(waits: Decision | Proposal) -> Decision:
    assert isinstance(waits, Proposal)
    return deciding.sign(proposal=waits.pk, officer=officer(LEADER), now=NOW)


def _sent(done: Decision | Proposal) -> None:
    assert isinstance(done, Decision)
    Letter.objects.filter(decision=done).update(due_on=NOW.date())


Way = Callable[[Request], Decision | Proposal]
WAYS: Final[dict[str, tuple[Way, Override]]] = {
    "refuses what the rules grant": (
        lambda row: _decided(row, result=Result.REFUSED, paid=()), Override.RESULT),
    "pays nothing where the rules pay": (
        lambda row: _decided(row, result=Result.GRANTED_NO_ALLOWANCE, paid=()), Override.RESULT),
    "pays part of it": (
        lambda row: _decided(row, result=Result.PARTLY), Override.RESULT),
    "pays another amount": (lambda row: _decided(row, paid=_paid(100_000)), Override.AMOUNT),
    "withholds another tax": (lambda row: _decided(row, paid=_paid(rate=1000)), Override.AMOUNT),
    "pays from another day": (lambda row: _decided(row, paid=_paid(first=10)), Override.DAYS),
    "grants other days": (
        lambda row: _decided(
            row, last_day=date(2025, 4, 20),
            paid=(Paid(date(2025, 4, 1), date(2025, 4, 20), Money(103_812), 1013),),
        ), Override.DAYS),
    "pays above the limit": (lambda row: _decided(row, paid=_paid(250_000)), Override.HIGH),
    "closes without an answer": (_unanswered, Override.RESULT),
    "refuses what was granted": (_refused_after_a_grant, Override.FORMER),
    "grants what was refused": (_granted_after_a_refusal, Override.FORMER),
    "undoes what two decided": (_undone_before_it_was_sent, Override.FORMER),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_each_way_waits_for_another_person_and_says_why(way: str) -> None:
    row = desk.taken()
    walk, why = WAYS[way]

    waits = walk(row)

    assert isinstance(waits, Proposal), way
    assert why in waits.overrides
    own = officer()
    both = Officer(own.actor, own.person_id, own.offices, may_decide=True, may_sign=True)
    with pytest.raises(SamePerson):
        deciding.sign(proposal=waits.pk, officer=both, now=LATE)
    page = at_desk(OFFICER).post(
        f"/desk/career-breaks/{row.ticket}/sign/{waits.pk}/", {"do": "sign"}
    )
    assert page.status_code == 422
    assert "You proposed this decision: somebody else signs it." in said(page)
    done = deciding.sign(proposal=waits.pk, officer=officer(LEADER), now=LATE)
    two = Signature.objects.get(decision=done)
    assert (two.first_id, two.second_id) == (own.person_id, officer(LEADER).person_id)
    assert two.overrides == waits.overrides
    row.refresh_from_db()
    assert row.state == "closed"


def test_who_follows_the_rules_decides_alone() -> None:
    done = _decided(desk.taken())

    assert isinstance(done, Decision)
    one = Signature.objects.get(decision=done)
    assert (one.first_id, one.second_id, one.overrides) == (officer().person_id, None, [])


def test_the_same_decision_again_is_taken_alone() -> None:
    row = desk.taken()
    _sent(_decided(row))

    assert isinstance(_decided(_reopened(row)), Decision)


def test_ones_own_mistake_is_mended_alone_before_it_is_sent() -> None:
    row = desk.taken()
    first = _decided(row)
    Decision.objects.filter(pk=first.pk).update(content=first.content | {"rows": []})

    assert isinstance(_decided(_reopened(row)), Decision)


def test_the_database_refuses_a_decision_against_the_rules_with_one_name() -> None:
    row = desk.taken()
    done = _signed(_decided(row, result=Result.REFUSED, paid=()))
    two = Signature.objects.filter(decision=done)

    for wrong in ({"second": None}, {"second": officer().person_id}, {"proposal": None},
                  {"overrides": []}):  # fmt: skip
        with (
            pytest.raises(IntegrityError, match="career_break_signature_four_eyes"),
            django_transaction.atomic(),
        ):
            two.update(**wrong)


def test_no_other_code_writes_a_decision() -> None:
    """A new way would have to pass here, and stand in the table above."""
    places = {
        path.relative_to(REPOSITORY / "src/guichet").as_posix()
        for path in (REPOSITORY / "src/guichet").rglob("*.py")
        if "career_break" in path.as_posix() or "demo" in path.parts
        if re.search(r"decision\.save\(|Decision\.objects\.(create|bulk_create|update)",
                     path.read_text())
    }  # fmt: skip

    assert places == {"eservices/career_break/office/deciding.py"}
