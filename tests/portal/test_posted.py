"""The QR code of an L1: what opens with it, what one may do with it, and what not."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, quote, unquote, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guichet.access.rights import give_right
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.demo.fixtures import E1, LIMOSA, S1, S2, WB
from guichet.eservices.presence.posted import holding
from guichet.kernel.limosa import limosa_number_in
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.postings import operations as postings
from guichet.registers.postings.codes import address_of, genuine_number, number_shown
from tests.eservices.presence.days_world import TESTS, months, stored
from tests.portal.browsing import NOW, signed_in, words
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
REGISTER, MINE, ENTER = "/l1/register/", "/l1/my-registrations/", "/checkin/enter/"
TODAY = clock.today(NOW)


@pytest.fixture(autouse=True)
def _months(world: World) -> None:
    months("2026-10-01", "2027-02-01")


def code(number: str = LIMOSA) -> str:
    """The path and query of what a QR code holds."""
    parts = urlsplit(address_of(number))
    return f"{parts.path}?{parts.query}"


@pytest.fixture
def holder() -> Client:
    """A telephone that scanned the code of the L1."""
    client = Client()
    answer = client.get(code())
    assert answer.status_code == 302
    assert answer["Location"] == REGISTER
    return client


def said(answer: HttpResponse) -> str:
    return words(answer.content.decode())


def asked(**more: str) -> dict[str, str]:
    return {"site": S2, "day": TODAY.isoformat(), "key": str(uuid4())} | more


def registered(client: Client, **more: str) -> str:
    """Register; the place of the receipt."""
    answer = client.post(REGISTER, asked(**more))
    assert answer.status_code == 302, said(answer)
    return str(answer["Location"])


def test_a_code_holds_our_address_the_number_encoded_and_a_key() -> None:
    parts = urlsplit(address_of(LIMOSA))

    assert parts.path == "/l1/"
    assert f"d=L1%3D{LIMOSA}" in parts.query
    assert len(parse_qs(parts.query)["k"][0]) >= 43
    assert limosa_number_in(address_of(LIMOSA)).text == LIMOSA
    assert number_shown(address_of(LIMOSA)) == LIMOSA


@given(number=st.from_regex(r"[0-9]{17}", fullmatch=True), other=st.text(max_size=60))
def test_only_the_right_key_shows_a_number(number: str, other: str) -> None:
    key = parse_qs(urlsplit(address_of(number)).query)["k"][0]

    assert number_shown(address_of(number)) == number
    assert genuine_number(content=f"L1={number}", key=other) in ("", number if other == key else "")
    assert genuine_number(content=other, key=key) in ("", number)
    assert number_shown(other) == ""


def test_the_session_leaves_no_number_in_the_address_and_ends_by_itself(
    holder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = holder.cookies[holding.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    page = holder.get(REGISTER)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Zieliński" in said(page)
    assert fixtures.FOREIGN_VAT in said(page)
    assert WB not in page.content.decode()
    assert S1 in page.content.decode()  # the only site of the declaration is filled in

    monkeypatch.setattr(clock, "now", lambda: NOW + holding.LIFE)

    assert holder.get(REGISTER).status_code == 403
    assert holder.post(REGISTER, asked()).status_code == 403
    assert stored() == 0


def test_p80_with_an_l1_only_one_registers_and_is_refused_the_registrations(
    holder: Client,
) -> None:
    receipt = holder.get(registered(holder))
    assert "Presence registered" in said(receipt)
    assert LIMOSA in said(receipt)

    for place in (MINE, "/presence/my-registrations/", "/checkin/"):
        page = holder.get(place)
        assert page.status_code == 403
        assert "does not prove who holds it" in said(page)
        assert S2 not in page.content.decode()
    number = re.findall(r"\b2611240\d{8}\b", said(receipt))[0]
    for place in (f"/checkin/presences/{number}/", f"/presence/my-registrations/{number}/"):
        assert holder.get(place).status_code == 302  # to the sign-in
    cancel = holder.post("/checkin/cancel/", {"receipts": number, "reason": "PLANNING"})
    assert cancel.status_code == 403
    assert "withdrawn" not in said(holder.get(holding_link(receipt)))
    assert stored() == 1


def holding_link(receipt: HttpResponse) -> str:
    return str(receipt.wsgi_request.path)  # type: ignore[attr-defined]  # of the test client


def test_p80_a_visitor_without_a_code_is_led_to_the_sign_in_as_ever() -> None:
    answer = Client().get("/presence/my-registrations/")

    assert answer.status_code == 302


def test_p80_the_receipt_opens_until_the_end_of_the_day_and_on_any_telephone(
    holder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = registered(holder)
    elsewhere = Client()
    late = clock.brussels(NOW).replace(hour=23, minute=59)

    monkeypatch.setattr(clock, "now", lambda: late)
    assert "Presence registered" in said(elsewhere.get(place))
    monkeypatch.setattr(clock, "now", lambda: late + timedelta(minutes=1))
    gone = elsewhere.get(place)

    assert gone.status_code == 410
    assert "The registration stands." in said(gone)
    assert elsewhere.get(place[:-3] + "x/").status_code == 404


def test_a_receipt_of_tomorrow_opens_tomorrow(
    holder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = registered(holder, day=(TODAY + timedelta(days=1)).isoformat())

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))

    assert Client().get(place).status_code == 200


def test_two_taps_on_one_form_are_one_presence(holder: Client) -> None:
    form = asked()

    places = {holder.post(REGISTER, form)["Location"] for _ in range(2)}

    assert len(places) == 1
    assert stored() == 1


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"site": ""}, "Enter the number of the site."),
        ({"site": "https://fr.example.org/badge/BTP-2231"}, "The number of a site has thirteen"),
        ({"site": "x" * 5_000}, "thirteen signs"),
        ({"day": "2026-11-23"}, "Choose today or tomorrow."),
        ({"day": "2026-12-24"}, "Choose today or tomorrow."),
        ({"day": ""}, "Choose today or tomorrow."),
    ],
)
def test_p81_what_cannot_be_read_is_said_at_its_field_and_nothing_is_lost(
    holder: Client, more: dict[str, str], told: str
) -> None:
    answer = holder.post(REGISTER, asked(**more))

    assert answer.status_code == 422
    assert told in said(answer)
    assert stored() == 0
    kept = asked(**more)["site"]
    assert kept[:40] in answer.content.decode()


@pytest.mark.parametrize(
    "place",
    [
        "/l1/",
        f"/l1/?d=L1%3D{LIMOSA}",
        f"/l1/?d=L1%3D{LIMOSA}&k=",
        f"/l1/?d=L1%3D{LIMOSA}&k={'A' * 43}",
        f"/l1/?d={LIMOSA}&k=x",
        "/l1/?d=%FF%FE&k=%00",
        "/l1/?d=L1%3D%3Cscript%3E&k=%3Cscript%3E",
        "/l1/?" + "d=" + "9" * 3_000,
    ],
)
def test_p81_a_foreign_or_damaged_code_opens_nothing_and_says_what_to_do(place: str) -> None:
    client = Client()

    answer = client.get(place)

    assert answer.status_code == 404
    assert "This code opens nothing" in said(answer)
    assert "<script>" not in said(answer)
    assert holding.COOKIE not in client.cookies


def test_guessing_tells_nothing_and_is_slowed_down() -> None:
    known = Client().get(f"/l1/?d=L1%3D{LIMOSA}&k={'A' * 43}")
    unknown = Client().get(code("24900000000000190"))  # our key, and no such posting
    assert known.status_code == unknown.status_code == 404
    assert said(known) == said(unknown)

    answers = [Client().get("/l1/?d=L1%3D1&k=x").status_code for _ in range(20)]

    assert answers[-1] == 429
    assert Client().get(code()).status_code == 302  # who has a right code is not held up


def test_a_forged_session_and_another_key_are_none(holder: Client) -> None:
    told = holder.cookies[holding.COOKIE].value
    for wrong in ("", "x", told[:-2], told.swapcase(), quote(told), holder_receipt(holder)):
        client = Client()
        client.cookies[holding.COOKIE] = wrong
        assert client.post(REGISTER, asked()).status_code == 403
    assert stored() == 1  # the one whose receipt was tried


def holder_receipt(holder: Client) -> str:
    return unquote(registered(holder).split("/")[-2])


def test_a_posting_that_was_withdrawn_warns_and_registers(holder: Client) -> None:
    with transaction():
        postings.cancel(number=LIMOSA, actor=TESTS, now=NOW)

    assert "Withdrawn: you can register" in said(holder.get(REGISTER))
    registered(holder)

    assert stored() == 1


def test_twenty_registrations_a_day_are_enough(holder: Client) -> None:
    for _ in range(20):
        registered(holder)

    answer = holder.post(REGISTER, asked())

    assert answer.status_code == 429
    assert stored() == 20


def test_the_trail_names_the_code_and_no_person(holder: Client) -> None:
    holder.get(REGISTER)
    registered(holder)

    line = Entry.objects.filter(action="presence.days.announced").latest("id")
    assert line.actor_id == "l1.holder"
    assert WB not in str(line.detail)
    looks = Lookup.objects.using("audit").filter(purpose="presence.l1")
    assert {row.niss for row in looks} == {WB}


def test_who_is_done_is_forgotten(holder: Client) -> None:
    assert holder.post("/l1/leave/").status_code == 302

    assert holder.get(REGISTER).status_code == 403


# The counter of an enterprise: two codes fill in one registration.


def filled_in(client: Client, **typed: str) -> tuple[int, str, str]:
    """Status, words, and the page itself."""
    form = {"person": "", "employer": "", "site": "", "day": TODAY.isoformat(), "act": "fill"}
    answer = client.post(ENTER, form | typed)
    return answer.status_code, said(answer), answer.content.decode()


POSTER = f"https://portal.example.org/s/{S2}/"


@pytest.mark.parametrize("first", ["person", "site"])
def test_p79_two_codes_in_either_order_fill_in_person_employer_and_site(
    clerk: Client, first: str
) -> None:
    both = {"person": address_of(LIMOSA), "site": POSTER}
    status, page, _ = filled_in(clerk, **{first: both[first]})
    assert status == 200
    assert "Scan or type what is missing." in page

    status, page, raw = filled_in(clerk, **both)

    assert status == 200
    assert "Zieliński Marek" in page
    assert fixtures.FOREIGN_VAT in page
    assert "Campus De Wulp" in page
    assert f'value="{LIMOSA}"' in raw
    assert f'value="{S2}"' in raw
    assert stored() == 0
    tap = {"person": LIMOSA, "employer": fixtures.FOREIGN_VAT, "site": S2,
           "day": TODAY.isoformat(), "act": "register"}  # fmt: skip
    assert clerk.post(ENTER, tap).status_code == 302
    assert stored() == 1


def test_p79_who_is_not_concerned_sees_a_name_only_with_the_code_itself(world: World) -> None:
    with transaction():
        give_right(
            niss=CLERK, enterprise_number=fixtures.E3, service="presence", first_day=TODAY,
            actor=ACTOR, now=NOW,
        )  # fmt: skip
    stranger = signed_in(CLERK, fixtures.E3)

    _, typed, _ = filled_in(stranger, person=LIMOSA)
    assert "Not shown to your enterprise" in typed
    assert "Zieliński" not in typed
    assert Lookup.objects.using("audit").filter(niss=WB).count() == 0
    forged = address_of(LIMOSA)[:-3] + "AAA"
    _, page, _ = filled_in(stranger, person=forged)
    assert "Zieliński" not in page

    _, shown, _ = filled_in(stranger, person=address_of(LIMOSA))

    assert "Zieliński Marek" in shown
    assert Lookup.objects.using("audit").filter(niss=WB, purpose="presence.limosa").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": "https://x.example/?n=%7B%2"}, "the signs after a percent sign are wrong"),
        ({"person": "https://x.example/?n=1234"}, "no Limosa number in it"),
        ({"site": "https://fr.example.org/badge/BTP-2231"}, "The number of a site has thirteen"),
    ],
)
def test_p81_a_foreign_or_damaged_code_is_said_at_its_field_and_the_rest_is_kept(
    clerk: Client, wrong: dict[str, str], told: str
) -> None:
    status, page, raw = filled_in(clerk, **({"person": LIMOSA, "site": S2} | wrong))

    assert status == 422
    assert told in page
    assert "the rest is kept" in page
    for value in ({"person": LIMOSA, "site": S2} | wrong).values():
        assert value.replace("&", "&amp;") in raw


def test_a_worker_does_not_read_codes_for_an_enterprise(world: World) -> None:
    worker = signed_in(STAFF[0].niss)

    assert worker.post(ENTER, {"act": "fill", "person": LIMOSA}).status_code == 403
    assert worker.post(ENTER, {"act": "fill", "person": address_of(LIMOSA)}).status_code == 403
    assert E1 not in said(worker.get(ENTER))
