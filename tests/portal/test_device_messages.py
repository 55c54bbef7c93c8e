"""What devices send: each message once, by the operations of everybody, and what is refused."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric import ed25519

from guichet.audit.models import Entry, Lookup
from guichet.demo.fixtures import E1, E2, E3, LIMOSA, S1, S2, W1, W2, W3
from guichet.eservices.presence.kiosk import devices, means, receiving
from guichet.eservices.presence.kiosk.models import Device, Heard, Message
from guichet.eservices.presence.models import Act, Correction
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from tests.eservices.presence.days_world import months, stored
from tests.portal.browsing import NOW
from tests.portal.devices import Signer, given, posted, reader, row
from tests.portal.world import ACTOR, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=False)
BADGE = "77001122"


@pytest.fixture(autouse=True)
def _months(world: World) -> None:
    months("2026-10-01", "2027-02-01")


def outcome(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content
    [one] = answer.json()["messages"]
    return dict(one)


def test_a_badge_registers_the_presence_of_the_day_with_the_channel_of_the_kiosk() -> None:
    gate = reader()
    given(W1)

    done = outcome(gate.send([gate.message(BADGE)]))

    assert done["outcome"] == "registered"
    assert len(str(done["receipts"][0])) == 15
    assert stored() == 1
    assert row(gate).heard.at == NOW


def test_p82_an_identity_card_registers_for_today_and_an_ended_device_registers_nothing() -> None:
    gate = reader()
    card = {"byEid": True, "isSimulated": True}
    assert outcome(gate.send([gate.message(W1, **card)]))["outcome"] == "registered"

    devices.end(number=row(gate).number, enterprise=E1, actor=ACTOR, now=NOW)
    after = gate.send([gate.message(W2, **card)])

    assert after.status_code == 403
    assert after.json()["type"].endswith(":deviceEnded")
    assert stored() == 1


@pytest.mark.parametrize("value", [W1, LIMOSA])
def test_a_bare_number_counts_on_a_construction_site(value: str) -> None:
    gate = reader()

    assert outcome(gate.send([gate.message(value)]))["outcome"] == "registered"


def test_the_same_person_again_keeps_his_receipt() -> None:
    gate = reader()
    given(W1)
    first = outcome(gate.send([gate.message(BADGE)]))

    again = outcome(gate.send([gate.message(W1)]))

    assert again["receipts"] == first["receipts"]
    assert again["isRepeat"]
    assert stored() == 1


def test_a_retry_after_a_lost_answer_registers_once_and_is_answered_the_same() -> None:
    gate = reader()
    message = gate.message(W1)
    first = outcome(gate.send([message]))

    again = outcome(gate.send([message]))

    assert again["receipts"] == first["receipts"]
    assert (stored(), Message.objects.count()) == (1, 1)


def test_a_message_under_a_used_key_with_other_words_is_refused() -> None:
    gate, key = reader(), str(uuid4())
    outcome(gate.send([gate.message(W1, key=key)]))

    changed = outcome(gate.send([gate.message(W2, key=key)]))

    assert (changed["outcome"], changed["code"]) == ("refused", "messageChanged")
    assert stored() == 1


def test_a_replayed_call_is_refused_and_registers_nothing() -> None:
    gate = reader()
    body = json.dumps({"messages": [gate.message(W1)]}).encode()
    headers = gate.headers("messages", body)
    assert posted("/kiosk/messages/", body, headers).status_code == 200

    again = posted("/kiosk/messages/", body, headers)

    assert again.status_code == 409
    assert again.json()["type"].endswith(":callRepeated")
    assert stored() == 1


def _forged(gate: Signer) -> Any:
    other = Signer(number=gate.number)
    return other.send([other.message(W1)])


def _foreign(gate: Signer) -> Any:
    other = Signer(number=str(uuid4()))
    return other.send([other.message(W1)])


def _elsewhere(gate: Signer) -> Any:
    """Signed for another operation than the one that it is sent to."""
    body = json.dumps({"messages": [gate.message(W1)]}).encode()
    return posted("/kiosk/messages/", body, gate.headers("state", body))


def _altered(gate: Signer) -> Any:
    body = json.dumps({"messages": [gate.message(W1)]}).encode()
    headers = gate.headers("messages", body)
    return posted("/kiosk/messages/", body.replace(b'"value', b' "value'), headers)


def _unsigned(gate: Signer) -> Any:
    body = json.dumps({"messages": [gate.message(W1)]}).encode()
    headers = gate.headers("messages", body)
    return posted("/kiosk/messages/", body, headers | {"Guichet-Signature": ""})


@pytest.mark.parametrize("attack", [_forged, _foreign, _elsewhere, _altered, _unsigned])
def test_a_call_that_the_device_did_not_sign_is_the_same_refusal_whatever_it_is(
    attack: Any,
) -> None:
    gate = reader()

    answer = attack(gate)

    assert answer.status_code == 401
    assert answer.json()["type"].endswith(":deviceNotRecognised")
    assert (stored(), Heard.objects.get().counter) == (0, 0)


def test_a_message_signed_by_another_key_within_a_good_call_is_refused() -> None:
    gate = reader()
    other = Signer(number=gate.number)

    done = outcome(gate.send([other.message(W1)]))

    assert (done["outcome"], done["code"], "key" in done) == ("refused", "signature", False)
    assert stored() == 0


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_wrong_clock_is_told_the_right_time_and_counts_no_call(minutes: int) -> None:
    gate = reader()

    answer = gate.send([gate.message(W1)], at=NOW + timedelta(minutes=minutes))

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":deviceClock")
    assert answer.json()["now"] == NOW.isoformat()
    assert (stored(), Heard.objects.get().counter) == (0, 0)


def test_a_megabyte_is_refused_before_anything_is_computed() -> None:
    gate = reader()
    body = b'{"messages": "' + b"x" * 1024 * 1024 + b'"}'

    answer = posted("/kiosk/messages/", body, gate.headers("messages", body))

    assert answer.status_code == 413
    assert Heard.objects.get().counter == 0


@pytest.mark.parametrize("body", [b"{}", b"[]", b"\xff", b'{"messages": []}', b'{"messages": [1]}'])
def test_a_signed_body_that_says_nothing_is_a_400(body: bytes) -> None:
    gate = reader()

    answer = posted("/kiosk/messages/", body, gate.headers("messages", body))

    assert answer.status_code == 400
    assert stored() == 0


def test_a_signed_message_that_is_no_message_is_refused_alone() -> None:
    gate = reader()
    text = json.dumps({"key": "nonsense", "value": W1})
    signed = f"guichet-device-1\nmessage\n{gate.number}\n{text}".encode()
    bad = {"text": text, "signature": gate.sign(signed)}

    answer = gate.send([bad, gate.message(W1)])

    outcomes = [(one["outcome"], one.get("code")) for one in answer.json()["messages"]]
    assert outcomes == [("refused", "messageUnreadable"), ("registered", None)]


def test_an_ed25519_reader_is_understood() -> None:
    gate = Signer(ed25519.Ed25519PrivateKey.generate())
    from guichet.eservices.presence.kiosk import signing
    from tests.portal.devices import clerk_id

    wanted = devices.Enrolment("reader", "Ed", S2, ["badge"], signing.public_key(gate.pem()))
    made = devices.enrol(wanted=wanted, enterprise=E1, person_id=clerk_id(), actor=ACTOR, now=NOW)
    gate.number = str(made.number)

    assert outcome(gate.send([gate.message(W1)]))["outcome"] == "registered"


def test_a_blocked_badge_is_refused_by_that_name() -> None:
    gate, badge = reader(), given(W1)
    means.block(number=badge.number, enterprise=E1, actor=ACTOR, now=NOW)

    done = outcome(gate.send([gate.message(BADGE)]))

    assert (done["outcome"], done["code"]) == ("refused", "blocked")
    assert stored() == 0


def test_a_blocked_identity_card_is_refused_at_the_sites_of_whoever_blocked_it() -> None:
    gate, card = reader(), given(W1, "eid", "")
    means.block(number=card.number, enterprise=E1, actor=ACTOR, now=NOW)

    done = outcome(gate.send([gate.message(W1, byEid=True)]))

    assert done["code"] == "blocked"


def test_a_badge_of_a_firm_that_is_not_in_the_chain_is_unknown_here() -> None:
    gate = reader()
    given(W3, enterprise=E3)

    assert outcome(gate.send([gate.message(BADGE)]))["code"] == "unknown"


def test_a_badge_that_two_firms_of_the_site_gave_out_is_ambiguous() -> None:
    gate = reader()
    given(W1)
    given(W2, enterprise=E2)

    assert outcome(gate.send([gate.message(BADGE)]))["code"] == "ambiguous"


def test_a_device_that_was_not_enrolled_to_read_a_means_cannot_say_that_it_read_one() -> None:
    gate = reader(reads=["card"])
    given(W1)

    badge, eid = gate.send([gate.message(BADGE), gate.message(W1, byEid=True)]).json()["messages"]

    assert [badge["code"], eid["code"]] == ["notRead", "notRead"]
    assert stored() == 0


def test_a_printed_card_registers_and_the_card_before_it_no_longer() -> None:
    gate, card = reader(), given(W1, "card", "")
    _row, old = means.print_card(number=card.number, enterprise=E1, actor=ACTOR, now=NOW)
    _row, new = means.print_card(number=card.number, enterprise=E1, actor=ACTOR, now=NOW)

    before, after = gate.send([gate.message(old), gate.message(new)]).json()["messages"]

    assert before["code"] == "unknown"
    assert after["outcome"] == "registered"


def test_a_reader_of_a_subcontractor_registers_its_own_people_and_not_those_above() -> None:
    gate = reader(enterprise=E2)

    theirs, others = gate.send([gate.message(W2), gate.message(W1)]).json()["messages"]

    assert theirs["outcome"] == "registered"
    assert (others["outcome"], others["code"]) == ("refused", "notAuthorized")


def test_a_message_of_yesterday_is_past_on_a_site_of_days() -> None:
    gate = reader()

    done = outcome(gate.send([gate.message(W1, at=NOW - timedelta(days=1))]))

    assert (done["outcome"], done["code"]) == ("refused", "past")


def test_a_message_from_the_future_is_refused() -> None:
    gate = reader()

    assert (
        outcome(gate.send([gate.message(W1, at=NOW + timedelta(seconds=61))]))["code"] == "future"
    )


def test_a_bare_number_never_counts_where_only_oneself_registers() -> None:
    gate = reader(site=S1)

    for value in (W1, LIMOSA):
        done = outcome(gate.send([gate.message(value, type="in")]))
        assert (done["outcome"], done["code"]) == ("refused", "notHere")
    assert Act.objects.count() == 0


def test_a_badge_at_a_cleaning_site_makes_the_next_act_by_the_log_of_everybody() -> None:
    gate = reader(site=S1)
    given(W1)

    done = outcome(gate.send([gate.message(BADGE, step="start")]))

    act = Act.objects.get(receipt=done["receipts"][0])
    assert (act.type, act.ssin, act.channel, act.activity) == ("in", W1, "kiosk", "cleaning")
    assert (act.enterprise_number, act.works_reference) == (E1, S1)


def test_a_step_that_is_no_longer_open_is_refused() -> None:
    gate = reader(site=S1)
    given(W1)

    done = outcome(gate.send([gate.message(BADGE, step="end")]))

    assert done["code"] == "situationChanged"
    assert Act.objects.count() == 0


@pytest.mark.parametrize("seconds", [599, 600])
def test_an_act_that_waited_up_to_ten_minutes_keeps_its_moment(seconds: int) -> None:
    gate = reader(site=S1)
    given(W1)
    at = NOW - timedelta(seconds=seconds)

    done = outcome(gate.send([gate.message(BADGE, at=at, type="in")]))

    act = Act.objects.get(receipt=done["receipts"][0])
    assert (act.occurred_at, act.received_at) == (at, NOW)


def test_an_act_that_waited_longer_is_a_prepared_correction_and_no_act() -> None:
    gate = reader(site=S1)
    given(W1)
    message = gate.message(BADGE, at=NOW - timedelta(seconds=601), type="out")

    done = outcome(gate.send([message]))
    again = outcome(gate.send([message]))

    assert done["outcome"] == again["outcome"] == "prepared"
    assert Act.objects.count() == 0
    row = Correction.objects.get()
    assert (row.person.niss, row.type, row.works_reference) == (W1, "out", S1)


def test_old_messages_are_forgotten_and_their_registrations_stay() -> None:
    gate = reader()
    outcome(gate.send([gate.message(W1)]))

    assert receiving.forget_old(before=NOW) == 0
    assert receiving.forget_old(before=NOW + timedelta(seconds=1)) == 1
    assert (stored(), Message.objects.count()) == (1, 0)


def test_who_works_for_two_says_for_whom() -> None:
    gate = reader()
    unknown = STAFF[0].niss

    done = outcome(gate.send([gate.message(unknown, employer=E2)]))

    # Her employer is E1 alone: a name that is not offered counts for nothing.
    assert done["code"] == "employer"


def test_a_kiosk_knows_the_firms_of_its_site_and_nobody_for_an_hour_without_a_network() -> None:
    told = reader().call("state", {}).json()

    assert {one["key"] for one in told["firms"]} == {E1, E2}
    assert all(set(one) == {"key", "name"} for one in told["firms"])
    assert not any(word in str(told) for word in (W1, W2, "Lemaire", "Karim", "Claes"))


def works_for_another_too(niss: str) -> None:
    with transaction():
        employments.declare(
            employment=EmploymentRecord(
                niss=niss, employer=E2, joint_committee="121", worker_type="OTH",
                first_day=NOW.date() - timedelta(days=30),
            ),
            actor=ACTOR, now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "outcome_", "acts"), [(2, "registered", 1), (11, "prepared", 0)]
)
def test_what_was_left_open_is_registered_at_its_own_moment_once_he_says_for_whom(
    minutes: int, outcome_: str, acts: int
) -> None:
    works_for_another_too(W1)
    gate, at = reader(site=S1), NOW - timedelta(minutes=minutes)
    card = {"byEid": True, "isSimulated": True, "type": "in"}

    left_open = outcome(gate.send([gate.message(W1, at=at, **card)]))
    said = outcome(gate.send([gate.message(W1, at=at, employer=E2, **card)]))

    assert (left_open["outcome"], left_open["code"]) == ("refused", "employer")
    assert said["outcome"] == outcome_
    assert Act.objects.count() == acts
    rows: Any = Act.objects.all() if acts else Correction.objects.all()
    assert (rows.get().occurred_at, rows.get().enterprise_number) == (at, E2)


def test_the_person_behind_a_badge_is_named_and_the_look_is_noted() -> None:
    gate = reader()
    given(W1)

    told = gate.call("person", {"value": BADGE}).json()

    assert told["outcome"] == "recognised"
    assert told["employers"][0]["key"] == E1
    assert " " in told["name"]
    seen = Lookup.objects.using("audit").get(purpose="presence.kiosk")
    assert (seen.niss, seen.viewer_kind, seen.viewer_id) == (W1, "client", f"device/{gate.number}")


def test_a_typed_number_shows_initials_only() -> None:
    gate = reader()

    told = gate.call("person", {"value": W1}).json()

    assert told["name"].endswith(".")
    assert len(told["name"].rsplit(" ", 1)[1]) == 2


def test_looking_up_people_by_the_dozen_is_stopped() -> None:
    gate = reader()

    statuses = {gate.call("person", {"value": W1}).status_code for _ in range(61)}

    assert statuses == {200, 429}


def test_a_reader_sends_to_the_services_too(settings: Any) -> None:
    from django.test import Client, override_settings

    gate = reader()
    body = json.dumps({"messages": [gate.message(W1)]}).encode()
    headers = gate.headers("messages", body)
    with override_settings(ROOT_URLCONF="guichet.config.urls_services"):
        answer = Client().post(
            "/REST/presenceDevice/v1/messages/register", body, content_type="application/json",
            headers=headers,
        )  # fmt: skip

    assert outcome(answer)["outcome"] == "registered"
    assert Entry.objects.filter(action="presence.days.announced").exists()


def test_a_waiting_kiosk_is_initialised_once_by_whoever_holds_the_code() -> None:
    from tests.portal.devices import clerk_id

    wanted = devices.Enrolment("kiosk", "Site office", S2, ["badge"])
    made = devices.enrol(wanted=wanted, enterprise=E1, person_id=clerk_id(), actor=ACTOR, now=NOW)
    code = devices.new_code(number=made.number, enterprise=E1, actor=ACTOR, now=NOW)
    signer = Signer()

    def initialise(signature: str) -> int:
        body = {"code": code, "publicKey": _der(signer), "signature": signature}
        return posted("/kiosk/initialise/", json.dumps(body).encode(), {}).status_code

    good = signer.sign(f"guichet-device-1\ninitialise\n{code}".encode())
    assert initialise(Signer().sign(b"something else")) == 422
    assert initialise(good) == 200
    assert initialise(good) == 422
    assert Device.objects.get().state == "active"


def test_a_code_is_void_after_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.portal.devices import clerk_id

    wanted = devices.Enrolment("kiosk", "Site office", S2, ["badge"])
    made = devices.enrol(wanted=wanted, enterprise=E1, person_id=clerk_id(), actor=ACTOR, now=NOW)
    code = devices.new_code(number=made.number, enterprise=E1, actor=ACTOR, now=NOW)
    signer = Signer()
    later = NOW + devices.CODE_LASTS + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    text = f"guichet-device-1\ninitialise\n{code}".encode()
    body = {"code": code, "publicKey": _der(signer), "signature": signer.sign(text)}

    assert posted("/kiosk/initialise/", json.dumps(body).encode(), {}).status_code == 422


def _der(signer: Signer) -> str:
    lines = signer.pem().splitlines()
    return "".join(lines[1:-1])


def test_the_worked_example_of_the_guide_registers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import requests
    from cryptography.hazmat.primitives import serialization
    from django.test import Client, override_settings

    from guichet.eservices.presence.kiosk import signing
    from tests.portal.devices import clerk_id

    gate = Signer(ed25519.Ed25519PrivateKey.generate())
    wanted = devices.Enrolment("reader", "Gate", S2, ["badge"], signing.public_key(gate.pem()))
    made = devices.enrol(wanted=wanted, enterprise=E1, person_id=clerk_id(), actor=ACTOR, now=NOW)
    given(W1)
    pem = gate.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / "reader.pem").write_bytes(pem)
    monkeypatch.chdir(tmp_path)

    class Answer:
        """What the library would give back."""

        def __init__(self, answer: Any) -> None:
            self._answer = answer

        def raise_for_status(self) -> None:
            assert self._answer.status_code == 200, self._answer.content

        def json(self) -> Any:
            return self._answer.json()

    def post(address: str, body: bytes, *, headers: dict[str, str], timeout: int) -> Answer:
        place = address.removeprefix("http://127.0.0.1:8001")
        headers = {name: text for name, text in headers.items() if name != "Content-Type"}
        with override_settings(ROOT_URLCONF="guichet.config.urls_services"):
            return Answer(
                Client().post(place, body, content_type="application/json", headers=headers)
            )

    monkeypatch.setattr(requests, "post", post)
    guide = Path(__file__).parents[2] / "docs/integrators.md"
    section = guide.read_text("utf-8").split("## 16. Devices on a site")[1]
    code = section.split("```python\n")[1].split("```")[0]
    example = code.split("print(")[0]
    example = example.replace("4e0548b4-252a-41ab-b60a-f36a3e015f29", str(made.number))
    still = f"datetime.datetime.fromisoformat({NOW.isoformat()!r})"
    example = example.replace("datetime.datetime.now(datetime.UTC)", still)
    names: dict[str, Any] = {}
    exec(example, names)

    [one] = names["send"]([names["message"](BADGE)])["messages"]

    assert one["outcome"] == "registered"


def test_the_contract_is_served_and_says_what_the_door_answers() -> None:
    from django.test import Client, override_settings

    with override_settings(ROOT_URLCONF="guichet.config.urls_services"):
        served = Client().get("/REST/presenceDevice/v1/doc/openapi.yaml")
        health = Client().get("/REST/presenceDevice/v1/health")
    document = yaml.safe_load(served.content)
    outcome_of = document["components"]["schemas"]["Outcome"]
    gate = reader()

    told = gate.send([gate.message(W1), gate.message("?"), {"text": "", "signature": ""}]).json()

    assert health.json()["status"] == "UP"
    assert set(told) == set(document["components"]["schemas"]["Outcomes"]["properties"])
    for one in told["messages"]:
        assert set(one) <= set(outcome_of["properties"])
        assert set(outcome_of["required"]) <= set(one)
        assert one["outcome"] in outcome_of["properties"]["outcome"]["enum"]
    message = document["components"]["schemas"]["Message"]["properties"]
    assert set(message) == {field.encode_name for field in msgspec.structs.fields(receiving.Told)}
