"""A mandate from its draft to its end, and what it lets whom do: as the parties would."""

import re
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guichet.access.mandates import operations
from guichet.access.mandates.models import Lent, Mandate
from guichet.audit.actors import Actor
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.models import Dispatch
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.mandates import Domain, Quarter
from tests.access.mandates.parties import (
    FIRM,
    INGE,
    KOEN,
    NADIA,
    NEXT,
    OFFICE,
    OTHER_FIRM,
    OTHER_OFFICE,
    THIS,
    active,
    browser,
    seat,
)
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
STAFF: Final = "/presence/staff/"
BY_MANDATE: Final = f"{FIRM}:employer:{OFFICE}"
FORM: Final[dict[str, Any]] = {
    "other": OFFICE, "domains": ["presence"], "first": "2027-1", "language": "fr",
}  # fmt: skip


def _by(niss: str, number: str) -> Actor:
    return Actor("person", niss, number)


def _at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.usefixtures("parties")
def test_a27_a_mandate_that_was_kept_unsigned_is_there_as_to_finalise_in_a_new_browser() -> None:
    first = browser(INGE, FIRM)
    preview = first.post("/mandates/new/", FORM)
    assert "What Secr\u00e9tariat Vivier will be able to do" in words(preview.content.decode())
    assert not Mandate.objects.exists()

    kept = first.post("/mandates/new/", FORM | {"confirm": "1"})
    del first  # the browser is closed
    again = browser(INGE, FIRM)

    assert kept.status_code == 302
    assert "To finalise" in text(again, "/mandates/")
    assert "waits for your signature" in text(again, kept["Location"])
    assert not Lent.objects.exists()
    assert browser(KOEN, OFFICE).get(kept["Location"]).status_code == 404


@pytest.mark.usefixtures("parties")
def test_a27_both_signatures_make_it_active_from_the_chosen_quarter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = browser(INGE, FIRM).post("/mandates/new/", FORM | {"confirm": "1"})["Location"]

    browser(INGE, FIRM).post(f"{place}sign/")
    assert "Waiting for a signature" in text(browser(INGE, FIRM), place)
    browser(KOEN, OFFICE).post(f"{place}sign/")

    mandate = Mandate.objects.get()
    assert (mandate.status, mandate.first_day) == ("active", NEXT.first_day)
    assert "signed by both, begins later" in text(browser(INGE, FIRM), place)
    [lent] = Lent.objects.all()
    assert (lent.first_day, lent.last_day) == (NEXT.first_day, None)
    nadia = signed_in(NADIA)
    assert nadia.post("/act-for/", {"enterprise": BY_MANDATE}).status_code == 403
    _at(monkeypatch, datetime(2027, 1, 1, 8, tzinfo=UTC))
    assert signed_in(NADIA).post("/act-for/", {"enterprise": BY_MANDATE}).status_code == 302


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize(
    ("moment", "is_allowed"),
    [
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), False),  # the last second in Brussels
        (datetime(2026, 12, 31, 23, tzinfo=UTC), True),
        (datetime(2027, 2, 15, 12, tzinfo=UTC), True),
        (datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2027, 6, 30, 22, tzinfo=UTC), False),
        (datetime(2028, 1, 1, tzinfo=UTC), False),
    ],
)
def test_a29_a_secretariat_acts_for_its_client_inside_the_quarters_of_the_mandate_only(
    monkeypatch: pytest.MonkeyPatch, moment: datetime, is_allowed: bool
) -> None:
    mandate = active(first=NEXT)
    operations.end(
        seat=seat(FIRM), mandate=mandate.pk, last=Quarter(2027, 2), by=_by(INGE, FIRM), now=NOW
    )
    _at(monkeypatch, moment)
    nadia = signed_in(NADIA)

    switched = nadia.post("/act-for/", {"enterprise": BY_MANDATE})

    assert switched.status_code == (302 if is_allowed else 403)
    assert nadia.get(STAFF).status_code == (200 if is_allowed else 403)


