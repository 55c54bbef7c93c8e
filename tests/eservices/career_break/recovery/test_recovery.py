"""An allowance paid too much: found, heard, decided by a colleague, told; nothing in silence."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from guichet.audit.models import Entry
from guichet.documents import operations as documents
from guichet.documents import queries as kept
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import deciding
from guichet.eservices.career_break.office.officers import NotYours
from guichet.eservices.career_break.office.operations import reopen
from guichet.eservices.career_break.recovery import ledger, operations, queries
from guichet.eservices.career_break.recovery.models import Recovery
from guichet.eservices.career_break.recovery.operations import Opening, Outcome
from guichet.platform import clock
from guichet.rules.career_break.recovering import NotToSplit
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import COLLEAGUE, at_desk, officer
from tests.eservices.career_break.recovery.paid import (
    ENDED,
    LATER,
    Put,
    decided,
    granted,
    heard,
    opened,
)
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.worker.mine import himself, place
from tests.eservices.career_break.world import NADIA
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
DESK = "/desk/career-breaks/"


def test_months_are_paid_coming_or_held(row: Request) -> None:
    found = ledger.months(row, today=clock.today(LATER))

    assert [(one.line.period.first_day.month, one.state) for one in found] == [
        (4, "paid"), (5, "paid"), (6, "coming"),
    ]  # fmt: skip
    reopen(ticket=row.ticket, reason="x", officer=officer(), now=LATER)
    row.refresh_from_db()
    assert ledger.months(row, today=clock.today(LATER))[-1].state == "held"


def test_only_paid_days_that_were_not_due_are_asked_back(row: Request) -> None:
    recovery = opened(row)

    # May: 932.96 net paid, ten thirtieths of it due.
    assert recovery.months == [["2025-05-01", "2025-05-31", 93_296, 31_099]]
    assert recovery.amount == 93_296 - 31_099
    assert (recovery.state, recovery.answer_by) == ("invited", date(2025, 7, 16))


def test_an_activity_leaves_what_was_paid_before_it(row: Request) -> None:
    opening = Opening(reason="activity", grounds="x", first_day=date(2025, 6, 1))

    with pytest.raises(operations.NothingPaidTooMuch):
        opened(row, opening)
    assert not Recovery.objects.exists()


def test_what_a_later_decision_lowers_is_found(row: Request) -> None:
    reopen(ticket=row.ticket, reason="x", officer=officer(), now=LATER)
    row.refresh_from_db()
    refused = deciding.decide(
        ticket=row.ticket, decided=desk.refusal(row), officer=officer(), now=LATER
    )
    deciding.sign(proposal=refused.pk, officer=officer(desk.LEADER), now=LATER)

    recovery = opened(row, Opening(reason="calculation", grounds="x"))

    assert recovery.amount == 2 * 93_296


def test_nobody_decides_before_the_worker_was_heard_or_alone(row: Request) -> None:
    recovery = opened(row)
    outcome = Outcome(cents=recovery.amount, motivation="x")

    def decide(niss: str, now: datetime = LATER, what: Outcome = outcome) -> Recovery:
        return operations.decide(
            ticket=row.ticket, key=recovery.key, outcome=what, officer=officer(niss), now=now
        )

    with pytest.raises(operations.NotYetHeard):
        decide(COLLEAGUE)
    with pytest.raises(operations.AlreadyOpen):
        opened(row)
    heard(recovery)
    with pytest.raises(operations.OwnRecovery):
        decide(desk.OFFICER)
    for wrong in (Outcome(cents=recovery.amount + 1), Outcome(cents=100, count=25)):
        with pytest.raises(NotToSplit):
            decide(COLLEAGUE, what=wrong)
    done = decide(COLLEAGUE, what=Outcome(cents=recovery.amount, count=3, motivation="Non."))
    assert done.state == "decided"
    assert sum(cents for _until, cents in done.instalments) == recovery.amount
    with pytest.raises(operations.UnknownRecovery):
        decide(COLLEAGUE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.update(decided_by=done.opened_by_id)


def test_silence_lets_the_term_pass_and_no_more(row: Request) -> None:
    recovery = opened(row)

    done = operations.decide(
        ticket=row.ticket, key=recovery.key, outcome=Outcome(cents=None, motivation="Trop peu."),
        officer=officer(COLLEAGUE), now=desk.moment(date(2025, 7, 17)),
    )  # fmt: skip

    assert (done.state, done.asked_back, done.instalments) == ("dropped", None, [])


def test_the_letters_are_sealed_documents_in_the_language_of_the_file(row: Request) -> None:
    recovery = opened(row)
    heard(recovery)
    done = operations.decide(
        ticket=row.ticket, key=recovery.key,
        outcome=Outcome(cents=recovery.amount, count=3, motivation="Vous aviez repris le 11."),
        officer=officer(COLLEAGUE), now=LATER,
    )  # fmt: skip

    for reference in (done.invitation, done.document):
        assert documents.make(reference=reference, now=LATER)
        pdf = kept.sealed_pdf(reference=reference)
        assert pdf is not None
        assert breaches(pdf) == []
    data = documents.Document.objects.get(reference=done.document).data
    text = str(data)
    for told in ("621,97", "207,33", "31/07/2025", "Tribunal du travail", "16/09/2025"):
        assert told in text, told


def test_the_worker_reads_it_answers_and_follows(row: Request, at: Put) -> None:
    recovery = opened(row)
    client = himself()
    where = f"/career-break/recoveries/{recovery.key}/"

    for page in ("/career-break/mine/", place(row)):
        assert where in client.get(page).content.decode(), page
    page = said(client.get(where))
    assert "You may be heard until 16/07/2025" in page
    assert "621.97 EUR" in page
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"months_asked": "25"}).status_code == 422
    done = client.post(where, {"defence": "Non <b>", "months_asked": "3"}, follow=True)
    assert "Your answer is with ONEM" in said(done)
    assert "Non &lt;b&gt;" in done.content.decode()
    for other in (himself(NADIA), Client()):
        assert other.get(where).status_code in (404, 302)
    assert Entry.objects.filter(action="careerBreak.recovery.answered").count() == 1


def test_the_desk_computes_invites_and_decides(row: Request, at: Put) -> None:
    client, base = at_desk(), f"{DESK}{row.ticket}/"
    typed = {"reason": "early_end", "first_day": "11/05/2025", "grounds": "Fin le 10 mai."}

    assert "To be paid" in said(client.get(f"{base}payments/"))
    computed = said(client.post(f"{base}recover/", typed | {"do": "compute"}))
    assert "621.97 EUR" in computed
    assert not Recovery.objects.exists()
    assert client.post(f"{base}recover/", typed | {"do": "invite"})["Location"] == (
        f"{base}payments/"
    )
    [one] = queries.of_file(row)
    heard(one)
    where = f"{base}recoveries/{one.key}/"
    assert "A colleague decides" in said(client.get(where))
    colleague = at_desk(COLLEAGUE)
    decision = {"outcome": "back", "amount": "700", "count": "3", "motivation": "x"}
    assert colleague.post(where, decision).status_code == 422
    done = colleague.post(where, decision | {"amount": "621,97"}, follow=True)
    assert "The decision is taken" in said(done)
    assert "Asked back" in said(colleague.get(f"{base}payments/"))


def test_what_was_asked_back_once_is_asked_back_no_more(row: Request) -> None:
    recovery = opened(row)
    heard(recovery)
    decided(row, recovery)

    with pytest.raises(operations.NothingPaidTooMuch):
        opened(row)
    wider = Opening(reason="early_end", grounds="x", first_day=date(2025, 5, 1))
    again = operations.found(row, wider, today=clock.today(LATER))
    whole = operations.found(granted(NADIA), wider, today=clock.today(LATER))
    assert [one.too_much.cents for one in again] == [
        one.too_much.cents - recovery.amount for one in whole
    ]


def test_what_was_dropped_may_be_looked_at_again(row: Request) -> None:
    recovery = opened(row)
    heard(recovery)
    operations.decide(
        ticket=row.ticket, key=recovery.key, outcome=Outcome(cents=None, motivation="x"),
        officer=officer(COLLEAGUE), now=LATER,
    )  # fmt: skip

    assert opened(row).amount == recovery.amount


def test_of_another_offices_file_nothing_is_asked_back(row: Request) -> None:
    with pytest.raises(NotYours):
        operations.invite(ticket=row.ticket, opening=ENDED, officer=officer(desk.FAR), now=LATER)
    assert not Recovery.objects.exists()
