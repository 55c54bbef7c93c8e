"""The button of a worker: what it offers, what it stores, and what it never does."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.audit.actors import system
from guichet.audit.models import Entry
from guichet.demo import fixtures, numbers
from guichet.eservices.presence.models import Act, Press
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.registers.persons import operations as persons
from guichet.registers.persons.queries import PersonRecord
from guichet.rules.presence_corrections import Step
from tests.portal.browsing import NOW, text, words
from tests.portal.requests_world import asked, decided
from tests.portal.test_phone import told_to
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = "/presence/clock/"
AT = f"{PLACE}?site={fixtures.S1}"
S1, S2, S4 = fixtures.S1, fixtures.S2, fixtures.S4


def press(client: Client, step: str, site: str = S1, **given: Any) -> Any:
    """One press of the button; the answer."""
    return client.post(PLACE, {"step": step, "site": site, "key": str(uuid4())} | given)


def stored() -> list[tuple[str, str, str]]:
    """Kind, site and employer of what is in the log, in order."""
    rows = Act.objects.order_by("occurred_at")
    return [(row.type, row.works_reference, row.enterprise_number or "") for row in rows]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let minutes go by."""

    def go(minutes: float) -> None:
        moment = clock.now() + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return go


def test_a_day_is_registered_button_by_button(
    worker: Client, later: Callable[[float], None]
) -> None:
    assert "I start working" in text(worker, AT)
    answer = press(worker, "start")
    assert (answer.status_code, answer["Location"]) == (302, AT)
    page = text(worker, AT)
    assert "Your start is registered: 15:40." in page
    assert "I take a break" in page

    later(5)
    press(worker, "break")
    later(12)
    page = text(worker, AT)
    assert "on a break for 12 min" in page
    assert "I go on working" in page
    press(worker, "resume")
    later(5)
    assert "I stop working" in text(worker, AT)
    press(worker, "end")
    later(5)

    assert "I start working" in text(worker, AT)
    assert [kind for kind, _site, _employer in stored()] == ["in", "out", "in", "out"]
    assert {employer for _kind, _site, employer in stored()} == {fixtures.E1}
    [act, *_rest] = Act.objects.order_by("occurred_at")
    assert (act.ssin, act.channel, act.activity) == (fixtures.W1, "mobile_manual", "cleaning")
    assert act.address["postCode"]
    assert act.longitude is None
    assert list(Press.objects.order_by("pk").values_list("step", "position")) == [
        ("start", "not_asked"), ("break", "not_asked"), ("resume", "not_asked"),
        ("end", "not_asked"),
    ]  # fmt: skip
    assert Entry.objects.filter(action="presence.step.pressed").count() == 4


def test_the_position_of_the_phone_is_kept_and_a_refusal_is_a_fact(
    worker: Client, later: Callable[[float], None]
) -> None:
    given = {"position": "given", "longitude": "4.3571", "latitude": "50.8466", "accuracy": "12.4"}
    press(worker, "start", **given)
    later(10)
    press(worker, "break", position="refused")

    first, second = Act.objects.order_by("occurred_at")
    assert (first.longitude, first.latitude, first.address) == (4.3571, 50.8466, None)
    assert second.longitude is None
    assert list(Press.objects.order_by("pk").values_list("position", "accuracy_metres")) == [
        ("given", 12), ("refused", None),
    ]  # fmt: skip


def test_a_form_sent_twice_and_a_second_phone_register_once(
    worker: Client, later: Callable[[float], None]
) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert press(worker, "start", key=key).status_code == 302
    later(0.5)
    assert press(worker, "start").status_code == 302  # another phone, another form
    assert "It counts once." in text(worker, AT)

    assert [kind for kind, *_rest in stored()] == ["in"]


def cancelled(client: Client, receipt: int) -> None:
    """The NSSO cancels the act at the employer's request."""
    decided(asked(client, receipt, kind="cancel"), Step.ACCEPT)


def test_a_form_sent_again_tells_that_its_act_was_cancelled_and_stores_nothing(
    worker: Client, clerk: Client
) -> None:
    key = str(uuid4())
    press(worker, "start", key=key)
    receipt = Act.objects.get().receipt
    cancelled(clerk, receipt)

    for _ in range(2):
        assert press(worker, "start", key=key).status_code == 302
        page = text(worker, AT)
        assert f"It was registered with receipt number {receipt} and then cancelled" in page
        assert "It counts once" not in page
    assert "I start working" in page
    assert len(stored()) == 1


