"""The words of temporary unemployment in the language of the page; most are those of the rules."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext

from guichet.eservices.temporary_unemployment.phrases import INFORM, INFORM_BY
from guichet.kernel.label import Label
from guichet.platform import wording
from guichet.registers.enterprises import labels
from guichet.registers.enterprises.queries import EstablishmentRecord
from guichet.rules.career_break.offices import OFFICES
from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import repair_sentence, sentence, word
from guichet.rules.temporary_unemployment.informing import Information
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.regimes import days_of
from guichet.rules.temporary_unemployment.states import State


def language() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en").partition("-")[0]


def said(label: Label) -> str:
    """A label in the language of the page."""
    return label.in_language(language())


def reason(value: str) -> str:
    """A reason by its letter."""
    return _word(Reason, value)


def kind(value: str) -> str:
    """A kind of communication."""
    return _word(Kind, value)


def regime(value: str) -> str:
    """A régime, empty for none."""
    return _word(Regime, value)


def state(value: str) -> str:
    """Where a communication is."""
    return _word(State, value)


def channel(value: str) -> str:
    """By which way it came."""
    return _word(Channel, value)


def notice_kind(value: str) -> str:
    """How the workers were told."""
    return _word(NoticeKind, value)


def committee(code: str) -> str:
    """A joint committee with its name, where it has one in the language of the page."""
    name = labels.joint_committee(code, language=language())
    return code if name == code else f"{code} {name}"


def office(code: str) -> str:
    """An office by its code, empty for none."""
    return said(OFFICES[code].label) if code in OFFICES else ""


def closing(place: EstablishmentRecord, today: date) -> str:
    """``closed since 01/07/2025``, ``open until 30/06/2026``; empty while no closing is known."""
    last = place.last_day
    if last is None or last == date.max:
        return ""
    if last < today:
        since = wording.day(last + timedelta(days=1))
        return pgettext("establishment", "closed since %(day)s") % {"day": since}
    return pgettext("establishment", "open until %(day)s") % {"day": wording.day(last)}


def inform(one: Information) -> str:
    """Whom an employer informs, as a heading."""
    return str(INFORM[one.whom])


def inform_by(one: Information) -> str:
    """Of what, and by when."""
    return str(INFORM_BY[one.what]) % {"day": wording.day(one.by)}


def fault(one: Fault) -> str:
    """The sentence of a fault."""
    return said(sentence(one))


def repair(one: Fault) -> str:
    """What can be done instead, empty for nothing."""
    return "" if one.repair is None else said(repair_sentence(one.repair))


LOOKS: Final[Mapping[str, str]] = {
    "received": "registered",
    "under_review": "in-progress",
    "accepted": "validated",
    "partially_accepted": "warning",
    "refused": "refused",
    "revised": "changed",
    "modified": "cancelled",
    "cancelled": "cancelled",
}


def _word(names: type[StrEnum], value: str) -> str:
    return said(word(names(value))) if value else ""


def category(value: str) -> str:
    """In which quality somebody works."""
    return _word(Category, value)


def said_first(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]


def usual_days(pattern: str) -> str:
    """The weekdays of ``1111100`` by their names; a dash for none."""
    return ", ".join(str(WEEKDAYS[day]) for day in sorted(days_of(pattern))) or "-"


def cycle(said: Communication) -> str:
    """The days on which work is done, week by week; empty for no day at all."""
    if said.cycle is None or not any(said.cycle):
        return ""
    names = [str(WEEKDAYS[day]) for day in range(7)]
    weeks = [", ".join(names[day] for day in sorted(week)) or "-" for week in said.cycle]
    return " / ".join(weeks)
