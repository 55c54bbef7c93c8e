"""A card goes: when it may, what its receipt says, who gets it, and how it is corrected."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from django.db import DatabaseError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Entry, History
from guichet.documents import operations as documents
from guichet.documents.models import Document
from guichet.documents.queries import sealed_pdf
from guichet.eservices.temporary_unemployment.cards import (
    months,
    paying,
    sending,
    sheets,
)
from guichet.eservices.temporary_unemployment.cards.bodies import Body
from guichet.eservices.temporary_unemployment.cards.models import (
    Choice,
    Delivery,
    Sending,
)
from guichet.eservices.temporary_unemployment.cards.sheets import Preferred
from guichet.platform import clock
from guichet.rules.temporary_unemployment.card_days import DayState
from guichet.rules.temporary_unemployment.card_sending import Early, State, StepRefused, Why
from tests.eservices.temporary_unemployment.cards import world
from tests.eservices.temporary_unemployment.cards.world import (
    MARCH,
    PIOTR,
    at,
    card,
    himself,
    key,
    mark,
    place,
    send,
)
from tests.portal.browsing import text, words
from tests.standards import breaches

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("site"),
]
OPENS = at(28, 0, 0)


@pytest.fixture
def ebox(monkeypatch: pytest.MonkeyPatch) -> None:
    """The e-Box knows an organisation that sends for this service."""
    name = "guichet.eservices.temporary_unemployment.cards.telling.sender_number"
    monkeypatch.setattr(name, lambda: world.FACTORY)


def at_the_desk(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Client:
    """The worker, signed in at another moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)
    return himself()


def filled(client: Client, expected: int = 302, month: date = MARCH, **given: str) -> str:
    """The last look is filled in and sent."""
    usual = {"seen": card(month=month, now=clock.now()).seen, "body": "capac", "certified": "on"}
    values = {name: value for name, value in (usual | given).items() if value}
    answer = client.post(place("send/", month=month), values)
    page = answer.content.decode()
    assert answer.status_code == expected, page[-3000:]
    return words(page) if expected != 302 else ""


@pytest.mark.parametrize(
    ("month", "opens"),
    [
        pytest.param("2025-01", "2025-01-30", id="WX-64"),
        pytest.param("2025-02", "2025-02-27", id="February 2025"),
        pytest.param("2025-03", "2025-03-28", id="March 2025"),
        pytest.param("2025-04", "2025-04-29", id="WX-66"),
        pytest.param("2025-05", "2025-05-28", id="WX-67"),
        pytest.param("2025-11", "2025-11-27", id="November 2025"),
        pytest.param("2025-12", "2025-12-30", id="WX-69"),
        pytest.param("2026-01", "2026-01-29", id="WX-70"),
        pytest.param("2026-08", "2026-08-28", id="WX-72"),
    ],
)
def test_wx64_wx66_wx67_wx69_wx70_wx72_the_page_sends_a_card_from_the_first_moment_of_its_window(
    monkeypatch: pytest.MonkeyPatch, month: str, opens: str
) -> None:
    from guichet.kernel.moments import BRUSSELS

    first, day = date.fromisoformat(f"{month}-01"), date.fromisoformat(opens)
    midnight = datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
    eve = datetime.fromtimestamp(midnight.timestamp() - 1, tz=BRUSSELS)

    client = at_the_desk(monkeypatch, eve)
    assert "a card goes in two cases only" in text(client, place("send/", month=first))
    assert "Choose one" in filled(client, 422, first)
    client = at_the_desk(monkeypatch, midnight)
    assert "two cases only" not in text(client, place("send/", month=first))
    filled(client, 302, first)

    assert Sending.objects.get().card.month == first


def test_a_card_goes_early_when_nothing_more_is_asked_and_the_later_days_are_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark(11, "incapacity")
    client = at_the_desk(monkeypatch, at(14, 18))

    filled(client, early="nothing_more")

    made = Sending.objects.get()
    states = {one["day"]: one["state"] for one in made.content["days"]}
    assert states["2025-03-11"] == "incapacity"
    assert states["2025-03-14"] == "unemployed"
    assert {states[f"2025-03-{day}"] for day in range(15, 32)} == {"not_applicable"}
    assert "I ask no allowance any more" in text(client, place("sent/1/"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"early": "not"}, "Choose one"),
        ({"early": "allowed"}, "Write the date and the number of the letter"),
        ({"early": "nothing_more", "body": ""}, "Choose one"),
        ({"early": "nothing_more", "body": "bank"}, "Choose one"),
        ({"early": "nothing_more", "certified": ""}, "Tick the box"),
    ],
)
def test_what_lacks_is_said_and_nothing_goes(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], told: str
) -> None:
    client = at_the_desk(monkeypatch, at(14, 18))

    assert told in filled(client, 422, **given)
    assert not Sending.objects.exists()


