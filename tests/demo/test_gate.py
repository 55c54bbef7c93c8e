"""The kiosk of the demonstration: enrolled once, begun by each visitor with a card of its own."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from guichet.demo import gate, people
from guichet.eservices.presence.kiosk import devices, signing
from guichet.eservices.presence.kiosk.identifying import NotRecognised, Read, Somebody, recognised
from guichet.eservices.presence.kiosk.models import Device, Means
from guichet.platform import clock
from tests.demo.gate_world import build
from tests.portal.browsing import text, words
from tests.portal.devices import Signer

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NOW = datetime(2026, 11, 24, 14, 40, tzinfo=UTC)
TODAY = clock.today(NOW)
PAGE = "/demo/kiosk/"


@pytest.fixture
def tower(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    build(today=TODAY, now=NOW)
    gate.furnish(today=TODAY, now=NOW)


def started(begun: gate.Begun) -> Device:
    """A browser takes the code."""
    signer = Signer()
    signature = signer.sign(signing.initialising_text(code=begun.code))
    key = signing.public_key(signer.pem())
    return devices.initialise(code=begun.code, key=key, signature=signature, now=NOW)


def before(device: Device, text_: str) -> Somebody:
    return recognised(device=device, read=Read(text_), language="en", now=NOW)


def test_a_kiosk_waits_at_aminas_site_with_her_badge_and_card_and_is_there_once(
    tower: None,
) -> None:
    gate.furnish(today=TODAY, now=NOW)

    device = Device.objects.get()
    assert (device.state, device.works_reference) == ("waiting", gate.SITE)
    given = Means.objects.order_by("kind").values_list("kind", "person__niss", "identifier")
    assert list(given) == [
        ("badge", people.AMINA.niss, gate.BADGE), ("card", people.AMINA.niss, "")
    ]  # fmt: skip


@pytest.mark.parametrize("days", [0, 61])
def test_without_the_site_or_after_its_works_nothing_is_furnished_or_begun(days: int) -> None:
    now = NOW + timedelta(days=days)
    if days:
        build(today=TODAY, now=NOW)

    gate.furnish(today=clock.today(now), now=now)

    assert not Device.objects.exists()
    with pytest.raises(gate.NotLoaded):
        gate.begin(now=now)


def test_a_visitor_starts_it_and_is_amina_by_card_and_by_badge(tower: None) -> None:
    begun = gate.begin(now=NOW)
    device = started(begun)

    assert device.state == "active"
    for read in (begun.card, gate.BADGE):
        somebody = before(device, read)
        assert somebody.ssin == people.AMINA.niss
        assert [one.enterprise_number for one in somebody.employers] == [gate.FIRM]


def test_the_next_visitor_gets_a_kiosk_and_a_card_of_his_own(tower: None) -> None:
    first = gate.begin(now=NOW)
    device = started(first)

    second = gate.begin(now=NOW)

    assert started(second) != device
    assert before(device, second.card).ssin == people.AMINA.niss
    with pytest.raises(NotRecognised):
        before(device, first.card)
    assert Device.objects.filter(state="active").count() == 2


def test_after_some_visitors_the_oldest_kiosks_are_ended(tower: None) -> None:
    made = [started(gate.begin(now=NOW)) for _visitor in range(7)]

    gate.begin(now=NOW)

    states = {one.pk: one.state for one in Device.objects.all()}
    assert [states[one.pk] for one in made] == ["ended"] * 3 + ["active"] * 4


def test_a_blocked_card_is_followed_by_another_one(tower: None) -> None:
    Means.objects.filter(kind="card").update(blocked_at=NOW)

    begun = gate.begin(now=NOW)

    assert before(started(begun), begun.card).ssin == people.AMINA.niss


def test_the_page_says_how_and_shows_what_is_needed_after_a_press_only(tower: None) -> None:
    client = Client()

    first = text(client, PAGE)
    assert "Get a code and a card" in first
    assert Device.objects.get().code_hash == ""
    answer = client.post(PAGE)

    page = answer.content.decode()
    assert answer.status_code == 200
    [code] = re.findall(r'href="/kiosk/#([A-Z]{12})"', page)
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in words(page)
    assert gate.BADGE in page
    assert "SPECIMEN" in page
    assert "guichet eid-bridge --origin http://testserver --card slot.pem" in words(page)
    assert people.AMINA.niss not in page
    assert code not in client.get(PAGE).content.decode()
    assert started(gate.Begun(code, "")).state == "active"


def test_without_the_demonstration_the_page_says_what_to_do() -> None:
    assert "Run: guichet demo load" in text(Client(), PAGE)
    assert Client().post(PAGE).status_code == 409


def test_who_chooses_a_person_finds_the_kiosk() -> None:
    assert f'href="{PAGE}"' in Client().get("/demo/personas/").content.decode()
