"""Decisions follow the rules, or are signed by two; each leaves its letter and its terms."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db import transaction as django_transaction

from guichet.audit.models import Entry
from guichet.documents.models import Document
from guichet.eservices.career_break import words as service
from guichet.eservices.career_break.models import Decision
from guichet.eservices.career_break.office import deciding, operations
from guichet.eservices.career_break.office.deciding import (
    DaysOutside,
    Overtaken,
    ReasonMissing,
    SamePerson,
    UnknownProposal,
)
from guichet.eservices.career_break.office.models import Letter, Proposal
from guichet.eservices.career_break.office.officers import NotYours, OwnFile
from guichet.eservices.career_break.office.operations import ProposalWaiting
from guichet.kernel.money import Money
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.career_break.decisions import Paid, Result
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import FAR, LEADER, READER, officer
from tests.eservices.career_break.world import LUC, NADIA, NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
JUNE = desk.moment(date(2025, 6, 20))
LATE = desk.moment(date(2025, 11, 20))


def decided(row: Any, now: Any = NOW, **given: Any) -> Decision:
    """The decision that the rules propose, taken by the officer alone."""
    done = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, **given), officer=officer(), now=now
    )
    assert isinstance(done, Decision)
    return done


def waits(row: Any, **given: Any) -> Proposal:
    """A decision that a second officer signs."""
    done = deciding.decide(
        ticket=row.ticket, decided=desk.proposed(row, **given), officer=officer(), now=NOW
    )
    assert isinstance(done, Proposal)
    return done


def late_file(**given: Any) -> Any:
    """From 1 September to 31 December 2025, complete on 20 November."""
    return desk.taken(
        now=LATE, filed_at=JUNE, first_day=date(2025, 9, 1), last_day=date(2025, 12, 31),
        notified_on=date(2025, 6, 10), **given,
    )  # fmt: skip


def test_c70_a_file_that_is_complete_too_late_is_paid_from_that_day() -> None:
    row = late_file()

    done = decided(row, LATE)

    assert done.result == "granted"
    assert done.content["period"] == ["2025-09-01", "2025-12-31"]
    assert done.content["paid"] == ["2025-11-20", "2025-12-31"]
    row.refresh_from_db()
    assert row.state == "closed"


def test_c71_a_full_time_credit_for_a_child_of_six_is_granted_without_an_allowance() -> None:
    row = desk.taken(
        now=desk.moment(date(2025, 12, 10)), filed_at=desk.moment(date(2025, 11, 28)),
        leave="time_credit", first_day=date(2026, 3, 1), last_day=date(2026, 8, 31),
        notified_on=date(2025, 11, 20),
        details={"motive": "child", "agreement": "sector", "child_born_on": "2019-05-10"},
        worker={"person": desk.Cared(key="a", born_on=date(2019, 5, 10), parentage="biological")},
    )  # fmt: skip

    done = decided(row, desk.moment(date(2025, 12, 11)))

    assert done.result == "granted_no_allowance"
    data = Document.objects.get(reference=done.document).data
    assert any("TC-09" in one for one in data["basis"])
    assert data["amounts"] is None
    assert done.content["gross"] is None


def test_c73_an_amount_that_changes_has_a_row_of_its_own() -> None:
    row = desk.taken(
        now=desk.moment(date(2025, 12, 10)), filed_at=desk.moment(date(2025, 11, 28)),
        first_day=date(2026, 2, 15), last_day=date(2026, 4, 14), notified_on=date(2025, 11, 28),
    )  # fmt: skip

    done = decided(row, desk.moment(date(2025, 12, 11)))

    assert done.content["rows"] == [
        {"first_day": "2026-02-15", "last_day": "2026-02-28", "gross": 103812, "tax": 1013,
         "net": 93296},
        {"first_day": "2026-03-01", "last_day": "2026-04-14", "gross": 105888, "tax": 1013,
         "net": 95162},
    ]  # fmt: skip


def test_c74_the_employer_reads_that_the_file_is_closed_and_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = desk.taken()
    sent_on = decided(row).content["sent_on"]
    row.refresh_from_db()
    monkeypatch.setattr(clock, "now", lambda: desk.moment(date.fromisoformat(sent_on)))

    page = world.clerk().get(f"/career-break/requests/{row.ticket}/").content.decode()

    assert str(service.STATES["closed"]) in page
    for hidden in ("1038", "038,12", "1 038", "103812", "Granted", "granted", "C62 in", "932"):
        assert hidden not in page.replace("Letter C62 in", "")
    assert row.versions.get(event="decided").said == {}


@pytest.mark.parametrize(
    ("complete", "paid_from"),
    [((2025, 10, 31), "2025-09-01"), ((2025, 11, 1), "2025-09-01"), ((2025, 11, 20), "2025-11-20")],
)
def test_r54_two_months_from_the_day_after_the_start(
    complete: tuple[int, int, int], paid_from: str
) -> None:
    row = desk.taken(
        now=desk.moment(date(*complete)), filed_at=JUNE, first_day=date(2025, 9, 1),
        last_day=date(2025, 12, 31), notified_on=date(2025, 6, 10),
    )  # fmt: skip

    assert decided(row, LATE).content["paid"][0] == paid_from


def test_r57_a_full_parental_leave_of_somebody_who_lives_with_others() -> None:
    done = decided(desk.taken())

    assert (done.content["gross"], done.content["tax"], done.content["net"]) == (
        103812, 1013, 93296,
    )  # fmt: skip
    assert not done.content["supplement"]


def test_r58_a_fifth_of_a_single_parent() -> None:
    row = desk.taken(
        regime="fifth", last_day=date(2025, 8, 31), break_minutes=1920,
        worker={"household": "with_children", "is_in_charge": True},
    )  # fmt: skip

    done = decided(row)

    assert (done.content["gross"], done.content["tax"], done.content["net"]) == (
        35372, 1715, 29306,
    )  # fmt: skip
    assert done.content["supplement"]


def test_a_decision_carries_the_court_and_three_months_from_the_day_after_sending() -> None:
    done = decided(desk.taken())

    # Tuesday 28 January: sent on Wednesday; counted from Thursday.
    assert done.content["sent_on"] == "2025-01-29"
    assert done.content["appeal_until"] == "2025-04-29"
    assert done.content["court"] == "Tribunal du travail du Hainaut"
    assert Letter.objects.get(decision=done).due_on == date(2025, 1, 29)
    [entry] = Entry.objects.filter(action="careerBreak.request.decided")
    assert entry.detail["result"] == "granted"


@pytest.mark.parametrize(
    ("given", "override"),
    [
        ({"result": Result.REFUSED, "paid": ()}, "result"),
        ({"result": Result.GRANTED_NO_ALLOWANCE, "paid": ()}, "result"),
        ({"paid": (Paid(date(2025, 4, 1), date(2025, 4, 30), Money(100000), 1013),)}, "amount"),
        ({"paid": (Paid(date(2025, 4, 1), date(2025, 4, 30), Money(103812), 1000),)}, "amount"),
        ({"paid": (Paid(date(2025, 4, 10), date(2025, 4, 30), Money(103812), 1013),)}, "days"),
        ({"last_day": date(2025, 4, 20),
          "paid": (Paid(date(2025, 4, 1), date(2025, 4, 20), Money(103812), 1013),)}, "days"),
        ({"paid": (Paid(date(2025, 4, 1), date(2025, 4, 30), Money(250000), 1013),)}, "high"),
    ],
)  # fmt: skip
def test_what_differs_from_the_rules_has_a_reason_and_a_second_signature(
    given: dict[str, Any], override: str
) -> None:
    row = desk.taken()

    with pytest.raises(ReasonMissing) as missing:
        waits(row, **given)
    proposal = waits(row, why="Le dossier le montre.", **given)

    assert override in missing.value.overrides
    assert override in proposal.overrides
    row.refresh_from_db()
    assert row.state == "in_progress"
    assert Decision.objects.count() == 0

    done = deciding.sign(proposal=proposal.pk, officer=officer(LEADER), now=NOW)

    row.refresh_from_db()
    assert row.state == "closed"
    assert done.content["rows"] == proposal.content["rows"]
    [entry] = Entry.objects.filter(action="careerBreak.request.decided")
    assert entry.detail["overrides"] == proposal.overrides


def test_an_amount_that_the_table_does_not_know_is_typed_and_signed_by_two() -> None:
    row = desk.taken(
        leave="time_credit", regime="half", first_day=date(2025, 5, 1),
        last_day=date(2025, 10, 31), break_minutes=1200,
        details={"motive": "child", "agreement": "sector", "child_born_on": "2020-05-01"},
    )  # fmt: skip
    paid = (Paid(date(2025, 5, 1), date(2025, 10, 31), Money(60000), 3500),)

    proposal = waits(row, result=Result.GRANTED, paid=paid, why="Montant de la page officielle.")

    assert "typed" in proposal.overrides


def test_the_amount_of_a_single_parents_full_leave_is_above_one_signature() -> None:
    row = desk.taken(worker={"household": "with_children", "is_in_charge": True})

    with pytest.raises(ReasonMissing) as missing:
        waits(row)

    assert missing.value.overrides == {"high"}


def test_nobody_signs_his_own_decision_not_even_past_the_code() -> None:
    row = desk.taken()
    proposal = waits(row, result=Result.REFUSED, paid=(), why="Non.")
    both = officer()
    both = type(both)(both.actor, both.person_id, both.offices, may_decide=True, may_sign=True)

    with pytest.raises(SamePerson):
        deciding.sign(proposal=proposal.pk, officer=both, now=NOW)
    with pytest.raises(SamePerson):
        deciding.send_back(proposal=proposal.pk, reason="Non.", officer=both, now=NOW)
    with pytest.raises(IntegrityError, match="four_eyes"), django_transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="signed", ended_by=both.person_id, ended_at=NOW
        )


@pytest.mark.parametrize("niss", [desk.COLLEAGUE, FAR, READER])
def test_a_second_signature_needs_its_right_in_the_office_of_the_file(niss: str) -> None:
    proposal = waits(desk.taken(), result=Result.REFUSED, paid=(), why="Non.")

    with pytest.raises(NotYours):
        deciding.sign(proposal=proposal.pk, officer=officer(niss), now=NOW)
    with pytest.raises(NotYours):
        deciding.send_back(proposal=proposal.pk, reason="Non.", officer=officer(niss), now=NOW)
    with pytest.raises(UnknownProposal):
        deciding.withdraw(proposal=proposal.pk, officer=officer(niss), now=NOW)


def test_a_decision_that_is_sent_back_is_proposed_anew_and_all_is_kept() -> None:
    row = desk.taken()
    first = waits(row, result=Result.REFUSED, paid=(), why="Non.")
    with pytest.raises(ProposalWaiting):
        waits(row, result=Result.REFUSED, paid=(), why="Encore.")

    deciding.send_back(
        proposal=first.pk, reason="Le droit existe.", officer=officer(LEADER), now=NOW
    )
    decided(row)

    first.refresh_from_db()
    assert (first.state, first.said) == ("sent_back", "Le droit existe.")
    with pytest.raises(UnknownProposal):
        deciding.sign(proposal=first.pk, officer=officer(LEADER), now=NOW)


def test_whoever_proposed_a_decision_can_withdraw_it() -> None:
    row = desk.taken()
    first = waits(row, result=Result.REFUSED, paid=(), why="Non.")

    deciding.withdraw(proposal=first.pk, officer=officer(), now=NOW)

    assert decided(row).result == "granted"


def test_a_file_that_changed_after_the_proposal_is_not_signed() -> None:
    row = desk.taken()
    proposal = waits(row, result=Result.REFUSED, paid=(), why="Non.")
    asking = operations.Asking("worker", "household", "", date(2025, 2, 28))
    with pytest.raises(ProposalWaiting):
        operations.ask(ticket=row.ticket, asking=asking, officer=officer(), now=NOW)
    row.version += 1
    row.save(update_fields=["version"])

    with pytest.raises(Overtaken):
        deciding.sign(proposal=proposal.pk, officer=officer(LEADER), now=NOW)


@pytest.mark.parametrize(
    "given",
    [
        {"first_day": date(2025, 3, 31)},
        {"last_day": date(2025, 5, 1)},
        {"first_day": date(2025, 4, 30), "last_day": date(2025, 4, 29)},
        {"paid": ()},
        {"result": Result.GRANTED_NO_ALLOWANCE},
        {"paid": (Paid(date(2025, 4, 1), date(2025, 5, 1), Money(103812), 1013),)},
        {"paid": (Paid(date(2025, 3, 31), date(2025, 4, 30), Money(103812), 1013),)},
    ],
)
def test_what_is_granted_lies_within_what_was_asked(given: dict[str, Any]) -> None:
    row = desk.taken()

    with pytest.raises(DaysOutside):
        waits(row, why="Parce que.", **given)


def test_nobody_decides_on_his_own_file() -> None:
    row = desk.waiting()
    own = officer()
    own = type(own)(own.actor, Person.objects.get(niss=LUC).pk, own.offices, True, True)

    assert operations.take(tickets=[row.ticket], officer=own, now=NOW) == []
    operations.take(tickets=[row.ticket], officer=officer(), now=NOW)
    with pytest.raises(OwnFile):
        deciding.decide(ticket=row.ticket, decided=desk.refusal(row), officer=own, now=NOW)


def test_c72_an_officer_of_another_office_does_not_decide() -> None:
    row = desk.taken()

    with pytest.raises(NotYours):
        deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=officer(FAR),
                        now=NOW)  # fmt: skip


def test_a_file_that_was_reopened_has_a_second_decision_and_keeps_the_first() -> None:
    row = desk.taken()
    first = decided(row)
    operations.reopen(ticket=row.ticket, reason="Autre adresse.", officer=officer(), now=NOW)
    row.refresh_from_db()

    assert row.state == "in_progress"
    assert Letter.objects.get(decision=first).way == "withdrawn"
    second = decided(row)

    assert [one.number for one in row.decisions.order_by("number")] == [1, 2]
    assert second.document != first.document
    assert row.versions.filter(event="reopened").get().said == {"reason": "Autre adresse."}


@pytest.mark.parametrize("state", ["wait_worker", "wait_onem", "wait_documents", "closed",
                                   "cancelled", "expired"])  # fmt: skip
def test_only_a_file_that_is_being_handled_is_decided(state: str) -> None:
    row = desk.taken()
    wanted = desk.proposed(row)
    row.state = state
    row.save(update_fields=["state"])

    with pytest.raises(StepRefused):
        deciding.decide(ticket=row.ticket, decided=wanted, officer=officer(), now=NOW)


def test_c75_somebody_in_eupen_who_chose_german_gets_german_letters() -> None:
    person = Person.objects.get(niss=NADIA)
    with transaction(actor=world.ACTOR):
        Person.objects.filter(pk=person.pk).update(postcode="4700", municipality="Eupen")
    row = world.filed(NADIA)
    assert row.office == "VER"
    desk.sent(row, language="de")
    chief = type(officer())(officer().actor, officer().person_id, frozenset({"VER"}), True, False)
    operations.take(tickets=[row.ticket], officer=chief, now=NOW)

    row.refresh_from_db()
    done = deciding.decide(ticket=row.ticket, decided=desk.proposed(row), officer=chief, now=NOW)

    assert isinstance(done, Decision)
    made = Document.objects.get(reference=done.document)
    assert made.language == "de"
    assert "Arbeitsgericht Eupen" in made.data["appeal"]
    assert "Elternurlaub" in str(made.data["facts"])
