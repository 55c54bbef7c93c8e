"""What is told, what follows: an employer's mistake, withdrawal, receipt, decision, changes."""

from datetime import date
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.actors import Actor
from guichet.audit.models import Entry, Lookup
from guichet.documents import operations as documents
from guichet.documents import queries as documents_kept
from guichet.ebox.models import Application
from guichet.eservices.career_break.models import Decision, Request, WorkerPart
from guichet.eservices.career_break.office.models import Letter
from guichet.eservices.career_break.worker import changes, receipts, sending
from guichet.eservices.career_break.worker.models import CHANGES, Change, Objection
from guichet.platform.models import Dispatch
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import day, said
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.worker.mine import himself, place
from tests.eservices.career_break.world import LUC, NOW, TODAY
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
ME = Actor("person", LUC)
# What the employer may never read.
PRIVATE = ("Zoé", "BE68", "5390", "luc@example.be", "0470")


@pytest.fixture
def sender(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The e-Box knows an organisation that sends for this service."""
    name = "guichet.eservices.career_break.{}telling.sender_number"
    for module in ("", "worker."):
        monkeypatch.setattr(name.format(module), lambda: world.OTHER)
    assert not Application.objects.exists()


def told() -> list[dict[str, Any]]:
    """Every message for an e-Box, in its order."""
    jobs = ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id")
    return [job.args for job in jobs]


def to_employer() -> list[dict[str, Any]]:
    return [one for one in told() if one.get("enterprise_number")]


def mails() -> list[Dispatch]:
    return list(Dispatch.objects.order_by("pk"))


def decided(
    row: Request, result: str = "granted", *, due_on: date = TODAY, way: str = "ebox",
    **content: Any,
) -> Decision:  # fmt: skip
    """A decision of the office, as its letter says it, sent on a day."""
    Request.objects.filter(pk=row.pk).update(state="closed")
    number = row.decisions.count() + 1
    decision = Decision.objects.create(
        request=row, number=number, result=result, content=content, at=NOW,
        document=f"{row.pk:015}{number}",
    )  # fmt: skip
    Letter.objects.create(
        request=row, kind="decision", decision=decision, document=decision.document,
        due_on=due_on, way=way, sent_at=NOW if way == "ebox" else None,
    )  # fmt: skip
    return decision


@pytest.mark.usefixtures("sender")
def test_an_employers_mistake_is_told_and_the_request_waits_on() -> None:
    row = world.filed()
    client = himself()
    empty = client.post(place(row, "wrong/"), {"text": " "})
    long = client.post(place(row, "wrong/"), {"text": "x" * 201})
    assert (empty.status_code, long.status_code) == (422, 422)

    for _ in range(2):
        done = client.post(place(row, "wrong/"), {"text": "Mon contrat est de 36 h <b>"})
        assert done["Location"] == place(row)

    row.refresh_from_db()
    assert row.state == "wait_worker"
    assert Objection.objects.count() == 1
    [message] = to_employer()
    assert "36 h" in message["body"]
    assert "36 h" not in mails()[-1].body
    employers = world.clerk().get(f"/career-break/requests/{row.ticket}/")
    assert "Mon contrat est de 36 h &lt;b&gt;" in employers.content.decode()
    assert "Change the end date, or cancel" in said(employers)
    assert "Mon contrat" in said(client.get(place(row)))


@pytest.mark.usefixtures("sender")
def test_a_worker_withdraws_and_both_know() -> None:
    row = world.filed()
    client = himself()
    assert client.post(place(row, "withdraw/"), {}).status_code == 422

    done = client.post(place(row, "withdraw/"), {"sure": "on"}, follow=True)

    row.refresh_from_db()
    assert row.state == "cancelled"
    assert "withdrawn" in said(done)
    assert to_employer()[-1]["reference"].endswith("-employer-withdrawn")
    assert "withdrew the request" in said(
        world.clerk().get(f"/career-break/requests/{row.ticket}/")
    )
    assert client.post(place(row, "withdraw/"), {"sure": "on"}).status_code == 409
    assert client.get(place(row, "identity/")).status_code == 409
    assert world.filed().ticket != row.ticket  # its days are free again


def test_what_was_sent_is_not_withdrawn() -> None:
    row = mine.sent()

    answer = himself().post(place(row, "withdraw/"), {"sure": "on"})

    assert answer["Location"] == place(row, "receipt/")
    row.refresh_from_db()
    assert row.state == "wait_onem"


@pytest.mark.usefixtures("sender")
def test_the_employer_reads_that_it_is_complete_and_nothing_of_it() -> None:
    row = mine.sent()

    message = to_employer()[-1]
    assert message["reference"].endswith("-employer-completed")
    pages = [
        world.clerk().get(f"/career-break/{where}").content.decode()
        for where in ("", f"requests/{row.ticket}/", f"requests/{row.ticket}/receipt/")
    ]
    for text in (str(message), *pages, *(one.subject + one.body for one in mails())):
        assert not [secret for secret in PRIVATE if secret in text]
    assert all(LUC not in one.body + one.subject for one in mails())
    assert "Zoé" not in str(list(row.versions.values_list("said", "content")))


@pytest.mark.usefixtures("sender")
@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_c75_the_receipt_of_everything_is_in_the_chosen_language(language: str) -> None:
    row = mine.sent(identity=mine.TYPED["identity"] | {"language": language})
    reference = WorkerPart.objects.get().document

    assert documents.make(reference=reference, now=NOW)
    receipts.deliver(reference=reference, now=NOW)

    pdf = documents_kept.sealed_pdf(reference=reference)
    assert pdf is not None
    assert breaches(pdf) == []
    [message] = [one for one in told() if one.get("documents")]
    assert message["language"] == language
    assert message["niss"] == LUC
    assert message["documents"][0]["media_type"] == "application/pdf"
    mail = mails()[-1]
    assert (mail.recipient, mail.language) == ("luc@example.be", language)
    data = documents.Document.objects.get(reference=reference).data
    facts = [text for section in data["sections"] for _label, text in section["facts"]]
    assert {"Zoé Vandermeulen", "BE68 5390 0754 7034", "luc@example.be"} <= set(facts)
    assert row.ticket


def test_the_receipt_page_is_there_once_the_part_is_sent() -> None:
    row = world.filed()
    client = himself()
    assert client.get(place(row, "receipt/")).status_code == 404

    mine.sent(row)

    assert "Your part is with ONEM" in said(client.get(place(row, "receipt/")))
    assert "What you said" in said(client.get(place(row)))


def test_a_decision_says_what_is_paid_and_until_when_one_may_appeal() -> None:
    row = mine.sent()
    decided(
        row, period=["2025-04-01", "2025-04-30"], paid=["2025-04-01", "2025-04-30"],
        rows=[{"first_day": "2025-04-01", "last_day": None, "gross": 103812, "tax": 1013}],
        gross=103812, tax=1013, net=93296, reasons=["Une raison."], motivation="Un mot.",
        legal_basis=["A.R. du 29 octobre 1997"], court="Tribunal du travail du Hainaut",
        appeal_until="2025-04-29",
    )  # fmt: skip

    page = said(himself().get(place(row, "decisions/1/")))

    told = (
        "Granted, with an allowance", "1 038,12 €", "932,96 €", "Une raison.", "Un mot.",
        "Tribunal du travail du Hainaut", "29/04/2025", "01/04/2025 - 30/04/2025",
    )  # fmt: skip
    for words in told:
        assert words in page, words
    assert himself().get(place(row, "decisions/2/")).status_code == 404
    assert "Granted, with an allowance" in said(himself().get("/career-break/mine/"))


def test_without_a_day_in_the_letter_an_appeal_is_open_for_three_months() -> None:
    row = mine.sent()
    decided(row, "refused")

    page = said(himself().get(place(row, "decisions/1/")))

    assert "until 28/04/2025" in page
    assert "91 days are left" in page


CHANGED = {
    "address": {"street": "Rue Neuve 1", "postcode": "4700", "municipality": "Eupen",
                "country": "be"},
    "household": {"household": "alone"},
    "activity": {"activity": "self_employed_side"},
    "pension": {"pension": "survivor"},
    "early_end": {"has_agreement": "yes"},
    "account": {"iban": "BE21001234567803", "holder": "Luc Vandermeulen"},
}  # fmt: skip


@pytest.mark.usefixtures("sender")
@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_kept_once_told_and_listed(kind: str) -> None:
    row = mine.sent()
    client = himself()
    typed = CHANGED[kind] | day("from_day", "15/4/2025")

    for _ in range(2):
        done = client.post(place(row, f"changes/{kind}/"), typed, follow=True)
        assert done.status_code == 200, said(done)

    change = Change.objects.get()
    assert (change.kind, change.from_day, change.office) == (kind, date(2025, 4, 15), "MON")
    assert change.ticket.startswith("26C")
    assert "ONEM has your report" in said(done)
    assert "waits at ONEM" in said(client.get("/career-break/mine/changes/"))
    assert told()[-1]["niss"] == LUC
    changes.note(ticket=change.ticket, actor=world.ACTOR, now=NOW)
    assert "seen by ONEM" in said(client.get("/career-break/mine/changes/"))
    assert Entry.objects.filter(action="careerBreak.change.reported").count() == 1


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("account", {"iban": "BE68539007547035", "holder": "Luc"}),
        ("address", CHANGED["address"] | {"country": "12"}),
        ("early_end", {"has_agreement": "yes", **day("from_day", "1/6/2025")}),
        ("early_end", {"has_agreement": "yes", **day("from_day", "1/4/2025")}),
        ("pension", {"pension": "huge"}),
        ("household", {}),
    ],
)
def test_a_change_that_cannot_be_is_refused(kind: str, typed: dict[str, str]) -> None:
    row = mine.sent()

    answer = himself().post(place(row, f"changes/{kind}/"), day("from_day", "15/4/2025") | typed)

    assert answer.status_code == 422
    assert not Change.objects.exists()


def test_there_is_nothing_to_change_before_the_part_is_sent() -> None:
    row = world.filed()

    answer = himself().post(
        place(row, "changes/pension/"), {"pension": "none", **day("from_day", "1/4/2025")}
    )

    assert answer.status_code == 409
    with pytest.raises(changes.NothingToReport):
        changes.report(
            ticket=row.ticket, kind="pension", from_day=TODAY, content={}, language="fr",
            actor=ME, now=NOW,
        )  # fmt: skip


def test_each_state_says_who_acts() -> None:
    row = world.filed()
    client = himself()
    assert "You act now" in said(client.get(place(row)))
    assert "if everything is at ONEM by 01/06/2025" in said(client.get("/career-break/mine/"))
    mine.sent(row)
    for state, words in (
        ("wait_onem", "ONEM acts now"), ("in_progress", "ONEM acts now"),
        ("wait_documents", "ONEM asked your employer"), ("closed", "ONEM decided"),
        ("cancelled", "Nobody has to act"), ("expired", "Nobody has to act"),
    ):  # fmt: skip
        Request.objects.filter(pk=row.pk).update(state=state)
        assert words in said(client.get(place(row))), state
        assert client.get("/career-break/mine/").status_code == 200, state
        is_over = state in ("cancelled", "expired")
        assert client.get(place(row, "payment/")).status_code == (409 if is_over else 302), state


def test_the_start_page_of_a_worker_shows_what_waits() -> None:
    row = world.filed()

    page = said(himself().get("/"))

    assert "Your employer filed a request: Parental leave" in page
    assert "For an allowance from the first day" in page
    mine.sent(row)
    assert "Your employer filed a request" not in said(himself().get("/"))


def test_every_look_at_ones_own_file_is_noted() -> None:
    row = world.filed()

    himself().get(place(row))

    seen = Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.mine")
    assert {one.viewer_id for one in seen} == {LUC}


def test_a_modified_end_is_what_the_worker_sends() -> None:
    row = mine.typed(world.filed())
    world.modified(row)

    done = sending.send(ticket=row.ticket, actor=ME, now=NOW)

    assert done.last_day == date(2025, 5, 31)
    assert done.state == "wait_onem"


def test_who_acts_for_an_enterprise_sees_his_own_file_only() -> None:
    row = world.filed()

    assert world.clerk().get(place(row)).status_code == 404
    assert said(world.clerk().get("/career-break/mine/")).startswith("Your career breaks")
