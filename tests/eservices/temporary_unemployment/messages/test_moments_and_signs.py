"""When a set counts as received, and signs that no honest sender writes.

Sources: R-FD-8 and SC39 (a cancellation after the window), the pipeline of the channel, CTW-010,
CTW-081, CTW-092 and CTW-094 of the catalogue.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.eservices.temporary_unemployment.messages.models import Delivery
from guichet.eservices.temporary_unemployment.models import Communication
from tests.doors import rest
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import files, house
from tests.eservices.temporary_unemployment.messages.house import (
    answer,
    beside,
    drop,
    form,
    name,
    put,
    result,
    work,
)
from tests.eservices.temporary_unemployment.messages.test_api import (
    BASE,
    Caller,
    body,
    call,
    caller,
    get,
    upload,
)

__all__ = ["caller", "rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("sending"),
]
# Ten minutes before midnight in Brussels.
EVENING: Final = datetime(2025, 3, 9, 22, 50, tzinfo=UTC)
NEXT_DAY: Final = EVENING + timedelta(minutes=25)


def first_day(**other: Any) -> dict[str, Any]:
    """A first day of bad weather of the firm."""
    head = {key: house.form()[key] for key in ("EmployerDeclarationLink", "EstablishmentUnit")}
    return files.weather(**head | other)


def test_a_trigger_does_not_count_for_files_that_come_after_midnight() -> None:
    content = files.written([form()])
    put(name("GO"), now=EVENING)
    put(name("FS"), beside(content), now=EVENING)
    put(name("FI"), content, now=NEXT_DAY)
    work(NEXT_DAY)

    row = Communication.objects.get()
    assert row.received_at == NEXT_DAY
    assert f"{row.told_on}" == "2025-03-10"
    assert "CTW-015" in [one.text for one in answer("NOTI").iter("ErrorID")]


def test_what_came_before_midnight_counts_as_of_then_whenever_it_is_handled() -> None:
    content = files.written([form()])
    put(name("FI"), content, now=EVENING)
    put(name("FS"), beside(content), now=EVENING)
    put(name("GO"), now=EVENING)
    work(NEXT_DAY)

    row = Communication.objects.get()
    assert (row.received_at, f"{row.told_on}") == (EVENING, "2025-03-09")


# Wednesday 23 April 2025 is the last day on which the one of Tuesday 22 April may be cancelled.
@pytest.mark.parametrize(("minutes", "late"), [(-1, False), (0, True)])
def test_sc39_a_cancellation_is_late_by_the_moment_of_its_file(minutes: int, late: bool) -> None:
    midnight = datetime(2025, 4, 23, 22, 0, tzinfo=UTC)
    sent = world.sent(world.first_day(date(2025, 4, 22), world.moment("2025-04-14")))
    at = midnight + timedelta(minutes=minutes)
    gone = first_day(
        TemporaryUnemploymentReason="E", AttestationStatus="3",
        Reference=files.reference(sent.ticket), NaturalPerson=[],
    )  # fmt: skip
    drop([gone], now=at)
    work(midnight + timedelta(minutes=5))

    codes = [one.text for one in answer("NOTI").iter("ErrorID")]
    assert ("CTW-083" in codes) is late
    assert Communication.objects.get(pk=sent.pk).state == "cancelled"


@pytest.mark.parametrize("surrounding", ["R", "T"])
def test_a_file_without_the_signature_it_needs_is_refused_at_once(
    surrounding: str, caller: Caller
) -> None:
    content = files.written([form()])
    given = name("FI", surrounding=surrounding)

    refused = upload(caller, content, name=given, signed=None)

    assert refused.status_code == 400
    assert refused.json()["issues"][0]["name"] == "signature"
    assert not Delivery.objects.exists()
    assert upload(caller, content, name=given).status_code == 202


def test_a_declaration_of_many_parts_is_a_400(caller: Caller) -> None:
    many = {f"x{number}": SimpleUploadedFile("x", b"x") for number in range(150)}
    fields = {f"x{number}": "1" for number in range(1_100)}

    for parts in (many, fields):
        assert Client().post(f"{BASE}/files", parts, headers=caller).status_code == 400


@pytest.mark.parametrize(
    "other",
    [
        {"ownReference": "2025\n"},
        {"jointCommission": "111\n"},
        {"workPattern": ["1111100\n"]},
        {"establishmentUnit": {"number": world.PLACE, "postCode": "4000\n"}},
        {"workers": [{"ssin": world.ANNE, "lastName": "Du\x01bois"}]},
        {"workers": [{"ssin": world.ANNE, "firstName": "An\x85ne"}]},
    ],
    ids=range(6),
)
def test_a_line_break_at_the_end_is_no_part_of_a_code(other: Any, caller: Caller) -> None:
    assert call("POST", caller, "/communications", body(**other)).status_code == 400
    assert not Communication.objects.exists()


@pytest.mark.parametrize("blank", [" " * 20, "\n" * 12, "\u00a0" * 10 + "x"])
def test_sc27_blanks_are_no_reason(blank: str, caller: Caller) -> None:
    refused = call("POST", caller, "/communications", body(reasonDescription=blank))

    assert refused.status_code == 422
    assert "CTW-081" in [one["code"] for one in refused.json()["issues"]]


def test_a_day_of_creation_that_does_not_exist_is_not_repeated() -> None:
    drop([form(FormCreationDate="2025-02-30")])
    work()

    notified = answer("NOTI")  # held to the schema
    assert notified.findtext(".//HandledOriginalForm/FormCreationDate") is None
    assert [one.text for one in notified.iter("ErrorID")] == ["CTW-010"]


def test_a_receipt_names_the_file_as_it_was_sent() -> None:
    content = files.written([form()])
    put(name("FI", surrounding="S", end=".01.01"), content)
    put(name("GO", surrounding="S"))
    work()

    receipt = answer("ACRF")
    assert result(receipt) == ("1", None)
    assert receipt.findtext(".//FileName") == name("FI", surrounding="S", end=".01.01")


def test_the_answer_to_a_withdrawal_tells_of_the_withdrawal(caller: Caller) -> None:
    late = call("POST", caller, "/communications", body(startDate="2025-03-10")).json()
    assert "CTW-014" in [one["code"] for one in late["findings"]]

    gone = [
        call("DELETE", caller, f"/communications/{late['ticket']}", **{"Idempotency-Key": "k"})
        for _ in range(2)
    ]

    assert [one.json()["findings"] for one in gone] == [[], []]
    assert gone[1].headers["Idempotency-Replayed"] == "true"


def test_a_plus_that_was_not_escaped_is_read_as_one(caller: Caller) -> None:
    assert get(caller, "/decisions?since=2025-03-21T00:00:00+01:00").status_code == 200
