"""Whole communications judged: the scenarios that a rule alone can show."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import identifiers
from guichet.rules.temporary_unemployment.check import cancellation_faults, faults
from guichet.rules.temporary_unemployment.check_days import date_fault
from guichet.rules.temporary_unemployment.communication import FirstDay
from guichet.rules.temporary_unemployment.faults import Repair, Way, any_blocks, needs_remark
from guichet.rules.temporary_unemployment.findings import repair_sentence, sentence
from guichet.rules.temporary_unemployment.kinds import Category, Channel, Kind, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension
from guichet.rules.temporary_unemployment.states import State
from tests.rules.temporary_unemployment.builder import (
    ANNE,
    BIS,
    announced,
    expected,
    first_day,
    keys,
    line,
    only,
    said,
    white,
)
from tests.rules.temporary_unemployment.days import day, noon, off

E, SE, BAD, T = Reason.ECONOMIC, Reason.WHITE_COLLAR, Reason.WEATHER, Reason.ACCIDENT
SCHEME = (announced("2025-03-17", "2025-06-30", regime=Regime.SMALL),)
RECOGNISED = Period(day("2025-01-01"), day("2026-12-31"))


def test_sc1_rule_a_notice_in_time_has_no_warning() -> None:
    assert keys(expected("2025-03-09")) == []


def test_sc2_rule_a_day_late_tells_the_wage_and_the_repair() -> None:
    late = only(expected("2025-03-10"))

    assert (late.key, late.blocks, late.field) == ("CTW-014", False, "posted_on")
    assert late.source.article == "art. 51 and 77/4"
    assert late.repair == Repair(Way.START_ON, day("2025-03-18"))
    text = sentence(late)
    assert "late by 1 day" in text.en
    assert "17/03/2025 to 23/03/2025" in text.en
    assert "17.03.2025" in text.de
    assert repair_sentence(late.repair).en == "Start on 18/03/2025 instead."
    assert needs_remark([late])
    assert not any_blocks([late])


def test_sc3_rule_office_and_workers_are_told_on_the_same_day() -> None:
    apart = only(expected("2025-03-07", sent="2025-03-08"))
    late = only(expected("2025-03-07", sent="2025-03-11"))

    assert (apart.key, apart.blocks) == ("CTW-015", False)
    assert late.key == "CTW-015.late"
    assert late.repair == Repair(Way.START_ON, day("2025-03-19"))


def test_sc4_rule_a_notice_of_tomorrow_is_blocked() -> None:
    tomorrow = only(expected("2025-03-08", sent="2025-03-07"))

    assert (tomorrow.key, tomorrow.blocks) == ("CTW-016", True)
    assert keys(expected(posted_on=None)) == ["CTW-016.missing"]


@pytest.mark.parametrize(
    ("regime", "first", "last", "code", "until"),
    [
        pytest.param(Regime.FULL, "2025-03-17", "2025-04-14", "020", "2025-04-13", id="SC-05"),
        pytest.param(Regime.LARGE, "2025-05-05", "2025-08-05", "021", "2025-08-04", id="SC-06"),
        pytest.param(Regime.SMALL, "2025-03-17", "2026-04-16", "022", "2026-03-16", id="SC-08"),
    ],
)
def test_sc5_sc6_sc8_rule_too_long_is_warned_about(
    regime: Regime, first: str, last: str, code: str, until: str
) -> None:
    found = only(expected("2025-03-07", first, last, regime=regime))

    assert (found.key, found.blocks) == (f"CTW-{code}", False)
    assert found.repair == Repair(Way.END_ON, day(until))


def test_sc7_rule_a_small_suspension_needs_an_end() -> None:
    assert keys(expected(last="", regime=Regime.SMALL)) == ["CTW-012"]


def test_sc9_rule_two_days_a_week_are_no_small_suspension() -> None:
    found = only(expected(regime=Regime.SMALL, cycle=(frozenset({0, 1}),)))

    assert (found.key, found.repair) == ("CTW-031", Repair(Way.CHOOSE_REGIME, regime=Regime.LARGE))


@pytest.mark.parametrize("answer", [False, None])
def test_sc10_rule_without_the_undertaking_it_is_blocked(answer: bool | None) -> None:
    assert only(expected(no_subcontracting=answer)).key == "CTW-017"
    assert only(expected(no_subcontracting=answer)).blocks


def test_sc11_rule_after_four_weeks_a_week_of_work() -> None:
    again = expected("2025-04-04", "2025-04-14", "2025-04-20")

    found = only(again, announced=(announced("2025-03-17", "2025-04-13"),))

    assert found.key == "CTW-023"
    # The announced week ends before: only another period can start then.
    assert found.repair == Repair(Way.ANNOUNCE_FROM, day("2025-04-21"))
    assert "14/04/2025 to 20/04/2025" in sentence(found).en
    cancelled = announced("2025-03-17", "2025-04-13", is_cancelled=True)
    assert keys(again, announced=(cancelled,)) == []
    other = announced("2025-03-17", "2025-04-13", workers=frozenset({BIS}))
    assert keys(again, announced=(other,)) == []


def test_sc12_rule_a_fourth_week_after_three_is_in_order() -> None:
    fourth = expected("2025-03-28", "2025-04-07", "2025-04-13")

    assert keys(fourth, announced=(announced("2025-03-17", "2025-04-06"),)) == []


@pytest.mark.parametrize(("last", "found"), [("2025-04-27", []), ("2025-05-04", ["CTW-025"])])
def test_sc13_rule_a_closure_is_cut_out(last: str, found: list[str]) -> None:
    closure = (Period(day("2025-04-07"), day("2025-04-20")),)

    assert keys(expected(last=last, excluded=closure)) == found
    outside = (Period(day("2025-03-10"), day("2025-03-20")),)
    assert keys(expected(excluded=outside)) == ["CTW-025.outside"]


def test_sc14_rule_three_days_notice_with_a_derogation_only() -> None:
    then = expected("2021-03-11", "2021-03-15", "2021-04-11", committee="126")
    now = expected("2025-03-13", "2025-03-17", "2025-04-13", committee="126")

    assert keys(then) == []
    assert keys(now) == ["CTW-014"]


def test_sc18_sc19_rule_days_in_disorder_and_days_that_do_not_exist() -> None:
    assert "CTW-011" in keys(expected(last="2025-03-16"))
    wrong = date_fault("29/02/2025", field="first_day", channel=Channel.WEB)
    assert wrong is not None
    assert wrong.code == "CTW-010"
    assert date_fault("28/02/2025", field="first_day", channel=Channel.WEB) is None
    assert date_fault("28/02/2025", field="first_day", channel=Channel.BATCH) is not None
    assert date_fault("2025-02-28", field="first_day", channel=Channel.BATCH) is None


def test_sc20_sc21_rule_workers_twice_and_wrong_numbers() -> None:
    twice = only(expected(lines=(line(), line(niss="85.07.30-033.28"))))

    assert (twice.key, twice.inputs["first"], twice.inputs["line"]) == ("CTW-005", 1, 2)
    assert keys(expected(lines=(line(niss="85073003329"),))) == ["CTW-003"]
    assert keys(expected(lines=(line(niss=BIS),))) == []


def test_sc22_sc23_rule_joint_committees() -> None:
    assert keys(expected(committee="302")) == ["CTW-007"]
    assert keys(expected(committee="302", level=Category.BLUE)) == []
    assert keys(expected(committee="999")) == ["CTW-006"]
    assert keys(expected(committee="998")) == ["CTW-006"]
    assert keys(expected(committee="124")) == ["CTW-019"]


def test_sc24_sc25_rule_reasons_for_workers_and_sections() -> None:
    assert keys(expected(lines=(line(category=Category.WHITE),))) == ["CTW-030"]
    assert keys(expected(lines=(), section="Assembly")) == []
    assert keys(expected(lines=())) == ["CTW-080"]
    assert "CTW-080.workers" in keys(white("2025-01-20", "2025-02-02", lines=(), section="Sales"))
    assert keys(expected(lines=(line(category=Category.STUDENT),))) == ["CTW-030.student"]


def test_sc26_rule_who_may_not_act_learns_nothing_else() -> None:
    assert keys(expected(lines=(), causes=""), may_act=False) == ["CTW-002"]
    assert keys(expected(enterprise="0123456789")) == ["CTW-001"]


@pytest.mark.parametrize(
    ("length", "found"),
    [(9, ["CTW-081.short"]), (10, []), (2000, []), (2001, ["CTW-081.long"])],
)
def test_sc27_rule_the_length_of_causes(length: int, found: list[str]) -> None:
    assert keys(expected(causes="x" * length)) == found
    assert keys(expected(causes="<script>alert(1)</script>")) == []
    assert keys(expected(causes="a bell \x07 rings here")) == ["CTW-081.signs"]


def test_signs_that_no_keyboard_writes_are_controls_and_halves_of_pairs() -> None:
    refused = {
        chr(point)
        for point in range(0x10000)
        if keys(expected(remarks=chr(point))) == ["CTW-081.signs"]
    }
    wrong = {chr(n) for n in range(0x10000) if category(chr(n)) in ("Cc", "Cs")}
    assert refused == wrong - set("\n\r\t")


@pytest.mark.parametrize(
    ("reason", "sent", "found"),
    [
        pytest.param(E, "2025-04-14", [], id="SC-28"),
        pytest.param(E, "2025-04-13", ["CTW-040"], id="SC-29"),
        pytest.param(E, "2025-04-24", ["CTW-042"], id="SC-30"),
        pytest.param(BAD, "2025-04-17", ["CTW-041"], id="SC-31"),
        pytest.param(BAD, "2025-05-05", ["CTW-042.month"], id="month over"),
    ],
)
def test_sc28_sc29_sc30_sc31_rule_a_first_day_sent_at_a_moment(
    reason: Reason, sent: str, found: list[str]
) -> None:
    assert keys(first_day(reason, "2025-04-22", sent), announced=SCHEME) == found


def test_sc30_rule_what_late_costs_stands_in_the_sentence() -> None:
    late = only(first_day(E, "2025-04-22", "2025-04-24"), announced=SCHEME)

    assert "accepts the communication from 23/04/2025" in sentence(late).en


def test_sc32_sc33_rule_bridge_days_count_and_schedules_do_not() -> None:
    on_time = first_day(E, "2025-05-05", "2025-05-06")
    bridge = off("2025-05-02")

    assert keys(on_time, announced=SCHEME, calendar=bridge) == []
    late = replace(on_time, received_at=noon("2025-05-07"))
    assert keys(late, announced=SCHEME, calendar=bridge) == ["CTW-042"]
    half = line(first_day=day("2025-04-16"), usual_days=frozenset({0, 1, 2}))
    window = first_day(E, "2025-04-16", "2025-04-17", lines=(half,))
    assert keys(window, announced=SCHEME) == []


def test_sc34_sc36_sc37_rule_once_a_month_one_month_and_announced() -> None:
    told = (FirstDay(ANNE, day("2025-03-18"), E),)
    assert keys(first_day(BAD, "2025-03-20", "2025-03-20"), first_days=told) == ["CTW-044"]

    days = (line(first_day=day("2025-03-31")), line(niss=BIS, first_day=day("2025-04-01")))
    both = {ANNE, BIS}
    scheme = (announced("2025-03-17", "2025-04-13", workers=frozenset(both)),)
    assert keys(first_day(E, "2025-03-31", "2025-04-01", lines=days), announced=scheme) == [
        "CTW-046"
    ]
    assert keys(first_day(E, "2025-04-22", "2025-04-22")) == ["CTW-043"]
    assert keys(first_day(BAD, "2025-04-22", "2025-04-22")) == []
    section = (announced("2025-03-17", "2025-04-30", workers=frozenset(), section="Assembly"),)
    assert keys(first_day(E, "2025-04-22", "2025-04-22"), announced=section) == []


@pytest.mark.parametrize("field", ["workplace", "nature_of_work", "weather", "why_impossible"])
def test_sc38_rule_the_details_of_the_weather(field: str) -> None:
    found = only(first_day(BAD, "2025-04-22", "2025-04-22", **{field: " "}))

    assert (found.key, found.field, found.blocks) == ("CTW-047", field, True)


def test_sc38_rule_two_workplaces_need_two_communications() -> None:
    lines = tuple(
        line(niss=niss, first_day=day("2025-04-22"), workplace=place)
        for niss, place in ((ANNE, "Quai 1"), (BIS, "Quai 2"))
    )

    assert keys(first_day(BAD, "2025-04-22", "2025-04-22", lines=lines, workplace="")) == [
        "CTW-048"
    ]


@pytest.mark.parametrize(("at", "found"), [("2025-04-23", []), ("2025-04-24", ["CTW-083"])])
def test_sc39_rule_a_first_day_is_cancelled_in_its_window(at: str, found: list[str]) -> None:
    sent = first_day(E, "2025-04-22", "2025-04-14")

    cancelled = cancellation_faults(sent, state=State.RECEIVED, at=noon(at))

    assert [fault.key for fault in cancelled] == found


@pytest.mark.parametrize("state", [None, State.CANCELLED, State.ACCEPTED])
def test_what_is_not_open_is_neither_cancelled_nor_changed(state: State | None) -> None:
    sent = expected()

    assert [f.key for f in cancellation_faults(sent, state=state, at=sent.received_at)] == [
        "CTW-082.cancel"
    ]
    assert keys(replace(sent, changes="05W00000017BZ"), changed=state) == ["CTW-082"]
    assert keys(replace(sent, changes="05W00000017BZ"), changed=State.RECEIVED) == []


def nature(sent: str, suspended: str = "2025-04-25", **other: Any) -> list[str]:
    """What is found of the accident of Good Friday 2025."""
    facts: dict[str, Any] = {
        "accident_on": day("2025-04-18"),
        "first_day": day(suspended),
        "causes": "The press broke its shaft.",
        "lines": (),
    }
    return keys(said(Kind.ACCIDENT_NATURE, T, sent, **facts | other))


def test_sc43_sc44_rule_the_nature_of_an_accident() -> None:
    assert nature("2025-04-22") == []
    assert nature("2025-04-23") == ["CTW-051"]
    assert nature("2025-04-22", "2025-04-24") == ["CTW-052"]
    assert nature("2025-04-17") == ["CTW-050"]
    assert nature("2025-04-22", last_day=day("2025-07-24")) == []
    assert nature("2025-04-22", last_day=day("2025-07-25")) == ["CTW-055"]


def test_sc45_sc46_rule_the_list_after_an_accident() -> None:
    ticket = "05W00000017BZ"
    told = {"nature_tickets": frozenset({ticket}), "accident_on": day("2025-04-18")}

    def listed(sent: str, number: str = ticket) -> list[str]:
        return keys(said(Kind.ACCIDENT_LIST, T, sent, nature_ticket=number), **told)

    assert listed("2025-04-24") == []
    assert listed("2025-04-25") == ["CTW-053"]
    assert listed("2025-04-24", "") == ["CTW-054"]


def force_majeure(first: str, last: str, **other: Any) -> list[str]:
    """What is found of a force majeure that is sent on its first day."""
    facts: dict[str, Any] = {
        "first_day": day(first), "last_day": day(last), "causes": "The hall burnt down."
    }  # fmt: skip
    return keys(said(Kind.FORCE_MAJEURE, Reason.FORCE_MAJEURE, first, **facts | other))


def test_sc47_sc49_rule_force_majeure_and_its_waiver() -> None:
    assert force_majeure("2025-02-01", "2025-05-01") == ["CTW-061"]
    assert force_majeure("2025-02-01", "2025-04-30") == []
    assert force_majeure("2025-02-01", "2025-04-30", causes=" ") == ["CTW-060"]
    assert force_majeure("2021-07-14", "2021-08-31") == ["CTW-062"]


@pytest.mark.parametrize("letter", ["FM", "V", "FV", "R", "D"])
def test_sc48_rule_some_reasons_need_no_communication(letter: str) -> None:
    found = only(said(Kind.FIRST_DAY, Reason(letter), "2025-04-22"))

    assert (found.key, found.blocks) == ("CTW-032", True)
    assert keys(said(Kind.STRIKE, E, "2025-04-22")) == ["CTW-032.kind"]


def test_sc50_rule_the_answers_of_a_strike() -> None:
    whole = line(first_day=day("2025-04-22"), in_striking_unit=False, workplace="Quai 1, Liège")

    def strike(sent: str = "2025-04-22", **other: Any) -> list[str]:
        facts: dict[str, Any] = {"lines": (whole,), "causes": "Strike of the drivers"}
        return keys(said(Kind.STRIKE, Reason.STRIKE, sent, **facts | other))

    assert strike() == []
    assert strike("2025-04-24") == ["CTW-071"]
    assert strike(lines=(replace(whole, in_striking_unit=None),)) == ["CTW-070.unit"]
    assert strike(lines=(replace(whole, workplace=""),)) == ["CTW-070.workplace"]
    assert strike(causes="") == ["CTW-070"]


def test_sc51_sc52_sc55_rule_white_collars() -> None:
    weeks = white("2025-01-20", "2025-02-02")

    assert keys(weeks) == ["CTW-033"]
    assert keys(weeks, recognised=RECOGNISED) == []
    for sent, found in (("2025-09-14", ["CTW-035"]), ("2025-09-15", [])):
        asked = white("2025-09-29", "2025-10-05", sent)
        form = {"difficulty_sent_on": day("2025-09-01"), "recognised": RECOGNISED}
        assert keys(asked, **form) == found
    monday = replace(weeks, regime=Regime.WHITE_REDUCED, cycle=(frozenset({0}),))
    assert keys(monday, recognised=RECOGNISED) == ["CTW-034"]
    assert keys(white("2025-01-21", "2025-02-02"), recognised=RECOGNISED) == ["CTW-018"]


def test_sc53_sc54_rule_the_credit_of_weeks() -> None:
    fifteen = announced("2025-01-06", "2025-04-20", reason=SE, regime=Regime.WHITE_FULL)
    two = white("2025-09-01", "2025-09-14", "2025-08-20")

    found = only(two, announced=(fifteen,), recognised=RECOGNISED)

    assert found.key == "CTW-026"
    assert "17 weeks" in sentence(found).en
    new_year = white("2026-01-05", "2026-01-18", "2025-12-26")
    assert keys(new_year, announced=(fifteen,), recognised=RECOGNISED) == []


def test_sc70_rule_the_same_content_asks_for_a_confirmation() -> None:
    assert keys(expected(), waits_confirmation=True) == ["CTW-084"]


@pytest.mark.parametrize(
    ("opened", "closed", "found"),
    [
        (None, None, []),
        (None, "2025-03-16", ["CTW-008.closed"]),
        (None, "2025-03-17", []),
        (None, "2025-03-31", []),
        ("2025-03-18", None, ["CTW-008.not_open"]),
        ("2025-03-17", None, []),
        ("2020-01-01", "2024-12-31", ["CTW-008.closed"]),
        ("2020-01-01", "2025-03-17", []),
    ],
)
def test_the_establishment_is_open_on_the_day_the_unemployment_starts(
    opened: str | None, closed: str | None, found: list[str]
) -> None:
    days = {
        "opened_on": None if opened is None else day(opened),
        "closed_after": None if closed is None else day(closed),
    }

    assert keys(expected(), **days) == found


def test_a_closed_establishment_is_told_with_its_last_day_and_the_way_out() -> None:
    found = only(expected(), closed_after=day("2025-02-28"))

    assert (found.code, found.field, found.blocks) == ("CTW-008", "establishment", True)
    assert found.repair is not None
    assert "28/02/2025" in sentence(found).nl
    assert "17.03.2025" in sentence(found).de
    assert repair_sentence(found.repair).nl == "Kies een andere vestigingseenheid."


def test_what_has_no_day_yet_is_asked_for_its_day_and_not_for_another_place() -> None:
    without = replace(expected(), first_day=None, last_day=None)

    assert "CTW-008.closed" not in keys(without, closed_after=day("2025-03-01"))


def test_the_list_of_an_accident_is_of_an_establishment_open_on_the_day_it_happened() -> None:
    told = said(
        Kind.ACCIDENT_LIST, Reason.ACCIDENT, "2025-04-24", nature_ticket="05W00000017BZ",
        lines=(line(),),
    )  # fmt: skip
    known = {
        "nature_tickets": frozenset({"05W00000017BZ"}), "accident_on": day("2025-04-18"),
        "accident_suspended_from": day("2025-04-25"),
    }  # fmt: skip

    assert keys(told, closed_after=day("2025-04-18"), **known) == []
    assert keys(told, closed_after=day("2025-04-17"), **known) == ["CTW-008.closed"]


def test_the_other_checks() -> None:
    overlapping = announced("2025-04-10", "2025-04-20", regime=Regime.SMALL)
    assert keys(expected(), announced=(overlapping,)) == ["CTW-024"]
    assert keys(expected(), not_in_service=frozenset({1})) == ["CTW-004"]
    assert keys(expected(), economic_days={1: 110}) == ["CTW-027"]
    assert keys(expected(), economic_days={1: 109}) == []
    assert keys(expected(), has_establishment=False) == ["CTW-008"]
    assert keys(expected(postcode="0001")) == ["CTW-009"]
    agency = expected(lines=(line(is_agency=True),))
    assert keys(agency, without_scheme=frozenset({1})) == ["CTW-036"]
    assert keys(agency) == []
    assert keys(expected(first="2028-03-17", last="2028-03-20")) == ["CTW-013", "CTW-013"]
    saturday = first_day(BAD, "2025-04-26", "2025-04-25")
    assert keys(saturday) == ["CTW-045"]
    never = replace(saturday, lines=(replace(saturday.lines[0], usual_days=frozenset()),))
    assert keys(never) == ["CTW-081.never", "CTW-045"]
    assert keys(expected(regime=Regime.WHITE_FULL)) == ["CTW-031.other"]
    paper = expected("2025-09-03", "2025-09-09", "2025-09-14", committee="136")
    assert keys(paper) == ["CTW-031.start"]
    four = replace(paper, first_day=day("2025-09-08"), regime=Regime.SMALL,
                   cycle=(frozenset({0, 1, 2, 3}),))  # fmt: skip
    assert keys(four) == ["CTW-031.most_days"]
    ticket = {"accident_suspended_from": day("2025-01-10")}
    assert keys(first_day(T, "2025-04-22", "2025-04-22"), **ticket) == ["CTW-055"]


@pytest.mark.parametrize(
    ("read", "text", "web", "batch"),
    [
        pytest.param("enterprise", "0206731645", True, True, id="WX-120"),
        pytest.param("enterprise", "0406798006", True, True, id="WX-121"),
        pytest.param("enterprise", "0123456789", False, False, id="WX-123"),
        pytest.param("enterprise", "2123456791", False, False, id="WX-124"),
        pytest.param("enterprise", "0123.456.749", True, False, id="WX-126"),
        pytest.param("niss", "85073003328", True, True, id="WX-127"),
        pytest.param("niss", "85473003317", True, True, id="WX-129"),
        pytest.param("niss", "85073003329", False, False, id="WX-130"),
        pytest.param("niss", "00000000097", False, False, id="WX-132"),
        pytest.param("establishment", "2.123.456.791", True, False, id="establishment"),
        pytest.param("establishment", "0206731645", False, False, id="no establishment"),
    ],
)
def test_wx120_wx121_wx123_wx124_wx126_wx127_wx129_wx130_wx132_identifiers(
    read: str, text: str, web: bool, batch: bool
) -> None:
    reader = getattr(identifiers, read)

    assert (reader(text, channel=Channel.WEB) is not None) is web
    assert (reader(text, channel=Channel.BATCH) is not None) is batch


@given(
    posted=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    apart=st.integers(-30, 60),
    length=st.integers(-5, 500),
    regime=st.sampled_from(Regime),
    committee=st.sampled_from(["111", "126", "136", "200", "302", ""]),
)
def test_no_announcement_breaks_the_checks_and_every_fault_has_its_words(
    posted: date, apart: int, length: int, regime: Regime, committee: str
) -> None:
    first = posted + timedelta(days=apart)
    asked = replace(
        expected(posted.isoformat()),
        first_day=first,
        last_day=first + timedelta(days=length),
        regime=regime,
        committee=committee,
    )

    for fault in faults(asked):
        assert sentence(fault).fr
        if fault.repair is not None:
            assert repair_sentence(fault.repair).nl
        assert ANNE not in str(dict(fault.inputs))


@given(posted=st.dates(date(2024, 1, 1), date(2026, 12, 31)), apart=st.integers(-10, 30))
def test_the_repair_of_a_late_notice_takes_the_warning_away(posted: date, apart: int) -> None:
    first = posted + timedelta(days=apart)
    asked = replace(
        expected(posted.isoformat()), first_day=first, last_day=first + timedelta(days=27)
    )

    for fault in faults(asked):
        if fault.code == "CTW-014" and fault.repair is not None:
            moved = replace(asked, first_day=fault.repair.day)
            assert "CTW-014" not in keys(moved)


def test_a_suspension_that_is_not_told_whole_is_none() -> None:
    assert expected(last="").suspension is None
    assert expected().suspension == Suspension(
        Period(day("2025-03-17"), day("2025-04-13")), Regime.FULL
    )
