"""What the facts say of each duty of an employer."""

from dataclasses import replace

import pytest

from guichet.rules.presence_duties import Duty, Facts, Standing, standings

FINE = Facts(
    staff=3, registered=3, unread=0, acts=12, failed=0, subcontractors=1, served=1, agencies=1,
    settled=1, informed=3, consulted=2, waiting=0, missed=0,
)  # fmt: skip


def test_an_employer_can_have_done_every_duty() -> None:
    told = standings(FINE)

    assert list(told) == [*Duty]
    assert set(told.values()) == {Standing.DONE}


@pytest.mark.parametrize(
    ("given", "duty"),
    [
        ({"registered": 2}, Duty.MEANS),
        ({"failed": 1}, Duty.DATA),
        ({"acts": 0}, Duty.DATA),
        ({"unread": 1}, Duty.MEANS),
        ({"served": 0}, Duty.SUBCONTRACTORS),
        ({"settled": 0}, Duty.INTERIM),
        ({"informed": 2}, Duty.STAFF),
        ({"consulted": 0}, Duty.CONSULTED),
        ({"waiting": 1}, Duty.CORRECTIONS),
        ({"missed": 1}, Duty.CORRECTIONS),
    ],
)
def test_one_fact_asks_for_one_duty(given: dict[str, int], duty: Duty) -> None:
    told = standings(replace(FINE, **given))

    assert [one for one, said in told.items() if said is Standing.TO_DO] == [duty]


def test_who_has_nobody_is_not_concerned() -> None:
    nothing = Facts(**dict.fromkeys(Facts.__slots__, 0))

    assert set(standings(nothing).values()) == {Standing.NOT_CONCERNED}
