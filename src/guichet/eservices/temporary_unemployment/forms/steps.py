"""The forms of the steps, each a list of boxes under the names that the rules use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guichet.eservices.temporary_unemployment import typed, words
from guichet.eservices.temporary_unemployment.forms import parts
from guichet.kernel.period import months_before
from guichet.registers.enterprises import labels
from guichet.registers.enterprises.queries import EstablishmentRecord
from guichet.rules.career_break.committees import Committee, committees
from guichet.rules.temporary_unemployment.figures import figure
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Kind,
    NoticeKind,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.offices import Region, office_of_establishment, region

_NONE: Final = ("", _("Choose"))
YES_NO: Final = (("yes", _("Yes")), ("no", _("No")))
_BLUE: Final = (Regime.FULL, Regime.LARGE, Regime.SMALL, Regime.ONE_DAY_PER_FORTNIGHT)
_WHITE: Final = (Regime.WHITE_FULL, Regime.WHITE_REDUCED)
Boxes = Mapping[str, forms.Field]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form depends on. ``natures``: tickets of own accidents with their words."""

    kind: Kind
    reason: Reason
    today: date
    places: tuple[EstablishmentRecord, ...]
    natures: tuple[tuple[str, str], ...] = ()


def form_of(step: str, asked: Asked, **given: Any) -> forms.Form:
    """The form of a step."""
    form = forms.Form(**given)
    for name, field in _OF_STEP[step](asked).items():
        form.fields[name] = field
    return form


def _place(asked: Asked) -> Boxes:
    boxes: dict[str, forms.Field] = {
        "establishment": parts.select(
            _("Establishment unit"),
            [_NONE, *((one.number, placed(one, asked.today)) for one in asked.places)],
            hint=_("The office of the place of the establishment is competent."),
        ),
        "committee": parts.select(
            _("Joint committee"),
            [_NONE, *((one.code, _named(one)) for one in committees(on=asked.today))],
        ),
        "level": parts.radios(
            _("Level, for a mixed joint committee (300 and above)"),
            [(one.value, words.category(one.value)) for one in (Category.BLUE, Category.WHITE)],
        ),
    }
    if any(region(one.address.postcode) is Region.BRUSSELS for one in asked.places):
        boxes["language"] = parts.radios(
            _("Language of the decision, for an establishment in Brussels"),
            [("fr", "Français"), ("nl", "Nederlands")],
        )
    boxes["own_reference"] = parts.line(_("Your own reference, if you want one"), 20)
    return boxes


def _period(asked: Asked) -> Boxes:
    regimes = _WHITE if asked.reason is Reason.WHITE_COLLAR else _BLUE
    return {
        "notice_kind": parts.radios(
            _("How were the workers told?"),
            [(one.value, words.notice_kind(one.value)) for one in NoticeKind],
        ),
        "posted_on": parts.day(
            _("Day of the notice"),
            hint=_("dd/mm/yyyy. ONEM is told on the same day."),
        ),
        "regime": parts.radios(
            _("Scheme"), [(one.value, words.said_first(words.regime(one.value))) for one in regimes]
        ),
        "cycle": parts.drawn(
            _("Days on which work is done"), "grid",
            hint=_("Leave everything blank when there is no work at all."),
        ),
        "first_day": parts.day(_("First day of the suspension")),
        "last_day": parts.day(_("Last day of the suspension, included")),
        "excluded": parts.drawn(
            _("Collective closures within the period"), "closures",
            hint=_("They are cut out of the suspension and do not count in its length."),
        ),
    }  # fmt: skip


def _causes(asked: Asked) -> Boxes:
    undertaking = _("I undertake not to have the work done by others while my workers have none.")
    return {
        "causes": parts.text(
            _("Economic causes"), 2_000,
            hint=_("Why there is not enough work, between 10 and 2,000 signs."),
        ),
        "no_subcontracting": forms.BooleanField(label=undertaking, required=False),
    }  # fmt: skip


