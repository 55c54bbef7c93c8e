"""Paper or electronic: what a month says of its card, and reasoned requests of the transition."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from guichet.eservices.temporary_unemployment.cards import keeping, reminding
from guichet.eservices.temporary_unemployment.cards.models import PaperRequest
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.eservices.temporary_unemployment.cards import world
from tests.eservices.temporary_unemployment.cards.world import (
    CLERK,
    FACTORY,
    HASSAN,
    LIES,
    NOW,
    PIOTR,
    SHELTERED,
    SITE,
    at,
    himself,
    key,
    mark,
    place,
)
from tests.portal.browsing import text

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("site"),
]


def asked(**given: Any) -> PaperRequest:
    """A request for paper of the factory, or of one of its workers."""
    usual: dict[str, Any] = {
        "employer": Enterprise.objects.get(number=FACTORY), "person": None,
        "first_month": date(2025, 2, 1), "last_month": date(2025, 4, 1),
        "asked_on": date(2025, 1, 20), "reason": "No telephone at work.", "office": "LIE",
        "noted_by": Person.objects.get(niss=CLERK), "noted_at": NOW,
    }  # fmt: skip
    with transaction(actor=world.ACTOR):
        return PaperRequest.objects.create(**usual | given)


def test_a_month_says_that_its_card_is_electronic_only_and_by_which_law() -> None:
    page = text(himself(HASSAN), place(employer=FACTORY))

    assert "The card of this month is electronic only." in page
    assert "On a reasoned request it could still be on paper; none is noted for you." in page
    assert "Royal Decree of 9 July 2024" in page
    assert "Before 2025 the card was on paper" not in page
    first = text(himself(HASSAN), place(employer=FACTORY, month=date(2025, 1, 1)))
    assert "Before 2025 the card was on paper, and electronic for who wanted it." in first


def test_who_may_stay_on_paper_is_told_why_and_may_still_mark_here() -> None:
    asked()
    hassan = himself(HASSAN)

    page = text(hassan, place(employer=FACTORY))

    assert "You hold one card for this month: on paper, or this one." in page
    assert "On 20/01/2025 your employer asked, with his reasons" in page
    assert "until April 2025" in page
    assert "electronic only" not in page
    january = text(hassan, place(employer=FACTORY, month=date(2025, 1, 1)))
    assert "electronic only" in january
    assert mark(12, of=key(HASSAN, FACTORY)) == 1
    assert "Send your control card" not in text(himself(PIOTR), place(employer=SITE))


def test_a_workers_own_request_is_for_himself() -> None:
    asked(person=Person.objects.get(niss=HASSAN))

    assert "you asked, with your reasons" in text(himself(HASSAN), place(employer=FACTORY))
    assert "electronic only" in text(himself(PIOTR), place(employer=FACTORY))


@pytest.mark.parametrize(
    ("given", "constraint"),
    [
        ({"first_month": date(2025, 2, 2)}, "of_months"),
        ({"last_month": date(2025, 1, 1)}, "in_order"),
        ({"reason": ""}, "reasoned"),
        ({"office": "XYZ"}, "office_known"),
        ({}, "once"),
    ],
)
def test_the_database_keeps_requests_in_order(given: dict[str, Any], constraint: str) -> None:
    asked(first_month=date(2025, 2, 1))
    with pytest.raises(IntegrityError, match=f"temporary_unemployment_card_request_{constraint}"):
        asked(**given)


@pytest.mark.parametrize(
    ("niss", "employer", "is_requested", "count"),
    [(LIES, SHELTERED, False, 0), (HASSAN, FACTORY, True, 0), (HASSAN, FACTORY, False, 1)],
    ids=["sheltered", "requested", "electronic"],
)
def test_who_holds_the_card_on_paper_is_not_reminded_to_send_it(
    monkeypatch: pytest.MonkeyPatch, niss: str, employer: str, is_requested: bool, count: int
) -> None:
    if is_requested:
        asked()
    told = {(Person.objects.get(niss=niss).pk, employer)}
    monkeypatch.setattr(
        reminding.told, "workers", lambda month: told if month.month == 3 else set()
    )
    monkeypatch.setattr(reminding.telling, "reminded", lambda *_given, **_more: None)

    assert reminding.remind(now=at(29)) == count


def test_a_request_is_in_the_workers_copy_of_his_data_and_ends_with_the_retention() -> None:
    asked(person=Person.objects.get(niss=HASSAN))
    asked()

    mine = himself(HASSAN).get("/privacy/my-data.json").json()["controlCardRequests"]

    assert [(one["employer"], one["reason"]) for one in mine] == [
        (FACTORY, "No telephone at work.")
    ]
    assert himself(PIOTR).get("/privacy/my-data.json").json()["controlCardRequests"] == []
    keeping.purge(now=NOW.replace(year=2030, month=4))
    assert PaperRequest.objects.count() == 2
    keeping.purge(now=NOW.replace(year=2030, month=5))
    assert not PaperRequest.objects.exists()
