"""Webhooks: signed messages to the software of an enterprise about its registrations."""

import contextlib
import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from guichet.access import channels
from guichet.access.webhooks import jobs, operations, sending, signing
from guichet.access.webhooks.models import Delivery, Subscription
from guichet.access.webhooks.operations import Event, Undelivered
from guichet.audit.actors import system
from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.eservices.presence import validation
from guichet.eservices.presence.days import operations as days
from guichet.eservices.presence.days import validation as day_validation
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.eservices.presence.webhook_kinds import ACTS, DAYS
from guichet.platform import clock
from tests.access.machine import ec_key, machine
from tests.doors import stored

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ACTOR: Final = system("tests")
ADDRESS: Final = "https://software.example.be/in"


class Receiver:
    """A server that keeps what comes, and answers what it is told to."""

    def __init__(self) -> None:
        self.status = 204
        self.seen: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.seen.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                """Nothing to the screen."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/in?from=guichet"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def subscribed(address: str = ADDRESS, enterprise: str = fixtures.E1) -> Subscription:
    return operations.subscribe(
        enterprise_number=enterprise,
        address=address,
        kinds=[ACTS, DAYS],
        actor=ACTOR,
        now=clock.now(),
    )


def waiting(enterprise: str = fixtures.E1) -> list[Delivery]:
    found = Delivery.objects.filter(subscription__enterprise_number=enterprise)
    return list(found.order_by("pk"))


def told(items: int = 1) -> Delivery:
    events = [Event(fixtures.E1, ACTS, {"id": number}) for number in range(items)]
    assert operations.tell(events=events, now=clock.now()) == 1
    return waiting()[-1]


def test_a_receiver_that_is_not_ours_verifies_what_is_sent(receiver: Receiver) -> None:
    row = subscribed(receiver.address)
    sent = told()

    operations.deliver(delivery=sent.pk, now=clock.unshifted())

    [(headers, body)] = receiver.seen
    message = Webhook(operations.secret_of(row)).verify(body, headers)
    assert message["type"] == ACTS
    assert message["data"] == {"items": [{"id": 0}]}
    assert headers["webhook-id"] == str(sent.number)
    sent.refresh_from_db()
    assert (sent.state, sent.answer, sent.tries) == ("delivered", "204", 1)
    with pytest.raises(WebhookVerificationError):
        Webhook(operations.secret_of(row)).verify(body + b" ", headers)
    operations.deliver(delivery=sent.pk, now=clock.unshifted())
    assert len(receiver.seen) == 1


def test_a_new_secret_makes_the_former_one_useless(receiver: Receiver) -> None:
    row = subscribed(receiver.address)
    former = operations.secret_of(row)

    new = operations.renew_secret(
        number=row.number, enterprise_number=fixtures.E1, actor=ACTOR, now=clock.now()
    )
    operations.deliver(delivery=told().pk, now=clock.unshifted())

    [(headers, body)] = receiver.seen
    assert new != former
    assert Webhook(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(former).verify(body, headers)


def test_what_nobody_takes_comes_again_with_the_same_bytes_and_is_given_up_at_last(
    receiver: Receiver,
) -> None:
    subscribed(receiver.address)
    receiver.status = 302  # followed by nobody
    sent = told()

    for _again in range(operations.TRIES - 1):
        with pytest.raises(Undelivered):
            operations.deliver(delivery=sent.pk, now=clock.now())
    operations.deliver(delivery=sent.pk, now=clock.now())

    sent.refresh_from_db()
    assert (sent.state, sent.answer, sent.tries) == ("given_up", "302", operations.TRIES)
    assert len({(headers["webhook-id"], body) for headers, body in receiver.seen}) == 1
    assert len(receiver.seen) == operations.TRIES


def test_gone_means_that_nothing_more_is_wanted(receiver: Receiver) -> None:
    row = subscribed(receiver.address)
    receiver.status = 410

    operations.deliver(delivery=told().pk, now=clock.now())

    row.refresh_from_db()
    assert row.state == "paused"
    assert waiting()[-1].state == "given_up"


def test_nobody_there_is_a_try_and_no_accident(receiver: Receiver) -> None:
    receiver.server.server_close()
    subscribed(receiver.address)
    sent = told()

    with pytest.raises(Undelivered):
        operations.deliver(delivery=sent.pk, now=clock.now())

    sent.refresh_from_db()
    assert (sent.state, sent.answer) == ("waiting", "unreachable")


def test_a_paused_one_is_told_nothing_and_what_waits_is_given_up(receiver: Receiver) -> None:
    row = subscribed(receiver.address)
    sent = told()
    operations.change_state(
        number=row.number, enterprise_number=fixtures.E1, state="paused", actor=ACTOR,
        now=clock.now(),
    )  # fmt: skip

    operations.deliver(delivery=sent.pk, now=clock.now())
    more = operations.tell(events=[Event(fixtures.E1, ACTS, {})], now=clock.now())

    sent.refresh_from_db()
    assert (sent.state, more, receiver.seen) == ("given_up", 0, [])


def test_events_travel_together_at_most_a_hundred() -> None:
    subscribed()
    subscribed(enterprise=fixtures.E2)
    events = [Event(fixtures.E1, ACTS, {"id": number}) for number in range(101)]

    made = operations.tell(events=[*events, Event(fixtures.E3, ACTS, {})], now=clock.now())

    assert made == 2
    sizes = [len(json.loads(one.body)["data"]["items"]) for one in waiting()]
    assert sizes == [100, 1]
    assert waiting(fixtures.E2) == []


def test_old_messages_are_forgotten() -> None:
    subscribed()
    told()

    assert operations.forget(now=clock.now() + timedelta(days=29)) == 0
    assert operations.forget(now=clock.now() + timedelta(days=31)) == 1
    jobs.forget_webhooks(timestamp=0)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("software.example.be", "form"),
        ("https://", "form"),
        ("https://example.be:port/", "form"),
        ("https://exa mple.be/", "form"),
        ("https://exämple.be/", "form"),
        ("https://example.be/" + "x" * 500, "form"),
        ("ftp://example.be/", "scheme"),
        ("http://example.be/", "scheme"),
        ("file:///etc/passwd", "form"),
        ("https://me:secret@example.be/", "userinfo"),
        ("https://example.be/#part", "userinfo"),
        ("https://10.0.0.1/", "private"),
        ("https://169.254.169.254/latest/", "private"),
        ("https://127.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:192.168.1.1]/", "private"),
        ("https://224.0.0.1/", "private"),
    ],
)
def test_only_public_https_addresses_are_taken(address: str, why: str) -> None:
    with pytest.raises(sending.AddressRefused) as refused:
        sending.checked(address, is_simulation=False)
    assert refused.value.why == why


def test_a_name_that_leads_inside_is_refused_when_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name was public when it was given; what it says at the moment of sending counts."""
    monkeypatch.setattr(
        sending.socket,
        "getaddrinfo",
        lambda *_args, **_kw: [
            (2, 1, 6, "", ("93.184.216.34", 443)),
            (2, 1, 6, "", ("10.0.0.8", 443)),
        ],
    )  # fmt: skip
    with pytest.raises(sending.AddressRefused):
        sending.target(ADDRESS, is_simulation=False)
    subscribed()
    sent = told()
    operations.deliver(delivery=sent.pk, now=clock.now())
    sent.refresh_from_db()
    assert (sent.state, sent.answer) == ("given_up", "private")


