"""The rules of mandates: quarters, life, replacement, effect; tables and properties."""

from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel.verdict import Severity
from guichet.rules import mandates as rules
from guichet.rules.mandates import (
    EXCLUSIVE,
    Domain,
    Held,
    Quarter,
    Side,
    Status,
    Step,
    StepRefused,
    UnknownQuarter,
)

TODAY = date(2026, 11, 25)
THIS, NEXT = Quarter(2026, 4), Quarter(2027, 1)
OWN, OFFICE, OTHER = "0712345630", "0900000001", "0900000002"
days = st.dates(date(1000, 1, 1), date(9000, 12, 31))
quarters = st.builds(Quarter, st.integers(1000, 9000), st.integers(1, 4))


@pytest.mark.parametrize(
    ("day", "quarter", "first", "last"),
    [
        (date(2026, 1, 1), Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), Quarter(2026, 2), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2024, 2, 29), Quarter(2024, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2026, 9, 30), Quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, quarter: Quarter, first: date, last: date) -> None:
    assert Quarter.of(day) == quarter
    assert (quarter.first_day, quarter.last_day) == (first, last)


@given(days)
def test_a_quarter_holds_its_days_and_quarters_follow_without_a_gap(day: date) -> None:
    quarter = Quarter.of(day)

    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.later(1).first_day == quarter.last_day + timedelta(days=1)
    assert quarter.first_day.day == 1


@given(quarters, st.integers(-200, 200))
def test_quarters_count_forth_and_back_and_are_read_as_written(one: Quarter, count: int) -> None:
    assert one.later(count).later(-count) == one
    assert (one.later(count) > one) == (count > 0)
    assert Quarter.parse(str(one)) == one


@pytest.mark.parametrize(
    "text", ["", "2027", "2027-0", "2027-5", "27-1", "2027/1", " 2027-1", "2027-1\n", "0000-1"]
)
def test_what_is_no_quarter_is_not_read(text: str) -> None:
    with pytest.raises(UnknownQuarter):
        Quarter.parse(text)


LIFE = {
    (Status.TO_FINALISE, Step.SIGN, "maker"): Status.PENDING,
    (Status.TO_FINALISE, Step.WITHDRAW, "maker"): Status.REJECTED,
    (Status.PENDING, Step.SIGN, "other"): Status.ACTIVE,
    (Status.PENDING, Step.REFUSE, "other"): Status.REJECTED,
    (Status.PENDING, Step.WITHDRAW, "maker"): Status.REJECTED,
}


@pytest.mark.parametrize(
    ("status", "step", "side", "made_by"), list(product(Status, Step, Side, Side))
)
def test_each_step_is_open_to_whom_it_belongs_and_to_nobody_else(
    status: Status, step: Step, side: Side, made_by: Side
) -> None:
    expected = LIFE.get((status, step, "maker" if side is made_by else "other"))
    if status is Status.ACTIVE and step is Step.END:
        expected = Status.ACTIVE
    if status is Status.ACTIVE and step is Step.REVOKE and side is Side.MANDATOR:
        expected = Status.CLOSED

    if expected is None:
        with pytest.raises(StepRefused):
            rules.after(status, step, side=side, made_by=made_by)
    else:
        assert rules.after(status, step, side=side, made_by=made_by) is expected
    is_open = step in rules.open_steps(status, side=side, made_by=made_by)
    assert is_open == (expected is not None)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.CLOSED])
def test_what_is_rejected_or_closed_stays_so(status: Status) -> None:
    for side, made_by in product(Side, Side):
        assert rules.open_steps(status, side=side, made_by=made_by) == frozenset()


@pytest.mark.parametrize(
    ("status", "is_signed", "is_seen"),
    [
        (Status.TO_FINALISE, False, False),
        (Status.PENDING, True, True),
        (Status.ACTIVE, True, True),
        (Status.CLOSED, True, True),
        (Status.REJECTED, True, True),
        (Status.REJECTED, False, False),
    ],
)
def test_the_other_party_sees_a_mandate_once_its_maker_signed(
    status: Status, is_signed: bool, is_seen: bool
) -> None:
    for made_by in Side:
        given = {"made_by": made_by, "is_signed": is_signed}
        assert rules.is_visible(status, side=made_by, **given)
        assert rules.is_visible(status, side=made_by.other, **given) is is_seen


