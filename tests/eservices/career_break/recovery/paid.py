"""A break of which two months are paid, and short ways to a recovery of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from guichet.audit.actors import Actor
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.recovery import operations
from guichet.eservices.career_break.recovery.models import Recovery
from guichet.eservices.career_break.recovery.operations import Opening, Outcome
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, officer
from tests.eservices.career_break.world import LUC, NOW

# April and May are paid by then, June is not.
LATER: Final = desk.moment(date(2025, 6, 16))
ENDED: Final = Opening(
    reason="early_end", grounds="Votre employeur le dit.", first_day=date(2025, 5, 11)
)
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
