"""The page of duties: what the facts say, for whom, and nobody named."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client

from guichet.demo.fixtures import E1, E2, E3, E4, S1, W1, W2
from guichet.platform import clock
from guichet.registers.arrangements import operations
from guichet.registers.employments import operations as employments
from guichet.registers.employments.queries import EmploymentRecord
from guichet.rules.presence_arrangements import Kind, Registrar, Step
from tests.portal.browsing import NOW, signed_in, text
from tests.portal.world import ACTOR, CLERK, STAFF, World
from tests.registers.arrangements_world import agreement, recorded

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE = "/presence/staff/duties/"
TODAY = clock.today(NOW)


def test_an_employer_reads_what_is_to_be_done(clerk: Client, world: World) -> None:
    world.day(W1, "07:00 12:00")
    world.act(STAFF[0].niss, "in", world.at("07:00"), remarks=["ciao_21"])
    world.day(W2, "07:00 12:00", employer=E2)

    page = text(clerk, PAGE)

    assert "3 registrations, 1 of them with a remark." in page
    assert "2 of 7 people with a Dimona today have registered" in page
    assert "You have not noted that it was told." in page
    assert "You looked at registrations of 0 of your people." in page
    assert "Nowicka" not in page

    clerk.get("/presence/staff/")
    assert "You looked at registrations of 2 of your people." in text(clerk, PAGE)


def a_new_worker(*, employer: str, user: str | None = None) -> None:
    """Luc begins today, if lent then by an agency."""
    with transaction.atomic():
        employments.declare(
            employment=EmploymentRecord(
                niss=STAFF[3].niss, employer=employer, joint_committee="322" if user else "302",
                worker_type="OTH", first_day=TODAY, last_day=TODAY if user else None,
                user_enterprise=user,
            ),
            actor=ACTOR,
            now=NOW,
        )  # fmt: skip


def note(clerk: Client, told_on: date) -> None:
    """Note that everybody was told on a day."""
    given = {"site": "", "told_on": told_on.isoformat(), "hows": "meeting", "who": "Chantal"}
    assert clerk.post("/presence/staff/kit/told/", given).status_code == 302


def test_staff_that_came_after_it_was_told_is_still_to_be_told(clerk: Client) -> None:
    note(clerk, TODAY - timedelta(days=300))
    assert "1 of 7 people were there then" in text(clerk, PAGE)

    note(clerk, TODAY - timedelta(days=1))
    assert "As far as seen, done It was told on 23/11/2026; 7 of 7 people were there then." in text(
        clerk, PAGE
    )


def test_an_agreement_settles_the_duty_towards_a_subcontractor(clerk: Client) -> None:
    assert "0 of 2 firms below you registered" in text(clerk, PAGE)

    for below in (E2, E4):
        wanted = agreement(
            E1, below, kind=Kind.SUBCONTRACTOR, registrar=Registrar.WORKER, works_reference=S1
        )
        number = recorded(wanted, now=NOW)
    page = text(clerk, PAGE)
    assert "2 of 2 firms below you registered" in page
    assert "Nobody registered and nothing agreed yet" not in page

    with transaction.atomic():
        operations.step(
            number=number, step=Step.CONTEST, enterprise=E4, answer="No.", actor=ACTOR, now=NOW
        )
    assert "1 of 2 firms below you registered" in text(clerk, PAGE)


def test_who_uses_temporary_workers_gives_a_means_or_agrees_with_their_agency(
    clerk: Client, world: World
) -> None:
    a_new_worker(employer=E3, user=E1)
    assert "For 0 of 1 agencies" in text(clerk, PAGE)

    recorded(agreement(E1, E3, registrar=Registrar.WORKER), now=NOW)
    assert "For 1 of 1 agencies" in text(clerk, PAGE)


def test_a_temporary_worker_who_registered_has_a_means(clerk: Client, world: World) -> None:
    a_new_worker(employer=E3, user=E1)
    world.day(STAFF[3].niss, "07:00 12:00")

    assert "For 1 of 1 agencies" in text(clerk, PAGE)


def test_a_firm_reads_of_itself_only(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    world.day(W1, "07:00 12:00")

    assert "0 registrations, 0 of them with a remark." in text(signed_in(CLERK, E3), PAGE)
    assert someone(W1).get(PAGE).status_code in (302, 403)
