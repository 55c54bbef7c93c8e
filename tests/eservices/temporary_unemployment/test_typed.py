"""Closures as they are typed: nothing that somebody typed is left out in silence."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from guichet.eservices.temporary_unemployment import typed
from guichet.eservices.temporary_unemployment.messages.api import wire
from guichet.eservices.temporary_unemployment.typed import Begun, Read
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

NOW = datetime(2025, 3, 7, 11, tzinfo=UTC)


def read(**boxes: str) -> Read:
    """An announcement with these boxes on its second step."""
    begun = Begun(
        kind=Kind.EXPECTED, reason=Reason.ECONOMIC, employer="0123456749", postcodes={},
        typed={"period": {name.replace("_", "-"): text for name, text in boxes.items()}},
    )  # fmt: skip
    return typed.read(begun, now=NOW)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("24/03/2025", "21/03/2025", ["CTW-011"]),
        ("", "21/03/2025", ["CTW-012.start"]),
        ("31/02/2025", "21/03/2025", ["CTW-010"]),
        ("24/03/2025", "31/04/2025", ["CTW-010"]),
        ("24/03/2025", "28/03/2025", []),
        ("24/03/2025", "", []),
        ("", "", []),
    ],
)
def test_a_closure_that_cannot_be_is_told(first: str, last: str, found: list[str]) -> None:
    told = read(closure_0_first=first, closure_0_last=last)

    assert [(one.key, one.field) for one in told.unreadable] == [(key, "excluded") for key in found]


def test_a_closure_of_one_day_needs_no_last_day() -> None:
    told = read(closure_1_first="24/03/2025").told.said

    assert told.excluded == (Period(date(2025, 3, 24), date(2025, 3, 24)),)


def test_a_page_takes_as_many_closures_as_a_file() -> None:
    days = {f"closure_{at}_first": f"2{at}/03/2025" for at in range(7)}

    assert len(read(**days).told.said.excluded) == 5


def test_what_is_typed_on_a_page_can_be_changed_by_a_call() -> None:
    weeks = {f"work_{week}_{week}": "on" for week in range(4)}
    closures = {f"closure_{at}_first": f"2{at}/03/2025" for at in range(5)}
    told = read(weeks="4", **weeks, **closures).told

    body = msgspec.convert(wire.members_of(told), wire.Communication)
    again = wire.told_of(body, received_at=NOW, language="fr").said

    assert (again.cycle, again.excluded) == (told.said.cycle, told.said.excluded)
    assert again.cycle == tuple(frozenset({week}) for week in range(4))
