"""What a worker wrote in a notice and what the employer answered, as JSON keeps them, and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from guichet.eservices.career_break.content import Warned
from guichet.eservices.career_break.models import Notice

_DAYS: Final = frozenset({"first_day", "last_day", "on"})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Wish:
    """What is asked of the employer; the days are those that were asked, before any postponement.

    ``details``: what the kind of leave asks besides, by the name of its field; ``schedule``: which
    days or half days are not worked; minutes are minutes a week. ``is_balance`` and
    ``follows_palliative``: as in the rules, known when it was sent. ``key``: of the form, so that
    a second press sends nothing. ``document``: the reference of the receipt.
    """

    leave: str = ""
    regime: str = ""
    first_day: date | None = None
    last_day: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    schedule: str = ""
    contract_minutes: int | None = None
    full_time_minutes: int | None = None
    has_other_employers: bool = False
    message: str = ""
    email: str = ""
    is_balance: bool = False
    follows_palliative: bool = False
    warned: tuple[Warned, ...] = ()
    key: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answer:
    """What the employer said; ``kind``: accepted, refused or postponed, empty before.

    ``ground``: of a refusal, a word of ``answers.Ground``. ``regime``, ``first_day`` and
    ``last_day``: the other form or days that are offered with a postponement. ``ebox_for_all``:
    every communication goes to the employer's e-Box. ``has_key_function``: a worker of 55 or older
    in a fifth whose function is essential.
    """

    kind: str = ""
    on: date | None = None
    reasons: str = ""
    ground: str = ""
    regime: str = ""
    first_day: date | None = None
    last_day: date | None = None
    has_key_function: bool = False
    ebox_for_all: bool = False

    @property
    def has_alternative(self) -> bool:
        """Whether another form or other days are offered."""
        return bool(self.regime or self.first_day)


def plain(value: Wish | Answer) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        name: one.isoformat() if isinstance(one, date) else one
        for name, one in asdict(value).items()
    }


def wish_of(row: Notice) -> Wish:
    """What the worker asked; what was not kept is read from the row."""
    found = _days(row.asked)
    found["warned"] = tuple(Warned(**one) for one in found.get("warned", ()))
    on_row: dict[str, Any] = {"leave": row.leave, "regime": row.regime, "first_day": row.first_day}
    if "first_day" not in found:
        on_row["last_day"] = row.last_day
    return Wish(**on_row | found)


def answer_of(row: Notice) -> Answer:
    """What the employer answered; empty before he did."""
    return Answer(**_days(row.answer))


def _days(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in kept.items()
    }
