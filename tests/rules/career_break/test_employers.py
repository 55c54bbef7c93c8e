"""What size and parameters of an employer change."""

from dataclasses import replace
from datetime import date

import pytest

from guichet.kernel.period import Period
from guichet.rules.career_break import employers as rules
from guichet.rules.career_break.employers import Parameters

ON = date(2026, 3, 2)
COMPLETE = Parameters(name="HR", mail="hr@example.be", sector="private", takes_notices=True)


@pytest.mark.parametrize(
    ("workers", "is_listed"), [(0, False), (1, True), (99, True), (100, False)]
)
def test_c12_c13_rule_fewer_than_a_hundred_workers_may_be_chosen_from_a_list(
    workers: int, is_listed: bool
) -> None:
    assert rules.lists_personnel(workers=workers, on=ON) is is_listed


def test_c19_rule_without_its_parameters_an_employer_files_nothing() -> None:
    assert rules.may_request(COMPLETE)
    assert not rules.may_request(replace(COMPLETE, sector=""))
    assert [fault.key for fault in rules.parameter_faults(Parameters())] == [
        "V-PA-04",
        "V-PA-01.missing",
        "V-PA-03",
    ]


def test_faults_of_parameters_name_their_fields() -> None:
    wrong = replace(COMPLETE, phone="x", mobile="1", mail="a@b")

    fields = [fault.field for fault in rules.parameter_faults(wrong)]

    assert fields == ["phone", "mobile", "mail"]


def test_c22_rule_an_employer_without_the_box_takes_no_electronic_notices() -> None:
    assert rules.takes_electronic_notices(COMPLETE)
    assert not rules.takes_electronic_notices(replace(COMPLETE, takes_notices=False))
    assert not rules.takes_electronic_notices(replace(COMPLETE, mail=""))


@pytest.mark.parametrize(
    ("sector", "new", "requests", "asks"),
    [
        ("private", "public", 1, True),
        ("private", "public", 0, False),
        ("private", "private", 3, False),
        ("", "public", 3, False),
    ],
)
def test_a_change_of_sector_with_open_requests_is_confirmed(
    sector: str, new: str, requests: int, asks: bool
) -> None:
    assert rules.asks_to_confirm(sector=sector, new_sector=new, open_requests=requests) is asks


def test_requests_with_two_employers_belong_together_when_both_say_so_and_overlap() -> None:
    first = Period(date(2026, 3, 1), date(2026, 7, 31))
    second = Period(date(2026, 7, 31), date(2026, 12, 31))
    apart = Period(date(2026, 8, 1), date(2026, 12, 31))

    assert rules.belong_together(first=first, second=second, both_ticked=True)
    assert not rules.belong_together(first=first, second=second, both_ticked=False)
    assert not rules.belong_together(first=first, second=apart, both_ticked=True)


@pytest.mark.parametrize(
    ("beside", "left"),
    [
        ([], [("2026-03-01", "2026-07-31")]),
        ([("2026-03-01", "2026-07-31")], []),
        ([("2026-01-01", "2026-12-31")], []),
        ([("2026-08-01", "2026-12-31")], [("2026-03-01", "2026-07-31")]),
        ([("2026-05-01", "2026-12-31")], [("2026-03-01", "2026-04-30")]),
        ([("2026-01-01", "2026-03-01")], [("2026-03-02", "2026-07-31")]),
        (
            [("2026-04-01", "2026-04-30"), ("2026-06-01", "2026-06-30")],
            [
                ("2026-03-01", "2026-03-31"),
                ("2026-05-01", "2026-05-31"),
                ("2026-07-01", "2026-07-31"),
            ],
        ),
    ],
)
def test_the_days_of_a_break_apart_from_those_it_shares(
    beside: list[tuple[str, str]], left: list[tuple[str, str]]
) -> None:
    found = rules.apart(
        _period("2026-03-01", "2026-07-31"), beside=[_period(*one) for one in beside]
    )

    assert found == tuple(_period(*one) for one in left)


def _period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))
