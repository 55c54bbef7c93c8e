"""D39: every route of Dimona for every role and every object, in one table."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from guichet.access.rights import give_right
from guichet.audit.actors import Actor
from guichet.eservices.dimona import exports, urls
from guichet.eservices.dimona.models import Declaration, Export, Registration
from guichet.eservices.dimona.pages import files
from guichet.eservices.dimona.queries import Wanted
from guichet.platform import clock
from tests.eservices.dimona import world
from tests.eservices.dimona.world import FIRM, KARIM, NOW, OTHER, PENSIONER, TODAY, day, opened
from tests.portal.browsing import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

# What each route is about, and the answers to GET and POST of who consults and who declares.
# What is posted is whole and asks to be sent: 302 is a change that happened.
READS: Final = ((200, 405), (200, 405))
WRITES: Final = ((403, 403), (200, 302))
ASKS: Final = ((405, 302), (405, 302))  # changes nothing that is declared
ROUTES: Final[dict[str, tuple[str, tuple[tuple[int, int], tuple[int, int]]]]] = {
    "personnel": ("", ((200, 302), (200, 302))),  # its POST is a search
    "personnel-file": ("file", READS),
    "ask-export": ("", ASKS),
    "export": ("export", READS),
    "export-file": ("export", READS),
    "export-stop": ("export", ASKS),
    "period": ("period", READS),
    "declarations": ("", READS),
    "identities": ("", READS),
    "identities-file": ("file", READS),
    "answer": ("declaration", READS),
    "in": ("", WRITES),
    "out": ("period", WRITES),
    "update": ("period", WRITES),
    "cancel": ("period", WRITES),
    "day": ("flexi", WRITES),
    "change-day": ("registration", WRITES),
    "cancel-day": ("registration", WRITES),
}
ACTS: Final = {name for name, (_about, told) in ROUTES.items() if told is WRITES}
OWNED: Final = ("period", "flexi", "registration", "declaration", "export")
# Other parts of Dimona keep tables of their own.
_ELSEWHERE: Final = ("batch", "emergency", "unsigned")
GIVEN: Final[dict[str, dict[str, Any]]] = {
    "personnel": {"type": "OTH"},
    "ask-export": {"format": "csv"},
    "in": {"ssin": world.LOTTE, "type": "OTH", "committee": "XXX", "start": day(1)},
    "out": {"end": day(9)},
    "update": {"start": day(2)},
    "day": {"day": day(3), "start_hour": "08:00", "end_hour": "12:00"},
    "change-day": {"start_hour": "09:00", "end_hour": "12:00"},
}


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def objects(employer: str) -> dict[str, list[Any]]:
    """An object of each sort at an employer."""
    period = opened(world.an_in(employer=employer))
    flexi = opened(
        world.flexi_period(employer=employer, ssin=PENSIONER, startDate=day(0), endDate=day(20))
    )
    said = world.said(
        world.daily(
            "0", periodId=flexi, startDate=day(1), startHour="1000", endHour="1200",
            employer=employer,
        )
    )  # fmt: skip
    assert said.result == "A", said.anomalies
    registration = Registration.objects.get(period_id=flexi)
    return {
        "": [],
        "period": [period],
        "flexi": [flexi],
        "registration": [flexi, registration.id],
        "file": ["csv"],
        "export": [an_export(employer)],
        "declaration": [Declaration.objects.filter(period_id=period)[0].id],
    }


def an_export(employer: str) -> str:
    """A file of this employer that is ready, asked for by who plays the roles."""
    actor = Actor("person", PENSIONER, employer)
    reference = exports.ask(
        wanted=Wanted(employer), file_type="csv", total=2, language="en", actor=actor, now=NOW
    )
    row = Export.objects.get(reference=reference)
    assert not exports.make_part(export=row.id, writer=files.write, now=NOW)
    return reference


def somebody(*rights: str) -> Client:
    """Signed in for FIRM with these rights there."""
    for right in rights:
        give_right(
            niss=PENSIONER, enterprise_number=FIRM, service=right, first_day=TODAY - world.DAY,
            actor=world.ACTOR, now=NOW,
        )  # fmt: skip
    return signed_in(PENSIONER, FIRM)


ROLES: Final[dict[str, Callable[[], Client]]] = {
    "visitor": Client,
    "worker": lambda: signed_in(KARIM),
    "presence only": lambda: somebody("presence"),
    "consults": lambda: somebody("dimona_consult"),
    "declares": lambda: somebody("dimona"),
}


def answers(client: Client, name: str, numbers: list[Any]) -> tuple[int, int]:
    place = reverse(f"dimona:{name}", args=numbers)
    posted = GIVEN.get(name, {}) | {"sent": "yes"}
    return client.get(place).status_code, client.post(place, posted).status_code


def test_d39_the_table_has_every_route() -> None:
    names = {str(pattern.name) for pattern in urls.urlpatterns if hasattr(pattern, "name")}

    assert {name for name in names if not name.startswith(_ELSEWHERE)} == set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_d39_each_role_gets_what_the_table_says(name: str) -> None:
    about, (consults, declares) = ROUTES[name]
    own = objects(FIRM)[about]
    get, post = (405 if code == 405 else 403 for code in consults)
    refused = {
        "visitor": (405 if get == 405 else 302, post), "worker": (get, post),
        "presence only": (get, post),
    }  # fmt: skip

    for role, client in ROLES.items():
        before = Declaration.objects.count()
        expected = refused | {"consults": consults, "declares": declares}
        found = answers(client(), name, own)
        assert found == expected[role], role
        changed = Declaration.objects.count() - before
        assert changed == int(role == "declares" and declares[1] == 302 and name in ACTS)


@pytest.mark.parametrize(
    "name", [name for name, (about, _) in ROUTES.items() if about and about != "file"]
)
def test_d39_anothers_object_and_none_are_the_same_404(name: str) -> None:
    about, _told = ROUTES[name]
    foreign = objects(OTHER)[about]
    own_period = opened(world.an_in())
    is_number = isinstance(foreign[-1], int)
    none = [*foreign[:-1], foreign[-1] + 7] if is_number else ["none"]
    larger: list[Any] = [10**17] * len(foreign) if is_number else ["x" * 500]
    mixed = [[own_period, foreign[-1]]] if about == "registration" else []
    client = somebody("dimona")
    before = Declaration.objects.count()

    for numbers in (foreign, none, larger, *mixed):
        found = answers(client, name, numbers)
        assert set(found) <= {404, 405}, (numbers, found)
    assert Declaration.objects.count() == before


@pytest.mark.parametrize("name", [name for name, (_, told) in ROUTES.items() if told is WRITES])
def test_d39_who_only_consults_finds_no_way_to_declare_on_any_page(name: str) -> None:
    own = objects(FIRM)
    client = somebody("dimona_consult")
    place = reverse(f"dimona:{name}", args=own[ROUTES[name][0]])

    for page, (about, told) in ROUTES.items():
        if told in (WRITES, ASKS):
            continue
        for numbers in (own[about], own["flexi"] if page == "period" else own[about]):
            answer = client.get(reverse(f"dimona:{page}", args=numbers))
            shown = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert f'"{place}"'.encode() not in shown, page