def test_an_early_payment_names_its_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    filled(at_the_desk(monkeypatch, at(3)), early="allowed", permission="RVA/2025/77 of 20/02/2025")

    made = Sending.objects.get()
    assert (made.early, made.permission) == ("allowed", "RVA/2025/77 of 20/02/2025")
    assert {one["state"] for one in made.content["days"]} == {"unemployed"}


def test_pressed_twice_it_is_sent_once() -> None:
    seen = card(now=OPENS).seen

    first, second = send(now=OPENS, seen=seen), send(now=OPENS, seen=seen)

    assert first.ticket == second.ticket
    assert first.ticket.startswith("05K")
    assert Sending.objects.count() == 1
    assert Entry.objects.filter(action="temporaryUnemployment.card.sent").count() == 1


def test_a_card_that_changed_in_another_window_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = at_the_desk(monkeypatch, OPENS)
    seen = card(now=OPENS).seen
    mark(29, "holiday", now=OPENS)

    page = filled(client, 422, seen=seen)

    assert "The card changed meanwhile" in page
    assert "Saturday 29 March: Holiday" in page
    assert not Sending.objects.exists()


def test_a_sent_card_is_read_only_and_an_old_page_of_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(now=OPENS)
    client = at_the_desk(monkeypatch, at(28, 9))

    page = client.get(place()).content.decode()
    assert "/28/" not in page
    assert client.post(place("12/"), {"state": "holiday"}).status_code == 409
    with pytest.raises(StepRefused) as refusal:
        mark(12, now=at(28, 9))
    assert refusal.value.why is Why.NOT_OPEN
    assert client.get(place("send/")).status_code == 409


def test_a_correction_is_a_new_version_with_a_reason_and_the_first_one_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(now=OPENS)
    client = at_the_desk(monkeypatch, at(4, 10, month=4))

    answer = client.post(place("correct/"), {"reason": " "})
    assert "Write what is wrong in the card" in words(answer.content.decode())
    assert client.post(place("correct/"), {"reason": "I was ill on the 20th"}).status_code == 302
    assert client.post(place("20/"), {"state": "incapacity"}).status_code == 302
    filled(client)

    first, second = Sending.objects.order_by("version")
    assert [one["state"] for one in first.content["days"]] == ["unemployed"] * 31
    assert second.content["days"][19]["state"] == "incapacity"
    assert second.reason == "I was ill on the 20th"
    assert "replaced by a later one" in text(client, place("sent/1/"))
    assert "I was ill on the 20th" in text(client, place("sent/2/"))
    assert card().state is State.SENT


def test_a_correction_that_is_given_up_says_again_what_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark(20, "holiday")
    send(now=OPENS)
    client = at_the_desk(monkeypatch, at(4, 10, month=4))
    client.post(place("correct/"), {"reason": "A mistake"})
    client.post(place("20/"), {"state": "unemployed", "reason": "No"})
    client.post(place("21/"), {"state": "incapacity"})

    assert client.post(place("give-up/")).status_code == 302
    assert client.post(place("give-up/")).status_code == 302  # pressed twice

    found = card(now=clock.now())
    assert found.state is State.SENT
    assert [one.day.day for one in found.days if one.is_marked] == [20]
    assert found.days[19].state is DayState.HOLIDAY
    assert Sending.objects.count() == 1


def test_a_card_is_corrected_until_the_end_of_the_second_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(now=OPENS)
    late = at_the_desk(monkeypatch, at(1, 10, month=6))

    assert "Correct this card" not in text(late, place())
    answer = late.post(place("correct/"), {"reason": "Too late"})
    assert answer.status_code == 422
    assert "cannot be corrected here any more" in words(answer.content.decode())


def test_an_early_card_that_is_corrected_does_not_pass_its_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(now=at(5), early=Early.NOTHING_MORE)
    client = at_the_desk(monkeypatch, at(10))
    client.post(place("correct/"), {"reason": "There is no work again"})

    assert "Choose one" in filled(client, 422)
    with pytest.raises(StepRefused):
        send(now=at(10))
    assert Sending.objects.count() == 1