def test_a_new_press_at_the_minute_of_a_cancelled_act_is_a_new_act(
    worker: Client, clerk: Client
) -> None:
    press(worker, "start")
    cancelled(clerk, Act.objects.get().receipt)

    press(worker, "start")

    assert "Your start is registered: 15:40." in text(worker, AT)
    assert stored() == [("in", S1, fixtures.E1)] * 2
    press(worker, "start")
    assert len(stored()) == 2


def test_the_page_tells_the_phone_which_of_its_receipts_were_cancelled(
    worker: Client, clerk: Client
) -> None:
    keys = [str(uuid4()) for _ in range(2)]
    press(worker, "start", key=keys[0])
    gone = Act.objects.get().receipt
    cancelled(clerk, gone)
    press(worker, "start", key=keys[1])
    stays = Act.objects.exclude(receipt=gone).get().receipt

    told = told_to(worker)

    assert told["known"] == {keys[0]: [gone], keys[1]: [stays]}
    assert told["cancelled"] == [gone]


def test_an_old_page_is_told_what_is_true_now_and_registers_nothing(
    worker: Client, later: Callable[[float], None]
) -> None:
    press(worker, "start")
    later(5)

    answer = press(worker, "start")

    assert answer.status_code == 409
    assert "your situation has changed" in words(answer.content.decode())
    assert "I take a break" in words(answer.content.decode())
    assert len(stored()) == 1


def test_p17_moving_to_another_site_stores_an_out_and_an_in(
    worker: Client, world: World, later: Callable[[float], None]
) -> None:
    press(worker, "start")
    later(5)
    page = text(worker, f"{PLACE}?site={S4}")
    assert "I leave the other site and start here" in page

    answer = press(worker, "move", S4)

    assert answer.status_code == 302
    assert stored() == [
        ("in", S1, fixtures.E1), ("out", S1, fixtures.E1), ("in", S4, fixtures.E1),
    ]  # fmt: skip
    _in, out, again = Act.objects.order_by("occurred_at")
    assert out.occurred_at < again.occurred_at


def test_what_was_the_last_break_can_become_the_end(
    worker: Client, later: Callable[[float], None]
) -> None:
    press(worker, "start")
    later(5)
    press(worker, "break")
    later(5)

    assert press(worker, "done").status_code == 302

    assert "Nothing more has to be registered." in text(worker, AT)
    assert "I start working" in text(worker, AT)
    assert len(stored()) == 2


def test_p83_who_has_two_employers_at_a_site_chooses(worker: Client, world: World) -> None:
    record = EmploymentRecord(
        niss=fixtures.W1, employer=fixtures.E2, joint_committee="121", worker_type="OTH",
        first_day=world.today - timedelta(days=9),
    )  # fmt: skip
    with transaction():
        employments.declare(employment=record, actor=system("tests"), now=NOW)
    page = worker.get(AT).content.decode()
    assert 'type="radio"' in page

    refused = press(worker, "start")
    assert refused.status_code == 422
    assert "Choose for whom you work here." in words(refused.content.decode())
    assert press(worker, "start", employer=fixtures.E3).status_code == 422
    assert stored() == []
    assert press(worker, "start", employer=fixtures.E2).status_code == 302

    assert stored()[-1] == ("in", S1, fixtures.E2)


def test_nobody_registers_for_an_employer_he_only_names_where_he_has_one(
    worker: Client, world: World
) -> None:
    answer = press(worker, "start", employer=fixtures.E3)

    assert answer.status_code == 422
    assert stored() == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0712.345.630", "0712345630"), ("PL 12345678", "PL12345678")],
)
def test_who_is_known_nowhere_types_the_number_of_his_employer(
    someone: Callable[..., Client], world: World, typed: str, kept: str
) -> None:
    lone = someone(_unemployed(world))
    assert "Nobody is known as your employer today." in text(lone, AT)
    assert press(lone, "start").status_code == 422
    assert press(lone, "start", employer="12").status_code == 422

    assert press(lone, "start", employer=typed).status_code == 302

    [act] = Act.objects.all()
    assert kept in (act.enterprise_number, act.foreign_vat_number)


def test_a_site_that_nobody_declared_wants_a_place(worker: Client, world: World) -> None:
    unknown = "1Y1ZZZZZZZZZZ"
    assert "Not declared" in text(worker, f"{PLACE}?site={unknown}")
    refused = press(worker, "start", unknown)
    assert refused.status_code == 422
    assert "Enter the postcode" in words(refused.content.decode())

    assert press(worker, "start", unknown, postcode="50", municipality="x").status_code == 422
    answer = press(worker, "start", unknown, postcode="5000", municipality="Namur")

    assert answer.status_code == 302
    [act] = Act.objects.all()
    assert act.address["postCode"] == "5000"


