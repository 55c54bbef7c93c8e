"""The three steps of an IN: only what matters is asked, and what was typed is never lost."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.models import Lookup
from guichet.eservices.dimona import identifying, processing
from guichet.eservices.dimona.models import Declaration
from guichet.platform import clock
from tests.eservices.dimona import world
from tests.eservices.dimona.test_api import lend
from tests.eservices.dimona.test_declaring_pages import HOME, IN, an_in, clerk, sent
from tests.eservices.dimona.world import (
    AGENCY,
    CITY,
    FIRM,
    KARIM,
    LOTTE,
    NOW,
    OTHER,
    USER,
    day,
    opened,
)
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WORKED = [str(at) for at in range(5)]
USER_AT = {
    "user_street": "Damrak", "user_house": "1", "user_postcode": "1012", "user_town": "Amsterdam",
    "user_country": "129",
}  # fmt: skip
PLACE = {
    "place_name": "Shop", "place_street": "Rue du Moulin", "place_house": "1",
    "place_postcode": "1000", "place_town": "Bruxelles", "place_country": "150",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def agency() -> Client:
    return clerk(enterprise=AGENCY, quality="temp_agency")


def asked(client: Client, **kind: str) -> set[str]:
    """The fields that the second step shows after this first one."""
    answer = client.post(IN, an_in(**kind) | {"step": "kind"})
    page = answer.content.decode()
    assert answer.status_code == 200, words(page)
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]
    shown = re.findall(r'<(?:input|select)[^>]*?\bname="(\w+)"[^>]*>', main)
    hidden = re.findall(r'<input type="hidden" name="(\w+)"', main)
    return {name for name in shown if name not in hidden and "reference" not in name}


def parts(prefix: str) -> set[str]:
    return {
        f"{prefix}_{part}" for part in ["street", "house", "box", "postcode", "town", "country"]
    }


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ({}, {"ssin", "end"}),
        ({"type": "STU"}, {"ssin", "end", "planned", "place_name", *parts("place")}),
        ({"type": "FLX"}, {"ssin", "end", "start_hour", "end_hour"}),
        ({"type": "FLX-period"}, {"ssin", "end"}),
        (
            {"type": "EXT", "committee": "302"},
            {"ssin", "end", "start_hour", "end_hour"},
        ),
        ({"type": "BCW", "committee": "124"}, {"ssin", "end", "card", "next_card"}),
        ({"type": "IVT"}, {"ssin", "end", "nature", "statute", "risk"}),
        ({"type": "S17"}, {"ssin", "end", "planned"}),
        ({"type": "T17"}, {"ssin", "end"}),
        (
            {"how": "described"},
            {"end", *HOME, "initial", "home_box"},
        ),
    ],
)
def test_the_second_step_asks_only_what_matters(kind: dict[str, str], fields: set[str]) -> None:
    assert asked(clerk(), **kind) == fields


def test_an_agency_is_asked_for_the_user_and_a_city_for_no_committee() -> None:
    temp = {"committee": "322"}
    client = agency()

    assert {"user", "user_committee", "weekdays"} <= asked(client, **temp)
    abroad = asked(client, **temp, user_kind="address")
    assert {"user_name", *parts("user")} <= abroad
    assert "user" not in abroad
    assert "user_committee" not in asked(client)
    city = clerk(enterprise=CITY)
    assert "Joint committee" not in text(city, IN)
    assert "sub_entity" in asked(city, committee="")


def test_a_type_that_cannot_be_is_said_in_the_first_step() -> None:
    client = clerk()

    for given, said in (
        ({"type": "STX"}, "00655-003"),
        ({"type": "BCW"}, "90374-349"),
        ({"committee": ""}, "00046-001"),
        ({"committee": "200"}, "Choose one of the list."),
        ({"start": "1919-01-01"}, "00910-008"),
        ({"start": "9999-12-31"}, "Write the first day."),
    ):
        answer = client.post(IN, an_in(**given) | {"step": "kind"})
        assert answer.status_code == 422
        assert said in words(answer.content.decode())


def test_going_back_and_on_again_loses_nothing() -> None:
    client = clerk()
    given = an_in(type="STU", planned="12", end=day(1), **PLACE)

    back = client.post(IN, given | {"step": "back"}).content.decode()
    for name, value in (("planned", "12"), ("place_name", "Shop"), ("ssin", KARIM)):
        assert f'<input type="hidden" name="{name}" value="{value}">' in back
    on = client.post(IN, given | {"step": "kind"}).content.decode()
    assert 'value="Rue du Moulin"' in on
    narrowed = client.post(IN, given | {"step": "kind", "type": "OTH"}).content.decode()
    assert "planned" not in narrowed.split("<main")[1]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "STU", "ssin": LOTTE, "planned": "8", "end": day(1)} | PLACE, "Accepted"),
        (
            {"type": "FLX", "ssin": world.PENSIONER, "start_hour": "18:00", "end_hour": "2330"},
            "Accepted",
        ),
        ({"type": "FLX-period", "ssin": world.PENSIONER, "end": "2026-03-31"}, "Accepted"),
        (
            {"type": "EXT", "committee": "302", "end": day(1), "start_hour": "18:00",
             "end_hour": "23:00"},
            "Accepted",
        ),
        (
            {"type": "BCW", "committee": "124", "card": "123456789012",
             "next_card": "123456789013"},
            "Accepted",
        ),
        (
            {"type": "IVT", "end": day(20), "nature": "WORKER", "statute": "F1"},
            "Accepted",
        ),
        ({"type": "O17", "end": day(1), "planned": "5"}, "Accepted"),
        ({"type": "T17", "end": day(1)}, "Accepted"),
        ({"type": "DWD", "reference_7": "R 1", "reference_8": "W 2"}, "Accepted"),
        ({"how": "both", "last_name": "Lemaire", "first_name": "Karim"}, "Accepted"),
        ({"how": "both", "last_name": "Other"}, "00025-348"),
    ],
)  # fmt: skip
def test_every_sort_of_work_is_declared_on_the_page(given: dict[str, str], expected: str) -> None:
    assert expected in sent(clerk(), IN, an_in(**given))


def test_d18_somebody_without_a_number_is_described_and_found() -> None:
    client = clerk()
    given = an_in(how="described", **HOME)
    del given["ssin"]

    checked = words(client.post(IN, given).content.decode())
    assert "Waiting for identification" in checked
    answer = client.post(IN, given | {"sent": "yes"})
    processing.process(now=NOW)
    assert "The worker is being identified" in text(client, answer["Location"])
    later = NOW + world.DAY
    identifying.identify_waiting(now=later)
    processing.process(now=later)
    row = Declaration.objects.get()
    assert row.result == "A"
    assert row.body["worker"]["birthDate"] == "1997-04-05"
    assert row.body["worker"]["address"]["municipality"] == {"code": 44021, "name": "Gent"}


def test_d18_a_description_with_gaps_names_them() -> None:
    given = an_in(how="described", **HOME | {"birth_place": "", "home_postcode": "0999"})
    del given["ssin"]

    page = words(clerk().post(IN, given).content.decode())

    assert "No town in Belgium has this postcode." in page
    given["home_postcode"] = "9000"
    assert "90017-363" in words(clerk().post(IN, given).content.decode())


def test_a_user_company_abroad_is_named_with_its_address() -> None:
    given = an_in(
        committee="322", end=day(1), user_kind="address", user_name="Grachten BV",
        user_committee="302", **USER_AT,
    )  # fmt: skip
    client = agency()

    assert "Accepted" in sent(client, IN, given)
    user = Declaration.objects.get().body["dimonaIn"]["features"]["usingEmployer"]
    assert user["name"] == "Grachten BV"
    assert user["address"]["country"] == 129
    missing = client.post(IN, given | {"user_town": ""})
    assert missing.status_code == 422
    assert "00522-001" in words(missing.content.decode())


def test_i21_an_empty_day_of_a_week_contract_warns_and_the_reason_is_kept() -> None:
    client = agency()
    week = an_in(
        committee="322", start=day(7), end=day(11), user=USER, user_committee="302",
        weekdays=[*"0134"],
    )  # fmt: skip

    untold = client.post(IN, week | {"weekdays": []})
    assert "Tick the days on which he or she works." in words(untold.content.decode())
    full = words(client.post(IN, week | {"weekdays": WORKED}).content.decode())
    assert "A warning" not in full
    page = words(client.post(IN, week).content.decode())
    assert "A warning. You can continue." in page
    assert "A day without work would be declared all the same" in page
    assert not Declaration.objects.exists()

    told = sent(client, IN, week | {"reason": "A day of training at home"})
    assert "Reason given for sending it: A day of training at home" in told
    row = Declaration.objects.get()
    assert row.warned == {
        "warnings": [{"code": "emptyDay", "days": ["2026-03-11"]}],
        "reason": "A day of training at home",
    }
    assert "A day of training at home" in text(client, f"/dimona/periods/{row.period_id}/")
    edited = client.post(IN, week | {"step": "edit", "reason": "Because"}).content.decode()
    assert '<input type="hidden" name="reason" value="Because">' in edited
    later = week | {"start": day(14), "end": day(18)}
    assert "No reason was given" in sent(client, IN, later)


def test_a_town_that_does_not_go_with_its_postcode_is_warned_of() -> None:
    hamlet = {"place_town": "Les Marolles"}
    given = an_in(type="STU", ssin=LOTTE, planned="8", end=day(1), **PLACE | hamlet)

    page = words(clerk().post(IN, given).content.decode())

    assert "The postcode 1000 belongs to Bruxelles. Look whether the town is right." in page
    assert "Accepted" in sent(clerk(), IN, given)


def test_a_town_of_another_postcode_is_an_error_at_its_field() -> None:
    wrong = PLACE | {"place_town": "Gent"}
    given = an_in(type="STU", ssin=LOTTE, planned="8", end=day(1), **wrong)

    answer = clerk().post(IN, given)

    assert answer.status_code == 422
    told = "The postcode 1000 belongs to Bruxelles: correct the postcode or the town."
    assert told in words(answer.content.decode())
    assert 'href="#id_place_town"' in answer.content.decode()


def test_what_the_registers_would_refuse_is_said_with_its_source_and_not_sent() -> None:
    opened(world.an_in())
    client = clerk()

    answer = client.post(IN, an_in(sent="yes"))
    page = words(answer.content.decode())

    assert answer.status_code == 422
    assert "It would be refused" in page
    assert "90373-333" in page
    assert "Glossary of the social-security office" in page
    assert "Send it all the same" not in page
    assert client.post(IN, an_in(sent="anyway")).status_code == 422
    assert Declaration.objects.count() == 1


def test_while_something_is_undecided_a_foreseen_refusal_may_be_sent() -> None:
    number = opened(world.an_in())
    world.send(world.cancel(number))  # undecided
    client = clerk()

    assert "Send it all the same" in words(client.post(IN, an_in()).content.decode())
    assert client.post(IN, an_in(sent="anyway")).status_code == 302
    while processing.process(now=NOW).more:
        pass
    assert Declaration.objects.latest("id").result == "A"


def test_remarks_are_foreseen_and_a_look_is_noted() -> None:
    client = clerk()

    page = words(client.post(IN, an_in(type="STU", ssin=LOTTE, planned="900", end=day(1)))
                 .content.decode())  # fmt: skip

    assert "Accepted with remarks" in page
    assert "Beyond the quota: 250" in page
    noted = Lookup.objects.using("audit").filter(niss=LOTTE, purpose="dimona.foreseen")
    assert noted.count() == 1
    assert not Declaration.objects.exists()


HOSTILE: list[Mapping[str, Any]] = [
    {"start": "x" * 500}, {"planned": "9" * 400, "type": "STU"}, {"ssin": "\0"},
    {"end": "0001-01-01"}, {"reference_7": "x" * 400}, {"type": "STU\0"},
    {"how": "?"}, {"place_name": "<script>", "type": "STU"}, {"weekdays": ["9"]},
    {"start_hour": "99:99", "type": "FLX"}, {"type": "STU", "place_country": "-1"},
    {"how": "described", "birth_date": "0/0/0/0"}, {"how": "described", "birth_date": "\0//"},
]  # fmt: skip


@pytest.mark.parametrize("given", HOSTILE)
@pytest.mark.parametrize("step", ["", "kind", "edit", "back"])
def test_hostile_input_is_refused_or_shown_again_and_never_breaks(
    given: Mapping[str, Any], step: str
) -> None:
    answer = clerk().post(IN, an_in(step=step) | given)

    assert answer.status_code in (200, 422)
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main>")[0]


def test_a_provider_declares_for_an_employer_and_each_sees_the_answer() -> None:
    lend()
    client = clerk(enterprise=OTHER, quality="service_provider")
    answer = client.post("/act-for/", {"enterprise": f"{FIRM}:employer:{OTHER}"})
    assert answer.status_code == 302

    told = client.post(IN, an_in(sent="yes"))
    row = Declaration.objects.get()
    assert (row.sender, row.body["employer"]["enterpriseNumber"]) == (OTHER, FIRM)
    assert "Being processed" in text(client, told["Location"])
    assert str(row.id) in text(client, "/dimona/declarations/")
    while processing.process(now=NOW).more:
        pass
    for reader in (client, _own_clerk()):
        assert "Accepted" in text(reader, told["Location"])
        assert str(row.id) in text(reader, "/dimona/declarations/")


def _own_clerk() -> Client:
    give_right(
        niss=LOTTE, enterprise_number=FIRM, service="dimona_consult",
        first_day=world.TODAY - world.DAY, actor=world.ACTOR, now=NOW,
    )  # fmt: skip
    return signed_in(LOTTE, FIRM)
