"""A run of payments from its preparation to its second signature, at its doors."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Entry, Lookup
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import operations as office_operations
from guichet.eservices.career_break.office.deciding import SamePerson
from guichet.eservices.career_break.office.officers import NotYours, OwnFile, give_post
from guichet.eservices.career_break.recovery import jobs, keeping, preparing, queries, runs
from guichet.eservices.career_break.recovery.models import Preparation, Prepared, Run, Sent
from guichet.eservices.career_break.recovery.runs import Changed, UnknownPreparation
from guichet.kernel.period import Period
from guichet.registers.persons.models import Person
from guichet.rules.career_break.payment_runs import NEXT, NotOpen, State, Step, after
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
from tests.eservices.career_break.world import LUC, NADIA

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office", "at"),
]
PAYMENTS: Final = "/desk/career-breaks/payments/"
APRIL: Final = Period(date(2025, 4, 1), date(2025, 4, 30))
JULY = desk.moment(date(2025, 7, 2))
SIGN: Final = {"do": "sign", "count": "1", "net": str(WHOLE)}


def place(row: Preparation) -> str:
    return f"{PAYMENTS}prepared/{row.key}/"


def actions() -> list[str]:
    rows = Entry.objects.filter(action__startswith="careerBreak.payments.").order_by("pk")
    return [one.action.rpartition(".")[2] for one in rows]


def bare(state: State) -> Preparation:
    """A run of another month in a state, without a payment."""
    by = {State.SENT: desk.LEADER, State.SENT_BACK: desk.LEADER, State.WITHDRAWN: desk.OFFICER}
    ended_by = Person.objects.get(niss=by[state]) if state in by else None
    run = None
    if state is State.SENT:
        run = Run.objects.create(
            office="MON", month=APRIL.first_day, number=1, sent_by=ended_by, sent_at=LATER,
            count=1, gross=1, net=1,
        )  # fmt: skip
    return Preparation.objects.create(
        office="MON", month=APRIL.first_day, state=state.value, ended_by=ended_by, run=run,
        prepared_by_id=officer().person_id, asked_at=LATER, moved_at=LATER,
    )  # fmt: skip


def test_the_office_walks_from_the_month_to_a_signed_run(row: Request) -> None:
    browser, leader = at_desk(), at_desk(desk.LEADER)
    month = f"{PAYMENTS}MON/2025-05/"
    assert "Nothing of this month was handed on." in said(browser.get(month))
    answer = browser.post(month)
    one = Preparation.objects.get()
    assert answer["Location"] == place(one)
    page = browser.get(place(one))
    assert "Is being prepared" in said(page)
    assert '<meta http-equiv="refresh" content="2">' in page.content.decode()
    assert "refresh" not in browser.get(f"{place(one)}?still=yes").content.decode()
    jobs._prepared(one.pk)

    page = said(browser.get(place(one)))
    for words in ("Waits for its second signature", "Luc Vandermeulen", "932.96 EUR",
                  "You had this run prepared: somebody else signs it."):  # fmt: skip
        assert words in page
    assert "You hand on 1 payment, 932.96 EUR net." in said(leader.get(place(one)))
    assert Lookup.objects.using("audit").filter(niss=LUC, viewer_id=desk.LEADER).exists()
    answer = leader.post(place(one), SIGN)
    run = Run.objects.get()
    assert answer["Location"] == f"{PAYMENTS}runs/{run.key}/"
    page = said(leader.get(answer["Location"]))
    assert "Handed on by Lise Bureau" in page
    assert "Prepared by Odile Bureau." in page
    assert actions() == ["asked", "prepared", "sent"]
    assert not Prepared.objects.exists()
    ledger = said(browser.get(f"/desk/career-breaks/{row.ticket}/payments/"))
    assert "In which runs it was paid" in ledger
    assert "2025-05 no. 1" in ledger


def test_asked_for_twice_it_is_the_same_one(row: Request) -> None:
    first = preparing.begin(office="MON", month=MAY, officer=officer(), now=LATER)
    again = preparing.begin(office="MON", month=MAY, officer=officer(desk.COLLEAGUE), now=LATER)

    assert (first.pk, actions()) == (again.pk, ["asked"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.create(
            office="MON", month=MAY.first_day, prepared_by_id=officer().person_id,
            asked_at=LATER, moved_at=LATER,
        )  # fmt: skip


@pytest.mark.parametrize("step", [Step.SEND, Step.SEND_BACK, Step.WITHDRAW, Step.FAIL])
def test_each_step_from_each_state(row: Request, step: Step) -> None:
    acts: dict[Step, Callable[[UUID, int], Any]] = {
        Step.SEND: lambda key, _pk: runs.send(
            key=key, expected=(1, WHOLE), officer=officer(desk.LEADER), now=LATER
        ),
        Step.SEND_BACK: lambda key, _pk: runs.send_back(
            key=key, reason="Non.", officer=officer(desk.LEADER), now=LATER
        ),
        Step.WITHDRAW: lambda key, _pk: runs.withdraw(key=key, officer=officer(), now=LATER),
        Step.FAIL: lambda _key, pk: preparing.fail(preparation=pk, now=LATER),
    }
    for state in State:
        one = prepared() if state is State.READY else bare(state)
        before = len(actions())
        if (state, step) in NEXT:
            acts[step](one.key, one.pk)
            assert Preparation.objects.get(pk=one.pk).state == after(state, step)
            assert len(actions()) == before + 1
            continue
        if step is Step.FAIL:  # the job leaves alone what ended meanwhile
            acts[step](one.key, one.pk)
        else:
            with pytest.raises(NotOpen):
                acts[step](one.key, one.pk)
        assert Preparation.objects.get(pk=one.pk).state == state
        assert len(actions()) == before
        if state is State.PREPARING:
            preparing.fail(preparation=one.pk, now=LATER)


@pytest.mark.parametrize(
    ("who", "fault"),
    [(desk.OFFICER, SamePerson), (desk.COLLEAGUE, NotYours), (desk.FAR, UnknownPreparation),
     (desk.READER, UnknownPreparation)],
    ids=["own", "colleague", "far", "reader"],
)  # fmt: skip
def test_nobody_but_a_leader_of_the_office_signs(
    row: Request, who: str, fault: type[Exception]
) -> None:
    one = prepared()
    for act in (
        lambda: runs.send(key=one.key, expected=(1, WHOLE), officer=officer(who), now=LATER),
        lambda: runs.send_back(key=one.key, reason="x", officer=officer(who), now=LATER),
    ):
        with pytest.raises(fault):
            act()
    assert not Run.objects.exists()


def test_who_had_it_prepared_does_not_sign_even_as_a_leader(row: Request) -> None:
    one = prepared()
    one.prepared_by = Person.objects.get(niss=desk.LEADER)
    one.save()
    leader = at_desk(desk.LEADER)

    assert leader.post(place(one), SIGN).status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            office="MON", month=MAY.first_day, number=1, sent_by=one.prepared_by,
            prepared_by=one.prepared_by, sent_at=LATER, count=1, gross=1, net=1,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.filter(pk=one.pk).update(state="sent_back", ended_by=one.prepared_by)


def test_a_leader_signs_no_payment_to_herself(row: Request) -> None:
    one = prepared()
    person = Person.objects.get(niss=desk.LEADER)
    Request.objects.filter(pk=row.pk).update(person=person)

    with pytest.raises(OwnFile):
        runs.send(key=one.key, expected=(1, WHOLE), officer=officer(desk.LEADER), now=LATER)


@pytest.mark.parametrize("who", [desk.FAR, desk.READER], ids=["far", "reader"])
def test_another_office_and_no_run_are_the_same_404(row: Request, who: str) -> None:
    one = prepared()
    browser = at_desk(who)
    nobodys = f"{PAYMENTS}prepared/0b8c1a52-6d0e-4d43-9d64-3f6f7a1d5c11/"

    for where in (place(one), nobodys, f"{PAYMENTS}MON/2025-05/"):
        assert browser.get(where).status_code == 404
        for do in ("sign", "back", "withdraw", ""):
            assert browser.post(where, {"do": do, "reason": "x"}).status_code == 404
    assert at_desk().get(nobodys).status_code == 404
    assert not Lookup.objects.using("audit").filter(viewer_id=who).exists()


def test_what_stands_in_the_way_is_said_on_the_page(row: Request) -> None:
    one = prepared()
    leader, colleague = at_desk(desk.LEADER), at_desk(desk.COLLEAGUE)

    answer = leader.post(place(one), {"do": "back", "reason": ""})
    assert (answer.status_code, "Error:" in said(answer)) == (422, True)
    for forged in ({"do": "sign"}, {"do": "sign", "count": "²", "net": "1"},
                   {"do": "sign", "count": "-1", "net": "9" * 99}):  # fmt: skip
        assert leader.post(place(one), forged).status_code == 409
    assert leader.post(place(one), {"do": "nonsense"}).status_code == 404
    answer = colleague.post(place(one), {"do": "withdraw"})
    assert "Only who had a run prepared withdraws it." in said(answer)
    answer = leader.post(place(one), {"do": "back", "reason": "Deux dossiers manquent."})
    assert answer["Location"] == place(one)
    assert "Deux dossiers manquent." in said(at_desk().get(place(one)))
    answer = leader.post(place(one), SIGN)
    assert answer.status_code == 409
    assert actions()[-1] == "sentBack"
    early = at_desk().post(f"{PAYMENTS}MON/2025-06/")
    assert early.status_code == 409
    assert "A month is handed on once it is over" in said(early)


def test_a_job_that_dies_goes_on_where_it_was(
    row: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted(NADIA)
    monkeypatch.setattr(preparing, "PIECE", 1)
    one = preparing.begin(office="MON", month=MAY, officer=officer(), now=LATER)
    assert preparing.make_part(preparation=one.pk, now=LATER)
    monkeypatch.setattr(preparing, "_keep", lambda *given: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        preparing.make_part(preparation=one.pk, now=LATER)
    monkeypatch.undo()
    monkeypatch.setattr(preparing, "PIECE", 1)
    one.refresh_from_db()
    assert (one.state, one.done, one.total, Prepared.objects.count()) == ("preparing", 1, 2, 1)

    assert preparing.left_behind(now=LATER + preparing.STILL) == []
    assert preparing.left_behind(now=LATER + preparing.STILL + timedelta(seconds=1)) == [one.pk]
    monkeypatch.setattr(preparing.clock, "now", lambda: LATER + 2 * preparing.STILL)
    jobs.go_on(0)
    jobs._prepared(one.pk)  # the job that was thought dead comes back
    one.refresh_from_db()
    assert (one.state, one.done, one.count, one.net) == ("ready", 2, 2, 2 * WHOLE)
    assert Prepared.objects.count() == 2


def test_a_job_without_another_try_says_so(row: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    one = preparing.begin(office="MON", month=MAY, officer=officer(), now=LATER)

    def broken(**_given: Any) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(preparing, "make_part", broken)
    for attempts, state in ((0, "preparing"), (3, "failed")):
        context: Any = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
        with pytest.raises(ZeroDivisionError):
            jobs.prepare(context, preparation=one.pk)
        one.refresh_from_db()
        assert one.state == state
    assert "Could not be prepared" in said(at_desk().get(place(one)))
    monkeypatch.undo()
    assert prepared().state == State.READY


def test_a_sweep_that_breaks_ends_the_run(row: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    one = preparing.begin(
        office="MON", month=MAY, officer=officer(), now=LATER - timedelta(hours=1)
    )
    monkeypatch.setattr(preparing, "_look", lambda *_given, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.go_on(0)
    assert Preparation.objects.get(pk=one.pk).state == "failed"


def test_what_changed_since_does_not_go_with_it(row: Request) -> None:
    other = granted(NADIA)
    one = prepared()
    office_operations.reopen(ticket=other.ticket, reason="x", officer=officer(), now=LATER)
    leader = at_desk(desk.LEADER)

    page = said(leader.get(place(one)))
    assert "1 file changed since the run was prepared and does not go with it" in page
    with pytest.raises(Changed):
        runs.send(key=one.key, expected=(2, 2 * WHOLE), officer=officer(desk.LEADER), now=LATER)
    leader.post(place(one), SIGN)
    assert [one.request_id for one in Sent.objects.all()] == [row.pk]


def test_a_file_that_another_office_paid_meanwhile_does_not_go_again(row: Request) -> None:
    one = prepared()
    run = Run.objects.create(
        office="LIE", month=MAY.first_day, number=1, sent_by_id=officer().person_id,
        sent_at=LATER, count=1, gross=WHOLE, net=WHOLE,
    )  # fmt: skip
    Sent.objects.create(
        run=run, request=row, decision=1, first_day=MAY.first_day, last_day=MAY.last_day,
        gross=WHOLE, net=WHOLE,
    )  # fmt: skip

    assert runs.standing(one).keys == ()
    with pytest.raises(runs.NothingToSend):
        runs.send(key=one.key, expected=(1, WHOLE), officer=officer(desk.LEADER), now=LATER)


def test_a_later_month_points_to_what_is_left_of_earlier_ones(row: Request, at: Put) -> None:
    sent(APRIL)
    sent(MAY)
    late = granted(NADIA)
    decided_again(row, 93_812)
    at(JULY)
    one = prepared(JUNE, now=JULY)

    assert one.left == [["2025-04", 1, WHOLE, 1, -8_987], ["2025-05", 1, WHOLE, 1, -8_987]]
    page = said(at_desk().get(place(one)))
    for words in ("Arrears and corrections", "2025-04", "-89.87 EUR", "179.74 EUR",
                  "1,865.92 EUR"):  # fmt: skip
        assert words in page.replace("1865.92", "1,865.92").replace("1 865.92", "1,865.92")
    assert Prepared.objects.filter(request=late, net=WHOLE).count() == 3
    run = runs.send(
        key=one.key, expected=(2, one.net), officer=officer(desk.LEADER), now=JULY
    )  # fmt: skip
    assert "Arrears and corrections" in said(at_desk().get(f"{PAYMENTS}runs/{run.key}/"))
    assert "Months before it" not in said(at_desk().get(f"{PAYMENTS}MON/2025-06/"))
    april = prepared(APRIL, now=JULY)
    assert (april.count, april.net, april.left) == (1, WHOLE, [["2025-04", 0, 0, 1, -8_987]])


def test_a_month_that_was_never_handed_on_is_named(row: Request, at: Put) -> None:
    sent(APRIL)
    at(JULY)
    assert queries.skipped("MON", month=JUNE.first_day) == [MAY.first_day]
    assert queries.skipped("LIE", month=JUNE.first_day) == []
    assert "Months before it that were never handed on" in said(
        at_desk().get(f"{PAYMENTS}MON/2025-06/")
    )


def test_a_piece_asks_the_database_the_same_however_many_files(
    row: Request, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    granted(NADIA)
    one = preparing.begin(office="MON", month=MAY, officer=officer(), now=LATER)
    with django_assert_max_num_queries(18):
        preparing.make_part(preparation=one.pk, now=LATER)


def test_a_run_that_was_never_handed_on_is_forgotten_with_its_term(row: Request) -> None:
    one = prepared()
    runs.withdraw(key=one.key, officer=officer(), now=LATER)
    assert keeping.forget_preparations(now=desk.moment(date(2035, 6, 16))) == 0
    assert keeping.forget_preparations(now=desk.moment(date(2035, 6, 17))) == 1
    assert not Preparation.objects.exists()


def test_a_leader_of_another_office_who_comes_to_this_one_signs(row: Request) -> None:
    one = prepared()
    give_post(niss=desk.FAR, office="MON", by=world.ACTOR, may_give=True, now=LATER)
    with pytest.raises(NotYours):  # handles files, does not sign
        runs.send(key=one.key, expected=(1, WHOLE), officer=officer(desk.FAR), now=AFTER)
