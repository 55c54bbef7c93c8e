"""What the registers and earlier requests tell the rules: service, weeks, agreements, tickets."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from guichet.eservices.career_break import checks, granted, law
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.notices import judging
from guichet.eservices.career_break.notices.content import Wish
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.recovery import ledger
from guichet.eservices.career_break.serving import Service
from guichet.kernel.period import Period
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons.models import Person
from guichet.rules.career_break.facts import EarlierBreak
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.kinds import Leave, Regime
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.test_overview import HERE, LISTS
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import ACTOR, FIRM, LUC, NOW, TODAY, clerk, filed

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
SEPARATE = ((date(2025, 4, 7), date(2025, 4, 13)), (date(2025, 5, 19), date(2025, 5, 25)))
PARTLY: dict[str, Any] = {"contract_minutes": 2400, "full_time_minutes": 2400}


def facts(**given: Any) -> checks.Facts:
    person = Person.objects.get(niss=LUC)
    return replace(checks.facts_of(employer=FIRM, sector="private", person=person), **given)


def faults(known: checks.Facts, **given: Any) -> list[Fault]:
    return [*checks.faults(asked=world.asked(**given), facts=known, today=TODAY)]


def codes(found: list[Fault]) -> list[str]:
    return [one.code for one in found]


def contracts(*days: tuple[date, date | None]) -> Service:
    return Service(
        tuple(EmploymentRecord(LUC, FIRM, "121", "OTH", first, last) for first, last in days)
    )


def test_contracts_that_follow_each_other_are_one_service() -> None:
    one = (date(2023, 11, 1), date(2024, 12, 31))
    known = facts(service=contracts(one, (date(2025, 1, 1), date(2025, 12, 31))))
    # Notice was given under the contract before: of twelve months and more of service.
    found = codes(faults(known, notified_on=date(2024, 12, 20)))

    assert not {"V-NT-05", "V-NT-06", "V-DT-05"} & set(found)
    apart = facts(service=contracts(one, (date(2025, 1, 2), date(2025, 12, 31))))
    assert "V-NT-05" in codes(faults(apart, notified_on=date(2024, 12, 20)))


def test_a_break_may_run_on_into_the_next_contract() -> None:
    known = facts(
        service=contracts(
            (date(2015, 1, 1), date(2025, 4, 15)), (date(2025, 4, 16), date(2025, 5, 31))
        )
    )

    assert "V-DT-06" not in codes(faults(known))
    [until] = [
        one.values["until"]
        for one in faults(known, last_day=date(2025, 6, 30))
        if one.code == "V-DT-06"
    ]
    assert until == date(2025, 5, 31)


def test_what_lies_between_separate_weeks_is_free_for_another_leave() -> None:
    weekly = {"regime": "full_flex", "has_consent": True}
    filed(weeks=SEPARATE, first_day=SEPARATE[0][0], last_day=SEPARATE[1][1], **weekly)
    care: dict[str, Any] = {"leave": "medical_assistance", "regime": "full_flex",
                            "has_consent": True, "details": {"relation": "family"}}  # fmt: skip

    between = faults(facts(), first_day=date(2025, 4, 14), last_day=date(2025, 4, 20), **care)
    inside = faults(facts(), first_day=date(2025, 5, 19), last_day=date(2025, 5, 25), **care)
    assert "V-DT-07" not in codes(between)
    assert "V-DT-07" in codes(inside)


def test_an_extension_of_an_ordinary_break_is_told_a_month_before() -> None:
    ordinary: dict[str, Any] = {
        "leave": "ordinary", "details": {"statute": "statutory"}, "committee": "",
        "last_day": date(2025, 6, 30), "notified_on": date(2025, 1, 20),
        "first_day": date(2025, 3, 1),
    }  # fmt: skip
    earlier = EarlierBreak(
        leave=Leave.ORDINARY,
        regime=Regime.FULL,
        period=Period(date(2024, 12, 1), date(2025, 2, 28)),
    )
    public = facts(sector="public", authority="federal")

    assert "V-NT-03" in codes(faults(public, **ordinary))
    assert "V-NT-03" not in codes(faults(replace(public, earlier=(earlier,)), **ordinary))


@pytest.mark.parametrize(
    ("agreement", "opens"), [("sector", True), ("none", False), ("company", None), ("", None)]
)
def test_an_agreement_of_the_sector_opens_an_exception(agreement: str, opens: bool | None) -> None:
    asked = world.asked(leave="end_of_career", regime="fifth", details={"agreement": agreement})
    wish = law.wish_of(asked, law.Known("private"))

    assert wish is not None
    assert wish.agreement.opens_exception is opens


def test_a_part_timer_with_another_employer_may_send_a_notice_for_a_fifth() -> None:
    wish = Wish(
        leave="parental", regime="fifth", first_day=date(2025, 4, 1), last_day=date(2025, 8, 31),
        contract_minutes=20 * 60, full_time_minutes=38 * 60, has_other_employers=True,
    )  # fmt: skip
    person = Person.objects.get(niss=LUC)

    def stops(one: Wish) -> list[str]:
        found = judging.judged(
            wish=one, person=person, employer=FIRM, sector="private", today=TODAY
        )
        return [fault.code for fault in found.faults if fault.blocks]

    assert stops(wish) == []
    assert stops(replace(wish, has_other_employers=False)) == ["V-RG-01"]


@pytest.mark.parametrize(("is_balance", "stops"), [(False, ["V-DU-03"]), (True, [])])
def test_tc13_a_balance_below_the_least_is_told_by_the_worker(
    is_balance: bool, stops: list[str]
) -> None:
    details = {"kind": "time_credit", "motive": "disabled_child"}
    details |= {"is_balance": "True"} if is_balance else {}
    days = {"first_day": date(2025, 5, 1), "last_day": date(2025, 9, 30)}
    asked = {"leave": "time_credit", "regime": "fifth", "details": details, "break_minutes": 1920,
             "notified_on": date(2025, 1, 20), **days, **PARTLY}  # fmt: skip
    found = faults(facts(), **asked)
    assert [one.code for one in found if one.blocks] == stops

    wish = Wish(leave="time_credit", regime="fifth", details=details, **days, **PARTLY)
    judged = judging.judged(
        wish=wish, person=Person.objects.get(niss=LUC), employer=FIRM, sector="private",
        today=TODAY,
    )  # fmt: skip
    assert [one.code for one in judged.faults if one.blocks] == stops


def test_only_exhausted_palliative_leave_shortens_the_term_of_a_notice() -> None:
    def told() -> date | None:
        wish = Wish(leave="time_credit", regime="fifth", details={"motive": "palliative"},
                    first_day=date(2025, 5, 1), last_day=date(2025, 5, 31), **PARTLY)  # fmt: skip
        person = Person.objects.get(niss=LUC)
        return judging.judged(
            wish=wish, person=person, employer=FIRM, sector="private", today=TODAY
        ).last_for_notice

    care = {"leave": "palliative", "details": {"attested_on": "2025-01-20", "period": "first"}}
    filed(first_day=date(2025, 4, 1), last_day=date(2025, 4, 30), **care)
    assert told() != date(2025, 4, 17)
    for month, last in ((2, 28), (3, 31)):
        filed(first_day=date(2025, month, 1), last_day=date(2025, month, last), **care)
    assert told() == date(2025, 4, 17)


def test_separate_weeks_are_paid_and_nothing_between_them() -> None:
    desk.furnish()
    weeks = (*SEPARATE, (date(2025, 5, 5), date(2025, 5, 11)))
    row = desk.taken(
        LUC, regime="full_flex", has_consent=True, weeks=tuple(sorted(weeks)),
        first_day=date(2025, 4, 7), last_day=date(2025, 5, 25),
    )  # fmt: skip
    deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=desk.officer(), now=NOW)
    row.refresh_from_db()

    [decision] = row.decisions.all()
    lines = granted.lines_of(decision, row=row)
    assert [(one.period.first_day.month, one.thirtieths) for one in lines] == [(4, 7), (5, 14)]
    # A week is seven thirtieths of 1038.12: 242.23; two are 484.46.
    assert [str(one.gross) for one in lines] == ["242.23", "484.46"]
    later = datetime(2025, 6, 16, 9, tzinfo=NOW.tzinfo)
    paid = ledger.overpaid(row, first_day=date(2025, 5, 12), last_day=None, today=later.date())
    # Only the second week of May was not due.
    assert [str(one.too_much) for one in paid] == ["217.69"]


def test_a_misprinted_ticket_that_stands_on_a_request_is_found() -> None:
    row = filed()
    printed = "04W-0027KRZ-VX-Z"
    with transaction(actor=ACTOR):
        Request.objects.filter(pk=row.pk).update(ticket=printed.replace("-", ""))

    answer = clerk().post(HERE, LISTS | {"ticket": printed.lower()}, follow=True)
    assert answer.status_code == 200
    assert printed in said(answer)
    # Nobody has this one: it is mistyped, and that is said.
    other = clerk().post(HERE, LISTS | {"ticket": "04W-0027KRZ-VW-Z"})
    assert other.status_code == 422


@pytest.mark.parametrize(
    "hyphen", ["-", " ", "\u2011", "\u2013", "\u00a0", "\u202f", " \u2013 ", ""]
)
def test_a_ticket_is_found_however_its_signs_are_set_apart(hyphen: str) -> None:
    row = filed()
    typed = TicketNumber(row.ticket).formatted().replace("-", hyphen).lower()

    answer = clerk().post(HERE, LISTS | {"ticket": typed}, follow=True)

    assert answer.status_code == 200
    assert TicketNumber(row.ticket).formatted() in said(answer)


@pytest.mark.parametrize("leave", list(Leave))
@pytest.mark.parametrize("first", [date(2019, 5, 1), date(2020, 8, 1), date(2025, 4, 1)])
def test_a_regime_or_a_leave_that_does_not_exist_is_answered_too(leave: Leave, first: date) -> None:
    known = facts()
    details = {"motive": "child"} if leave is Leave.TIME_CREDIT else {}

    for regime in Regime:
        wish = world.asked(
            leave=leave.value, regime=regime.value, details=details, first_day=first,
            last_day=Period.of_months(first, 1).last_day,
        )  # fmt: skip
        assert checks.answers(asked=wish, facts=known, today=TODAY) is not None
