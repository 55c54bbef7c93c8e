"""What the page's script gets over the session: a token; and corrections of what came too late."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from guichet.access import personal_tokens
from guichet.access.keys import current_keys, ensure_keys
from guichet.audit.actors import system
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.eservices.presence.models import Correction, Press, Pseudonym
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons.models import Person
from guichet.rules.presence_corrections import Step
from tests.portal.browsing import NOW, text, words
from tests.portal.requests_world import asked, decided
from tests.portal.world import CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TOKEN, LATE = "/presence/clock/token/", "/presence/clock/late/"
MINE = "/presence/corrections/"


def post(client: Client, place: str, body: object) -> Any:
    """A call of the script."""
    return client.post(place, json.dumps(body), content_type="application/json")


def late(minutes: float = 12, **changed: Any) -> dict[str, Any]:
    """An act whose ten minutes ran out."""
    moment = (clock.now() - timedelta(minutes=minutes)).isoformat()
    good: dict[str, Any] = {
        "key": str(uuid4()),
        "type": "in",
        "step": "start",
        "site": fixtures.S1,
        "occurredAt": moment,
        "deviceAt": moment,
        "employer": {"enterpriseNumber": fixtures.E1},
    }
    return good | changed


def prepared(client: Client, *acts: object) -> list[dict[str, Any]]:
    """What became of each act."""
    answer = post(client, LATE, {"acts": acts})
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["acts"]
    return found


def test_the_token_is_for_the_person_of_the_session_under_a_name_that_stays(
    worker: Client,
) -> None:
    ensure_keys(settings.ENVIRONMENT.oauth_keys)
    first, second = (post(worker, TOKEN, {}).json() for _ in range(2))

    environment = settings.ENVIRONMENT
    holder = personal_tokens.verify(
        authorization=f"Bearer {second['token']}",
        keys=current_keys(environment.oauth_keys),
        issuer=environment.issuer,
        audience=environment.own_acts_audience,
        now=clock.now().timestamp(),
    )
    [row] = Pseudonym.objects.all()
    assert first["owner"] == second["owner"] == str(holder.pseudonym) == str(row.pseudonym)
    assert row.person.niss == fixtures.W1
    assert fixtures.W1 not in json.dumps(second)
    assert second["door"] == f"{environment.services_url}/REST/checkInOut/v1/acts/register"
    assert second["expiresIn"] == 300
    assert datetime.fromisoformat(second["now"]) <= clock.now()
    assert Entry.objects.filter(action="presence.pseudonym.made").count() == 1


@pytest.mark.parametrize("place", [TOKEN, LATE])
def test_a_visitor_gets_a_problem_and_a_form_token_is_needed(worker: Client, place: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = worker.cookies

    visitor = post(Client(), place, {})

    assert visitor.status_code == 401
    assert visitor["Content-Type"] == "application/problem+json"
    assert post(strict, place, {}).status_code == 403
    assert worker.get(place).status_code == 405


@pytest.mark.parametrize("body", [[], None, {"ssin": "85073100130"}, {"acts": []}, "x"])
def test_another_body_is_refused(worker: Client, body: object) -> None:
    assert post(worker, TOKEN, body).status_code == 400
    assert post(worker, LATE, body).status_code == 400


def test_p24_what_came_too_late_is_kept_once_and_is_no_act(worker: Client) -> None:
    act = late()

    [first] = prepared(worker, act)
    [again] = prepared(worker, act)
    [second_phone] = prepared(worker, late(11.5))

    assert first["outcome"] == "prepared"
    assert first == again
    assert second_phone["href"] == first["href"]
    [row] = Correction.objects.all()
    assert (row.person.niss, row.kind, row.reason, row.state) == (
        fixtures.W1, "add", "noNetwork", "prepared",
    )  # fmt: skip
    assert (row.type, row.works_reference, row.enterprise_number) == (
        "in", fixtures.S1, fixtures.E1,
    )  # fmt: skip
    assert not Press.objects.exists()
    assert Entry.objects.filter(action="presence.correction.prepared").count() == 1


def test_an_act_that_arrived_after_all_needs_no_correction(worker: Client, world: World) -> None:
    moment = clock.now() - timedelta(minutes=12)
    receipt = world.act(fixtures.W1, "in", moment)

    [found] = prepared(worker, late(12))

    assert found == {**found, "outcome": "registered", "receipt": receipt}
    assert not Correction.objects.exists()


def test_an_act_that_arrived_and_was_cancelled_is_told_as_such_and_not_asked_again(
    worker: Client, clerk: Client
) -> None:
    key = str(uuid4())
    site = {"step": "start", "site": fixtures.S1}
    worker.post("/presence/clock/", {**site, "key": key})
    receipt = Press.objects.get().receipt
    assert receipt is not None
    decided(asked(clerk, receipt, kind="cancel"), Step.ACCEPT)

    [same, again] = [*prepared(worker, late(key=key)), *prepared(worker, late(key=key))]
    [other] = prepared(worker, late(0.5))

    assert same == again
    assert (same["outcome"], same["receipt"]) == ("cancelled", receipt)
    assert other["outcome"] == "prepared"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"minutes": -5}, "future"),
        ({"minutes": 60 * 24 * 32}, "tooLate"),
        ({"site": "1Y103"}, "site"),
        ({"employer": {"enterpriseNumber": "0712345631"}}, "employer"),
    ],
)
def test_an_unfit_act_is_told_why(worker: Client, changed: dict[str, Any], code: str) -> None:
    [found] = prepared(worker, late(**changed))

    assert (found["outcome"], found["code"]) == ("refused", code)
    assert not Correction.objects.exists()


def test_p24_p32_the_worker_reads_it_and_sends_it_to_his_employer(worker: Client) -> None:
    [found] = prepared(worker, late())

    listed = words(worker.get(MINE).content.decode())
    page = words(worker.get(found["href"]).content.decode())
    sent = worker.post(found["href"], {"step": "report", "words": "In the cellar."})

    assert "Prepared, not sent yet" in listed
    assert "The phone had no network for more than 10 minutes." in page
    assert (sent.status_code, sent["Location"]) == (302, found["href"])
    row = Correction.objects.get()
    assert (row.state, row.words) == ("reported", "In the cellar.")
    assert row.reported_at
    after = words(worker.get(found["href"]).content.decode())
    assert "With your employer" in after
    assert "Send to my employer" not in after
    assert worker.post(found["href"], {"step": "report"}).status_code == 409
    assert Entry.objects.filter(action="presence.correction.reported").count() == 1


def test_a_correction_can_be_withdrawn_and_the_line_stays(worker: Client) -> None:
    [found] = prepared(worker, late())

    assert worker.post(found["href"], {"step": "withdraw"}).status_code == 302

    assert Correction.objects.get().state == "withdrawn"
    assert worker.post(found["href"], {"step": "withdraw"}).status_code == 409


def test_after_thirty_days_it_can_no_longer_be_sent(worker: Client) -> None:
    [found] = prepared(worker, late())
    yesterday = clock.today(clock.now()) - timedelta(days=1)
    Correction.objects.update(last_day=yesterday)

    answer = worker.post(found["href"], {"step": "report", "words": "Late."})

    assert answer.status_code == 422
    assert "has passed" in words(answer.content.decode())
    assert "Late." not in Correction.objects.get().words


def test_p96_anothers_correction_and_none_are_the_same_404(worker: Client, clerk: Client) -> None:
    [found] = prepared(worker, late())

    for place in (found["href"], f"{MINE}999999/"):
        assert clerk.get(place).status_code == 404
        assert clerk.post(place, {"step": "report"}).status_code == 404
    assert Correction.objects.get().state == "prepared"


def test_too_many_words_are_asked_again_and_kept(worker: Client) -> None:
    [found] = prepared(worker, late())

    answer = worker.post(found["href"], {"step": "report", "words": "x" * 501})

    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()


def test_p32_a_mistake_in_an_own_act_goes_to_the_employer_and_the_act_stays(
    worker: Client, world: World
) -> None:
    [receipt] = world.day(fixtures.W1, "07:00")
    place = f"/presence/my-registrations/{receipt}/mistake/"
    told = {"kind": "changeTime", "time": "06:45", "reason": "forgotten", "words": "I was early."}

    page = words(worker.get(f"/presence/my-registrations/{receipt}/").content.decode())
    answer = worker.post(place, told)
    again = worker.post(place, told)

    assert "Tell my employer what is wrong" in page
    row = Correction.objects.get()
    assert answer["Location"] == again["Location"] == f"{MINE}{row.pk}/"
    assert (row.receipt, row.kind, row.state, row.words) == (
        receipt, "changeTime", "reported", "I was early.",
    )  # fmt: skip
    assert row.occurred_at == world.at("06:45")
    shown = words(worker.get(answer["Location"]).content.decode())
    assert "The time is wrong" in shown
    act = words(worker.get(f"/presence/my-registrations/{receipt}/").content.decode())
    assert "07:00" in act


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "Choose what is wrong."),
        ({"kind": "changeTime"}, "Enter the right time"),
        ({"kind": "changeTime", "time": "25:99"}, "Enter a time"),
        ({"kind": "changeTime", "time": "23:59"}, "This time is still to come."),
        ({"kind": "changeSite"}, "Enter the number of the right site."),
        ({"kind": "changeSite", "site": "1Y1"}, "This is not the number of a site."),
        ({"kind": "changeEmployer"}, "Enter the number of the right employer."),
        ({"kind": "changeEmployer", "employer": "12"}, "This is not the number of an enterprise."),
        ({"kind": "fly"}, "fly"),
        ({"kind": "cancel", "words": ""}, "Say in a sentence what happened."),
    ],
)
def test_a_mistake_that_is_not_said_in_full_is_asked_again(
    worker: Client, world: World, told: dict[str, str], sentence: str
) -> None:
    [receipt] = world.day(fixtures.W1, "07:00")
    whole = {"reason": "other", "words": "A slip of the finger."} | told

    answer = worker.post(f"/presence/my-registrations/{receipt}/mistake/", whole)

    assert answer.status_code == 422
    assert sentence in words(answer.content.decode())
    assert not Correction.objects.exists()


def test_a_mistake_in_anothers_act_is_a_404_and_after_thirty_days_too_late(
    worker: Client, world: World
) -> None:
    [foreign] = world.day(fixtures.W2, "07:00")
    [old] = world.day(fixtures.W1, "07:00", day=world.today - timedelta(days=31))
    told = {"kind": "cancel", "reason": "other", "words": "Not me."}

    assert worker.post(f"/presence/my-registrations/{foreign}/mistake/", told).status_code == 404
    late = worker.post(f"/presence/my-registrations/{old}/mistake/", told)

    assert late.status_code == 422
    assert "has passed" in words(late.content.decode())
    assert not Correction.objects.exists()


def test_the_files_of_the_app_are_for_everybody_and_hold_nothing_of_anybody(
    worker: Client,
) -> None:
    for language in ("en", "fr", "nl", "de"):
        program = worker.get(f"/presence/clock/worker.js?language={language}")
        page = Client().get(f"/presence/clock/offline/{language}/")

        assert program["Content-Type"].startswith("text/javascript")
        assert program["Cache-Control"] == "no-cache"
        assert program["Service-Worker-Allowed"] == "/presence/clock/"
        assert f'"/presence/clock/offline/{language}/"' in program.content.decode()
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.content.decode()
        assert fixtures.W1 not in program.content.decode() + page.content.decode()
    assert worker.get("/presence/clock/worker.js?language=xx").status_code == 404
    assert worker.get("/presence/clock/offline/xx/").status_code == 404
    told = Client().get("/presence/clock/app.webmanifest").json()
    assert told["scope"] == told["start_url"] == "/presence/clock/"
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}


def test_only_the_page_of_the_button_may_call_the_services(worker: Client) -> None:
    clock_page = worker.get(f"/presence/clock/?site={fixtures.S1}")
    other = worker.get("/presence/my-registrations/")

    services = settings.ENVIRONMENT.services_url
    assert f"connect-src 'self' {services};" in clock_page["Content-Security-Policy"]
    assert "connect-src 'self';" in other["Content-Security-Policy"]


def told_to(client: Client) -> dict[str, Any]:
    """What the page of the button says to its script."""
    page = client.get(f"/presence/clock/?site={fixtures.S1}").content.decode()
    data = page.split("data-page", 1)[1].split(">", 1)[1].split("</script>", 1)[0]
    found: dict[str, Any] = json.loads(data)
    return found


@pytest.mark.parametrize("worker_type", ["OTH", "STG"])
def test_a_temporary_worker_or_trainee_registers_for_whom_he_works_not_for_who_pays_him(
    world: World, someone: Callable[..., Client], worker_type: str
) -> None:
    record = EmploymentRecord(
        niss=fixtures.W3, employer=fixtures.E3, joint_committee="322", worker_type=worker_type,
        first_day=world.today - timedelta(days=9), user_enterprise=fixtures.E2,
    )  # fmt: skip
    with transaction():
        employments.declare(employment=record, actor=system("tests"), now=clock.now())

    told = told_to(someone(fixtures.W3))

    assert [one["key"] for one in told["situation"]["employers"]] == [fixtures.E2]
    assert told["situation"]["employer"] == fixtures.E2


def test_the_page_tells_the_phone_for_whom_and_where_and_no_number_of_the_person(
    worker: Client,
) -> None:
    told = told_to(worker)

    assert told["situation"]["site"] == fixtures.S1
    assert told["situation"]["steps"][0] == "start"
    assert [one["key"] for one in told["situation"]["employers"]] == [fixtures.E1]
    assert fixtures.W1 not in json.dumps(told)


STAFF_CORRECTIONS = "/presence/staff/corrections/"


def test_p32_the_employer_sees_what_his_workers_report_and_nobody_elses(
    worker: Client, clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    [told] = prepared(worker, late())
    number = Correction.objects.get().pk
    assert told
    assert "Nothing reported" in text(clerk, STAFF_CORRECTIONS)  # not sent yet
    said = {"step": "report", "words": "No <b>network</b>"}
    worker.post(f"{MINE}{number}/", said)

    page = text(clerk, STAFF_CORRECTIONS)

    assert "Lemaire Karim" in page
    assert "It is missing." in page
    assert "No &lt;b&gt;network" in clerk.get(STAFF_CORRECTIONS).content.decode()
    assert "Waits for you" in page
    assert "A worker reports a mistake" in text(clerk, "/")
    assert "Nothing reported" in text(someone(CLERK, fixtures.E3), STAFF_CORRECTIONS)
    assert worker.get(STAFF_CORRECTIONS).status_code in (302, 403)
    seen = Lookup.objects.using("audit").filter(purpose="presence.correction")
    assert {row.niss for row in seen} == {fixtures.W1}


def test_p32_a_mistake_in_an_act_goes_to_the_employer_of_the_act(
    worker: Client, clerk: Client, world: World
) -> None:
    [receipt] = world.day(fixtures.W1, "07:00")
    Correction.objects.create(
        person=Person.objects.get(niss=fixtures.W1), key=uuid4(), kind="changeEmployer",
        reason="wrongEmployer", receipt=receipt, type="in", step="start", occurred_at=NOW,
        works_reference=fixtures.S1, enterprise_number=fixtures.E3, state="reported",
        prepared_at=NOW, reported_at=NOW, last_day=world.today,
    )  # fmt: skip

    page = text(clerk, STAFF_CORRECTIONS)

    assert "The employer is wrong" in page
    assert str(receipt) in page
