"""An IN without signing in: the steps, what is shown and what is not, and how many may come."""

from typing import Any, Final

import pytest
from django.test import Client

from guichet.audit.models import Lookup
from guichet.eservices.dimona import operations, processing, unsecured
from guichet.eservices.dimona.models import Declaration
from guichet.platform import clock
from tests.eservices.dimona import world
from tests.eservices.dimona.test_declaring_pages import clerk
from tests.eservices.dimona.test_who_may import ROLES
from tests.eservices.dimona.world import (
    FIRM,
    KARIM,
    LOTTE,
    NO_EMPLOYER,
    NOT_KNOWN,
    NOW,
    UNKNOWN,
    day,
    student,
)
from tests.portal.browsing import text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE: Final = "/dimona/unsigned/"


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def given(**changed: str) -> dict[str, str]:
    """Karim begins tomorrow."""
    good = {
        "employer": FIRM, "type": "OTH", "committee": "XXX", "start": day(1), "ssin": KARIM,
    }  # fmt: skip
    return {name: value for name, value in (good | changed).items() if value}


def asked(client: Client, status: int = 200, **changed: str) -> str:
    """What the page says after this call."""
    answer = client.post(PLACE, given(**changed))
    page = answer.content.decode()
    assert answer.status_code == status, words(page)
    return words(page)


def test_the_steps_lead_from_an_employer_to_a_number() -> None:
    client = Client()

    assert "Step 1 of 4" in text(client, PLACE)
    assert "Firme 0" in asked(client, step="employer", type="", committee="", start="", ssin="")
    assert "National number" in asked(client, step="kind", ssin="")
    assert "Check and send" in asked(client)
    sent = client.post(PLACE, given(sent="yes"))

    row = Declaration.objects.get()
    assert sent["Location"] == f"{PLACE}{row.id}/"
    assert (row.channel, row.sender, row.is_secured) == ("unsecured", "", False)
    assert str(row.id) in text(client, sent["Location"])


def test_the_number_is_shown_in_its_own_browser_only() -> None:
    client = Client()
    place = client.post(PLACE, given(sent="yes"))["Location"]

    assert client.get(place).status_code == 200
    assert Client().get(place).status_code == 404
    assert client.get(f"{PLACE}{10**13}/").status_code == 404


def test_nothing_is_told_of_the_worker_before_or_after() -> None:
    world.said(student(640))
    client = Client()
    work = {
        "type": "STU", "start": day(2), "end": day(2), "planned": "50", "ssin": LOTTE,
    }  # fmt: skip

    shown = asked(client, **work)
    place = client.post(PLACE, given(sent="yes", **work))["Location"]
    processing.process(now=NOW)
    shown += text(client, place)

    assert Declaration.objects.latest("id").anomalies == ["90017-369"]
    assert not [word for word in ("Lotte", "Claes", "369", "quota", "Beyond") if word in shown]
    assert not Lookup.objects.using("audit").exists()


@pytest.mark.parametrize("niss", [KARIM, NOT_KNOWN])
def test_a_known_and_an_unknown_worker_get_the_same_pages(niss: str) -> None:
    client = Client()

    shown = asked(client, ssin=niss)
    sent = client.post(PLACE, given(sent="yes", ssin=niss))
    processing.process(now=NOW)

    assert "Send the declaration" in shown
    assert "It is received" in text(client, sent["Location"])


def test_the_employer_reads_it_after_signing_in_with_the_way_it_came() -> None:
    Client().post(PLACE, given(sent="yes"))
    processing.process(now=NOW)
    row = Declaration.objects.get()

    assert row.result == "A"
    assert str(row.id) in text(clerk(), "/dimona/declarations/")
    assert "with the form without sign-in" in text(clerk(), "/dimona/declarations/")


@pytest.mark.parametrize("number", [UNKNOWN, NO_EMPLOYER])
def test_an_enterprise_that_employs_nobody_is_as_unknown_as_none(number: str) -> None:
    shown = asked(Client(), 422, step="employer", employer=number)

    assert "No employer is registered under this number." in shown
    assert "Firme" not in shown


@pytest.mark.parametrize("number", ["1", "0403.170.702", "abc", "2140000043", "x" * 21])
def test_a_number_that_cannot_exist_is_said_so(number: str) -> None:
    shown = asked(Client(), 422, step="employer", employer=number)

    assert "ten digits" in shown


def test_an_employer_who_closed_this_way_takes_nothing() -> None:
    operations.choose(
        enterprise=FIRM, secured_only=True, daily_registration=True, actor=world.ACTOR, now=NOW
    )

    shown = asked(Client(), 422, step="employer") + asked(Client(), 422, sent="yes")

    assert "secured channels only" in shown
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ssin": ""}, "required"),
        ({"ssin": "85073199903"}, "This is no national number"),
        ({"committee": ""}, "joint committee"),
        ({"type": "BCW"}, ""),
        ({"type": "FLX", "end": day(1)}, ""),
        ({"start": "31/02/2026"}, "Write a day"),
    ],
)
def test_what_the_rules_refuse_by_itself_is_said_before_it_is_sent(
    changed: dict[str, str], said: str
) -> None:
    answer = Client().post(PLACE, given(sent="yes", **changed))

    assert answer.status_code == 422
    assert said in words(answer.content.decode()) or said == "required"
    assert not Declaration.objects.exists()


def test_a_late_beginning_is_warned_of_and_taken() -> None:
    client = Client()

    assert "This declaration is late" in asked(client, start=day(-1))
    client.post(PLACE, given(sent="yes", start=day(-1)))
    processing.process(now=NOW)

    assert Declaration.objects.get().anomalies == ["90373-460"]


def test_a_program_that_fills_in_everything_declares_nothing() -> None:
    shown = asked(Client(), 422, sent="yes", website="https://buy.example.org")

    assert "This form is for people" in shown
    assert not Declaration.objects.exists()


def test_so_many_declarations_an_hour_and_then_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsecured, "DECLARATIONS_AN_HOUR", 2)
    for at in (1, 2):
        assert Client().post(PLACE, given(sent="yes", start=day(at))).status_code == 302

    answer = Client().post(PLACE, given(sent="yes", start=day(3)))

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert Declaration.objects.count() == 2


def test_names_of_employers_cannot_be_read_off_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unsecured, "LOOKS_AN_HOUR", 2)
    for _at in range(2):
        asked(Client(), step="kind", ssin="")

    assert Client().post(PLACE, given(step="kind")).status_code == 429
    assert Client().post(PLACE, given(step="employer")).status_code == 429


def test_a_worker_and_his_number_never_stand_in_an_address() -> None:
    client = Client()

    assert client.get(PLACE, {"ssin": KARIM, "employer": FIRM}).status_code == 200
    sent: Any = client.post(PLACE, given(sent="yes"))
    assert KARIM not in sent["Location"]
    assert sent["Cache-Control"]


def test_the_page_of_the_service_leads_here() -> None:
    assert PLACE in Client().get("/services/dimona/").content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_d39_the_form_is_the_same_for_every_role(role: str) -> None:
    client = ROLES[role]()

    assert client.get(PLACE).status_code == 200
    assert "Firme 0" in asked(client, step="employer")
    assert client.post(PLACE, given(sent="yes")).status_code == 302
    assert Declaration.objects.get().sender == ""


@pytest.mark.parametrize("verb", ["put", "delete", "patch"])
def test_other_verbs_are_refused(verb: str) -> None:
    assert getattr(Client(), verb)(PLACE).status_code == 405


def test_a_form_of_another_site_declares_nothing() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(PLACE, given(sent="yes")).status_code == 403
    assert not Declaration.objects.exists()
