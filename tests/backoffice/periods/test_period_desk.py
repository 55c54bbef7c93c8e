"""The desk of the NSSO: a period is found, taken over with a reason, given back; who may."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.test import Client

from guichet.access.rights import give_right
from guichet.audit.models import Entry, Lookup
from guichet.eservices.dimona import locks, operations, queries
from guichet.eservices.dimona.models import Period, PeriodLock
from guichet.platform import clock
from tests.eservices.dimona import world
from tests.eservices.dimona.test_who_may import somebody
from tests.eservices.dimona.world import (
    ACTOR,
    CITY,
    FIRM,
    KARIM,
    LOTTE,
    NOW,
    PENSIONER,
    TODAY,
    an_in,
    answered,
    opened,
    said,
)
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK: Final = "/desk/periods/"


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def right(niss: str, enterprise: str, quality: str, service: str = "dimona_desk") -> None:
    give_right(
        niss=niss, enterprise_number=enterprise, service=service, quality=quality,
        first_day=TODAY - world.DAY, actor=ACTOR, now=NOW,
    )  # fmt: skip


@pytest.fixture
def official() -> Client:
    """Jef, at the desk of an institution."""
    right(PENSIONER, CITY, "public_body")
    return signed_in(PENSIONER, CITY, quality="public_body")


def place(period: int) -> str:
    return f"{DESK}{period}/"


def act(client: Client, period: int, step: str = "take-over", reason: str = "Inquiry 7") -> Any:
    return client.post(place(period), {"step": step, "reason": reason})


def test_the_desk_is_for_officials_of_an_institution_with_the_right() -> None:
    period = opened(an_in())
    right(LOTTE, FIRM, "employer")
    right(KARIM, CITY, "public_body", "contact_desk")
    others = (
        signed_in(KARIM),
        somebody("dimona", "dimona_consult"),
        signed_in(LOTTE, FIRM, quality="employer"),
        signed_in(KARIM, CITY, quality="public_body"),
    )

    assert Client().get(DESK).status_code == 302
    for client in others:
        assert client.get(DESK).status_code == 403
        assert client.get(place(period)).status_code == 403
        assert act(client, period).status_code == 403
    assert not Period.objects.get(id=period).is_locked


def test_d29_a_period_is_taken_over_and_its_employer_cannot_act_until_it_is_given_back(
    official: Client,
) -> None:
    period = opened(an_in())
    found = official.get(DESK, {"number": f" {str(period)[:6]} {str(period)[6:]}"})
    assert found["Location"] == place(period)
    assert "It was never taken over." in text(official, place(period))

    assert act(official, period).status_code == 302

    assert answered(said(world.update(period, startDate=world.day(2)))) == "B 00913-362"
    shown = text(official, place(period))
    for part in ("Taken over by the NSSO", "Inquiry 7", "Wouters", "Give the period back"):
        assert part in shown
    assert "Inquiry 7" in text(official, DESK)
    clerk = somebody("dimona")
    theirs = text(clerk, f"/dimona/periods/{period}/")
    assert "Taken over by the NSSO" in theirs
    assert "Inquiry 7" not in theirs
    assert "Change the period" not in theirs

    assert act(official, period, "give-back", "Inquiry 7 closed").status_code == 302

    assert answered(said(world.update(period, startDate=world.day(2)))) == "A"
    assert "Taken over" not in text(clerk, f"/dimona/periods/{period}/")
    assert "No period is taken over." in text(official, DESK)
    assert [(step.is_locked, step.reason) for step in locks.steps(period)] == [
        (False, "Inquiry 7 closed"),
        (True, "Inquiry 7"),
    ]


def test_each_look_and_each_step_is_on_record(official: Client) -> None:
    period = opened(an_in())
    official.get(place(period))
    act(official, period)
    act(official, period, "give-back", "Closed")

    [look] = Lookup.objects.using("audit").filter(purpose="dimona.desk")
    assert (look.niss, look.viewer_id, look.viewer_enterprise) == (KARIM, PENSIONER, CITY)
    entries = Entry.objects.filter(action__startswith="dimona.period.").order_by("id")
    assert [(one.action, one.reason, one.target) for one in entries] == [
        ("dimona.period.locked", "Inquiry 7", str(period)),
        ("dimona.period.unlocked", "Closed", str(period)),
    ]
    assert {(one.actor_id, one.actor_enterprise) for one in entries} == {(PENSIONER, CITY)}


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_without_a_reason_that_can_be_kept_nothing_happens(official: Client, reason: str) -> None:
    period = opened(an_in())

    answer = act(official, period, reason=reason)

    assert answer.status_code == 422
    assert not Period.objects.get(id=period).is_locked
    assert not PeriodLock.objects.exists()


def test_the_same_step_twice_is_one_and_says_so(official: Client) -> None:
    period = opened(an_in())
    act(official, period)

    again = official.post(place(period), {"step": "take-over", "reason": "Me too"}, follow=True)

    assert "A colleague did this already" in words(again.content.decode())
    assert PeriodLock.objects.count() == 1
    assert act(official, period, "other").status_code == 404


def test_nobody_takes_his_own_period_over(official: Client) -> None:
    period = opened(an_in(ssin=PENSIONER))

    answer = act(official, period)

    assert answer.status_code == 422
    assert "a colleague decides" in words(answer.content.decode())
    assert not PeriodLock.objects.exists()


@pytest.mark.parametrize("number", [600000000001, 10**15])
def test_a_number_that_no_period_has_is_not_found(official: Client, number: int) -> None:
    assert official.get(place(number)).status_code == 404
    assert act(official, number).status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter the number of a period."),
        ("6000", "No period has this number."),
        ("abc", "at most twelve digits"),
        ("0", "at most twelve digits"),
        ("²", "at most twelve digits"),
        ("6000000000011", "at most twelve digits"),
    ],
)
def test_what_is_typed_wrong_is_said(official: Client, typed: str, told: str) -> None:
    answer = official.get(DESK, {"number": typed})

    assert answer.status_code == 422
    assert told in words(answer.content.decode())


def test_a_period_that_came_with_the_register_keeps_what_was_known_of_it(
    official: Client,
) -> None:
    before = next(
        one
        for one in queries.periods_of_employer(wanted=queries.Wanted(world.USER), limit=5)
        if one.niss == LOTTE
    )

    act(official, before.id)

    after = queries.period(before.id)
    assert after is not None
    assert after.is_locked
    assert (after.is_late, after.first_day) == (before.is_late, before.first_day)
    assert before.declared_at in {None, after.declared_at}


def test_the_operation_says_when_it_stands_so_already() -> None:
    period = opened(an_in())

    with pytest.raises(operations.AlreadySo):
        operations.lock_period(period=period, is_locked=False, reason="None", actor=ACTOR, now=NOW)
