"""A break of which two months are paid, and short ways to a recovery of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from guichet.audit.actors import Actor
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.office.operations import reopen
from guichet.eservices.career_break.recovery import operations, preparing, runs
from guichet.eservices.career_break.recovery.models import Preparation, Recovery, Run
from guichet.eservices.career_break.recovery.operations import Opening, Outcome
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.rules.career_break.decisions import Paid
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, LEADER, officer
from tests.eservices.career_break.world import LUC, NOW

# April and May are paid by then, June is not.
LATER: Final = desk.moment(date(2025, 6, 16))
ENDED: Final = Opening(
    reason="early_end", grounds="Votre employeur le dit.", first_day=date(2025, 5, 11)
)
MAY: Final = Period(date(2025, 5, 1), date(2025, 5, 31))
JUNE: Final = Period(date(2025, 6, 1), date(2025, 6, 30))
# The letter of a decision of the 16th went.
AFTER: Final = desk.moment(date(2025, 6, 23))
WHOLE: Final = 93_296  # 1 038.12 gross less 10.13 %
Put = Callable[[datetime], None]


def granted(niss: str = LUC) -> Request:
    """Three months of parental leave from April on, granted in January."""
    row = desk.taken(niss, last_day=date(2025, 6, 30))
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(), now=NOW)
    row.refresh_from_db()
    return row


def opened(row: Request, opening: Opening = ENDED) -> Recovery:
    """The worker is invited to be heard."""
    return operations.invite(ticket=row.ticket, opening=opening, officer=officer(), now=LATER)


def heard(recovery: Recovery) -> None:
    """He says something, and over how many months he would pay back."""
    operations.defend(
        key=recovery.key, defence="J'ai repris le 20.", wants_hearing=False, months_asked=3,
        actor=Actor("person", recovery.request.person.niss), now=LATER,
    )  # fmt: skip


def decided(row: Request, recovery: Recovery, *, count: int = 3) -> Recovery:
    """A colleague asks all of it back."""
    outcome = Outcome(cents=recovery.amount, count=count, motivation="Non.")
    return operations.decide(
        ticket=row.ticket, key=recovery.key, outcome=outcome, officer=officer(COLLEAGUE), now=LATER
    )


def prepared(month: Period = MAY, *, now: datetime = LATER) -> Preparation:
    """A run of a month as the job leaves it."""
    row = preparing.begin(office="MON", month=month, officer=officer(), now=now)
    while preparing.make_part(preparation=row.pk, now=now):
        pass
    row.refresh_from_db()
    return row


def sent(month: Period = MAY, *, count: int = 1, net: int = WHOLE, now: datetime = LATER) -> Run:
    """A month that an officer has prepared and the team leader signs."""
    row = prepared(month, now=now)
    return runs.send(key=row.key, expected=(count, net), officer=officer(LEADER), now=now)


def decided_again(row: Request, gross: int) -> None:
    """The office looks again and decides on another amount, by two."""
    reopen(ticket=row.ticket, reason="x", officer=officer(), now=LATER)
    row.refresh_from_db()
    paid = (Paid(row.first_day, row.last_day, Money(gross), 1013),)
    proposal = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, paid=paid, why="Autre montant."),
        officer=officer(), now=LATER,
    )  # fmt: skip
    deciding.sign(proposal=proposal.pk, officer=officer(desk.LEADER), now=LATER)
