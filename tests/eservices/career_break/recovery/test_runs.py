"""A month that is handed on for payment: known as it was, never twice, a correction apart."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.audit import purging
from guichet.audit.models import Entry
from guichet.eservices.career_break import granted as granted_lines
from guichet.eservices.career_break.models import Decision, Request
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.office.officers import NotYours
from guichet.eservices.career_break.office.operations import reopen
from guichet.eservices.career_break.recovery import jobs, keeping, ledger, preparing
from guichet.eservices.career_break.recovery.models import Run, Sent
from guichet.eservices.career_break.recovery.preparing import MonthNotOver
from guichet.eservices.career_break.recovery.runs import Changed
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.rules.career_break.amounts import Line
from guichet.rules.career_break.payment_runs import Owed, Pair, State, may_be_sent
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import at_desk, officer
from tests.eservices.career_break.recovery.paid import (
    AFTER,
    JUNE,
    LATER,
    MAY,
    WHOLE,
    Put,
    decided_again,
    granted,
    prepared,
    sent,
)
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import NADIA

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office", "at"),
]
DESK = "/desk/career-breaks/"


def test_a_month_is_handed_on_once_and_stays_known(row: Request) -> None:
    granted(NADIA)
    run = sent(count=2, net=2 * WHOLE)

    assert (run.number, run.count, run.gross, run.net) == (1, 2, 207_624, 2 * WHOLE)
    line = Entry.objects.get(action="careerBreak.payments.sent")
    assert line.target == "MON/2025-05/1"
    assert line.detail == {"payments": 2, "gross": 207_624, "net": 2 * WHOLE}
    assert prepared().state == State.NOTHING
    assert Run.objects.count() == 1


def test_a_month_that_runs_is_not_handed_on(row: Request) -> None:
    with pytest.raises(MonthNotOver):
        sent(JUNE)
    days = (MAY.last_day, date(2025, 6, 1), date(2035, 5, 31), date(2035, 6, 1))
    assert [may_be_sent(MAY, today=day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("who", [desk.FAR, desk.LEADER, desk.READER])
def test_it_is_prepared_by_who_handles_files_of_the_office(row: Request, who: str) -> None:
    with pytest.raises(NotYours):
        preparing.begin(office="MON", month=MAY, officer=officer(who), now=LATER)


@pytest.mark.parametrize("expected", [(2, WHOLE), (1, WHOLE - 1), (0, 0)])
def test_what_nobody_looked_at_is_not_handed_on(row: Request, expected: tuple[int, int]) -> None:
    with pytest.raises(Changed):
        sent(count=expected[0], net=expected[1])


def test_a_file_that_is_looked_at_again_waits_and_goes_in_the_next_run(row: Request) -> None:
    other = granted(NADIA)
    reopen(ticket=other.ticket, reason="x", officer=officer(), now=LATER)
    run = sent()
    assert run.preparation.held == 1

    # Its pay day is over, and nothing went for it.
    other.refresh_from_db()
    states = {one.line.period.first_day.month: one.state
              for one in ledger.months(other, today=clock.today(LATER))}  # fmt: skip
    assert states == {4: ledger.PAID, 5: ledger.HELD, 6: ledger.HELD}
    deciding.decide(ticket=other.ticket, decided=desk.proposed(other), officer=officer(), now=LATER)
    assert prepared().state == State.NOTHING  # its letter is still to go
    second = sent(now=AFTER)
    assert (second.number, second.count) == (2, 1)


def test_a_month_that_the_office_passed_over_is_still_to_be_paid(row: Request) -> None:
    """Who waits for his money reads no "paid" before it is handed on."""
    sent()
    later = desk.moment(date(2025, 8, 18))  # the pay day of June is long over
    told = {one.line.period.first_day.month: one.state
            for one in ledger.months(row, today=clock.today(later))}  # fmt: skip
    assert told == {4: ledger.PAID, 5: ledger.PAID, 6: ledger.COMING}
    from_june = ledger.overpaid(
        row, first_day=JUNE.first_day, last_day=None, today=clock.today(later)
    )
    assert [one.too_much.cents for one in from_june] == []

    sent(JUNE, now=later)
    told = {one.line.period.first_day.month: one.state
            for one in ledger.months(row, today=clock.today(later))}  # fmt: skip
    assert told[6] == ledger.PAID


def test_a_later_decision_that_gives_more_is_a_difference(row: Request) -> None:
    sent()
    decided_again(row, 113_812)  # a hundred euros more, gross
    run = sent(net=102_283 - WHOLE, now=AFTER)

    assert (run.number, run.gross, run.net) == (2, 10_000, 8_987)
    assert [one.net for one in Sent.objects.order_by("pk")] == [WHOLE, 8_987]
    assert prepared(now=AFTER).state == State.NOTHING
    paid = ledger.months(row, today=clock.today(LATER))[1]
    assert (paid.state, paid.line.net) == (ledger.PAID, Money(102_283))


def test_a_later_decision_that_gives_less_is_shown_and_asked_back(row: Request, at: Put) -> None:
    run = sent()
    decided_again(row, 93_812)
    at(AFTER)

    again = prepared(now=AFTER)
    assert (again.state, again.left) == (State.NOTHING, [["2025-05", 0, 0, 1, -8_987]])
    page = said(at_desk().get(f"{DESK}payments/runs/{run.key}/"))
    assert "932.96 EUR" in page
    assert "-89.87 EUR is to be asked back" in page
    shown = said(at_desk().get(f"{DESK}payments/prepared/{again.key}/"))
    assert "Nothing to hand on" in shown
    assert "89.87 EUR" in shown
    # April was never handed on: there the decision of its pay day counts.
    assert [one.too_much.cents for one in ledger.lowered(row, today=clock.today(LATER))] == [
        8_987, 8_987,
    ]  # fmt: skip


def test_the_file_of_a_run_is_what_was_handed_on(row: Request) -> None:
    run = sent()
    decided_again(row, 93_812)
    text = at_desk().get(f"{DESK}payments/runs/{run.key}.csv").getvalue().decode("utf-8-sig")
    [_head, line] = csv.reader(io.StringIO(text), delimiter=";")

    assert line[1] == "Vandermeulen"
    assert line[8:] == ["1038,12", "105,16", "932,96"]


def test_another_office_finds_no_run_and_no_page(row: Request) -> None:
    run = sent()
    far = at_desk(desk.FAR)

    assert "2025-05" not in said(far.get(f"{DESK}payments/runs/"))
    for place in (f"runs/{run.key}/", f"runs/{run.key}.csv", "MON/2025-05/", "XXX/2025-05/",
                  "LIE/2025-13/"):  # fmt: skip
        assert far.get(f"{DESK}payments/{place}").status_code == 404
    assert far.get(f"{DESK}payments/LIE/2025-05/").status_code == 200


def test_the_database_keeps_what_was_handed_on(row: Request) -> None:
    run = sent()
    one = Sent.objects.get()
    for change in (lambda: Run.objects.update(net=1), lambda: Sent.objects.update(net=1),
                   run.delete):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    again = replace_run(run)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    assert Sent.objects.get().net == one.net


def replace_run(run: Run) -> Run:
    """The same number of the same month once more."""
    return Run(office=run.office, month=run.month, number=run.number, sent_by=run.sent_by,
               sent_at=run.sent_at, count=1, gross=1, net=1)  # fmt: skip


def test_a_line_without_an_amount_is_counted_and_left_out(
    row: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = granted_lines.lines_of

    def without(*args: Any, **given: Any) -> tuple[Line, ...]:
        return tuple(replace(one, gross=None, net=None) for one in real(*args, **given))

    monkeypatch.setattr(granted_lines, "lines_of", without)
    found = prepared()
    assert (found.state, found.unknown) == (State.NOTHING, 1)


@pytest.mark.parametrize(
    ("due", "sent", "rest", "difference"),
    [
        (Pair(100, 90), Pair(), Pair(100, 90), 90),
        (Pair(100, 90), Pair(100, 90), None, 0),
        (Pair(150, 130), Pair(100, 90), Pair(50, 40), 40),
        (Pair(50, 45), Pair(100, 90), None, -45),
        (Pair(), Pair(100, 90), None, -90),
        (Pair(100, 95), Pair(100, 90), Pair(0, 5), 5),
    ],
)
def test_what_is_still_owed(due: Pair, sent: Pair, rest: Pair | None, difference: int) -> None:
    assert (Owed(due, sent).rest, Owed(due, sent).difference) == (rest, difference)


def test_a_break_until_the_pension_is_due_month_after_month() -> None:
    begun = date(2015, 1, 1)
    row = Request(first_day=begun, last_day=None, regime="fifth", content={})
    content = {
        "paid": [begun.isoformat(), None],
        "rows": [{"first_day": begun.isoformat(), "gross": 20_000, "tax": 1000}],
    }
    decision = Decision(request=row, number=1, content=content, at=LATER)

    line = ledger.due(row, [ledger.Known(decision, begun)], month=MAY)
    assert line is not None
    assert (line.period, line.net) == (MAY, Money(18_000))
    earlier = Period(date(2014, 12, 1), date(2014, 12, 31))
    assert ledger.due(row, [ledger.Known(decision, begun)], month=earlier) is None


def test_what_was_decided_on_is_too_much_no_more() -> None:
    due, went = Pair(50, 45), Pair(100, 90)
    settled = [Owed(due, went, cents).difference for cents in (0, 40, 45, 60)]
    assert settled == [-45, -5, 0, 0]
    assert Owed(went, due, 45).difference == 45


def test_what_was_handed_on_goes_after_ten_years_unless_it_is_held(
    row: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent()
    last, after = desk.moment(date(2035, 6, 16)), desk.moment(date(2035, 6, 17))

    assert keeping.forget_runs(now=last) == 0
    number = purging.place_hold(reason="a case", actor=world.ACTOR, now=LATER, niss=world.LUC)
    assert keeping.forget_runs(now=after) == 0
    assert Run.objects.exists()
    purging.lift_hold(number=number, actor=world.ACTOR, now=LATER)
    monkeypatch.setattr(clock, "now", lambda: after)
    jobs.forget(0)

    assert not Run.objects.exists()
    assert not Sent.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('guichet.purge', true), '')")
        assert cursor.fetchone() == ("",)
    assert Entry.objects.get(action="careerBreak.payments.forgotten").detail == {"payments": 1}
