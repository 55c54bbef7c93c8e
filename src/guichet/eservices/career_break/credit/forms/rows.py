"""Rows of periods that are added and removed by buttons, with or without JavaScript."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from guichet.eservices.career_break.credit.forms.simulator import RowForm
from guichet.eservices.career_break.forms.parts import filled
from guichet.eservices.career_break.said import Cared

PLAN: Final = "plan"
BEFORE: Final = "before"
MOST: Final[Mapping[str, int]] = {PLAN: 10, BEFORE: 20}


class Rows:
    """The rows of one list, ``plan`` or ``before``, as they were sent."""

    def __init__(
        self,
        name: str,
        data: Mapping[str, Any] | None,
        *,
        people: Mapping[str, Cared],
        is_bound: bool = True,
    ) -> None:
        self.name = name
        given = data or {}
        self.forms: list[RowForm] = [
            self._form(at, given, people, is_bound=is_bound) for at in range(self._count(given))
        ]

    @property
    def can_grow(self) -> bool:
        """Whether one more row is offered."""
        return len(self.forms) < MOST[self.name]

    def is_valid(self) -> bool:
        """Whether every row is; each of them is looked at."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    def answers(self) -> list[dict[str, Any]]:
        """What the rows say, of rows that are valid."""
        return [form.cleaned_data for form in self.forms]

    def _count(self, given: Mapping[str, Any]) -> int:
        text = str(given.get(f"{self.name}_count", ""))
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        return min(count, MOST[self.name])

    def _form(
        self, at: int, given: Mapping[str, Any], people: Mapping[str, Cared], *, is_bound: bool
    ) -> RowForm:
        prefix = f"{self.name}-{at}"
        is_planned = self.name == PLAN
        if is_bound:
            return RowForm(given, prefix=prefix, people=people, is_planned=is_planned)
        start = _typed(prefix, given)
        return RowForm(prefix=prefix, people=people, initial=start, is_planned=is_planned)


def changed(data: Mapping[str, Any], act: str) -> dict[str, Any] | None:
    """The data after ``add-plan`` or ``drop-before-2``; None for another act."""
    step, _dash, rest = act.partition("-")
    name, _dash, place = rest.partition("-")
    if name not in MOST or step not in ("add", "drop"):
        return None
    found = {key: data[key] for key in data}
    rows = [_row(name, at, data) for at in range(_number(data.get(f"{name}_count")))]
    if step == "add" and len(rows) < MOST[name]:
        rows.append({})
    elif step == "drop" and place.isascii() and place.isdigit():
        rows = [row for at, row in enumerate(rows) if str(at) != place]
    for key in [key for key in found if key.startswith(f"{name}-")]:
        del found[key]
    for at, row in enumerate(rows):
        found |= {f"{name}-{at}-{field}": value for field, value in row.items()}
    found[f"{name}_count"] = str(len(rows))
    return found


def _row(name: str, at: int, data: Mapping[str, Any]) -> dict[str, Any]:
    start = f"{name}-{at}-"
    return {key.removeprefix(start): data[key] for key in data if key.startswith(start)}


def _number(text: Any) -> int:
    shown = str(text or "")
    return min(99, int(shown)) if shown.isascii() and shown.isdigit() and len(shown) < 4 else 0


def _typed(prefix: str, given: Mapping[str, Any]) -> dict[str, Any]:
    fields: type[forms.Form] = RowForm
    plain = {key.removeprefix(f"{prefix}-"): given[key] for key in given}
    return filled(fields, plain)
