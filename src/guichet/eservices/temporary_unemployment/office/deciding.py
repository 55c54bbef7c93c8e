"""Decisions: taken as the rules propose or as the officer says, and revised by somebody else.

A decision is seen the day after; nothing here makes it visible. A former decision stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import override

from guichet.audit import trail
from guichet.eservices.temporary_unemployment import steps, tickets
from guichet.eservices.temporary_unemployment.models import Communication, Line
from guichet.eservices.temporary_unemployment.office import (
    channels,
    content,
    counters,
    judging,
    letter_texts,
    letters,
)
from guichet.eservices.temporary_unemployment.office.judging import Case
from guichet.eservices.temporary_unemployment.office.models import (
    Decision,
    Delivery,
    Handling,
)
from guichet.eservices.temporary_unemployment.office.officers import (
    NotYours,
    Officer,
    OwnFile,
    require_handles,
    require_revises,
)
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment import proposing
from guichet.rules.temporary_unemployment.decisions import Code, Result, available_from
from guichet.rules.temporary_unemployment.kinds import Channel
from guichet.rules.temporary_unemployment.proposing import Proposal, Share
from guichet.rules.temporary_unemployment.states import DECIDED, Party, State, Step

_UNSEEN_NUMBER: Final = "—"


class UnknownCommunication(LookupError):
    """No communication of this ticket."""


class SamePerson(Exception):
    """Nobody revises his own decision."""


class Gap(StrEnum):
    """What is missing from a decision, or does not fit."""

    CODE_MISSING = "code_missing"
    CODE_UNWANTED = "code_unwanted"
    TEXT_MISSING = "text_missing"
    DAYS_OUTSIDE = "days_outside"
    DAYS_MISSING = "days_missing"
    NOTHING_LESS = "nothing_less"
    WHY_MISSING = "why_missing"


class Incomplete(Exception):
    """A decision that cannot be taken as it is said; ``gaps``: why not."""

    def __init__(self, gaps: Iterable[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(", ".join(self.gaps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What an officer decides.

    ``codes``: the first weighs most; ``shares``: of workers for whom it is otherwise; ``text``:
    his own words in the letter, compulsory for R99; ``why``: of a revision, never in the letter.
    """

    result: Result
    codes: tuple[Code, ...] = ()
    accepted_from: date | None = None
    accepted_until: date | None = None
    shares: tuple[Share, ...] = ()
    text: str = ""
    why: str = ""


def as_proposed(case: Case, *, text: str = "") -> Decided:
    """The decision that the rules propose."""
    found = case.proposal
    return Decided(
        result=found.result, codes=found.codes, accepted_from=found.accepted_from,
        accepted_until=found.accepted_until, shares=found.shares, text=text,
    )  # fmt: skip


def gaps(case: Case, decided: Decided) -> tuple[Gap, ...]:
    """What is missing from a decision, in the order of the form."""
    found: list[Gap] = []
    if decided.result is Result.ACCEPTED and decided.codes:
        found.append(Gap.CODE_UNWANTED)
    if decided.result is not Result.ACCEPTED and not decided.codes:
        found.append(Gap.CODE_MISSING)
    if Code.OTHER in decided.codes and not decided.text.strip():
        found.append(Gap.TEXT_MISSING)
    if decided.result is not Result.REFUSED:
        found += _gaps_of_days(case, decided)
    return tuple(found)


def preview(case: Case, decided: Decided, *, today: date) -> dict[str, Any]:
    """What the letter of a decision would say, in its language; nothing is stored."""
    former = _former(case.row)
    unsaved = _unsaved(case, decided, former, today)
    unsaved.number = _UNSEEN_NUMBER
    with override(unsaved.language):
        return letter_texts.decision(unsaved, case.lines)


def letter_of(decision: Decision) -> dict[str, Any]:
    """What the letter of a decision says, in its language."""
    lines = list(Line.objects.filter(communication=decision.communication).order_by("number"))
    with override(decision.language):
        return letter_texts.decision(decision, lines)


def decide(*, ticket: str, decided: Decided, officer: Officer, now: datetime) -> Decision:
    """Decide on a communication that is under examination, or revise what a colleague decided.

    Raises UnknownCommunication, NotYours, OwnFile, SamePerson, Incomplete, StepRefused.
    """
    with transaction(actor=officer.actor):
        row = found(ticket)
        former = _former(row)
        if State(row.state) in DECIDED:
            require_revises(officer, row)
            if former is not None and former.decided_by_id == officer.person_id:
                raise SamePerson
        else:
            require_handles(officer, row)
        case = judging.case(row, now=now)
        missing = [*gaps(case, decided)]
        if former is not None and not decided.why.strip():
            missing.append(Gap.WHY_MISSING)
        if missing:
            raise Incomplete(missing)
        [number] = counters.take(office=row.office, year=clock.today(now).year)
        return take_decision(case, decided, number=number, officer=officer, now=now, former=former)


