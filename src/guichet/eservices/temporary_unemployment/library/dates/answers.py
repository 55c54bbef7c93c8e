"""What each question about days is answered: days with their rule, and a verdict in a sentence.

The days are those of ``rules.temporary_unemployment``; nothing is reckoned here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guichet.kernel.moments import BRUSSELS
from guichet.kernel.period import Period
from guichet.kernel.verdict import LegalSource
from guichet.rules.temporary_unemployment import (
    card_form,
    control_card,
    findings,
    first_day,
    white_collars,
)
from guichet.rules.temporary_unemployment.accident import accident_days
from guichet.rules.temporary_unemployment.card_form import CardForm
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import Count
from guichet.rules.temporary_unemployment.force_majeure import last_day_covered
from guichet.rules.temporary_unemployment.kinds import Reason, Regime
from guichet.rules.temporary_unemployment.limits import next_start, work_week
from guichet.rules.temporary_unemployment.notice import Lateness, lateness, latest_notice
from guichet.rules.temporary_unemployment.terms import terms
from guichet.rules.temporary_unemployment.workdays import OnemCalendar

_NOON: Final = time(12, tzinfo=BRUSSELS)


@dataclass(frozen=True, slots=True)
class Fact:
    """A day or a period that counts. ``tone``: how it looks in the calendar; ``note``: a word."""

    text: Any
    days: Period
    tone: str
    source: LegalSource
    note: Any = ""

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.days.days == 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a day of sending or of a notice lies; ``look``: the name of a status tag's look."""

    look: str
    word: Any
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A number of working days, with its rule."""

    text: Any
    days: int
    source: LegalSource


@dataclass(frozen=True, slots=True)
class Answer:
    """``facts`` in the order of their days; ``reminders``: what else to know, by the rules.

    ``sums``: where days are counted instead; ``sentences``: what the verdict rests on.
    """

    facts: tuple[Fact, ...] = ()
    verdict: Verdict | None = None
    reminders: tuple[Fault, ...] = ()
    sums: tuple[Sum, ...] = ()
    sentences: tuple[Any, ...] = ()


def announced(
    *, start: date, committee: str, posted_on: date | None, calendar: OnemCalendar
) -> Answer:
    """An announcement for economic causes that starts on a day."""
    rules = terms(on=start, committee=committee)
    last = latest_notice(start, terms=rules, calendar=calendar)
    full, large = rules.full.period_from(start), rules.large.period_from(start)
    week, following = work_week(full.last_day, terms=rules), next_start(full.last_day, terms=rules)
    at_start = _("at the start of the day") if last.at_start_of_day else ""
    facts = [
        _fact(_("Last day for the notice and the communication"), last.day, "is-amber",
              "CTW-014", at_start),
        _fact(_("Full suspension, at most"), full, "is-brand", "CTW-020"),
        _fact(_("Week of work after it"), week, "is-green", "CTW-023"),
        _fact(_("Next suspension possible from"), following, "is-brand", "CTW-023"),
        _fact(_("Last day for the notice of the next suspension"),
              # A derogation may have ended meanwhile.
              latest_notice(following, terms=terms(on=following, committee=committee),
                            calendar=calendar).day, "is-amber", "CTW-014"),
        _fact(_("Large suspension, at most until"), large.last_day, "is-brand", "CTW-021"),
        _window(Reason.ECONOMIC, start, calendar),
    ]  # fmt: skip
    late = None
    if posted_on is not None:
        late = lateness(
            posted_on=posted_on, start=start, terms=rules, calendar=calendar,
            terms_on=lambda day: terms(on=day, committee=committee),
        )  # fmt: skip
    if late is not None:
        facts += _late(late)
    decree = (findings.found("CTW-019", "committee", committee=committee),)
    return Answer(
        _ordered(facts),
        None if posted_on is None else _noticed(late),
        decree if rules.own_decree else (),
    )


def first_effective(
    *, reason: Reason, day: date, sent_on: date | None, calendar: OnemCalendar
) -> Answer:
    """The window of a first effective day, and how a day of sending lies to it."""
    facts = [
        _fact(_("First effective day"), day, "is-brand", "CTW-046"),
        _window(reason, day, calendar),
    ]
    if sent_on is None:
        return Answer(_ordered(facts))
    sent = first_day.judged(
        reason=reason, day=day, sent_at=datetime.combine(sent_on, _NOON), calendar=calendar
    )
    if sent.accepted_from is not None:
        facts.append(_fact(_("Accepted from"), sent.accepted_from, "is-green", "CTW-042"))
    paid = first_day.charge(reason=reason, day=day, accepted_from=sent.accepted_from)
    if paid is not None:
        facts.append(_fact(_("Normal wage is due"), paid.normal, "is-red", "CTW-042"))
    if paid is not None and paid.capped is not None:
        facts.append(_fact(_("Capped wage is due"), paid.capped, "is-red", "CTW-042"))
    return Answer(_ordered(facts), _SENT[sent.outcome])


def after_accident(*, day: date, showed_up: bool, calendar: OnemCalendar) -> Answer:
    """Every day that counts after a technical accident."""
    found = accident_days(day, calendar=calendar, showed_up=showed_up)
    nature = findings.CATALOGUE.codes["CTW-051"].source
    return Answer(
        _ordered(
            [
                _fact(_("Nature of the accident: at the latest on"), found.nature_by, "is-amber",
                      "CTW-051"),
                Fact(_("Works council or union delegation: at the latest on"),
                     Period(found.council_by, found.council_by), "is-amber", nature),
                _fact(_("List of the workers: at the latest on"), found.list_by, "is-amber",
                      "CTW-053"),
                _fact(_("Guaranteed wage"), found.wage, "is-red", "CTW-052"),
                _fact(_("Suspension possible from"), found.suspension_from, "is-brand", "CTW-052"),
                _fact(_("Longer than foreseen after"), found.warned_after, "is-brand", "CTW-055"),
                _window(Reason.ACCIDENT, found.suspension_from, calendar),
            ]
        )
    )  # fmt: skip


def of_white_collars(*, form_on: date | None, start: date | None) -> Answer:
    """What a form C106A allows, and how long an untouched credit lasts from a start."""
    facts: list[Fact] = []
    if form_on is not None:
        allowed = white_collars.difficulty_days(form_on)
        facts += [
            _fact(_("Form C106A sent"), form_on, "is-blue", "CTW-035"),
            _fact(_("First communication from"), allowed.communication_from, "is-amber", "CTW-035"),
            _fact(_("Suspension at the earliest on"), allowed.suspension_from, "is-brand",
                  "CTW-035"),
        ]  # fmt: skip
    if start is not None:
        last = latest_notice(start, terms=terms(on=start))
        facts.append(_fact(_("Last day for the notice and the communication"), last.day,
                           "is-amber", "CTW-014"))  # fmt: skip
        facts.append(_window(Reason.WHITE_COLLAR, start, OnemCalendar()))
        for regime, text in _CREDITS.items():
            until = white_collars.lasts_until(start, regime=regime)
            if until is not None:
                facts.append(_fact(text, (start, until), "is-brand", "CTW-026"))
    return Answer(_ordered(facts))


def of_force_majeure(*, day: date) -> Answer:
    """How long one communication of force majeure covers."""
    period = (day, last_day_covered(day))
    return Answer((_fact(_("One communication covers at most"), period, "is-brand", "CTW-061"),))


def of_card(*, day: date) -> Answer:
    """From when the control card of a month may be sent."""
    source = LegalSource("Royal Decree of 25 November 1991", "art. 71ter, § 2")
    sending = control_card.earliest_sending(day)
    text = _("Control card of this month: to be sent from")
    fact = Fact(text, Period(sending, sending), "is-green", source, _form(day))
    return Answer((fact,))


def _form(month: date) -> Any:
    """On paper or not, for who belongs to no committee that is told apart."""
    card = card_form.card_of(month=month, committee="")
    if card.form is CardForm.BEFORE:
        return _("Before 2025 the card was on paper, and electronic for who wanted it.")
    if card.may_request:
        return _("Electronic; on paper on a reasoned request, and in sheltered workshops.")
    return _("Electronic only; on paper in sheltered workshops.")


_CREDITS: Final = {
    Regime.WHITE_FULL: _("Full suspension: an untouched credit lasts"),
    Regime.WHITE_REDUCED: _("Reduced work: an untouched credit lasts"),
}
_SENT: Final = {
    first_day.Outcome.TOO_EARLY: Verdict("warning", _("Too early: it counts as not made")),
    first_day.Outcome.ON_TIME: Verdict("validated", _("On time")),
    first_day.Outcome.LATE: Verdict("warning", _("Late")),
}


def _fact(
    text: Any, days: date | Period | tuple[date, date], tone: str, code: str, note: Any = ""
) -> Fact:
    match days:
        case Period():
            period = days
        case date():
            period = Period(days, days)
        case (first, last):
            period = Period(first, last)
    return Fact(text, period, tone, findings.CATALOGUE.codes[code].source, note)


def _window(reason: Reason, day: date, calendar: OnemCalendar) -> Fact:
    span = first_day.window(reason=reason, day=day, calendar=calendar)
    return _fact(_("The first effective day may be sent"), span, "is-blue", "CTW-040")


def _late(late: Lateness) -> list[Fact]:
    facts = [_fact(_("Normal wage is due"), late.wage, "is-red", "CTW-014")]
    if late.allowances_from is not None:
        facts.append(_fact(_("Allowances from"), late.allowances_from, "is-green", "CTW-014"))
    text = _("First start that this notice would have allowed")
    return [*facts, _fact(text, late.start_instead, "is-brand", "CTW-014")]


def _noticed(late: Lateness | None) -> Verdict:
    if late is None:
        return Verdict("validated", _("On time"))
    fault = findings.found(
        "CTW-014",
        "posted_on",
        days=Count(late.days, "day"),
        last=late.last_notice,
        wage_from=late.wage.first_day,
        wage_until=late.wage.last_day,
    )
    return Verdict("warning", _("Late"), fault)


def _ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.days.first_day, fact.days.last_day)))