def _proposed(*held: Held, domain: Domain = Domain.DIMONA, first: Quarter = NEXT, **changed):  # type: ignore[no-untyped-def]
    given = {
        "mandator": OWN, "mandatary": OFFICE, "is_provider": True, "domains": (domain,),
        "first": first, "held": held, "on": TODAY,
    } | changed  # fmt: skip
    return rules.may_propose(**given)


@pytest.mark.parametrize(
    ("first", "is_open"),
    [
        (Quarter(2026, 3), False),
        (Quarter(2026, 4), True),
        (Quarter(2027, 1), True),
        (Quarter(2027, 4), True),
        (Quarter(2028, 1), False),
    ],
)
def test_a_mandate_begins_with_the_current_quarter_or_one_of_the_next_four(
    first: Quarter, is_open: bool
) -> None:
    keys = [one.key for one in _proposed(first=first).findings]

    assert keys == ([] if is_open else ["mandates.quarter"])


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"mandatary": OWN}, "same_enterprise"),
        ({"is_provider": False}, "not_provider"),
        ({"domains": ()}, "no_domain"),
    ],
)
def test_what_cannot_be_a_mandate_says_why(changed: dict[str, object], key: str) -> None:
    verdict = _proposed(**changed)

    assert [one.key for one in verdict.findings] == [f"mandates.{key}"]
    assert verdict.outcome == ()
    assert all(one.severity is Severity.BLOCK and one.source.text for one in verdict.findings)


@pytest.mark.parametrize(
    ("whose", "begun", "ended", "first", "key"),
    [
        # another mandatary in an exclusive domain
        (OTHER, Quarter(2026, 1), None, NEXT, "replaces"),
        (OTHER, Quarter(2026, 4), None, NEXT, "replaces"),
        (OTHER, Quarter(2026, 1), THIS, NEXT, None),
        (OTHER, Quarter(2026, 1), None, THIS, "next_quarter"),
        (OTHER, Quarter(2026, 4), THIS, THIS, "next_quarter"),
        (OTHER, Quarter(2026, 1), Quarter(2026, 3), THIS, None),
        (OTHER, Quarter(2027, 1), None, NEXT, "taken"),
        (OTHER, Quarter(2027, 3), None, NEXT, "taken"),
        (OTHER, Quarter(2027, 1), None, Quarter(2027, 2), "replaces"),
        # the same one
        (OFFICE, Quarter(2026, 1), None, NEXT, "already_held"),
        (OFFICE, Quarter(2027, 3), None, NEXT, "already_held"),
        (OFFICE, Quarter(2026, 1), THIS, NEXT, None),
    ],
)
def test_one_mandatary_a_quarter_and_a_transfer_at_the_change_of_quarter(
    whose: str, begun: Quarter, ended: Quarter | None, first: Quarter, key: str | None
) -> None:
    held = Held(whose, Domain.DIMONA, begun.first_day, ended.last_day if ended else None)

    verdict = _proposed(held, first=first)

    assert [one.key for one in verdict.findings] == ([f"mandates.{key}"] if key else [])
    assert verdict.outcome == ((held,) if key == "replaces" else ())


@pytest.mark.parametrize("domain", Domain)
def test_domains_that_are_looked_after_together_have_several_mandataries(domain: Domain) -> None:
    held = Held(OTHER, domain, Quarter(2026, 1).first_day)

    keys = [one.key for one in _proposed(held, domain=domain, first=THIS).findings]

    assert keys == (["mandates.next_quarter"] if domain in EXCLUSIVE else [])


@given(st.lists(st.tuples(st.sampled_from([OFFICE, OTHER]), quarters), max_size=6), quarters)
def test_whatever_is_held_never_two_have_an_exclusive_domain_on_one_day(
    wishes: list[tuple[str, Quarter]], start: Quarter
) -> None:
    """Each wish is granted or refused by the rules; what is replaced ends on the eve."""
    held: list[Held] = []
    for count, (whose, _when) in enumerate(wishes):
        on = start.later(count).first_day
        first = start.later(count + _when.number % 3)
        verdict = _proposed(*held, mandatary=whose, first=first, on=on)
        if any(one.severity is Severity.BLOCK for one in verdict.findings):
            continue
        eve = first.first_day - timedelta(days=1)
        held = [
            Held(one.mandatary, one.domain, one.first_day, eve) if one in verdict.outcome else one
            for one in held
        ]
        held.append(Held(whose, Domain.DIMONA, first.first_day))

    held.sort(key=lambda one: one.first_day)
    for former, later in pairwise(held):
        assert former.last_day is not None
        assert former.last_day < later.first_day
        assert former.first_day <= former.last_day