def take_decision(
    case: Case,
    decided: Decided,
    *,
    number: str,
    officer: Officer,
    now: datetime,
    former: Decision | None = None,
) -> Decision:
    """Store a decision that was weighed, in the caller's transaction. Raises StepRefused."""
    row, today = case.row, clock.today(now)
    steps.move(
        key=row.pk, step=Step.REVISE if former else decided.result.step, by=officer.actor, now=now,
        party=Party.OFFICER, channel=Channel.WEB, detail={"decision": number},
    )  # fmt: skip
    decision = _unsaved(case, decided, former, today)
    decision.number, decision.decided_at = number, now
    decision.decided_by_id = officer.person_id
    decision.document = letters.ask(decision, case.lines, actor=officer.actor, now=now)
    decision.save(force_insert=True)
    _send(row, decision, former, today)
    trail.record(
        action="temporaryUnemployment.communication.decided", actor=officer.actor,
        target=row.ticket, now=now,
        detail={"number": number, "result": decision.result, "codes": decision.codes,
                "version": decision.version},
    )  # fmt: skip
    return decision


def take(*, tickets: Iterable[str], officer: Officer, now: datetime) -> list[str]:
    """Take communications: those that wait are opened, those of a colleague change hands.

    The tickets that were taken; what is of another office, was decided meanwhile or is his already
    is left alone.
    """
    taken: list[str] = []
    for ticket in dict.fromkeys(tickets):
        with transaction(actor=officer.actor):
            if _taken(ticket, officer, now):
                taken.append(ticket)
    return taken


def found(ticket: str) -> Communication:
    """The communication of a ticket, held until the end of the transaction.

    Raises UnknownCommunication.
    """
    signs = tickets.signs_of(ticket)
    rows = Communication.objects.select_for_update(of=("self",))
    row = rows.select_related("employer", "changes", "nature").filter(ticket=signs).first()
    if not signs or row is None:
        raise UnknownCommunication
    return row


def hold(row: Communication, officer: Officer, now: datetime) -> None:
    """The officer holds a communication from now on, in the caller's transaction."""
    given = {"officer_id": officer.person_id, "since": now}
    Handling.objects.update_or_create(communication=row, defaults=given)


def _taken(ticket: str, officer: Officer, now: datetime) -> bool:
    try:
        row = found(ticket)
        require_handles(officer, row)
    except (UnknownCommunication, NotYours, OwnFile):
        return False
    if row.state == State.UNDER_REVIEW.value:
        if Handling.objects.filter(communication=row, officer_id=officer.person_id).exists():
            return False
    elif row.state != State.RECEIVED.value:
        return False
    else:
        steps.move(key=row.pk, step=Step.TAKE, by=officer.actor, now=now)
    hold(row, officer, now)
    trail.record(
        action="temporaryUnemployment.communication.taken", actor=officer.actor,
        target=row.ticket, now=now,
    )  # fmt: skip
    return True


def _unsaved(case: Case, decided: Decided, former: Decision | None, today: date) -> Decision:
    row = case.row
    told = _told(case, decided)
    language = letters.language_of(row)
    replaces = (former.number, former.decided_on) if former else None
    with override(language):
        said = content.content(case, told, text=decided.text, replaces=replaces, today=today)
    return Decision(
        communication=row,
        version=former.version + 1 if former else 1,
        result=decided.result.value,
        codes=[code.value for code in decided.codes],
        accepted_from=told.accepted_from,
        accepted_until=told.accepted_until,
        shares=[content.plain_share(one) for one in told.shares],
        language=language,
        content=said,
        why=decided.why.strip() if former else "",
        decided_on=today,
    )


def _told(case: Case, decided: Decided) -> Proposal:
    """What is decided with the days of the reasoning, where it follows the rules."""
    proposed, is_refused = case.proposal, decided.result is Result.REFUSED
    follows = bool(set(decided.codes) & set(proposed.codes))
    return Proposal(
        result=decided.result,
        codes=decided.codes,
        accepted_from=None if is_refused else decided.accepted_from,
        accepted_until=None if is_refused else decided.accepted_until,
        shares=() if is_refused else decided.shares,
        days=proposed.days if follows else (),
    )


def _gaps_of_days(case: Case, decided: Decided) -> list[Gap]:
    asked = proposing.whole(case.said)
    given = (decided.accepted_from, decided.accepted_until)
    first, last = asked
    found: list[Gap] = []
    if decided.accepted_from is None and first is not None:
        found.append(Gap.DAYS_MISSING)
    begins, ends = decided.accepted_from or date.min, decided.accepted_until or date.max
    outside = (first is not None and begins < first) or (last is not None and ends > last)
    if (outside and not found) or begins > ends:
        found.append(Gap.DAYS_OUTSIDE)
    if decided.result is Result.PARTLY and given == asked and not decided.shares:
        found.append(Gap.NOTHING_LESS)
    return found


def _former(row: Communication) -> Decision | None:
    return Decision.objects.filter(communication=row).order_by("-version").first()


def _send(row: Communication, decision: Decision, former: Decision | None, today: date) -> None:
    """By the e-Box, and by the way it came; what nobody saw yet of a former one stays here."""
    if former is not None:
        Delivery.objects.filter(decision=former, state="waiting", due_on__gt=today).update(
            state="withdrawn"
        )
    ways = ["ebox", "message"] if channels.has_way_back(row.channel) else ["ebox"]
    due_on = available_from(decision.decided_on)
    Delivery.objects.bulk_create(
        Delivery(decision=decision, way=way, due_on=due_on) for way in ways
    )