@given(st.text(max_size=60))
def test_no_text_is_an_accident(text: str) -> None:
    with contextlib.suppress(sending.AddressRefused):
        sending.checked(text, is_simulation=False)


@given(st.binary(max_size=200))
def test_every_body_that_is_signed_is_verified(body: bytes) -> None:
    number = uuid4()
    secret = signing.secret(number=number, generation=1)
    text = json.dumps({"x": body.hex()}).encode()

    headers = signing.headers(number=number, body=text, secret=secret, now=clock.unshifted())

    assert Webhook(secret).verify(text, headers) == {"x": body.hex()}


# --- what presences tell -------------------------------------------------------------------------


def small_world() -> datetime:
    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    return now


def test_remarks_of_own_staff_are_told_with_receipts_and_codes_and_no_number_of_a_person() -> None:
    now = small_world()
    subscribed()
    good = stored(now - timedelta(minutes=3))
    bad = stored(now - timedelta(minutes=2), ssin=fixtures.W2)
    other = stored(now - timedelta(minutes=2), ssin=fixtures.W1, employer=fixtures.E2)

    validation.validate_unvalidated(now=now)

    [sent] = waiting()
    message = json.loads(sent.body)
    assert message["type"] == ACTS
    assert message["data"]["items"] == [{"id": bad, "validity": "failed", "remarks": ["caw_1"]}]
    assert good not in {each["id"] for each in message["data"]["items"]}
    assert other not in {each["id"] for each in message["data"]["items"]}
    assert fixtures.W2 not in sent.body