@pytest.mark.usefixtures("parties")
def test_a29_an_open_session_is_refused_at_the_first_click_after_the_mandate_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mandate = active(first=THIS)
    operations.end(seat=seat(FIRM), mandate=mandate.pk, last=THIS, by=_by(INGE, FIRM), now=NOW)
    _at(monkeypatch, datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    nadia = signed_in(NADIA)
    nadia.post("/act-for/", {"enterprise": BY_MANDATE})
    assert nadia.get(STAFF).status_code == 200

    _at(monkeypatch, datetime(2026, 12, 31, 23, 1, tzinfo=UTC))

    assert nadia.get(STAFF).status_code == 403
    assert "Quatre" not in text(nadia, "/")


@pytest.mark.usefixtures("parties")
def test_a29_a_mandate_that_is_taken_back_ends_at_the_next_click_whatever_the_quarter() -> None:
    mandate = active(first=THIS)
    nadia = signed_in(NADIA)
    nadia.post("/act-for/", {"enterprise": BY_MANDATE})
    assert nadia.get(STAFF).status_code == 200

    answer = browser(INGE, FIRM).post(f"/mandates/{mandate.pk}/take-back/")

    assert answer.status_code == 302
    assert nadia.get(STAFF).status_code == 403
    mandate.refresh_from_db()
    assert (mandate.status, mandate.closing) == ("closed", "revoked")


@pytest.mark.usefixtures("parties")
def test_by_a_mandate_nobody_gets_more_than_it_covers_nor_more_than_he_holds_himself() -> None:
    active(Domain.PRESENCE, Domain.TEMPORARY_UNEMPLOYMENT, first=THIS)
    nadia, koen = signed_in(NADIA), signed_in(KOEN)
    for client in (nadia, koen):
        client.post("/act-for/", {"enterprise": BY_MANDATE})

    # Nadia holds presence and works; the mandate covers presence and temporary unemployment.
    assert _rights(nadia) == {"presence"}
    # Koen holds everything that a provider can hold, access management and mandates too.
    assert _rights(koen) == {"presence", "temporary_unemployment"}
    for place in ("/access/", "/mandates/", "/channels/"):
        assert koen.get(place).status_code == 403


@pytest.mark.usefixtures("parties")
def test_the_trail_says_for_whom_and_by_whom(parties: World) -> None:
    active(first=THIS)
    parties.day(fixtures.W1, "07:00 15:00")
    nadia = signed_in(NADIA)

    nadia.post("/act-for/", {"enterprise": BY_MANDATE})
    text(nadia, STAFF)

    switched = Entry.objects.get(action="access.session.switched")
    assert switched.actor_enterprise == FIRM
    assert switched.detail == {"mandatary": OFFICE}
    seen = set(Lookup.objects.using("audit").values_list("viewer_enterprise", flat=True))
    assert seen == {OFFICE}
    assert "by mandate to Secr\u00e9tariat Vivier" in nadia.get("/").content.decode()


@pytest.mark.usefixtures("parties")
def test_a_session_by_mandate_costs_one_query_as_any_other(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    active(first=THIS)
    nadia = signed_in(NADIA)
    nadia.post("/act-for/", {"enterprise": BY_MANDATE})

    with django_assert_num_queries(1):
        nadia.get("/glossary/")


@pytest.mark.usefixtures("parties")
def test_a_user_who_is_blocked_by_the_mandatary_acts_for_nobody() -> None:
    from guichet.access.models import Member

    active(first=THIS)
    nadia = signed_in(NADIA)
    nadia.post("/act-for/", {"enterprise": BY_MANDATE})
    person, office = _person(NADIA), Enterprise.objects.get(number=OFFICE)

    with transaction(actor=_by(KOEN, OFFICE)):
        Member.objects.create(person_id=person, enterprise=office, state="blocked", created_at=NOW)

    assert nadia.get(STAFF).status_code == 403


@pytest.mark.usefixtures("parties")
def test_a_new_mandatary_replaces_the_former_at_the_beginning_of_a_quarter() -> None:
    former = active(Domain.DIMONA, Domain.PRESENCE, first=THIS)
    form = FORM | {"other": OTHER_OFFICE, "domains": ["dimona", "presence"]}
    shown = words(browser(INGE, FIRM).post("/mandates/new/", form).content.decode())
    assert "Secr\u00e9tariat Vivier ends on the eve of that quarter" in shown

    active(Domain.DIMONA, Domain.PRESENCE, office=OTHER_OFFICE, first=NEXT)

    ends = dict(former.lent.values_list("domain", "last_day"))
    assert ends == {"dimona": THIS.last_day, "presence": None}  # presence may have several
    former.refresh_from_db()
    assert (former.status, former.last_day) == ("active", None)
    told = Dispatch.objects.filter(recipient__startswith=OFFICE)
    assert told.count() == 4  # its access was given; it waits, it is in force, it is replaced
    assert not any(re.search(r"\d{11}", mail.subject + mail.body) for mail in told)


@pytest.mark.usefixtures("parties")
def test_a_mandate_of_which_everything_is_replaced_closes_with_its_last_quarter() -> None:
    former = active(Domain.DIMONA, first=THIS)

    active(Domain.DIMONA, office=OTHER_OFFICE, first=NEXT)

    former.refresh_from_db()
    assert (former.last_day, former.closing) == (THIS.last_day, "replaced")


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"other": FIRM}, "cannot give a mandate to itself"),
        ({"other": OTHER_FIRM}, "No provider of social services"),
        ({"other": "0999999922"}, "No provider of social services"),
        ({"other": "0403170702"}, "ten digits"),
        ({"other": ""}, "Enter the enterprise number"),
        ({"domains": []}, "Choose at least one domain"),
        ({"domains": ["ebox"]}, "not one of the available choices"),
        ({"first": "2026-3"}, "Choose the current quarter"),
        ({"first": "2028-1"}, "Choose the current quarter"),
        ({"first": ""}, "Choose the first quarter"),
        ({"language": "es"}, "not one of the available choices"),
        ({"domains": ["dimona"], "first": "2026-4"}, "A transfer happens at the change"),
        ({"domains": ["works"]}, "Another mandatary has|has a mandate for this already"),
    ],
)
def test_what_cannot_be_a_mandate_is_said_and_nothing_is_kept(
    changed: dict[str, Any], said: str
) -> None:
    active(Domain.DIMONA, office=OTHER_OFFICE, first=THIS)
    active(Domain.WORKS, first=THIS)
    before = Mandate.objects.count()

    answer = browser(INGE, FIRM).post("/mandates/new/", FORM | changed | {"confirm": "1"})

    assert answer.status_code == 422
    assert re.search(said, words(answer.content.decode()))
    assert "<title>Error:" in answer.content.decode()
    assert Mandate.objects.count() == before


def _rights(client: Client) -> set[str]:
    from django.http import HttpRequest

    from guichet.access.identification.store import SessionStore
    from guichet.access.sessions import ActingMiddleware, acting_of

    request = HttpRequest()
    request.session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    ActingMiddleware(lambda _request: None)(request)  # type: ignore[arg-type, return-value]
    found = acting_of(request)
    assert found is not None
    assert found.enterprise_number == FIRM
    return set(found.rights)


def _person(niss: str) -> int:
    from guichet.registers.persons.models import Person

    return Person.objects.get(niss=niss).pk
