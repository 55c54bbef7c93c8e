"""A month that is handed on for payment: known as it was, never twice, a correction apart."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from guichet.audit import purging
from guichet.audit.models import Entry
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.office.officers import NotYours
from guichet.eservices.career_break.office.operations import reopen
from guichet.eservices.career_break.recovery import jobs, keeping, ledger, runs
from guichet.eservices.career_break.recovery.models import Run, Sent
from guichet.eservices.career_break.recovery.runs import Changed, MonthNotOver, NothingToSend
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.platform import clock
from guichet.rules.career_break.decisions import Paid
from guichet.rules.career_break.payment_runs import Owed, Pair, may_be_sent
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import at_desk, officer
from tests.eservices.career_break.recovery.paid import LATER, Put, granted
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import NADIA

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office", "at"),
]
DESK = "/desk/career-breaks/"
MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
JUNE = Period(date(2025, 6, 1), date(2025, 6, 30))
# The letter of a decision of the 16th went.
AFTER = desk.moment(date(2025, 6, 23))
WHOLE = 93_296  # 1 038.12 gross less 10.13 %


def send(month: Period = MAY, *, count: int = 1, net: int = WHOLE, now: datetime = LATER) -> Run:
    return runs.send(office="MON", month=month, expected=(count, net), officer=officer(), now=now)


def decided_again(row: Request, gross: int) -> None:
    """The office looks again and decides on another amount, by two."""
    reopen(ticket=row.ticket, reason="x", officer=officer(), now=LATER)
    row.refresh_from_db()
    paid = (Paid(row.first_day, row.last_day, Money(gross), 1013),)
    proposal = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, paid=paid, why="Autre montant."),
        officer=officer(), now=LATER,
    )  # fmt: skip
    deciding.sign(proposal=proposal.pk, officer=officer(desk.LEADER), now=LATER)


def test_a_month_is_handed_on_once_and_stays_known(row: Request) -> None:
    granted(NADIA)
    run = send(count=2, net=2 * WHOLE)

    assert (run.number, run.count, run.gross, run.net) == (1, 2, 207_624, 2 * WHOLE)
    line = Entry.objects.get(action="careerBreak.payments.sent")
    assert line.target == "MON/2025-05/1"
    assert line.detail == {"payments": 2, "gross": 207_624, "net": 2 * WHOLE}
    with pytest.raises(NothingToSend):
        send(count=2, net=2 * WHOLE)
    assert Run.objects.count() == 1


def test_a_month_that_runs_is_not_handed_on(row: Request) -> None:
    with pytest.raises(MonthNotOver):
        send(JUNE)
    assert [may_be_sent(MAY, today=day) for day in (MAY.last_day, date(2025, 6, 1))] == [
        False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("who", [desk.FAR, desk.LEADER, desk.READER])
def test_it_is_handed_on_by_who_handles_files_of_the_office(row: Request, who: str) -> None:
    with pytest.raises(NotYours):
        runs.send(office="MON", month=MAY, expected=(1, WHOLE), officer=officer(who), now=LATER)


@pytest.mark.parametrize("expected", [(2, WHOLE), (1, WHOLE - 1), (0, 0)])
def test_what_nobody_looked_at_is_not_handed_on(row: Request, expected: tuple[int, int]) -> None:
    with pytest.raises(Changed):
        send(count=expected[0], net=expected[1])


def test_a_file_that_is_looked_at_again_waits_and_goes_in_the_next_run(row: Request) -> None:
    other = granted(NADIA)
    reopen(ticket=other.ticket, reason="x", officer=officer(), now=LATER)
    assert runs.prepared("MON", month=MAY, today=clock.today(LATER)).held == 1
    send()

    # Its pay day is over, and nothing went for it.
    other.refresh_from_db()
    states = {one.line.period.first_day.month: one.state
              for one in ledger.months(other, today=clock.today(LATER))}  # fmt: skip
    assert states == {4: ledger.PAID, 5: ledger.HELD, 6: ledger.HELD}
    deciding.decide(ticket=other.ticket, decided=desk.proposed(other), officer=officer(), now=LATER)
    with pytest.raises(NothingToSend):  # its letter is still to go
        send()
    second = send(now=AFTER)
    assert (second.number, second.count) == (2, 1)


def test_a_later_decision_that_gives_more_is_a_difference(row: Request) -> None:
    send()
    decided_again(row, 113_812)  # a hundred euros more, gross
    run = send(net=102_283 - WHOLE, now=AFTER)

    assert (run.number, run.gross, run.net) == (2, 10_000, 8_987)
    assert [one.net for one in Sent.objects.order_by("pk")] == [WHOLE, 8_987]
    with pytest.raises(NothingToSend):
        send(net=8_987, now=AFTER)
    paid = ledger.months(row, today=clock.today(LATER))[1]
    assert (paid.state, paid.line.net) == (ledger.PAID, Money(102_283))


def test_a_later_decision_that_gives_less_is_shown_and_asked_back(row: Request, at: Put) -> None:
    run = send()
    decided_again(row, 93_812)
    at(AFTER)

    with pytest.raises(NothingToSend):
        send(now=AFTER)
    page = said(at_desk().get(f"{DESK}payments/runs/{run.key}/"))
    assert "932.96 EUR" in page
    assert "-89.87 EUR is to be asked back" in page
    prepared = said(at_desk().get(f"{DESK}payments/MON/2025-05/"))
    assert "More was handed on than is due now" in prepared
    assert "Nothing is to be handed on for this month." in prepared
    # April was never handed on: there the decision of its pay day counts.
    assert [one.too_much.cents for one in ledger.lowered(row, today=clock.today(LATER))] == [
        8_987, 8_987,
    ]  # fmt: skip


def test_the_desk_hands_a_month_on_from_its_page(row: Request) -> None:
    browser = at_desk()
    month = said(browser.get(f"{DESK}payments/?month=2025-05"))
    assert "Nothing of this month was handed on." in month
    page = browser.get(f"{DESK}payments/MON/2025-05/")
    assert "Luc Vandermeulen" in said(page)

    answer = browser.post(f"{DESK}payments/MON/2025-05/", {"count": "1", "net": str(WHOLE)})
    run = Run.objects.get()
    assert answer["Location"] == f"{DESK}payments/runs/{run.key}/"
    assert "Odile Bureau" in said(browser.get(answer["Location"]))
    twice = browser.post(f"{DESK}payments/MON/2025-05/", {"count": "1", "net": str(WHOLE)})
    assert twice.status_code == 409
    assert "Everything that is due for this month was handed on." in said(twice)
    for place in ("payments/?month=2025-05", "payments/runs/"):
        assert "2025-05 no. 1" in said(browser.get(f"{DESK}{place}"))
    for forged in ({}, {"count": "²", "net": "1"}, {"count": "-1", "net": "9" * 99}):
        assert browser.post(f"{DESK}payments/MON/2025-05/", forged).status_code == 409


def test_the_file_of_a_run_is_what_was_handed_on(row: Request) -> None:
    run = send()
    decided_again(row, 93_812)
    text = at_desk().get(f"{DESK}payments/runs/{run.key}.csv").getvalue().decode("utf-8-sig")
    [_head, line] = csv.reader(io.StringIO(text), delimiter=";")

    assert line[1] == "Vandermeulen"
    assert line[8:] == ["1038,12", "105,16", "932,96"]


def test_another_office_finds_no_run_and_no_page(row: Request) -> None:
    run = send()
    far = at_desk(desk.FAR)

    assert "2025-05" not in said(far.get(f"{DESK}payments/runs/"))
    for place in (f"runs/{run.key}/", f"runs/{run.key}.csv", "MON/2025-05/", "XXX/2025-05/",
                  "LIE/2025-13/"):  # fmt: skip
        assert far.get(f"{DESK}payments/{place}").status_code == 404
    assert far.get(f"{DESK}payments/LIE/2025-05/").status_code == 200
    lead = said(at_desk(desk.LEADER).get(f"{DESK}payments/MON/2025-04/"))
    assert "Luc Vandermeulen" in lead
    assert "Hand on for payment" not in lead


def test_the_database_keeps_what_was_handed_on(row: Request) -> None:
    run = send()
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
    real = ledger.due

    def without(*args: object, **given: Period) -> object:
        line = real(*args, **given)  # type: ignore[arg-type]
        return None if line is None else replace(line, gross=None, net=None)

    monkeypatch.setattr(ledger, "due", without)
    found = runs.prepared("MON", month=MAY, today=clock.today(LATER))
    assert (found.payments, found.unknown) == ((), 1)


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


def test_what_was_handed_on_goes_after_ten_years_unless_it_is_held(
    row: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    send()
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
