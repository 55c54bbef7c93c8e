"""What a worker does with a notice: sends it, withdraws it, answers a postponement.

Each is one transaction and one line of the trail. Who comes first is the database's answer: a step
is one UPDATE of a row that is still where the step may begin.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.eservices.career_break import checks, tickets
from guichet.eservices.career_break.content import Warned
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.notices import judging, queries, receipts, telling, timing
from guichet.eservices.career_break.notices.content import Wish, plain
from guichet.eservices.career_break.notices.judging import Judged
from guichet.eservices.career_break.notices.queries import Employer
from guichet.eservices.career_break.notices.stepping import UnknownNotice, move
from guichet.eservices.career_break.operations import Refused, one_at_a_time
from guichet.kernel.period import Period
from guichet.kernel.ticket import CITIZEN
from guichet.kernel.verdict import Severity
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules.career_break.faults import blocking
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.notice import duplicate_fault
from guichet.rules.career_break.states import NoticeStep, Party

ONE_OPEN = "career_break_notice_one_open"


class UnknownEmployer(LookupError):
    """Not an employer of this worker, or one who takes no electronic notices."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Who does it, for himself, and in which language his document is made."""

    actor: Actor
    person_id: int
    language: str = "nl"


def send(*, employer: str, wish: Wish, worker: Worker, now: datetime) -> Notice:
    """Send a written notice; the employer's time to answer begins. A second press sends nothing.

    ``employer``: ten digits. Raises UnknownEmployer, Refused.
    """
    try:
        with transaction(actor=worker.actor):
            done = queries.same_form(person_id=worker.person_id, key=wish.key)
            return done or _sent(employer, wish, worker, now)
    except IntegrityError as fault:
        if not is_refused_by(fault, ONE_OPEN):
            raise
        refused = Refused([blocking("V-NO-08", "first_day")])
    except Refused as found:
        refused = found
    # The other press of the same form may have come in since the first look.
    done = queries.same_form(person_id=worker.person_id, key=wish.key)
    if done is None:
        raise refused
    return done


def withdraw(*, ticket: str, worker: Worker, now: datetime) -> Notice:
    """Take a notice back before it is answered; raises UnknownNotice, StepRefused."""
    return _step(ticket, NoticeStep.WITHDRAW, "withdrawn", worker, now)


def agree(*, ticket: str, worker: Worker, now: datetime) -> Notice:
    """The leave begins on the new date; raises UnknownNotice, StepRefused."""
    return _step(ticket, NoticeStep.AGREE, "agreed", worker, now)


def renounce(*, ticket: str, worker: Worker, now: datetime) -> Notice:
    """No leave rather than a postponed one; raises UnknownNotice, StepRefused."""
    return _step(ticket, NoticeStep.RENOUNCE, "renounced", worker, now)


def considered(*, wish: Wish, person: Person, employer: Employer, now: datetime) -> Judged:
    """The checks of a notice that would be sent now, one that waits already included."""
    today = clock.today(now)
    found = judging.judged(
        wish=wish, person=person, employer=employer.number, sector=employer.sector, today=today
    )
    if wish.first_day is None or found.blocks:
        return found
    days = Period(wish.first_day, wish.last_day or date.max)
    waiting = queries.waiting(person_id=person.pk, employer=employer.number, today=today)
    again = duplicate_fault(leave=Leave(wish.leave), period=days, waiting=waiting)
    return found if again is None else replace(found, faults=(*found.faults, again))


def is_refused_by(fault: IntegrityError, constraint: str) -> bool:
    """Whether the database refused a row because of this constraint."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", "") == constraint


def _sent(employer: str, wish: Wish, worker: Worker, now: datetime) -> Notice:
    person, today = Person.objects.get(pk=worker.person_id), clock.today(now)
    known = queries.employer_of(
        niss=person.niss, number=employer, on=today, language=worker.language
    )
    if known is None:
        raise UnknownEmployer(employer)
    one_at_a_time(person)
    timing.settle_of(person_id=person.pk, employer=employer, now=now)
    found = considered(wish=wish, person=person, employer=known, now=now)
    if found.blocks or wish.first_day is None:
        raise Refused(found.faults)
    firm = Enterprise.objects.get(number=employer)
    row = Notice(
        ticket=tickets.take(CITIZEN), employer=firm, person=person, leave=wish.leave,
        regime=wish.regime, first_day=wish.first_day, last_day=wish.last_day,
        answer_by=found.answer_by, sent_at=now, changed_at=now,
        office=checks.office(person, employer_postcode=firm.postcode, on=today),
    )  # fmt: skip
    kept = _kept(wish, found)
    document = receipts.issue_receipt(
        row=row, wish=kept, language=worker.language, actor=worker.actor, now=now
    )
    row.asked = plain(replace(kept, document=document))
    row.save(force_insert=True)
    telling.to_employer(row, "sent", now=now)
    trail.record(action="careerBreak.notice.sent", actor=worker.actor, target=row.ticket, now=now)
    return row


def _kept(wish: Wish, found: Judged) -> Wish:
    """With the warnings that stood; what was asked for the check alone is not kept."""
    details = {name: text for name, text in wish.details.items() if name not in judging.PRIVATE}
    warned = tuple(
        Warned(one.key, one.field, {name: _shown(value) for name, value in one.values.items()})
        for one in found.faults
        if one.severity is Severity.WARN
    )
    return replace(
        wish, details=details, warned=warned, is_balance=found.is_balance,
        follows_palliative=found.follows_palliative,
    )  # fmt: skip


def _shown(value: object) -> str:
    """As the sentences of the rules show it."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _step(ticket: str, step: NoticeStep, what: str, worker: Worker, now: datetime) -> Notice:
    with transaction(actor=worker.actor):
        row = queries.own(ticket=ticket, person_id=worker.person_id)
        if row is None:
            raise UnknownNotice(ticket)
        move(row, step, Party.WORKER, now)
        telling.to_employer(row, what, now=now)
        trail.record(
            action=f"careerBreak.notice.{what}", actor=worker.actor, target=row.ticket, now=now
        )
    return row
