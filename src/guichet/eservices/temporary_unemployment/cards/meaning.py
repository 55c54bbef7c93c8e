"""What a communication means for the worker whom it names: in sentences, with dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from guichet.eservices.temporary_unemployment.cards.told import Told
from guichet.platform import wording
from guichet.rules.dated import UnknownParameter
from guichet.rules.temporary_unemployment.kinds import Kind, Reason
from guichet.rules.temporary_unemployment.states import State
from guichet.rules.temporary_unemployment.workers import job_seeker_days, rate

_GONE: Final = (State.CANCELLED, State.MODIFIED)


def sentences(one: Told) -> list[str]:
    """One after the other, the one that changes most first."""
    if one.state in _GONE:
        return [_("This communication does not hold any more. You need not do anything for it.")]
    return [*_decided(one), *_paid(one), *_of_reason(one)]


def _decided(one: Told) -> Iterator[str]:
    if one.state is State.REFUSED:
        yield _(
            "ONEM refused it. Your employer owes you your wage for these days. If he does not pay, "
            "ask your payment body or your union."
        )
    elif one.state is State.PARTIALLY_ACCEPTED:
        yield _(
            "ONEM accepted a part of it only. For the other days your employer owes you your wage: "
            "ask him which days these are."
        )
    elif one.state is State.ACCEPTED:
        yield _("ONEM accepted it.")
    elif one.state is State.REVISED:
        yield _("ONEM decided anew. Ask your employer for the new decision.")
    else:
        yield _("ONEM has not decided yet. Go on marking your control card.")
    if one.kind is Kind.FIRST_DAY and one.accepted_from and one.day != one.accepted_from:
        yield _(
            "It came late: ONEM accepts it from %(day)s on at the earliest. For the days before, "
            "your employer owes you your wage."
        ) % {"day": wording.long_day(one.accepted_from)}  # fmt: skip


def _paid(one: Told) -> Iterator[str]:
    if one.state is State.REFUSED:
        return
    try:
        percent = rate(reason=one.reason, on=one.begins_on or one.received_at.date())
    except UnknownParameter:
        return
    yield _(
        "For each whole day without work you get an allowance of %(rate)d per cent of your wage, "
        "up to a ceiling. Your payment body pays it, on the strength of your control card."
    ) % {"rate": percent}  # fmt: skip
    if one.kind is Kind.FIRST_DAY and one.day:
        yield _(
            "This is your first day without work of the month. If you are ill or on holiday on "
            "that day, mark it: the communication stays valid."
        )


def _of_reason(one: Told) -> Iterator[str]:
    if one.reason is Reason.ACCIDENT:
        yield _(
            "Your employer pays your wage for the first seven calendar days, the day of the "
            "accident included."
        )
    elif one.reason is Reason.STRIKE:
        yield _(
            "Whether you get an allowance is decided by ONEM: not when you belong to the unit that "
            "strikes, or have an interest in its demands."
        )
    elif one.reason is Reason.FORCE_MAJEURE and one.begins_on:
        yield _job_seeker(one.begins_on)


def _job_seeker(since: date) -> str:
    first, last = job_seeker_days(since)
    said: dict[str, Any] = {"first": wording.long_day(first), "last": wording.long_day(last)}
    return _(
        "If you still have no work after three months, register as a job-seeker: from %(first)s, "
        "and until %(last)s at the latest."
    ) % said  # fmt: skip
