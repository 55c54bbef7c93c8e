"""Declaring postings for an employer abroad by its mandate: who may, for whose declarations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from django.test import Client

from guichet.access.mandates import operations as mandates
from guichet.access.rights import give_right
from guichet.audit.actors import Actor
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.documents.models import Document
from guichet.eservices.limosa.models import Declaration
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.registers.postings import queries as postings
from guichet.rules.mandates import Domain, Quarter
from tests.access.mandates.parties import (
    FIRM,
    GRIET,
    INGE,
    KOEN,
    NADIA,
    NEXT,
    OFFICE,
    OTHER_FIRM,
    OTHER_OFFICE,
    PAUL,
    THIS,
    active,
    browser,
    build,
    seat,
)
from tests.eservices.limosa import test_pages as pages
from tests.portal.browsing import NOW, signed_in, text
from tests.portal.conftest import at_this_moment, world
from tests.portal.world import ACTOR, World

__all__ = ["at_this_moment", "world"]
pytestmark = pytest.mark.django_db(databases=["default", "audit"])
TODAY = clock.today(NOW)
BY_MANDATE: Final = f"{FIRM}:employer:{OFFICE}"
WHO = pages.WHO | {
    "niss": fixtures.WB, "employer_vat": "", "employer_name": "", "client": fixtures.E2,
}  # fmt: skip
WORK = pages.WORK | {
    "first_day": (TODAY + timedelta(days=3)).isoformat(),
    "last_day": (TODAY + timedelta(days=60)).isoformat(),
}


@pytest.fixture(autouse=True)
def _parties(world: World, at_this_moment: None) -> None:  # the fixtures
    """The employer, two providers; Nadia may declare postings at her own office."""
    build()
    since = TODAY - timedelta(days=900)
    with transaction(actor=ACTOR):
        give_right(
            niss=NADIA, enterprise_number=OFFICE, service="limosa", first_day=since,
            quality="service_provider", actor=ACTOR, now=NOW,
        )  # fmt: skip


def for_the_firm(niss: str = NADIA, office: str = OFFICE) -> Client:
    """Somebody who asks to act for the employer by mandate to his office."""
    client = signed_in(niss, office, quality="service_provider")
    client.post("/act-for/", {"enterprise": f"{FIRM}:employer:{office}"})
    return client


def declared(client: Client) -> Declaration:
    return pages.declared(client, WHO, WORK)


def test_who_holds_a_mandate_declares_in_the_name_of_the_employer_and_both_see_it() -> None:
    active(Domain.LIMOSA, first=THIS)
    nadia = for_the_firm()
    place = pages.drafted(nadia, WHO, WORK)
    said = text(nadia, f"{place}check/")
    assert "in the name of Cristal du Bocq Nettoyage, by its mandate to Secrétariat Vivier" in said

    row = declared(nadia)

    assert row.enterprise is not None
    assert row.enterprise.number == FIRM
    posting = postings.posting(number=row.number)
    assert posting is not None
    assert (posting.employer, posting.client, posting.niss) == (FIRM, fixtures.E2, fixtures.WB)
    assert row.number in text(browser(INGE, FIRM), "/limosa/")
    assert row.number in text(for_the_firm(KOEN), "/limosa/")
    entry = Entry.objects.get(action="limosa.declaration.accepted", target=row.number)
    assert (entry.actor_id, entry.actor_enterprise) == (NADIA, FIRM)
    assert Document.objects.get(kind="limosa.l1").enterprise.number == FIRM
    nadia.get(f"/limosa/{row.number}/")
    seen = Lookup.objects.using("audit").filter(purpose="limosa.own", viewer_id=NADIA)
    assert {one.viewer_enterprise for one in seen} == {OFFICE}


def test_by_mandate_it_is_changed_and_cancelled_too() -> None:
    active(Domain.LIMOSA, first=THIS)
    row = declared(browser(INGE, FIRM))
    nadia = for_the_firm()

    place = pages.begun(nadia, row.number)
    assert nadia.post(f"{place}work/", WORK | {"service": "Roofing"}).status_code == 302
    assert nadia.post(f"{place}check/", {"do": "send"}).status_code == 302
    cancelled = nadia.post(f"/limosa/{row.number}/cancel/", {"reason": "The client waits."})

    assert cancelled.status_code == 302
    row.refresh_from_db()
    assert (row.version, row.state) == (3, "cancelled")


def _nothing() -> None:
    """No mandate."""


def _for_works() -> None:
    active(Domain.WORKS, Domain.PRESENCE, first=THIS)


def _to_another_office() -> None:
    active(Domain.LIMOSA, first=THIS, office=OTHER_OFFICE)


def _later() -> None:
    active(Domain.LIMOSA, first=NEXT)


def _taken_back() -> None:
    mandate = active(Domain.LIMOSA, first=THIS)
    assert browser(INGE, FIRM).post(f"/mandates/{mandate.pk}/take-back/").status_code == 302


@pytest.mark.parametrize("given", [_nothing, _for_works, _to_another_office, _later, _taken_back])
def test_without_a_mandate_for_limosa_in_force_nothing_opens(given: Callable[[], None]) -> None:
    row = declared(browser(INGE, FIRM))
    given()

    nadia = for_the_firm()

    for place in (f"/limosa/{row.number}/", f"/limosa/{row.number}/cancel/"):
        assert nadia.get(place).status_code in (403, 404)
    assert nadia.post("/limosa/declare/", {"number": row.number}).status_code in (403, 404)
    assert nadia.post(f"/limosa/{row.number}/cancel/", {"reason": "x"}).status_code in (403, 404)
    assert row.number not in nadia.get("/limosa/").content.decode()
    assert Declaration.objects.get().version == 1


def test_the_own_right_is_needed_beside_the_mandate() -> None:
    active(Domain.LIMOSA, Domain.PRESENCE, first=THIS)
    with transaction(actor=ACTOR):
        give_right(
            niss=PAUL, enterprise_number=OFFICE, service="presence",
            first_day=TODAY - timedelta(days=9), quality="service_provider", actor=ACTOR, now=NOW,
        )  # fmt: skip

    paul = for_the_firm(PAUL)

    assert paul.get("/limosa/").status_code == 403
    assert paul.post("/limosa/declare/").status_code == 403


@pytest.mark.parametrize("role", ["mandatary", "other office", "stranger"])
def test_a_declaration_of_others_and_none_are_the_same_404_by_mandate_too(role: str) -> None:
    active(Domain.LIMOSA, first=THIS)
    foreign = declared(browser(PAUL, OTHER_FIRM))
    own = declared(browser(INGE, FIRM))
    draft = pages.begun(browser(PAUL, OTHER_FIRM)).split("/")[3]
    client, hidden = {
        "mandatary": (for_the_firm(), [foreign]),
        "other office": (browser(GRIET, OTHER_OFFICE), [foreign, own]),
        "stranger": (browser(PAUL, OTHER_FIRM), [own]),
    }[role]

    numbers = [row.number for row in hidden] + ["26112400000000001"]
    for number in numbers:
        assert client.get(f"/limosa/{number}/").status_code == 404
        assert client.post(f"/limosa/{number}/cancel/", {"reason": "x"}).status_code == 404
        assert client.post("/limosa/declare/", {"number": number}).status_code == 404
    if role != "stranger":
        for key in (draft, str(UUID(int=9))):
            assert client.get(f"/limosa/declare/{key}/who/").status_code == 404


def test_an_open_session_ends_with_the_quarter_of_the_mandate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = declared(browser(INGE, FIRM))
    mandate = active(Domain.LIMOSA, first=THIS)
    inge = Actor("person", INGE, FIRM)
    mandates.end(seat=seat(FIRM), mandate=mandate.pk, last=Quarter(2026, 4), by=inge, now=NOW)
    last = datetime(2026, 12, 31, 23, 59, tzinfo=clock.BRUSSELS)
    monkeypatch.setattr(clock, "now", lambda: last)
    nadia = for_the_firm()
    assert row.number in text(nadia, "/limosa/")

    monkeypatch.setattr(clock, "now", lambda: last + timedelta(minutes=2))

    # She is left with what is her own: nothing.
    assert row.number not in text(nadia, "/limosa/")
    assert nadia.get(f"/limosa/{row.number}/").status_code == 404
    assert nadia.post("/limosa/declare/", {"number": row.number}).status_code == 404


def test_a_mandate_for_limosa_is_offered_on_the_page_and_leads_to_the_declarations() -> None:
    assert 'value="limosa"' in browser(INGE, FIRM).get("/mandates/new/").content.decode()
    active(Domain.LIMOSA, first=THIS)

    said = for_the_firm().get("/").content.decode()

    assert "/limosa/" in said
