"""What a worker says in his part of a request, as JSON keeps it, and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from guichet.kernel.period import Period
from guichet.rules.career_break.amounts import Household
from guichet.rules.career_break.facts import CaredFor
from guichet.rules.career_break.kinds import HospitalBond, Parentage, Relation

PENSIONS: Final = ("none", "survivor", "other")
ACTIVITIES: Final = ("none", "employee", "self_employed_main", "self_employed_side", "mandate")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Cared:
    """The child, patient or person helped; ``name``: as the worker wrote it.

    ``key``: tells one person of the worker's breaks from another, and nothing else; for palliative
    leave no more is asked than whether it is the same patient. ``relation``, ``parentage``,
    ``bond`` and ``nobody_before``: as in the rules, empty when not asked. ``registered_on``: entry
    in the household, for adoption and foster care; ``recognised_from`` and ``recognised_until``:
    of an informal carer.
    """

    key: str = ""
    name: str = ""
    born_on: date | None = None
    relation: str = ""
    parentage: str = ""
    bond: str = ""
    nobody_before: bool | None = None
    is_disabled: bool | None = None
    registered_on: date | None = None
    is_adopted: bool = False
    placed_months: int | None = None
    recognised_from: date | None = None
    recognised_until: date | None = None
    has_social_rights: bool | None = None
    lives_in_belgium: bool | None = None

    def facts(self) -> CaredFor:
        """The same for the rules."""
        known = None
        if self.recognised_from is not None and self.recognised_until is not None:
            known = Period(self.recognised_from, self.recognised_until)
        return CaredFor(
            key=self.key or None,
            born_on=self.born_on,
            relation=Relation(self.relation) if self.relation else None,
            parentage=Parentage(self.parentage) if self.parentage else None,
            bond=HospitalBond(self.bond) if self.bond else None,
            nobody_before=self.nobody_before,
            is_disabled=self.is_disabled,
            registered_on=self.registered_on,
            is_adopted=self.is_adopted,
            placed_months=self.placed_months,
            recognition=known,
            has_social_rights=self.has_social_rights,
            lives_in_belgium=self.lives_in_belgium,
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Child:
    """A child that lives with the worker."""

    name: str = ""
    born_on: date | None = None
    is_disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Earlier:
    """For whom an earlier break was taken: the ticket of its request and the key of the person.

    A break without a ticket is told by its leave, régime and days.
    """

    person: str = ""
    ticket: str = ""
    leave: str = ""
    regime: str = ""
    first_day: date | None = None
    last_day: date | None = None
    motive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Said:
    """The worker's part of a request.

    ``household``: the words of ``amounts.Household``; ``is_in_charge``: of the daily education of
    the children. ``activity``: one of ``ACTIVITIES``, ``activity_since`` its first day.
    ``pension``: one of ``PENSIONS``; ``cumulates_survivor``: the worker chose to receive a
    survivor's pension beside the allowance, for twelve months at most. ``training_*``: hours or
    credits of a year, ``training_quarter``: of a quarter. ``country``: where the worker lives, two
    letters. ``by_cheque``: a circular cheque instead of an account. ``ebox_for_all``: every
    communication goes to the e-Box. ``reason``: why the worker went on where something warned.
    """

    email: str = ""
    mobile: str = ""
    language: str = ""
    country: str = "BE"
    person: Cared = field(default_factory=Cared)
    is_single_parent: bool | None = None
    earlier: tuple[Earlier, ...] = ()
    all_parental_used: bool | None = None
    household: str = ""
    is_in_charge: bool = False
    children: tuple[Child, ...] = ()
    activity: str = ""
    activity_since: date | None = None
    others_reduce: bool | None = None
    pension: str = ""
    cumulates_survivor: bool | None = None
    training_recognised: bool | None = None
    training_basic: bool = False
    training_quarter: bool = False
    training_hours: int | None = None
    training_credits: int | None = None
    career_years: int | None = None
    heavy_years_of_ten: int | None = None
    heavy_years_of_fifteen: int | None = None
    night_years: int | None = None
    has_incapacity_certificate: bool | None = None
    iban: str = ""
    holder: str = ""
    by_cheque: bool = False
    ebox_for_all: bool = False
    reason: str = ""

    def youngest_born_on(self, *, are_disabled: bool = False) -> date | None:
        """The birthday of the youngest child in the household, of the disabled ones only or of
        all."""
        asked = [one for one in self.children if one.is_disabled or not are_disabled]
        return max((one.born_on for one in asked if one.born_on), default=None)

    def lives_with(self) -> Household:
        """The household as the amounts know it; who said nothing lives with others."""
        return Household(self.household) if self.household else Household.COHABITING


def plain(said: Said) -> dict[str, Any]:
    """Plain JSON values."""
    found: dict[str, Any] = _plain(asdict(said))
    return found


def said_of(content: Mapping[str, Any]) -> Said:
    """What `plain` made plain; what is missing is as if it was never said."""
    found = dict(content)
    found["person"] = Cared(**_days(found.get("person", {})))
    found["children"] = tuple(Child(**_days(one)) for one in found.get("children", ()))
    found["earlier"] = tuple(Earlier(**_days(one)) for one in found.get("earlier", ()))
    return Said(**_days(found))


_DAYS: Final = frozenset(
    {"born_on", "registered_on", "recognised_from", "recognised_until", "first_day", "last_day",
     "activity_since"}
)  # fmt: skip


def _days(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in found.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