def software_of(enterprise: str) -> int:
    """A technical channel of an enterprise; its row."""
    made = machine(key=ec_key(enterprise), enterprise_number=enterprise)
    return channels.channel(client_id=made.client_id).pk


def told_of(enterprise: str) -> dict[int, list[str]]:
    """The receipts of which an enterprise was told, each once, with their remarks."""
    items = [item for one in waiting(enterprise) for item in json.loads(one.body)["data"]["items"]]
    assert len({item["id"] for item in items}) == len(items)
    return {item["id"]: item["remarks"] for item in items}


def test_each_sender_is_told_of_what_it_sent_and_of_nothing_else() -> None:
    now = small_world()
    for enterprise in (fixtures.E1, fixtures.E3, fixtures.E4):
        subscribed(enterprise=enterprise)
    third, fourth, own = (software_of(one) for one in (fixtures.E3, fixtures.E4, fixtures.E1))
    at = now - timedelta(minutes=2)
    by_third = stored(at, ssin=fixtures.W2, sender=third)
    by_fourth = stored(at, ssin=fixtures.W3, sender=fourth)
    by_itself = stored(at, ssin=fixtures.WS, sender=own)
    by_phone = stored(at, ssin=fixtures.WB, channel="mobile_app")
    for_another = stored(at, ssin=fixtures.W1, employer=fixtures.E2, sender=third)
    good = stored(at - timedelta(minutes=1), sender=third)

    validation.validate_unvalidated(now=now)

    assert set(told_of(fixtures.E3)) == {by_third, for_another}
    assert set(told_of(fixtures.E4)) == {by_fourth}
    assert set(told_of(fixtures.E1)) == {by_third, by_fourth, by_itself, by_phone}
    assert told_of(fixtures.E3)[by_third] == ["caw_1"]
    assert all(good not in told_of(one) for one in (fixtures.E1, fixtures.E3, fixtures.E4))


def test_a_sender_that_paused_is_told_nothing() -> None:
    now = small_world()
    row = subscribed(enterprise=fixtures.E3)
    operations.change_state(
        number=row.number, enterprise_number=fixtures.E3, state="paused", actor=ACTOR, now=now
    )
    stored(now - timedelta(minutes=2), ssin=fixtures.W2, sender=software_of(fixtures.E3))

    validation.validate_unvalidated(now=now)

    assert not Delivery.objects.exists()


def test_two_who_announce_days_are_told_each_of_his_own() -> None:
    now = small_world()
    for enterprise in (fixtures.E1, fixtures.E2):
        subscribed(enterprise=enterprise)
    made = {}
    for enterprise, niss, sender in (
        (fixtures.E1, fixtures.W3, Sender("ws", fixtures.E1, is_portal=False, technical=1)),
        (fixtures.E2, fixtures.WS, Sender("assistant", fixtures.E2, is_portal=True)),
    ):
        wanted = Wanted(
            day=clock.today(now), works_reference=fixtures.S2, ssin=niss,
            enterprise_number=fixtures.E2,
        )  # fmt: skip
        [taken] = days.register(wanted=[wanted], sender=sender, actor=ACTOR, now=now)
        assert taken.receipt is not None, taken.refusals
        made[enterprise] = taken.receipt

    day_validation.look_again(receipts=list(made.values()), now=now)

    assert set(told_of(fixtures.E1)) == {made[fixtures.E1]}
    assert set(told_of(fixtures.E2)) == set(made.values())


def test_without_software_that_listens_nothing_is_prepared() -> None:
    now = small_world()
    stored(now - timedelta(minutes=2), ssin=fixtures.W2)

    validation.validate_unvalidated(now=now)

    assert not Delivery.objects.exists()