def test_at_a_site_of_days_no_hours_are_registered(worker: Client, world: World) -> None:
    answer = press(worker, "start", S2)

    assert answer.status_code == 422
    assert "registered per day" in words(answer.content.decode())
    assert stored() == []


@pytest.mark.parametrize(
    ("code", "repair"),
    [
        ("", "Enter the number of the site."),
        ("1YI03CF8203SZ", "never the letters I and O"),
        ("https://elsewhere.example/s/", "not the number of a site"),
        ("9B0000000000Z", "the number of the declaration of works"),
        ("x" * 3000, "not the code of a site"),
        ("<script>alert(1)</script>", "not the number of a site"),
    ],
)
def test_p81_a_foreign_or_damaged_code_is_answered_in_words(
    worker: Client, world: World, code: str, repair: str
) -> None:
    answer = worker.get(PLACE, {"site": code})

    assert answer.status_code == 422
    assert repair in words(answer.content.decode())
    assert "<script>alert" not in answer.content.decode()


def test_the_poster_leads_to_the_button_through_the_sign_in(worker: Client, world: World) -> None:
    place = f"/s/{S1}/?a=2&k=abc"
    assert worker.get(place)["Location"] == AT
    stranger = Client().get(AT)
    assert stranger.status_code == 302
    assert "clock" in stranger["Location"]
    assert "I start working" in text(worker, f"{PLACE}?site=https://x.example/s/{S1}?a=1")


def test_without_a_site_the_page_asks_for_one_and_then_remembers_the_last(
    worker: Client, world: World, later: Callable[[float], None]
) -> None:
    assert "Where do you work now?" in text(worker, PLACE)
    press(worker, "start")
    later(2)
    assert "I take a break" in text(worker, PLACE)
    assert "Where do you work now?" in text(worker, f"{PLACE}?choose=1")


@pytest.mark.parametrize(
    "given",
    [
        {"step": "fly"}, {"key": "x"}, {"step": "", "key": ""}, {"site": "short"},
        {"longitude": "x", "latitude": "1"}, {"longitude": "999", "latitude": "999"},
        {"employer": "x" * 50}, {"position": "moon"}, {"accuracy": "-1"},
    ],
)  # fmt: skip
def test_a_bent_form_is_refused_and_stores_nothing(
    worker: Client, world: World, given: dict[str, str]
) -> None:
    assert press(worker, **({"step": "start"} | given)).status_code == 422
    assert stored() == []


def test_p26_the_person_is_that_of_the_session_and_never_of_the_form(
    worker: Client, world: World
) -> None:
    press(worker, "start", ssin=fixtures.W2, niss=fixtures.W2, person="2")

    assert [act.ssin for act in Act.objects.all()] == [fixtures.W1]


def test_p26_a_clerk_who_acts_for_an_enterprise_registers_nobody_but_herself(
    clerk: Client, world: World
) -> None:
    press(clerk, "start", employer=fixtures.E1, ssin=fixtures.W1)

    assert [act.ssin for act in Act.objects.all()] == [CLERK]


def test_the_key_of_another_person_gives_nothing_away(
    worker: Client, someone: Callable[..., Client], world: World
) -> None:
    key = str(uuid4())
    press(worker, "start", key=key)
    other = someone(STAFF[0].niss)

    press(other, "start", key=key)

    assert {act.ssin for act in Act.objects.all()} == {fixtures.W1, STAFF[0].niss}


def test_the_page_asks_the_database_few_questions(
    worker: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    press(worker, "start")
    worker.get(AT)

    with django_assert_max_num_queries(14):
        worker.get(AT)


def test_no_form_without_its_token_is_taken(world: World) -> None:
    assert Client(enforce_csrf_checks=True).post(PLACE, {"step": "start"}).status_code == 403


def test_each_page_has_a_key_of_its_own(worker: Client, world: World) -> None:
    keys = {
        re.search(r'id="id_key" value="([^"]+)"', worker.get(AT).content.decode())[1]  # type: ignore[index]
        for _ in range(2)
    }
    assert len(keys) == 2


def _unemployed(world: World) -> str:
    niss = numbers.niss(born_on=date(1992, 3, 4), is_female=False)
    person = PersonRecord(niss, "Noé", "Sansfirme", date(1992, 3, 4), "fr")
    with transaction():
        persons.register(person=person, actor=system("tests"), now=NOW)
    return niss
