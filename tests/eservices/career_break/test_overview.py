"""The overview: who sees what, searching, paging, sorting, notices; an employer with many."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Lookup
from guichet.eservices.career_break import search
from guichet.eservices.career_break.content import plain
from guichet.eservices.career_break.models import LEAVES, REGIMES, Notice, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from guichet.rules.career_break.states import State
from tests.eservices.career_break import world
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import (
    ACTOR,
    CLERK,
    DAY,
    ELSEWHERE,
    FIRM,
    LUC,
    NADIA,
    NOW,
    OTHER,
    STRANGER,
    TODAY,
    clerk,
)
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HERE = "/career-break/"
LISTS = {"leave": [*LEAVES], "regime": [*REGIMES], "state": [*world.STATES]}


def found(client: Client, **typed: Any) -> str:
    """The words of the page after a search."""
    answer = client.post(HERE, LISTS | typed, follow=True)
    assert answer.status_code == 200, said(answer)
    return said(answer)


def shown(row: Request) -> str:
    return TicketNumber(row.ticket).formatted()


def test_c01_a_visitor_signs_in_and_arrives_at_the_overview() -> None:
    answer = Client().get(HERE)

    assert answer.status_code == 302
    assert "career-break" in answer["Location"]
    assert clerk().get("/services/career-break/").status_code == 200
    page = said(clerk().get(HERE))
    assert "Search by characteristics of the interruption" in page
    assert "Requests submitted in the last two years" in page


def test_c02_without_the_right_nothing_of_the_enterprise_is_read() -> None:
    world.filed()

    answer = signed_in(STRANGER, FIRM).get(HERE)

    assert answer.status_code == 403
    assert "Vandermeulen" not in answer.content.decode()
    assert signed_in(CLERK).get(HERE).status_code == 403


def test_c03_the_period_begins_two_years_before_today() -> None:
    page = clerk().get(HERE).content.decode()

    assert 'name="since" type="text" value="28/01/2023"' in page
    until = re.search(r'<input[^>]*name="until"[^>]*>', page)
    assert until
    assert re.search(r'value="[^"]', until[0]) is None


@pytest.mark.parametrize("name", [*LISTS])
def test_c04_a_list_with_nothing_ticked_is_refused_and_nothing_is_searched(name: str) -> None:
    world.filed()

    with CaptureQueriesContext(connection) as asked:
        answer = clerk().post(HERE, LISTS | {name: []})

    assert answer.status_code == 422
    assert f'href="#id_{name}"' in answer.content.decode()
    assert not [one for one in asked if 'FROM "career_break_request"' in one["sql"]]


@pytest.mark.parametrize("form", ["lower", "blanks", "printed"])
def test_c05_a_ticket_in_any_writing_finds_exactly_its_request(form: str) -> None:
    row, other = world.filed(), world.filed(NADIA)
    text = {
        "lower": row.ticket.lower(), "blanks": " ".join(row.ticket), "printed": shown(row)
    }[form]  # fmt: skip

    page = found(clerk(), ticket=text)

    assert shown(row) in page
    assert shown(other) not in page


def test_a_request_is_found_by_the_ticket_of_one_of_its_parts() -> None:
    row = world.filed()
    part = world.modified(row)

    page = found(clerk(), ticket=part.ticket)

    assert shown(row) in page
    assert clerk().get(f"/career-break/requests/{part.ticket}/").status_code == 200


def test_c06_a_mistyped_ticket_is_told_from_one_that_nobody_has() -> None:
    row = world.filed()
    wrong = row.ticket[:4] + ("2" if row.ticket[4] != "2" else "3") + row.ticket[5:]
    unknown = TicketNumber.generate(prefix="04W", sequence=9_999_999).signs

    mistyped = clerk().post(HERE, LISTS | {"ticket": wrong})

    assert mistyped.status_code == 422
    assert 'id="id_ticket-error"' in mistyped.content.decode()
    assert "No record." in found(clerk(), ticket=unknown)


def test_c07_a_request_of_three_years_ago_is_not_listed() -> None:
    old = world.filed(
        now=NOW - timedelta(days=3 * 366), first_day=date(2022, 4, 1), last_day=date(2022, 4, 30),
        notified_on=date(2022, 1, 15),
    )  # fmt: skip

    page = said(clerk().get(HERE))

    assert shown(old) not in page
    assert shown(old) not in said(clerk().get(f"{HERE}?since=01/01/2015"))


def test_c08_an_end_before_the_begin_is_refused() -> None:
    answer = clerk().post(HERE, LISTS | {"since": "01/02/2025", "until": "01/01/2025"})

    assert answer.status_code == 422
    assert 'id="id_until-error"' in answer.content.decode()
    assert "The end date must not be before the start date." in said(answer)


def test_c09_reset_brings_the_defaults_back_and_clears_the_results() -> None:
    row = world.filed()

    answer = clerk().get("/career-break/reset/")

    assert 'value="28/01/2023"' in answer.content.decode()
    assert shown(row) not in said(answer)


def test_c10_somebody_elses_worker_finds_nothing_and_no_name() -> None:
    world.filed(ELSEWHERE, enterprise=OTHER)

    page = found(clerk(), niss=ELSEWHERE)

    assert "No record." in page
    assert "Secrète" not in page


def test_a_number_that_is_looked_for_stays_out_of_the_address() -> None:
    row, other = world.filed(), world.filed(NADIA)
    client = clerk()

    answer = client.post(HERE, LISTS | {"niss": LUC})

    assert LUC not in answer["Location"]
    page = said(client.get(answer["Location"]))
    assert shown(row) in page
    assert shown(other) not in page
    assert "No record." in said(clerk().get(answer["Location"]))  # another session
    assert Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.request").exists()


def test_c11_a_request_that_came_on_paper_has_no_ticket() -> None:
    row = world.filed()
    with transaction(actor=ACTOR):
        Request.objects.filter(pk=row.pk).update(ticket="", channel="paper", state="closed")

    page = said(clerk().get(HERE))

    assert "came on paper" in page
    assert "Closed by ONEM" in page


def test_filters_narrow_together_and_what_onem_asks_is_not_told() -> None:
    row, other = world.filed(), world.filed(NADIA)
    with transaction(actor=ACTOR):
        Request.objects.filter(pk=row.pk).update(state="wait_documents")

    page = found(clerk(), state=["in_progress"])

    assert shown(row) in page
    assert "Being handled by ONEM" in page
    assert shown(other) not in page
    assert "No record." in found(clerk(), state=["in_progress"], leave=["palliative"])


def test_pages_sizes_and_orders() -> None:
    many(12)
    client = clerk()

    first, second = said(client.get(HERE)), said(client.get(f"{HERE}?page=2"))
    assert "12 results, 2 pages" in first
    assert first.count("04W-") == 10
    assert second.count("04W-") == 2
    assert said(client.get(f"{HERE}?size=25")).count("04W-") == 12
    assert said(client.get(f"{HERE}?size=7&page=nonsense&order=password")).count("04W-") == 10
    up = said(client.get(f"{HERE}?order=worker&size=25"))
    down = said(client.get(f"{HERE}?order=-worker&size=25"))
    assert up.index("Anne00") < up.index("Anne11")
    assert down.index("Anne11") < down.index("Anne00")
    for order in search.ORDERS:
        assert client.get(f"{HERE}?order={order}").status_code == 200


def test_notices_that_wait_stand_with_the_days_that_are_left() -> None:
    world.notice(answer_by=TODAY + 8 * DAY)

    page = said(clerk().get(HERE))

    assert "One notice to handle" in page
    assert "8 days" in page
    assert "26C-" in page
    ticket = Notice.objects.get().ticket
    assert "8 days left" in said(clerk().get(f"/career-break/notices/{ticket}/"))
    assert clerk(OTHER).get(f"/career-break/notices/{ticket}/").status_code == 404


def test_the_overview_of_ten_thousand_requests_costs_what_one_of_ten_costs(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    many(10_000)
    client = clerk()
    client.get(HERE)

    with django_assert_num_queries(6):
        page = client.get(f"{HERE}?size=50")

    assert said(page).count("04W-") == 50
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE career_break_request")
        wanted = search.Wanted(employer=FIRM, since=TODAY - 700 * DAY)
        with CaptureQueriesContext(connection) as asked:
            search.page(wanted, order=search.NEWEST, limit=50, offset=0)
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "career_break_request_of_firm" in plan, plan


def many(count: int) -> None:
    """So many requests of people of the firm."""
    firm = Enterprise.objects.get(number=FIRM)
    content = plain(world.asked())
    with transaction(actor=ACTOR):
        people = Person.objects.bulk_create(
            Person(
                niss=f"{at:011d}", given_name=f"Anne{at:02d}", family_name="Nombreuse",
                sort_key=f"nombreuse anne{at:02d}",
            )
            for at in range(count)
        )  # fmt: skip
        Request.objects.bulk_create(
            Request(
                ticket=TicketNumber.generate(prefix="04W", sequence=1_000_000 + at).signs,
                draft=uuid4(), channel="portal", sector="private", state=State.WAIT_WORKER,
                employer=firm, person=person, leave="parental", regime="full",
                first_day=TODAY, last_day=TODAY + 30 * DAY, content=content,
                search_key=person.sort_key, filed_at=NOW - at * timedelta(minutes=1),
                changed_at=NOW,
            )
            for at, person in enumerate(people)
        )  # fmt: skip


def test_days_before_the_last_two_years_are_held_to_them_and_told() -> None:
    client = clerk()

    held = said(client.get("/career-break/", {"since": "01/01/2020"}))

    assert "Requests are shown from 28/01/2023 on" in held
    assert "Requests are shown from" not in said(client.get("/career-break/"))
