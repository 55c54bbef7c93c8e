"""What an employer does with a notice: accepts, refuses, postpones, makes the request of it.

Each is one transaction and one line of the trail. An answer after the term is refused with the day
on which silence accepted; of two answers at once the database says which was first.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError

from guichet.audit import trail
from guichet.eservices.career_break import drafting, operations
from guichet.eservices.career_break import queries as career_breaks
from guichet.eservices.career_break.models import Draft, Notice
from guichet.eservices.career_break.notices import prefilling, queries, standing, telling
from guichet.eservices.career_break.notices.content import Answer, plain, wish_of
from guichet.eservices.career_break.notices.sending import ONE_OPEN, is_refused_by
from guichet.eservices.career_break.notices.standing import Declared
from guichet.eservices.career_break.notices.stepping import UnknownNotice, following, move
from guichet.eservices.career_break.operations import Refused, Sender
from guichet.eservices.career_break.queries import DRAFTS_KEPT
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.career_break import answers, postponement
from guichet.rules.career_break.answers import Ground
from guichet.rules.career_break.faults import Fault, any_blocks, blocking
from guichet.rules.career_break.kinds import Leave, Regime
from guichet.rules.career_break.notice import TIME_CREDITS
from guichet.rules.career_break.states import NoticeState, NoticeStep, Party

# What no register knows and only an employer can say.
DECLARABLE = (Ground.EXCLUDED_CATEGORY, Ground.HALF_OF_CREDIT_USED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An answer to be given; ``new_start``: of a postponement."""

    answer: Answer
    new_start: date | None = None


def accept(*, ticket: str, ebox_for_all: bool, sender: Sender, now: datetime) -> Draft:
    """Accept a notice; the draft of the request is filled in from it.

    Raises UnknownNotice, Refused after the term, StepRefused.
    """
    with transaction(actor=sender.actor):
        row = _held(ticket, sender)
        known = standing.known_to_rules(row)
        _stop(answers.late_faults(known, answered_on=clock.today(now)), row)
        answer = Answer(kind="accepted", on=clock.today(now), ebox_for_all=ebox_for_all)
        move(row, NoticeStep.ACCEPT, Party.EMPLOYER, now, answer=plain(answer))
        _told(row, "accepted", sender, now)
        return _draft(row, sender, now)


def refuse(*, ticket: str, wanted: Wanted, sender: Sender, now: datetime) -> Notice:
    """Refuse a notice, on a ground and with reasons.

    Raises UnknownNotice, Refused (V-NO-05, 07, 09), StepRefused.
    """
    with transaction(actor=sender.actor):
        row = _held(ticket, sender)
        _stop(refusal_faults(row, wanted.answer, today=clock.today(now)), row)
        answer = replace(wanted.answer, kind="refused", on=clock.today(now))
        move(row, NoticeStep.REFUSE, Party.EMPLOYER, now, answer=plain(answer))
        _told(row, "refused", sender, now)
    return row


def postpone(*, ticket: str, wanted: Wanted, sender: Sender, now: datetime) -> Notice:
    """Let the leave begin later, as long as it was; the worker agrees or renounces.

    Raises UnknownNotice, Refused (V-NO-01 to 06, 09), StepRefused.
    """
    try:
        with transaction(actor=sender.actor):
            row = _held(ticket, sender)
            operations.one_at_a_time(row.person)
            _stop(postponement_faults(row, wanted, today=clock.today(now)), row)
            days = new_days(row, wanted.new_start)
            answer = replace(wanted.answer, kind="postponed", on=clock.today(now))
            kept = wish_of(row)  # the days that were asked stay readable
            move(
                row, NoticeStep.POSTPONE, Party.EMPLOYER, now, answer=plain(answer),
                asked=plain(kept), first_day=days[0], last_day=days[1],
            )  # fmt: skip
            _told(row, "postponed", sender, now)
    except IntegrityError as fault:
        if not is_refused_by(fault, ONE_OPEN):
            raise
        raise Refused([blocking("V-NO-08", "new_start")]) from None
    return row


def begin(*, ticket: str, sender: Sender, now: datetime) -> Draft:
    """The draft of the request of a leave that is agreed; the one that was begun, if there is one.

    Raises UnknownNotice, StepRefused while nothing is agreed, Refused once a request was made.
    """
    with transaction(actor=sender.actor):
        row = _held(ticket, sender)
        following(row, NoticeStep.LINK, Party.EMPLOYER, now)
        if queries.request_of(row) is not None:
            raise Refused([blocking("V-NO-LINK", "")])
        begun = Draft.objects.filter(notice=row, changed_at__gt=now - DRAFTS_KEPT)
        return begun.order_by("-changed_at").first() or _draft(row, sender, now)


