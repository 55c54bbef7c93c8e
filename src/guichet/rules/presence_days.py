"""Announcing a presence of a day (Checkin@Work): which ones are refused, and who may withdraw one.

What a register would say never refuses a presence, it becomes a remark afterwards. Sources: Royal
Decrees of 11 February 2014; specification of the web service PresenceRegistration 1.11 (codes);
specification 1.11 of the SOAP service PresenceRegistration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from guichet.kernel import base34
from guichet.kernel.enterprise import enterprise_check_holds
from guichet.kernel.niss import niss_check_holds
from guichet.rules import dated
from guichet.rules.presence import custom_reference_holds
from guichet.rules.presence_activities import ActivityRules, Events, activity_rules

# What nobody knows yet, and what registers otherwise, is announced by the rules of construction.
_DEFAULT: Final = "construction"
_LIMOSA: Final = re.compile(r"[0-9]{17}", re.ASCII)


class Refusal(StrEnum):
    """Why a presence is not registered."""

    PERSON = "person"
    LIMOSA = "limosa"
    EMPLOYER = "employer"
    SITE = "site"
    PAST = "past"
    TOO_FAR = "tooFar"
    REFERENCE = "reference"
    NOT_AUTHORIZED = "notAuthorized"


class Reason(StrEnum):
    """Why a presence is withdrawn: the codes of the web service."""

    HOLIDAY = "HOLIDAY"
    DISEASE = "DISEASE"
    PLANNING = "PLANNING"
    C32A = "C32A"
    OTHER = "OTHER"


class CancelRefusal(StrEnum):
    """Why a presence cannot be withdrawn."""

    NOT_AUTHORIZED = "notAuthorized"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    LATE = "late"


def rules_of(activity: str, *, on: date) -> ActivityRules:
    """The rules of announcing on a site of this activity; raises UnknownParameter before 2014.

    An activity that registers IN and OUT, or that has no rules, follows those of construction:
    the presence is taken and gets the remark that the site is not subject to it.
    """
    try:
        rules = activity_rules(activity, on=on)
    except dated.UnknownParameter:
        return activity_rules(_DEFAULT, on=on)
    return rules if rules.events is Events.DAY else activity_rules(_DEFAULT, on=on)


def announces_days(activity: str, *, on: date) -> bool:
    """Whether presences on a site of this activity are those of a day."""
    try:
        return activity_rules(activity, on=on).events is Events.DAY
    except dated.UnknownParameter:
        return False


def last_day_ahead(activity: str, *, today: date, is_portal: bool) -> date:
    """The last day that may be announced today; a person may go further than a machine."""
    rules = rules_of(activity, on=today)
    ahead = rules.portal_max_ahead_days if is_portal else rules.max_ahead_days
    return today + timedelta(days=ahead)


def refusals(
    *,
    day: date,
    today: date,
    ssin: str | None,
    limosa_number: str | None,
    enterprise_number: str | None,
    foreign_vat_number: str | None,
    works_reference: str,
    activity: str,
    custom_reference: str | None,
    is_portal: bool,
) -> tuple[Refusal, ...]:
    """Why this presence is not registered, in the order of its members; empty when it is.

    A person by his number with exactly one employer, or by a Limosa number alone, which names
    both. A past day is never registered; a day ahead as far as `last_day_ahead`.
    """
    found: list[Refusal] = []
    if day < today:
        found.append(Refusal.PAST)
    elif day > last_day_ahead(activity, today=today, is_portal=is_portal):
        found.append(Refusal.TOO_FAR)
    found += _somebody(ssin, limosa_number, enterprise_number, foreign_vat_number)
    if not base34.is_well_formed(works_reference):
        found.append(Refusal.SITE)
    if custom_reference is not None and not custom_reference_holds(custom_reference):
        found.append(Refusal.REFERENCE)
    return tuple(found)


def cancel_refusal(*, day: date, today: date, is_cancelled: bool) -> CancelRefusal | None:
    """Why a presence that one may withdraw cannot be withdrawn any more; None when it can.

    Until the end of its day; a coming one always.
    """
    if is_cancelled:
        return CancelRefusal.CANCELLED
    return CancelRefusal.LATE if day < today else None


def _somebody(
    ssin: str | None,
    limosa_number: str | None,
    enterprise_number: str | None,
    foreign_vat_number: str | None,
) -> Iterator[Refusal]:
    if limosa_number is not None and not _LIMOSA.fullmatch(limosa_number):
        yield Refusal.LIMOSA
    if limosa_number is None and (ssin is None or not niss_check_holds(ssin)):
        yield Refusal.PERSON
    if ssin is not None and not _employer_holds(enterprise_number, foreign_vat_number):
        yield Refusal.EMPLOYER


def _employer_holds(enterprise_number: str | None, foreign_vat_number: str | None) -> bool:
    if (enterprise_number is None) is (foreign_vat_number is None):
        return False
    if enterprise_number is not None:
        return enterprise_check_holds(enterprise_number)
    return bool(foreign_vat_number) and len(foreign_vat_number or "") <= 30
