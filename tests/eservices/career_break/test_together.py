"""One break with two employers: two requests, one credit, one part of the worker in its time."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

import pytest

from guichet.audit.actors import Actor
from guichet.eservices.career_break import dossier, operations, together
from guichet.eservices.career_break.content import OtherEmployer
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.office import judging
from guichet.eservices.career_break.worker import reading, sending
from guichet.kernel.money import Money
from guichet.kernel.period import Period
from guichet.platform.db import transaction
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import OFFICER, at_desk
from tests.eservices.career_break.walk import day
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.worker.mine import himself, place
from tests.eservices.career_break.world import FIRM, LUC, NADIA, OTHER, TODAY
from tests.portal.browsing import words

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
# Twenty hours of 38 here and eighteen there: a fifth of a full-time job is 7:36, shared as 4:00
# and 3:36.
HERE: Final = {"contract_minutes": 1200, "full_time_minutes": 2280, "break_minutes": 960}
THERE: Final = {"contract_minutes": 1080, "full_time_minutes": 2280, "break_minutes": 864}
FIVE_MONTHS: Final = {"first_day": date(2025, 4, 1), "last_day": date(2025, 8, 31)}
ELSEWHERE: Final = {"activity": "employee", **day("activity_since", "1/1/2020")}


def job(number: str, minutes: int, *, reduces: bool = True, name: str = "") -> OtherEmployer:
    """A job elsewhere."""
    return OtherEmployer(
        number=number, name=name, contract_minutes=minutes, full_time_minutes=2280, reduces=reduces
    )


def here(**given: Any) -> Request:
    """The request of the first employer."""
    said = {**HERE, **FIVE_MONTHS, "others": (job(OTHER, 1080),)} | given
    return world.filed(regime="fifth", has_other_employers=True, has_consent=True, **said)


def there(**given: Any) -> Request:
    """That of the second one, for whom he works too."""
    with transaction(actor=world.ACTOR):
        world.works_for(OTHER, LUC)
    said = {**THERE, **FIVE_MONTHS, "others": (job(FIRM, 1200),)} | given
    said = {"has_other_employers": True, **said}
    return world.filed(enterprise=OTHER, regime="fifth", has_consent=True, **said)


def units(row: Request) -> tuple[int, int]:
    """Units that were used before, and those of the request, as the office counts them."""
    case = judging.case(row)
    assert case.before is not None
    return sum(one.units or 0 for one in case.counted()), case.cost


def test_a_request_of_another_employer_of_other_days_or_without_the_box_stands_alone() -> None:
    first, second = here(), there()
    rows = Request.objects.filter(pk=second.pk)

    with transaction(actor=world.ACTOR):
        rows.update(first_day=date(2025, 9, 1), last_day=date(2026, 1, 31))
    assert together.linked(first) == ()
    with transaction(actor=world.ACTOR):
        rows.update(**FIVE_MONTHS, content=second.content | {"has_other_employers": False})
    assert together.linked(first) == together.linked(rows.get()) == ()


def test_requests_belong_together_both_ways_while_both_stand() -> None:
    first, second = here(), there()
    somebody = world.filed(
        NADIA, regime="fifth", has_other_employers=True, has_consent=True,
        others=(job(OTHER, 1080),), **HERE, **FIVE_MONTHS,
    )  # fmt: skip

    assert together.linked(first) == (second,)
    assert together.linked(second) == (first,)
    assert together.linked(somebody) == ()
    operations.cancel(ticket=second.ticket, sender=world.sender(OTHER), now=world.NOW)
    assert together.linked(first) == ()


def test_shared_days_take_credit_once() -> None:
    first = here()
    alone = units(first)
    second = there()

    assert alone == (0, 20)
    assert units(first) == units(second) == (0, 20)
    taken = dossier.history(first.person)
    assert [(one.employer, one.rules.period) for one in taken] == [
        (FIRM, Period(date(2025, 4, 1), date(2025, 8, 31)))
    ]


def test_days_that_only_one_of_them_has_count_for_it() -> None:
    here()
    longer = there(last_day=date(2026, 1, 31))

    [one, rest] = dossier.history(longer.person)
    assert (one.employer, rest.employer) == (FIRM, OTHER)
    assert rest.rules.period == Period(date(2025, 9, 1), date(2026, 1, 31))


def test_another_regime_at_the_other_employer_is_another_break() -> None:
    first = here()
    with transaction(actor=world.ACTOR):
        world.works_for(OTHER, LUC)
    world.filed(
        enterprise=OTHER, regime="full", has_other_employers=True, contract_minutes=1080,
        full_time_minutes=2280, others=(job(FIRM, 1200),), **FIVE_MONTHS,
    )  # fmt: skip

    assert units(first) == (100, 20)


def test_the_allowance_of_a_shared_fifth_is_paid_once_over_both_requests() -> None:
    shared = [here(), there()]
    _completed(shared[0])
    _completed(shared[1], mine.CHILD | {"who": shared[0].ticket})
    alone = {
        "has_other_employers": False, "others": (), "contract_minutes": 2280,
        "full_time_minutes": 2280, "break_minutes": 1824,
    }  # fmt: skip
    whole = world.filed(NADIA, regime="fifth", **FIVE_MONTHS | alone)
    _completed(whole)

    parts = [_gross(row) for row in shared]

    assert abs(sum(one.cents for one in parts) - _gross(whole).cents) <= 1
    assert parts[0].cents * 18 == pytest.approx(parts[1].cents * 20, abs=20)


def test_the_part_of_the_worker_waits_for_the_employer_who_reduces_too() -> None:
    first = here()
    client = himself()
    mine.walked(client, first, activities=ELSEWHERE | {"others_reduce": "yes"})
    bringing.applied(first, bringing.worker(), "occupation_elsewhere")

    page = client.get(place(first, "check/")).content.decode()
    refused = client.post(place(first, "check/"), {"certified": "on"})

    assert "Wait for the request of" in words(page)
    assert 'value="send"' not in page
    assert refused.status_code == 422
    first.refresh_from_db()
    assert first.state == "wait_worker"
    there()
    assert 'value="send"' in client.get(place(first, "check/")).content.decode()
    assert client.post(place(first, "check/"), {"certified": "on"}).status_code == 302


def test_who_says_that_the_others_do_not_reduce_waits_for_nobody() -> None:
    row = here()
    mine.typed(row, activities=ELSEWHERE | {"others_reduce": "no"})
    bringing.applied(row, bringing.worker(), "occupation_elsewhere")

    sent = sending.send(ticket=row.ticket, actor=Actor("person", LUC), now=world.NOW)

    assert sent.state == "wait_onem"


@pytest.mark.parametrize(
    ("others", "reduce", "before", "after"),
    [
        ((job(OTHER, 1080),), None, 1, 0),
        ((job(OTHER, 1080),), True, 1, 0),
        ((job(OTHER, 1080),), False, 0, 0),
        ((job(OTHER, 1080, reduces=False),), None, 0, 0),
        ((job(OTHER, 1080, reduces=False),), True, 1, 0),
        ((job("", 1080, name="La troisième"),), True, 1, 0),
        ((job(world.BARE, 540), job(OTHER, 540)), True, 2, 1),
        ((job("", 540, name="La troisième"), job(OTHER, 540)), True, 2, 1),
        ((), True, 1, 0),
        ((), None, 0, 0),
    ],
)
def test_who_is_waited_for(
    others: tuple[OtherEmployer, ...], reduce: bool | None, before: int, after: int
) -> None:
    row = here()
    row.content["others"] = [asdict(one) for one in others]

    assert len(together.waits_for(row, others_reduce=reduce)) == before
    there()
    assert len(together.waits_for(row, others_reduce=reduce)) == after


def test_what_is_about_himself_is_told_once_for_both() -> None:
    first, second = here(), there()
    mine.typed(first, activities=ELSEWHERE | {"others_reduce": "yes"})
    client = himself()

    payment = client.get(place(second, "payment/")).content.decode()
    about = client.get(place(second, "activities/")).content.decode()

    assert f'value="{mine.GOOD_IBAN}"' in payment
    assert 'value="employee" selected' in about or 'value="employee" checked' in about
    assert reading.case(second, today=TODAY).typed == {}


def test_the_worker_and_the_office_see_both_and_the_employer_his_own_one() -> None:
    desk.furnish()
    first, second = here(), there()
    shown, hidden = f"requests/{second.ticket}/", second.ticket

    assert shown in himself().get(place(first)).content.decode()
    office = at_desk(OFFICER).get(f"/desk/career-breaks/{first.ticket}/").content.decode()
    assert f"/desk/career-breaks/{second.ticket}/" in office
    assert "take credit once" in words(office)
    page = world.clerk().get(f"/career-break/requests/{first.ticket}/")
    assert page.status_code == 200
    assert hidden not in page.content.decode()


def _completed(row: Request, person: dict[str, str] = mine.CHILD) -> None:
    activities = ELSEWHERE | {"others_reduce": "yes"}
    mine.typed(row, row.person.niss, activities=activities, person=person)
    if row.content["has_other_employers"]:
        bringing.applied(row, bringing.worker(), "occupation_elsewhere")
    sending.send(ticket=row.ticket, actor=Actor("person", row.person.niss), now=world.NOW)
    row.refresh_from_db()


def _gross(row: Request) -> Money:
    facts = judging.case(row).answers
    assert facts is not None
    [one, *_more] = judging.case(row).rows(row.first_day, row.last_day)
    assert one.amount is not None
    return one.amount.gross