def refusal_faults(row: Notice, answer: Answer, *, today: date) -> tuple[Fault, ...]:
    """V-NO-05, V-NO-07 and V-NO-09, and a ground that is one of those that are open."""
    known = standing.known_to_rules(row, _declared(answer))
    found = answers.refusal_faults(known, answered_on=today, reasons=answer.reasons)
    is_open = answer.ground in [
        one.key.rpartition(".")[2] for one in answers.refusal(known).findings
    ]
    if any(one.code in ("V-NO-07", "V-NO-09") for one in found) or is_open:
        return found
    return (blocking("V-NO-GROUND", "ground"), *found)


def postponement_faults(row: Notice, wanted: Wanted, *, today: date) -> tuple[Fault, ...]:
    """V-NO-01 to V-NO-06 and V-NO-09."""
    if wanted.new_start is None:
        return (blocking("V-DT-01", "new_start"),)
    return postponement.postponement_faults(
        standing.known_to_rules(row, _declared(wanted.answer)),
        answered_on=today,
        new_start=wanted.new_start,
        reasons=wanted.answer.reasons,
        has_alternative=wanted.answer.has_alternative,
    )


def grounds(row: Notice) -> list[Ground]:
    """On what a refusal may rest: what is known, and what the employer may declare."""
    known = standing.known_to_rules(row)
    every = standing.known_to_rules(row, Declared(is_excluded=True, has_had_half=True))
    found = answers.refusal(every)
    names = [one.key.rpartition(".")[2] for one in found.findings] if found.outcome else []
    certain = answers.refusal(known)
    sure = [one.key.rpartition(".")[2] for one in certain.findings] if certain.outcome else []
    return [one for one in Ground if one in names and (one in sure or one in DECLARABLE)]


def may_have_key_function(row: Notice) -> bool:
    """Whether an essential function is a question: time credit of a fifth, from 55 on."""
    start = wish_of(row).first_day or row.first_day
    return Leave(row.leave) in TIME_CREDITS and standing.is_older_in_fifth(row, start)


def new_days(row: Notice, new_start: date | None) -> tuple[date, date | None]:
    """The days of a leave that begins on another day: as long as what was asked."""
    wish = wish_of(row)
    first, last = wish.first_day or row.first_day, wish.last_day
    if new_start is None or last is None:
        return new_start or first, last
    moved = postponement.moved(Period(first, last), new_start=new_start, regime=Regime(row.regime))
    return moved.first_day, moved.last_day


def limits(row: Notice, *, today: date) -> postponement.Postponement:
    """Whether and how far the leave may be postponed today."""
    return postponement.postponement(standing.known_to_rules(row), answered_on=today)


def _declared(answer: Answer) -> Declared:
    return Declared(
        is_excluded=answer.ground == Ground.EXCLUDED_CATEGORY,
        has_had_half=answer.ground == Ground.HALF_OF_CREDIT_USED,
        has_key_function=answer.has_key_function,
    )


def _stop(found: tuple[Fault, ...], row: Notice) -> None:
    """Raises Refused; what somebody answered or withdrew already is a matter of its state instead.

    After the term nothing else is of interest than the day on which silence accepted.
    """
    if row.state in (NoticeState.PENDING, NoticeState.DEEMED_ACCEPTED) and any_blocks(found):
        late = tuple(one for one in found if one.code == "V-NO-09")
        raise Refused(late or found)


def _draft(row: Notice, sender: Sender, now: datetime) -> Draft:
    given = prefilling.filled(row)
    return drafting.new_draft(
        person=row.person, worker=given.worker, sender=sender, now=now, notice=row,
        typed=given.typed,
    )  # fmt: skip


def _held(ticket: str, sender: Sender) -> Notice:
    row = career_breaks.notice(ticket=ticket, employer=sender.employer)
    if row is None:
        raise UnknownNotice(ticket)
    return row


def _told(row: Notice, what: str, sender: Sender, now: datetime) -> None:
    telling.to_worker(row, what, now=now)
    trail.record(
        action=f"careerBreak.notice.{what}", actor=sender.actor, target=row.ticket, now=now
    )