@pytest.mark.usefixtures("ebox")
@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Carte de contrôle eC3.2"), ("nl", "Controlekaart eC3.2"),
     ("de", "Kontrollkarte eC3.2"), ("en", "Control card eC3.2")],
)  # fmt: skip
def test_the_receipt_is_a_sealed_document_in_the_language_of_the_page(
    language: str, title: str
) -> None:
    mark(12, reason="Forgot", now=at(12, 9))
    made = send(now=OPENS, language=language)

    assert documents.make(reference=made.document, now=OPENS)
    from guichet.eservices.temporary_unemployment.cards.jobs import deliver

    deliver(reference=made.document)
    deliver(reference=made.document)

    document = Document.objects.get(reference=made.document)
    pdf = sealed_pdf(reference=made.document)
    assert pdf is not None
    assert breaches(pdf) == []
    assert document.title.startswith(title)
    assert document.data["title"] == document.title
    assert len(document.data["days"]["rows"]) == 31
    saturday, monday = document.data["days"]["rows"][0], document.data["days"]["rows"][2]
    assert saturday[1:] != monday[1:]  # a day off that nobody marked counts for nothing
    assert document.language == language
    assert document.subjects == [PIOTR]
    sent = ProcrastinateJob.objects.filter(task_name="ebox.publish")
    assert {job.args["reference"] for job in sent} == {f"control-card-{made.ticket}"}
    assert all("documents" in job.args for job in sent)
    assert Delivery.objects.get().number == f"SPECIMEN-CAPAC-{made.ticket}"


def test_a_payment_body_that_does_not_answer_gets_the_card_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = send(now=OPENS)
    handed: list[paying.Handed] = []

    class Moody:
        def receive(self, one: paying.Handed) -> str:
            handed.append(one)
            if len(handed) == 1:
                raise paying.NotTaken
            return "0042"

    monkeypatch.setattr(paying, "PAYMENT_BODY", Moody())
    with pytest.raises(paying.NotTaken):
        sending.hand_over(document=made.document, now=OPENS)
    client = at_the_desk(monkeypatch, OPENS)
    assert "on its way" in text(client, place("sent/1/"))
    sending.hand_over(document=made.document, now=OPENS)
    sending.hand_over(document=made.document, now=OPENS)

    assert len(handed) == 2
    assert handed[1].body is Body.CAPAC
    assert handed[1].days[0] == (MARCH, "unemployed")
    assert "0042" in text(client, place("sent/1/"))


def test_a_corrected_card_says_which_one_it_replaces(monkeypatch: pytest.MonkeyPatch) -> None:
    from guichet.audit.actors import Actor
    from guichet.eservices.temporary_unemployment.cards import marking

    first = send(now=OPENS)
    marking.reopen(key=key(), reason="Why", actor=Actor("person", PIOTR), now=at(31))
    second = send(now=at(31))
    handed: list[paying.Handed] = []

    class Quick:
        def receive(self, one: paying.Handed) -> str:
            handed.append(one)
            return "1"

    monkeypatch.setattr(paying, "PAYMENT_BODY", Quick())
    sending.hand_over(document=second.document, now=at(31))

    assert handed[0].corrects == first.ticket


@pytest.mark.parametrize(
    "statement",
    ["UPDATE temporary_unemployment_card_sending SET body = 'csc'",
     "DELETE FROM temporary_unemployment_card_sending"],
)  # fmt: skip
def test_what_was_sent_is_never_changed(statement: str) -> None:
    from django.db import connection
    from django.db import transaction as plain

    send(now=OPENS)

    with pytest.raises(DatabaseError), plain.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_change_of_a_card_is_in_its_history() -> None:
    mark(12)
    send(now=OPENS)

    rows = History.objects.filter(table_name="temporary_unemployment_card").order_by("id")
    assert [row.state["state"] for row in rows][-1] == "sent"
    assert {row.actor_id for row in rows} == {PIOTR}


def test_the_choices_are_kept_and_the_allowances_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    client = himself()
    where = "/temporary-unemployment/mine/choices/"
    given = {"body": "fgtb", "usual_start": "6", "weekly": "38", "daily": "7,6"}

    bad = client.post(where, given | {"daily": "40", "usual_start": ""})
    assert bad.status_code == 422
    assert "Write at what time your work usually begins" in words(bad.content.decode())
    assert client.post(where, given).status_code == 302

    row = Choice.objects.get()
    assert (row.body, row.weekly_minutes, row.daily_minutes) == ("fgtb", 38 * 60, 456)
    assert "from 06:00" in text(client, place())
    page = text(at_the_desk(monkeypatch, OPENS), place("send/"))
    assert "25 daily allowances" in page  # 21 working days of 7.6 hours x 6 / 38
    assert send(now=OPENS, body=Body.CSC).body == "csc"
    assert Choice.objects.get().body == "csc"


@pytest.mark.parametrize(("days", "number"), [(1, "1"), (2, "2.5"), (5, "6")])
def test_allowances_are_rounded_to_halves(days: int, number: str) -> None:
    found = card().days
    weeks = [one for one in found if one.is_working][:days]

    chosen = Preferred("", sheets.USUAL_START, 38 * 60, 456)

    assert months.allowance(weeks, chosen) == Fraction(number)
