"""D37: an emergency, its dossiers, and the declarations that come later."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.test import Client

from guichet.access.permissions import DIMONA, DIMONA_CONSULT, DIMONA_DECLARANT
from guichet.access.rights import give_right
from guichet.audit.models import Entry
from guichet.eservices.dimona import processing, queries
from guichet.eservices.dimona.emergency import operations
from guichet.eservices.dimona.emergency import queries as emergencies
from guichet.eservices.dimona.emergency.operations import AlreadyOpen, Announcement, NotOpen
from guichet.eservices.dimona.models import Declaration, Dossier
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from tests.access.machine import machine
from tests.contracts.conformity import DIMONA as CONTRACT
from tests.contracts.conformity import assert_conforms
from tests.doors import Rest, rest
from tests.eservices.dimona import world
from tests.portal.browsing import signed_in, words

__all__ = ["rest"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE: Final = "/dimona/emergency/"
DESK: Final = "/desk/emergency/"
GIVEN: Final = {
    "kind": "in", "worker": "Karim Lemaire", "first_day": "2026-03-02",
    "contact": "Sofie, 081 00 00 00", "text": "REST answered 503",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: world.NOW)


def somebody(right: str, enterprise: str = world.FIRM, niss: str = world.LOTTE) -> Client:
    desk = right == "contact_desk"
    quality = {"quality": "public_body"} if desk else {}
    with transaction():
        give_right(
            niss=niss, enterprise_number=enterprise, service=right, first_day=world.TODAY,
            actor=world.ACTOR, now=world.NOW, **quality,
        )  # fmt: skip
    return signed_in(niss, enterprise, **quality)


def begun() -> None:
    operations.begin(reason="The register does not answer", actor=world.ACTOR, now=world.NOW)


def dossier(client: Client, **given: str) -> str:
    """A dossier made on the page; its number."""
    answer = client.post(PAGE, GIVEN | given)
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"]).rstrip("/").rpartition("/")[2]


def test_d37_while_the_emergency_lasts_a_banner_and_a_dossier_number() -> None:
    client = somebody("dimona")
    assert "Dimona cannot be used now" not in words(client.get("/dimona/").content.decode())
    begun()

    for place in ("/dimona/", "/dimona/declarations/", PAGE):
        assert "Dimona cannot be used now" in words(client.get(place).content.decode())
    number = dossier(client)

    assert TicketNumber.parse(number).prefix == "04E"
    page = words(client.get(f"{PAGE}{number}/").content.decode())
    assert TicketNumber(number).formatted() in page
    assert "Karim Lemaire" in page
    assert "Keep this number" in page


def test_d37_a_later_declaration_is_linked_stays_late_and_shows_the_dossier() -> None:
    client = somebody("dimona")
    begun()
    number = dossier(client)
    operations.end(actor=world.ACTOR, now=world.NOW)
    late = world.said(world.an_in(startDate=world.day(-3)))
    assert late.period_id is not None

    answer = client.post(f"{PAGE}{number}/link/", {"declaration": str(late.id)})

    assert answer.status_code == 302
    assert str(late.id) in words(client.get(f"{PAGE}{number}/").content.decode())
    shown = words(client.get(f"/dimona/declarations/{late.id}/").content.decode())
    assert "Announced in an emergency" in shown
    period = queries.period(late.period_id)
    assert period
    assert period.is_late
    assert Entry.objects.filter(action="dimona.dossier.linked").count() == 1


def test_d37_software_names_the_dossier_and_a_wrong_number_is_refused(rest: Rest) -> None:
    begun()
    said = Announcement("in", "Karim Lemaire", world.TODAY, "Sofie")
    number = operations.announce(
        enterprise=world.FIRM, sender=world.FIRM, said=said, actor=world.ACTOR, now=world.NOW
    )
    known = machine(enterprise_number=world.FIRM, permissions=(DIMONA,))
    caller = rest.caller(world.FIRM, scopes=(DIMONA_DECLARANT, DIMONA_CONSULT), of=known)

    def post(given: str) -> Any:
        answer = Client().post(
            "/REST/dimona/v2/declarations", data=world.an_in(), content_type="application/json",
            headers={**caller, "Emergency-Dossier": given},
        )  # fmt: skip
        assert_conforms(
            verb="POST", path="/declarations", status=answer.status_code, headers=answer.headers,
            body=answer.content, file=CONTRACT,
        )  # fmt: skip
        return answer

    mistyped = number[:-2] + ("0" if number[-2] != "0" else "2") + "Z"
    for wrong in (mistyped, "x", "04E000000000Z", "", "9" * 90):
        refused = post(wrong)
        assert refused.status_code == 400
        [issue] = refused.json()["issues"]
        assert (issue["name"], issue["in"]) == ("Emergency-Dossier", "header")
    taken = post(TicketNumber(number).formatted())
    assert taken.status_code == 201
    assert Declaration.objects.get().dossier == number
    processing.process(now=world.NOW)
    found = emergencies.dossier(number=number, enterprise=world.FIRM)
    assert found
    assert found.declarations == (taken.json()["declarationId"],)


def test_without_an_emergency_nobody_gets_a_number() -> None:
    client = somebody("dimona")

    assert "There is no emergency now." in words(client.get(PAGE).content.decode())
    answer = client.post(PAGE, GIVEN)

    assert answer.status_code == 422
    assert "Dimona works" in words(answer.content.decode())
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("given", "repair"),
    [
        ({"kind": "fly"}, "Choose what you want to declare."),
        ({"worker": ""}, "Enter the name of the worker."),
        ({"worker": "x" * 81}, "make it shorter"),
        ({"worker": f"Karim {world.KARIM}"}, "Leave the number of the person out."),
        ({"text": f"nr. {world.KARIM}"}, "Leave the number of the person out."),
        ({"first_day": "soon"}, "Write a day as 24/11/2026."),
        ({"contact": ""}, "Enter whom we can ask."),
        ({"text": "x" * 501}, "make it shorter"),
    ],
)
def test_a_faulty_form_names_the_field_and_loses_nothing(
    given: dict[str, str], repair: str
) -> None:
    client = somebody("dimona")
    begun()

    answer = client.post(PAGE, GIVEN | given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert repair in words(page)
    if "contact" not in given:
        assert "Sofie, 081 00 00 00" in page
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("given", "repair"),
    [
        ("", "Enter the number of the declaration."),
        ("abc", "at most twelve digits"),
        ("656309296521", "No declaration of this enterprise"),
    ],
)
def test_a_declaration_that_is_none_is_answered_beside_the_field(given: str, repair: str) -> None:
    client = somebody("dimona")
    begun()
    number = dossier(client)

    answer = client.post(f"{PAGE}{number}/link/", {"declaration": given})

    assert answer.status_code == 422
    assert repair in words(answer.content.decode())


def test_a_declaration_belongs_to_one_dossier() -> None:
    client = somebody("dimona")
    begun()
    first, second = dossier(client), dossier(client)
    said = world.said(world.an_in())
    place = f"{PAGE}{first}/link/"

    for _ in range(2):
        assert client.post(place, {"declaration": str(said.id)}).status_code == 302
    answer = client.post(f"{PAGE}{second}/link/", {"declaration": str(said.id)})

    assert answer.status_code == 422
    assert "belongs to another dossier" in words(answer.content.decode())


def test_anothers_dossier_and_declaration_are_as_unknown_as_none() -> None:
    begun()
    other = somebody("dimona", world.OTHER, world.PENSIONER)
    foreign = dossier(other)
    client = somebody("dimona")
    own = dossier(client)
    said = world.said(world.an_in(employer=world.OTHER))

    for number in (foreign, "04E000000000Z", "x", "9" * 90):
        assert client.get(f"{PAGE}{number}/").status_code == 404
        assert client.post(f"{PAGE}{number}/link/", {"declaration": "1"}).status_code == 404
    answer = client.post(f"{PAGE}{own}/link/", {"declaration": str(said.id)})
    assert answer.status_code == 422
    assert Declaration.objects.get(pk=said.id).dossier == ""


@pytest.mark.parametrize("role", ["visitor", "worker", "presence", "dimona_consult"])
def test_d39_who_may_not_declare_makes_and_links_nothing(role: str) -> None:
    begun()
    number = dossier(somebody("dimona"))
    known = {"visitor": Client, "worker": lambda: signed_in(world.KARIM)}
    client = known.get(role, lambda: somebody(role, niss=world.PENSIONER))()
    looks = {"visitor": 302, "dimona_consult": 200}.get(role, 403)

    assert client.get(PAGE).status_code == looks
    assert client.get(f"{PAGE}{number}/").status_code == looks
    assert client.post(PAGE, GIVEN).status_code == 403
    refused = client.post(f"{PAGE}{number}/link/", {"declaration": "1"}).status_code
    assert refused == 403
    if looks == 200:
        assert "<textarea" not in client.get(PAGE).content.decode()
    assert Dossier.objects.count() == 1


def test_the_desk_begins_and_ends_the_emergency() -> None:
    desk = somebody("contact_desk", world.CITY)
    assert desk.post(DESK, {"step": "begin", "reason": ""}).status_code == 422
    assert desk.post(DESK, {"step": "begin", "reason": "x" * 201}).status_code == 422
    assert emergencies.current() is None

    assert desk.post(DESK, {"step": "begin", "reason": "Register down"}).status_code == 302
    page = words(desk.get(DESK).content.decode())
    assert "Dimona cannot be used" in page
    assert "Register down" in page
    assert desk.post(DESK, {"step": "begin", "reason": "again"}).status_code == 302
    assert len(emergencies.past(limit=9)) == 1
    assert desk.post(DESK, {"step": "end"}).status_code == 302
    assert desk.post(DESK, {"step": "end"}).status_code == 302

    assert emergencies.current() is None
    told = Entry.objects.filter(action__startswith="dimona.emergency").order_by("pk")
    assert [row.action for row in told] == ["dimona.emergency.begun", "dimona.emergency.ended"]


@pytest.mark.parametrize("right", ["dimona", "enterprise_desk"])
def test_nobody_else_switches_it(right: str) -> None:
    client = somebody(right)

    assert client.get(DESK).status_code in (302, 403)
    assert client.post(DESK, {"step": "begin", "reason": "x"}).status_code == 403
    assert emergencies.current() is None


def test_one_emergency_at_a_time() -> None:
    begun()
    with pytest.raises(AlreadyOpen):
        begun()
    operations.end(actor=world.ACTOR, now=world.NOW)
    with pytest.raises(NotOpen):
        operations.end(actor=world.ACTOR, now=world.NOW)
    begun()


def test_the_reason_of_the_desk_is_not_shown_to_employers() -> None:
    begun()

    page = somebody("dimona").get(PAGE).content.decode()

    assert "The register does not answer" not in page
    assert "Dimona cannot be used now" in words(page)
