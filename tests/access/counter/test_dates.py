"""The calendar of dates that matter to whoever acts for an enterprise."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from guichet.access.counter import board
from guichet.access.counter.models import Announcement
from guichet.access.rights import give_right
from guichet.demo import fixtures
from guichet.platform import clock
from guichet.platform.db import transaction
from tests.portal.browsing import NOW, text
from tests.portal.world import ACTOR, CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PLACE = "/dates/"
TODAY = clock.today(NOW)


def test_it_is_for_who_acts_for_an_enterprise(worker: Client) -> None:
    assert "context=enterprise" in Client().get(PLACE)["Location"]
    assert worker.get(PLACE).status_code == 403


def test_legal_holidays_stand_in_their_months_and_none_is_over(clerk: Client) -> None:
    said = text(clerk, PLACE)

    assert said.index("December 2026") < said.index("Christmas") < said.index("January 2027")
    assert "Easter Monday" in said
    assert "November 2026" not in said  # Armistice Day was a fortnight ago
    assert said.count("Christmas") == 2  # thirteen months


def test_a_planned_interruption_stands_on_its_day(
    clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {f"{kind}_{code}": "" for kind in ("text",) for code in ("nl", "fr", "de", "en")}
    titles = {f"title_{code}": f"Shut {code}" for code in ("nl", "fr", "de", "en")}
    row = Announcement(
        institution_number=fixtures.E1, severity="planned", begins_at=NOW + timedelta(days=8),
        ends_at=NOW + timedelta(days=9), created_at=NOW, **words, **titles,
    )  # fmt: skip
    monkeypatch.setattr(board, "_current", lambda now: (board.notice(row),))

    said = text(clerk, PLACE)

    assert "Wednesday 2 December Shut en" in said


def test_a_manager_sees_when_rights_end_without_names(
    world: World, someone: Callable[..., Client]
) -> None:
    last = date(2027, 1, 31)
    with transaction(actor=ACTOR):
        give_right(
            niss=CLERK, enterprise_number=fixtures.E1, service="access_management",
            first_day=TODAY, actor=ACTOR, now=NOW,
        )  # fmt: skip
    _member(STAFF[0].niss, last)
    _member(STAFF[1].niss, last)
    manager = someone(CLERK, fixtures.E1)

    said = text(manager, PLACE)

    assert "Sunday 31 January 2 accesses end" in said
    assert STAFF[0].family_name not in said
    assert "2 of these dates ask you" not in said
    assert "One of these dates asks you" in said


def test_who_manages_nothing_sees_no_rights(clerk: Client) -> None:
    _member(STAFF[0].niss, date(2027, 1, 31))

    assert "ends" not in text(clerk, PLACE).replace("What ends,", "")


def test_the_start_page_leads_there(clerk: Client, worker: Client) -> None:
    assert PLACE in clerk.get("/").content.decode()
    assert PLACE not in worker.get("/").content.decode()


def _member(niss: str, last: date) -> None:
    from guichet.access.models import Member
    from guichet.registers.enterprises.models import Enterprise
    from guichet.registers.persons.models import Person

    with transaction(actor=ACTOR):
        Member.objects.create(
            person=Person.objects.get(niss=niss),
            enterprise=Enterprise.objects.get(number=fixtures.E1),
            state="active", email="a@example.org", language="fr", created_at=NOW,
        )  # fmt: skip
        give_right(
            niss=niss, enterprise_number=fixtures.E1, service="presence", first_day=TODAY,
            last_day=last, actor=ACTOR, now=NOW,
        )  # fmt: skip
