"""Declaring on the pages: what the rules say before sending, and the answer afterwards."""

from typing import Any

import pytest
from django.test import Client

from guichet.access.rights import give_right
from guichet.eservices.dimona import processing
from guichet.eservices.dimona.models import Declaration
from guichet.platform import clock
from guichet.registers.enterprises import queries as enterprises
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, FIRM, KARIM, NOW, OTHER, TODAY, USER, day, opened
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
IN = "/dimona/declare/"
ACTS = ("end", "change", "cancel")
HOME = {
    "last_name": "Peeters", "first_name": "Noor", "birth_date": "5/4/1997", "birth_place": "Gent",
    "birth_country": "150", "nationality": "150", "gender": "2", "home_street": "Dorpsstraat",
    "home_house": "1", "home_postcode": "9000", "home_town": "Gent", "home_country": "150",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def clerk(right: str = "dimona", enterprise: str = FIRM, quality: str = "employer") -> Client:
    """Somebody with this right for an enterprise."""
    give_right(
        niss=world.PENSIONER, enterprise_number=enterprise, service=right,
        first_day=TODAY - world.DAY, actor=world.ACTOR, now=NOW, quality=quality,
    )  # fmt: skip
    return signed_in(world.PENSIONER, enterprise, quality=quality)


def an_in(**given: Any) -> dict[str, Any]:
    """What the form says for tomorrow."""
    return {"ssin": KARIM, "type": "OTH", "committee": "XXX", "start": day(1)} | given


def sent(client: Client, place: str, data: dict[str, Any]) -> str:
    """Send, see that it is being processed, decide; what the page then says."""
    answer = client.post(place, data | {"sent": "yes"})
    assert answer.status_code == 302, words(answer.content.decode())
    assert KARIM not in answer["Location"]
    waiting = text(client, answer["Location"])
    assert "Being processed" in waiting
    assert "Look again" in waiting
    while processing.process(now=NOW).more:
        pass
    return text(client, answer["Location"])


def test_a_right_in_is_shown_once_more_then_sent_and_accepted() -> None:
    client = clerk()

    checked = client.post(IN, an_in())
    assert "find nothing wrong" in words(checked.content.decode())
    assert not Declaration.objects.exists()

    assert "Accepted" in sent(client, IN, an_in(sent="yes"))
    row = Declaration.objects.get()
    assert (row.channel, row.sender, row.result) == ("portal", FIRM, "A")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"committee": ""}, "00046-001"),
        ({"type": "STU"}, "01135-001"),
        ({"start_hour": "08:30"}, "00777-005"),
        ({"end": day(0)}, "00911-014"),
        ({"type": "BCW"}, "90374-349"),
        ({"ssin": "85073100101"}, "This is no national number"),
        ({"ssin": ""}, "Write the national number of the worker."),
        ({"type": ""}, "Choose the worker type."),
        ({"start": ""}, "Write the first day."),
        ({"planned": "x"}, "Write planned hours as a whole number."),
    ],
)
def test_what_the_rules_ask_is_said_before_anything_is_sent(
    given: dict[str, Any], said: str
) -> None:
    answer = clerk().post(IN, an_in(sent="yes", **given))

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert "Error: " in answer.content.decode().split("</title>")[0]
    assert not Declaration.objects.exists()


def test_end_change_and_cancel_are_sent_from_the_period() -> None:
    number = opened(world.an_in())
    client = clerk()
    place = f"/dimona/periods/{number}/"
    for act in ACTS:
        assert f"{place}{act}/" in client.get(place).content.decode()

    assert "Accepted" in sent(client, f"{place}change/", {"start": day(2)})
    assert "Accepted" in sent(client, f"{place}end/", {"end": day(9)})
    assert "Accepted" in sent(client, f"{place}cancel/", {})
    assert "counts as never declared" in text(client, place)
    assert f"{place}cancel/" not in client.get(place).content.decode()
    again = client.post(f"{place}cancel/", {"sent": "yes"})
    assert again.status_code == 422
    assert "01085-355" in words(again.content.decode()) or "00913-355" in words(
        again.content.decode()
    )


def test_a_change_that_changes_nothing_and_an_end_without_a_day_are_not_sent() -> None:
    number = opened(world.an_in())
    client = clerk()

    same = client.post(f"/dimona/periods/{number}/change/", {"start": day(1)})
    none = client.post(f"/dimona/periods/{number}/end/", {})

    assert "Nothing changes" in words(same.content.decode())
    assert "Write the last day." in words(none.content.decode())
    assert (same.status_code, none.status_code) == (422, 422)


def test_an_agency_names_the_user_company() -> None:
    client = clerk(enterprise=AGENCY, quality="temp_agency")
    given = an_in(committee="322", end=day(1))

    assert "90107-351" in words(client.post(IN, given).content.decode())
    right = given | {"user": USER, "user_committee": "302"}
    shown = words(client.post(IN, right).content.decode())
    assert enterprises.names(numbers={USER}, language="en")[USER] in shown
    right |= {"sent": "yes"}
    assert "Accepted" in sent(client, IN, right)
    assert "user company" not in text(clerk(), IN)


def test_d39_who_only_consults_finds_no_way_to_declare_and_a_direct_post_is_refused() -> None:
    number = opened(world.an_in())
    client = clerk("dimona_consult")
    before = Declaration.objects.count()

    page = client.get(f"/dimona/periods/{number}/").content.decode()
    assert IN not in page
    for place in (IN, *(f"/dimona/periods/{number}/{act}/" for act in ACTS)):
        assert place not in page
        assert client.get(place).status_code == 403
        assert client.post(place, an_in(sent="yes", end=day(3))).status_code == 403
    assert Declaration.objects.count() == before


def test_another_employers_period_or_declaration_and_none_are_the_same_answer() -> None:
    foreign = opened(world.an_in(employer=OTHER))
    pending = world.send(world.an_in(), sender=OTHER)
    decided = Declaration.objects.get(period_id=foreign).id
    client = clerk()

    for number in (foreign, foreign + 1, 10**30):
        for act in ACTS:
            place = f"/dimona/periods/{number}/{act}/"
            assert client.get(place).status_code == 404
            assert client.post(place, {"end": day(3), "start": day(3)}).status_code == 404
    for number in (decided, pending, 1, 10**30):
        assert client.get(f"/dimona/declarations/{number}/").status_code == 404


@pytest.mark.parametrize("place", [IN, "/dimona/periods/1/end/", "/dimona/declarations/1/"])
def test_a_visitor_is_led_to_the_sign_in_and_a_worker_is_refused(place: str) -> None:
    assert Client().get(place).status_code == 302
    assert signed_in(KARIM).get(place).status_code == 403