def test_remarks_of_presences_of_days_are_told_too() -> None:
    now = small_world()
    subscribed()
    wanted = [
        Wanted(
            day=clock.today(now), works_reference=fixtures.S2, ssin=niss,
            enterprise_number=fixtures.E1,
        )
        for niss in (fixtures.W1, fixtures.W2)
    ]  # fmt: skip
    sender = Sender("ws", fixtures.E1, is_portal=False, technical=1)
    taken = days.register(wanted=wanted, sender=sender, actor=ACTOR, now=now)

    day_validation.look_again(receipts=[one.receipt or 0 for one in taken], now=now)

    [sent] = waiting()
    message = json.loads(sent.body)
    assert message["type"] == DAYS
    assert [each["id"] for each in message["data"]["items"]] == [taken[1].receipt]
    assert message["data"]["items"][0]["remarks"] == ["caw_1"]


# --- the pages -----------------------------------------------------------------------------------

NEW: Final = "/channels/webhooks/new/"


def test_a_manager_adds_tests_pauses_renews_and_removes_a_webhook(manager: Client) -> None:
    assert "No webhook" in manager.get("/channels/webhooks/").text

    made = manager.post(NEW, {"address": ADDRESS, "kinds": [ACTS]})

    [row] = operations.subscriptions(enterprise_number=fixtures.E1)
    secret = operations.secret_of(row)
    assert made.status_code == 200
    assert secret in made.text
    place = f"/channels/webhooks/{row.number}/"
    assert ADDRESS in manager.get("/channels/webhooks/").text
    assert secret not in manager.get(place).text
    assert manager.post(place + "test/").status_code == 302
    page = manager.get(place).text
    assert "Waiting" in page
    assert "Not tried yet" in page
    renewed = manager.post(place + "secret/").text
    assert secret not in renewed
    assert "whsec_" in renewed
    manager.post(place + "state/", {"state": "paused"})
    assert "Paused" in manager.get(place).text
    manager.post(place + "state/", {"state": "active"})
    assert manager.post(place + "state/", {"state": "nonsense"}).status_code == 404
    manager.post(place + "state/", {"state": "removed"})
    assert manager.get(place).status_code == 404
    actions = Entry.objects.filter(target=str(row.number)).order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        f"access.webhook.{what}"
        for what in ("subscribed", "secretRenewed", "paused", "active", "removed")
    ]


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"address": "", "kinds": [ACTS]}, "Enter the address of your software."),
        ({"address": "ftp://x.be/", "kinds": [ACTS]}, "The address must begin with https://."),
        ({"address": "https://10.0.0.1/", "kinds": [ACTS]}, "This address is not public."),
        ({"address": ADDRESS}, "Choose at least one kind of event."),
        ({"address": ADDRESS, "kinds": ["other.thing"]}, "This kind of event does not exist."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    manager: Client, given_: dict[str, Any], sentence: str
) -> None:
    answer = manager.post(NEW, given_)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert given_["address"] in answer.text
    assert not Subscription.objects.exists()


def test_an_eleventh_webhook_is_refused(manager: Client) -> None:
    for _one in range(operations.MOST):
        subscribed()

    answer = manager.post(NEW, {"address": ADDRESS, "kinds": [ACTS]})

    assert answer.status_code == 422
    assert "at most ten webhooks" in answer.text


def test_another_enterprises_webhook_and_none_are_the_same_404(
    manager: Client, stranger: Client, colleague: Client, worker: Client
) -> None:
    row = subscribed()
    own = f"/channels/webhooks/{row.number}/"
    nowhere = f"/channels/webhooks/{uuid4()}/"

    for step in ("", "secret/", "test/", "state/"):
        ask = stranger.get if step == "" else stranger.post
        foreign, none = ask(own + step), ask(nowhere + step)
        assert foreign.status_code == none.status_code == 404
        for client in (colleague, worker):
            assert (client.get if step == "" else client.post)(own + step).status_code == 403
    for place in ("/channels/webhooks/", NEW):
        assert colleague.get(place).status_code == 403
        assert worker.get(place).status_code == 403
        assert Client().get(place).status_code == 302
    assert (
        operations.subscription(number=row.number, enterprise_number=fixtures.E1).state == "active"
    )
