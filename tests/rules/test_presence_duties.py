"""What the facts say of each duty of an employer."""

from dataclasses import replace

import pytest

from guichet.rules.presence_duties import Duty, Facts, Standing, standings

FINE = Facts(
    staff=3, registered=3, acts=12, failed=0, subcontractors=1, registering=1, consulted=2,
    waiting=0, missed=0,
)  # fmt: skip


def test_all_is_done_but_what_nobody_can_see() -> None:
    told = standings(FINE)

    assert told.pop(Duty.STAFF) is Standing.UNSEEN
    assert set(told.values()) == {Standing.DONE}


@pytest.mark.parametrize(
    ("given", "duty"),
    [
        ({"registered": 2}, Duty.MEANS),
        ({"failed": 1}, Duty.DATA),
        ({"acts": 0}, Duty.DATA),
        ({"registering": 0}, Duty.SUBCONTRACTORS),
        ({"consulted": 0}, Duty.CONSULTED),
        ({"waiting": 1}, Duty.CORRECTIONS),
        ({"missed": 1}, Duty.CORRECTIONS),
    ],
)
def test_one_fact_asks_for_one_duty(given: dict[str, int], duty: Duty) -> None:
    told = standings(replace(FINE, **given))

    assert [one for one, said in told.items() if said is Standing.TO_DO] == [duty]


def test_who_has_nobody_is_not_concerned() -> None:
    assert set(standings(Facts(0, 0, 0, 0, 0, 0, 0, 0, 0)).values()) == {Standing.NOT_CONCERNED}
