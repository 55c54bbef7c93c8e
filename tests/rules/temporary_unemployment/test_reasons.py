"""The eleven reasons: codes, for whom, and what is communicated."""

import pytest

from guichet.rules.temporary_unemployment.kinds import Category, Kind, Reason, Regime
from guichet.rules.temporary_unemployment.reasons import (
    FIRST_DAY_REASONS,
    ROWS,
    is_communicated,
    may_be_used,
    reason_of_nature,
    takes,
)

# letter, day code, risk, blue, white, what is communicated
TABLE = """
E   5.1   001  yes  no   expected,first_day
I   5.2   002  yes  no   first_day
T   5.3   003  yes  no   accident_nature,accident_list,first_day
F   5.4   004  yes  yes  force_majeure
FM  5.5   005  yes  yes  -
V   5.6   006  yes  yes  -
FV  5.7   007  yes  yes  -
R   5.8   008  yes  yes  -
G   5.9   009  yes  yes  strike
D   5.10  010  yes  yes  -
SE  5.11  011  no   yes  difficulty,expected,first_day
"""
LINES = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("line", LINES)
def test_the_table_of_reasons(line: list[str]) -> None:
    letter, nature, risk, blue, white, kinds = line
    reason = Reason(letter)
    row = ROWS[reason]

    assert (row.nature, row.risk) == (nature, risk)
    assert may_be_used(reason=reason, category=Category.BLUE) is (blue == "yes")
    assert may_be_used(reason=reason, category=Category.WHITE) is (white == "yes")
    assert [kind.value for kind in row.kinds] == ([] if kinds == "-" else kinds.split(","))
    assert is_communicated(reason) is (kinds != "-")
    assert reason_of_nature(nature) is reason
    for kind in Kind:
        assert takes(reason=reason, kind=kind) is (kind.value in kinds.split(","))


def test_every_reason_stands_in_the_table_once() -> None:
    assert {line[0] for line in LINES} == {reason.value for reason in Reason} == {*ROWS}
    assert reason_of_nature("5.12") is None
    assert [reason for reason in Reason if Kind.FIRST_DAY in ROWS[reason].kinds] == sorted(
        FIRST_DAY_REASONS, key=list(Reason).index
    )


@pytest.mark.parametrize("category", [Category.APPRENTICE, Category.STUDENT])
@pytest.mark.parametrize("reason", Reason)
def test_apprentices_and_students_go_with_both(reason: Reason, category: Category) -> None:
    assert may_be_used(reason=reason, category=category)


@pytest.mark.parametrize(
    ("committee", "may"),
    [("120", True), ("120.01", True), ("324", True), ("324.01", True), ("121", False), ("", True)],
)
def test_only_textile_and_diamond_close_for_extra_holidays(committee: str, may: bool) -> None:
    found = may_be_used(reason=Reason.EXTRA_CLOSURE, category=Category.BLUE, committee=committee)

    assert found is may
    assert may_be_used(reason=Reason.STRIKE, category=Category.BLUE, committee=committee)


def test_codes_from_memory_are_marked() -> None:
    unsure = [reason for reason, row in ROWS.items() if not row.risk_is_verified]

    assert unsure == [Reason.STRIKE, Reason.PROTECTED, Reason.WHITE_COLLAR]


def test_the_regimes_of_white_collars_need_no_week_of_work() -> None:
    assert [regime for regime in Regime if regime.is_of_white_collars] == [
        Regime.WHITE_FULL,
        Regime.WHITE_REDUCED,
    ]
    assert [regime for regime in Regime if not regime.needs_work_week] == [
        Regime.SMALL,
        Regime.WHITE_FULL,
        Regime.WHITE_REDUCED,
    ]
