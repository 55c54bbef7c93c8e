"""What is said of other employers, and what several jobs together allow."""

from datetime import date

import pytest

from guichet.rules.career_break import several as rules
from guichet.rules.career_break.entry_dates import MOST_BLOCKS, block_faults
from guichet.rules.career_break.hours import Hours, OtherJob, expected_during, working_time
from guichet.rules.career_break.kinds import Regime
from guichet.rules.career_break.several import MOST, Elsewhere, elsewhere_faults, every_fault

OWN = "0403170701"
SOUND = Elsewhere(name="Autre", contract=18 * 60, full_time=38 * 60)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"name": "", "number": ""}, "V-OE-01"),
        ({"name": " "}, "V-OE-01"),
        ({"number": "0403.170.702"}, "V-OE-02"),
        ({"number": "2.000.000.000"}, "V-OE-02"),
        ({"number": "BE 0403.170.701"}, "V-OE-03"),
        ({"full_time": 0}, "V-HR-01"),
        ({"contract": 39 * 60}, "V-HR-02"),
        ({"contract": 0}, "V-HR-03"),
    ],
)
def test_a_job_elsewhere_that_cannot_be_is_told(given: dict[str, object], key: str) -> None:
    values = {"name": "Autre", "contract": 1080, "full_time": 2280} | given

    found = elsewhere_faults(Elsewhere(**values), own=OWN)  # type: ignore[arg-type]  # of a test

    assert [fault.key for fault in found] == [key]
    assert [fault.field for fault in every_fault([Elsewhere(**values)], own=OWN)] == ["others"]  # type: ignore[arg-type]  # of a test


def test_a_number_or_a_name_is_enough_and_ten_employers_are_the_most() -> None:
    assert elsewhere_faults(SOUND, own=OWN) == ()
    assert (
        elsewhere_faults(Elsewhere(number="0206.731.645", contract=1, full_time=1), own=OWN) == ()
    )
    assert every_fault([SOUND] * MOST, own=OWN) == ()
    assert [fault.key for fault in every_fault([SOUND] * (MOST + 1), own=OWN)] == ["V-OE-04"]
    assert rules.MOST == 10


@pytest.mark.parametrize(
    ("contract", "elsewhere", "reduces", "expected"),
    [
        (20 * 60, 18 * 60, False, 12 * 60 + 24),  # the whole fifth here
        (20 * 60, 18 * 60, True, 16 * 60),  # 20/38 of 7:36 here
        (18 * 60, 20 * 60, True, 14 * 60 + 24),
    ],
)
def test_a_fifth_is_taken_here_alone_or_in_proportion(
    contract: int, elsewhere: int, reduces: bool, expected: int
) -> None:
    hours = Hours(contract=contract, full_time=2280, others=(OtherJob(elsewhere, 2280, reduces),))

    assert working_time(hours) == 1
    assert expected_during(hours, regime=Regime.FIFTH) == expected


def test_blocks_of_weeks_are_days_in_order_and_not_too_many() -> None:
    week = (date(2026, 3, 2), date(2026, 3, 8))

    assert block_faults([], is_by_weeks=False) == ()
    assert block_faults([week], is_by_weeks=True) == ()
    assert [one.key for one in block_faults([week], is_by_weeks=False)] == ["V-WK-01"]
    assert [one.key for one in block_faults([week[::-1]], is_by_weeks=True)] == ["V-DT-02"]
    many = block_faults([week] * (MOST_BLOCKS + 1), is_by_weeks=True)
    assert [one.key for one in many] == ["V-WK-02"]
