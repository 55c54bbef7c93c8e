"""The workers of an employer as Dimona knows them, to choose from: plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from guichet.registers.employments import queries as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons import queries as persons
from guichet.registers.sorting import sort_key
from guichet.rules.temporary_unemployment.kinds import Category

_OF_TYPE = {"STU": Category.STUDENT, "APP": Category.APPRENTICE, "BCW": Category.BLUE}
_AGENCY = "322"


@dataclass(frozen=True, slots=True, repr=False)
class Worker:
    """Somebody in service; ``category``: as far as Dimona lets one guess it."""

    niss: str
    family: str
    given: str
    committee: str
    category: Category
    is_agency: bool
    since: date

    @property
    def line(self) -> dict[str, Any]:
        """As it stands in a draft."""
        plain = {
            "niss": self.niss, "family": self.family, "given": self.given,
            "category": self.category.value, "agency": self.is_agency,
        }  # fmt: skip
        return {name: value for name, value in plain.items() if value}


def in_service(*, employer: str, on: date) -> list[Worker]:
    """Who is in service on a day, each once, by name."""
    records: dict[str, EmploymentRecord] = {}
    for one in employments.staff(employer=employer, on=on):
        records.setdefault(one.niss, one)
    names = persons.names(numbers=list(records))
    found = [
        Worker(
            niss, names[niss].family_name, names[niss].given_name, one.joint_committee,
            category_of(one.worker_type, one.joint_committee),
            one.joint_committee.startswith(_AGENCY), one.first_day,
        )
        for niss, one in records.items()
        if niss in names
    ]  # fmt: skip
    return sorted(found, key=lambda one: sort_key(one.family, one.given))


def matching(workers: Collection[Worker], text: str) -> list[Worker]:
    """Those whose name holds every word, or whose number begins with the digits that were typed."""
    digits = "".join(sign for sign in text if sign.isdigit())
    wanted = sort_key(text).split()
    return [
        one
        for one in workers
        if (digits and one.niss.startswith(digits))
        or (not digits and all(word in sort_key(one.family, one.given) for word in wanted))
    ]


def category_of(worker_type: str, committee: str) -> Category:
    """White collars are those of the committees of the 200 series."""
    found = _OF_TYPE.get(worker_type)
    return found or (Category.WHITE if committee[:1] == "2" else Category.BLUE)
