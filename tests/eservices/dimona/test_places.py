"""Postcodes and towns of Belgium: what the list can tell, at every door alike."""

from __future__ import annotations

from typing import Any

import pytest

from guichet.eservices.dimona import processing
from guichet.eservices.dimona.batch import operations
from guichet.eservices.dimona.models import Declaration
from guichet.registers.exchanges.models import File
from guichet.registers.works.municipalities import is_elsewhere
from tests.eservices.dimona import world
from tests.eservices.dimona.batch.files import written
from tests.eservices.dimona.world import (
    ADDRESS,
    IDENTITY,
    NOW,
    an_in,
    answered,
    said,
    student,
    temp,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registers() -> None:
    world.build()


def at(postcode: Any, town: str, code: int | None = None, **more: Any) -> dict[str, Any]:
    """An address of these."""
    return ADDRESS | {"postCode": postcode, "municipality": {"code": code, "name": town}} | more


def placed(address: dict[str, Any]) -> dict[str, Any]:
    """A student who works there."""
    return student(studentPlaceOfWork={"name": "Shop", "address": address})


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        (at("1000", "Brussel"), "A"),
        (at(1000, "BRUXELLES"), "A"),
        (at("1020", "Laken"), "A"),  # a part with a postcode of its own
        (at("9000", "Sint-Pieters-Aaigem"), "A"),  # a name that the list does not hold
        (at("9320", "Nieuwerkerken"), "A"),  # a part of Aalst, called as a municipality elsewhere
        (at("5561", "Celles"), "A"),  # Celles-lez-Dinant, in Houyet
        (at("8800", "Beveren", 36015), "A"),  # the code says Roeselare
        (at("1000", "Gent"), "B 00522-003"),
        (at("9000", "liège", 62063), "B 00522-003"),
        (at("0999", "Gent"), "B 00520-003"),
        (at("90000", "Gent"), "B 00520-003"),
        (at("1012", "Amsterdam", country=129), "A"),
    ],
)
def test_the_postcode_of_a_workplace_is_one_of_its_town(
    address: dict[str, Any], answer: str
) -> None:
    assert answered(said(placed(address))) == answer


def test_a_user_company_without_number_has_its_address_judged_too() -> None:
    user = {"name": "Usine", "jointCommissionNumber": "302", "address": at("1000", "Gent")}

    assert answered(said(temp(user=user))) == "B 00522-003"


@pytest.mark.parametrize(
    ("address", "code"), [(at("0999", "Gent"), "00033-003"), (at("1000", "Gent"), "00034-003")]
)
def test_so_has_a_worker_who_is_described(address: dict[str, Any], code: str) -> None:
    message = an_in(ssin=None)
    message["worker"] = IDENTITY | {"address": address}

    assert answered(said(message)) == f"B {code}"


def test_a_file_is_judged_as_a_message_is() -> None:
    towns = [at("1000", "Gent", 44021), at("1000", "Bruxelles", 21004)]
    content = written([placed({**town, "boxNumber": "2"}) for town in towns])
    operations.receive(
        content=content, sender=world.FIRM, channel="rest", actor=world.ACTOR, now=NOW
    )

    operations.read(file=File.objects.get().pk, now=NOW)
    processing.process(now=NOW)

    answers = Declaration.objects.order_by("pk").values_list("result", "anomalies")
    assert [(result, list(codes)) for result, codes in answers] == [("B", ["00522-003"]), ("A", [])]


def test_a_name_that_two_places_share_is_never_elsewhere() -> None:
    assert not is_elsewhere(postcode="3381", municipality="Kapellen")
    assert is_elsewhere(postcode="1000", municipality="Charleroi")