SIGNERS: dict[str, tuple[dict[str, object], list[str]]] = {
    "a director": ({}, []),
    "the person himself": ({"functions": {"self_employed"}}, []),
    "a helper who manages": (
        {"functions": {"assisting"}, "is_manager": True}, ["not_representative"],
    ),
    "a manager": ({"functions": (), "is_manager": True}, ["not_representative"]),
    "a manager of the office": (
        {"side": Side.MANDATARY, "functions": (), "is_manager": True}, [],
    ),
    "a director of the office": ({"side": Side.MANDATARY}, []),
    "a clerk of the office": ({"side": Side.MANDATARY, "functions": ()}, ["not_signatory"]),
    "a director with a password": ({"is_sure_enough": False}, ["sign_in_too_low"]),
    "the last day of the first quarter": ({"on": NEXT.last_day}, []),
    "the day after": ({"on": date(2027, 4, 1)}, ["too_late"]),
}  # fmt: skip


@pytest.mark.parametrize("who", SIGNERS)
def test_who_may_sign_for_a_party_and_until_when(who: str) -> None:
    changed, keys = SIGNERS[who]
    given = {
        "side": Side.MANDATOR, "functions": {"director"}, "is_manager": False,
        "is_sure_enough": True, "first_day": NEXT.first_day, "on": TODAY,
    } | changed  # fmt: skip

    verdict = rules.may_sign(**given)  # type: ignore[arg-type]

    assert [one.key.removeprefix("mandates.") for one in verdict.findings] == keys
    assert verdict.outcome is not bool(keys)


@pytest.mark.parametrize(
    ("first", "last", "open_quarters"),
    [
        (Quarter(2026, 1), None, [THIS.later(n) for n in range(5)]),
        (NEXT, None, [NEXT.later(n) for n in range(5)]),
        (Quarter(2026, 1), NEXT, [THIS]),
        (Quarter(2026, 1), THIS, []),
    ],
)
def test_an_active_mandate_can_end_earlier_with_a_quarter_that_is_not_over(
    first: Quarter, last: Quarter | None, open_quarters: list[Quarter]
) -> None:
    given = {
        "first_day": first.first_day, "last_day": last.last_day if last else None, "on": TODAY,
    }  # fmt: skip

    found = rules.last_quarters(**given)  # type: ignore[arg-type]

    assert list(found) == open_quarters
    for quarter in (THIS.later(n) for n in range(-2, 8)):
        verdict = rules.may_end(last=quarter, **given)  # type: ignore[arg-type]
        assert verdict.outcome is (quarter in open_quarters)


@pytest.mark.parametrize(
    ("on", "key"),
    [
        (date(2026, 12, 31), "not_yet"),
        (date(2027, 1, 1), None),
        (date(2027, 6, 30), None),
        (date(2027, 7, 1), "no_longer"),
    ],
)
def test_a_mandatary_acts_from_the_first_day_of_the_first_quarter_to_the_last_of_the_last(
    on: date, key: str | None
) -> None:
    held = [Held(OFFICE, Domain.DIMONA, date(2027, 1, 1), date(2027, 6, 30))]

    verdict = rules.may_act(held=held, mandatary=OFFICE, domain=Domain.DIMONA, on=on)

    assert verdict.outcome is (key is None)
    assert [one.key for one in verdict.findings] == ([f"mandates.{key}"] if key else [])
    for other, domain in ((OTHER, Domain.DIMONA), (OFFICE, Domain.WORKS)):
        refused = rules.may_act(held=held, mandatary=other, domain=domain, on=on)
        assert [one.key for one in refused.findings] == ["mandates.no_mandate"]


@given(days, st.one_of(st.none(), days))
def test_only_an_active_mandate_closes_by_the_passing_of_days(on: date, last: date | None) -> None:
    for status in Status:
        shown = rules.status_on(status, last_day=last, on=on)
        is_over = last is not None and last < on
        closes = status is Status.ACTIVE and is_over
        assert shown is (Status.CLOSED if closes else status)


def test_the_mandatary_has_fifteen_days_to_tell_the_end() -> None:
    assert rules.tell_until(date(2026, 12, 20)) == date(2027, 1, 4)