def _month(asked: Asked) -> Boxes:
    return {
        "day": parts.day(
            _("First day without work in the month"),
            hint=_("dd/mm/yyyy. It holds for every worker for whom you give no other day."),
        )
    }


def _weather(asked: Asked) -> Boxes:
    return {
        "workplace": parts.line(
            _("Full address where the work would have been done"), 500,
            hint=_("One communication for each workplace."),
        ),
        "nature_of_work": parts.line(_("Nature of the work"), 500),
        "weather": parts.line(_("Nature of the weather"), 500),
        "why_impossible": parts.text(_("Why the work was impossible"), 500, rows=3),
    }  # fmt: skip


def _accident(asked: Asked) -> Boxes:
    return {
        "accident_on": parts.day(_("Day of the accident")),
        "causes": parts.text(
            _("Nature of the accident"), 2_000,
            hint=_("What failed, and why nobody could foresee it: between 10 and 2,000 signs."),
        ),
        "first_day": parts.day(_("Start of the suspension")),
        "last_day": parts.day(_("Foreseen end, if it is known")),
    }  # fmt: skip


def _nature(asked: Asked) -> Boxes:
    return {
        "nature_ticket": parts.radios(
            _("The accident that these workers have no work for"), asked.natures
        )
    }


def _force(asked: Asked) -> Boxes:
    return {
        "first_day": parts.day(_("First day")),
        "last_day": parts.day(_("Last day, included")),
        "causes": parts.text(
            _("What happened"), 2_000,
            hint=_("Why the work is impossible for a time, between 10 and 2,000 signs."),
        ),
        "workplace": parts.line(_("Place, if it is another than the establishment"), 500),
    }  # fmt: skip


def _strike(asked: Asked) -> Boxes:
    return {
        "day": parts.day(
            _("First day without wage in the month"),
            hint=_("dd/mm/yyyy. It holds for every worker for whom you give no other day."),
        ),
        "causes": parts.text(_("Description and nature of the action"), 2_000),
        "workplace": parts.line(_("Full address where the work would have been done"), 500),
        "unit": parts.radios(
            _("Do these workers belong to the striking unit, or work in it?"), YES_NO,
            hint=_(
                "You can answer otherwise for each worker. "
                "Leave it blank to answer for each of them."
            ),
        ),
    }  # fmt: skip


_OF_STEP: Final[Mapping[str, Callable[[Asked], Boxes]]] = {
    typed.PLACE: _place,
    typed.PERIOD: _period,
    typed.CAUSES: _causes,
    typed.MONTH: _month,
    typed.WEATHER: _weather,
    typed.ACCIDENT: _accident,
    typed.NATURE: _nature,
    typed.FORCE: _force,
    typed.STRIKE: _strike,
}


def placed(one: EstablishmentRecord, today: date) -> str:
    """An establishment with its place, the office that is competent for it, and its closing."""
    office = office_of_establishment(one.address.postcode, on=today)
    place = ", ".join(text for text in (one.name, one.address.in_one_line()) if text)
    shown = place or one.number
    whole = f"{shown} ({words.office(office.code)})" if office else shown
    closing = words.closing(one, today)
    return f"{whole}, {closing}" if closing else whole


def offered(
    places: Iterable[EstablishmentRecord], *, on: date | None, today: date, chosen: str = ""
) -> tuple[EstablishmentRecord, ...]:
    """The establishments that can be meant: open on the day that is told, and the chosen one.

    ``on``: None while no day is told; then those that closed before anybody may look back to
    are left out.
    """
    earliest = months_before(today, months=figure("entry.months_back", on=today))
    return tuple(
        one for one in places
        if one.number == chosen
        or (one.is_open(on) if on is not None else not one.is_closed(earliest))
    )  # fmt: skip


def _named(committee: Committee) -> str:
    """``121.00 cleaning``, in the language of the page."""
    code = words.language()
    own = committee.label
    said = own.in_language(code) if own else labels.joint_committee(committee.code, language=code)
    return committee.printed if said == committee.code else f"{committee.printed} {said}"
