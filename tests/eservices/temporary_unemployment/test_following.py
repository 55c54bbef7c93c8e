"""The employer's pages that follow: search, one communication, months, limits, days off, duties."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest
from django.test import Client

from guichet.audit.models import Entry, Lookup
from guichet.eservices.temporary_unemployment import following, operations, representing, steps
from guichet.eservices.temporary_unemployment.models import ClosedDay, Communication, Draft
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules.temporary_unemployment.communication import Line as Said
from guichet.rules.temporary_unemployment.duties import Standing
from guichet.rules.temporary_unemployment.kinds import Category, Reason, Regime
from guichet.rules.temporary_unemployment.states import Step
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.world import (
    ACTOR,
    ANNE,
    FIRM,
    LUC,
    NOW,
    OTHER,
    PLACE,
    STRANGER,
    clerk,
    expected,
    first_day,
    moment,
    sender,
    sent,
)
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
HERE = "/temporary-unemployment/"
PAGES = (
    "",
    "months/",
    "months/2025/3/",
    "limits/",
    "closed-days/2025/",
    f"closed-days/2025/{PLACE}/",
    "representation/",
)


@pytest.fixture(autouse=True)
def nobody_to_inform(firm: None) -> None:
    """Without works council and union delegation nothing stands above the search."""
    representing.tell(has_works_council=False, has_union_delegation=False, sender=sender(), now=NOW)


def words(client: Client, path: str = "", language: str = "en", **data: str) -> str:
    """The page, its entities read."""
    client.cookies["guichet_language"] = language
    answer = client.get(HERE + path, data)
    assert answer.status_code == 200, answer.content[:300]
    return html.unescape(answer.content.decode())


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """The clock stands at another day."""
    monkeypatch.setattr(clock, "now", lambda: moment(day))


@pytest.mark.parametrize("path", [*PAGES, "communications/{}/"])
def test_pages_are_for_who_has_the_right(path: str) -> None:
    row = sent(expected())
    assert clerk().get(HERE + path.format(row.ticket), follow=True).status_code == 200
    refused = signed_in(STRANGER, FIRM).get(HERE + path.format(row.ticket), follow=True)
    assert refused.status_code == 403
    assert Client().get(HERE + path.format(row.ticket)).status_code in (302, 401, 403)


def test_sc69_another_employers_communication_is_not_found() -> None:
    row = sent(expected())
    none = TicketNumber.generate(prefix="05W", sequence=987_654).signs
    for ticket in (row.ticket, none, "05W0000000000"):
        assert clerk(OTHER).get(f"{HERE}communications/{ticket}/").status_code == 404
    noted = Entry.objects.using("audit").filter(action__endswith="communication.refused")
    assert [(one.target, one.reason, one.actor_enterprise, one.result) for one in noted] == [
        (row.ticket, "of_another", OTHER, "refused"), (none, "unknown", OTHER, "refused"),
    ]  # fmt: skip


def test_a_communication_shows_what_was_told_and_leaves_a_look_up() -> None:
    late = sent(expected(moment("2025-03-10"), remarks="The board decided late."))
    page = words(clerk(), f"communications/{late.ticket}/", "fr")
    for said in ("Suspension complète", "17/03/2025", "Orders fell by a third", "Dubois Anne",
                 "The board decided late.", "CTW-014", "Liège"):  # fmt: skip
        assert said in page
    [seen] = Lookup.objects.using("audit").filter(purpose="temporaryUnemployment.communication")
    assert seen.niss == ANNE


def test_the_search_narrows_and_a_number_never_stands_in_an_address() -> None:
    anne = sent(expected())
    luc = sent(expected(lines=(Said(niss=LUC),)))
    answer = clerk().post(HERE, {"niss": LUC})
    assert answer.status_code == 302
    assert LUC not in answer["Location"]
    browser = clerk()
    page = browser.post(HERE, {"niss": LUC}, follow=True).content.decode()
    assert TicketNumber(luc.ticket).formatted() in page
    assert TicketNumber(anne.ticket).formatted() not in page
    assert "kind=strike" in browser.post(HERE, {"kind": "strike"})["Location"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ticket": "05W-0000001-7C-Z"}, "mistyped"),
        ({"ticket": "hello"}, "thirteen signs"),
        ({"niss": "12345678901"}, "eleven digits"),
        ({"since": "31/02/2025"}, "day that exists"),
        ({"since": "01/03/2025", "until": "01/02/2025"}, "end lies before"),
        ({"kind": "x" * 5000}, "problem"),
    ],
)
def test_a_search_that_makes_no_sense_is_answered_beside_its_field(
    typed: dict[str, str], said: str
) -> None:
    browser = clerk()
    browser.cookies["guichet_language"] = "en"
    answer = browser.post(HERE, typed)
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())


def test_a_decision_of_today_is_found_by_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent(expected())
    with transaction(actor=ACTOR):
        steps.move(key=row.pk, step=Step.TAKE, by=ACTOR, now=NOW)
        steps.move(key=row.pk, step=Step.REFUSE, by=ACTOR, now=NOW)
    number = TicketNumber(row.ticket).formatted()
    assert number not in words(clerk(), state="refused")
    assert number in words(clerk(), state="under_review")
    page = words(clerk(), f"communications/{row.ticket}/")
    assert "Under examination" in page
    assert "Refused" not in page
    at(monkeypatch, "2025-03-10")
    assert number in words(clerk(), state="refused")
    assert "Refused" in words(clerk(), f"communications/{row.ticket}/")


def test_sc35_a_month_without_its_first_day_is_reminded_of(monkeypatch: pytest.MonkeyPatch) -> None:
    sent(expected(), seen=())
    sent(first_day(date(2025, 3, 17), moment("2025-03-17")), seen=())
    at(monkeypatch, "2025-04-02")
    [duty] = following.due(employer=FIRM, today=date(2025, 4, 2))
    assert (duty.standing, duty.day) == (Standing.LAST_DAY, date(2025, 4, 1))
    page = words(clerk())
    assert "One first effective day to communicate" in page
    assert "last day today" in page
    at(monkeypatch, "2025-04-03")
    assert "normal wage may be due from 01/04/2025 to 07/04/2025" in words(clerk())
    assert "For one worker the first effective day is not communicated." in words(
        clerk(), "months/2025/4/"
    )
    assert not following.due(employer=OTHER, today=date(2025, 4, 3))


def test_what_is_due_today_is_one_press_from_its_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent(expected(lines=(Said(niss=ANNE), Said(niss=LUC))), seen=())
    at(monkeypatch, "2025-03-17")
    client = clerk()
    assert "Communicate the first day of 2 workers" in words(client)

    begun = client.post(f"{HERE}new/E/", {"kind": "first_day", "due": row.ticket})

    assert begun["Location"].endswith("/month/")
    typed = Draft.objects.get().typed
    assert typed["month"] == {"day": "17/03/2025"}
    assert typed["place"]["establishment"] == PLACE
    assert {one["niss"] for one in typed["workers"]["lines"]} == {ANNE, LUC}
    assert client.get(begun["Location"]).status_code == 200


def test_what_is_due_of_another_or_for_another_reason_begins_nothing() -> None:
    row = sent(expected())
    for client, reason, kind in (
        (clerk(OTHER), "E", "first_day"), (clerk(), "I", "first_day"), (clerk(), "E", "expected"),
    ):  # fmt: skip
        answer = client.post(f"{HERE}new/{reason}/", {"kind": kind, "due": row.ticket})
        assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_what_was_told_meanwhile_begins_an_empty_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent(expected(), seen=())
    sent(first_day(date(2025, 3, 17), moment("2025-03-17")), seen=())
    at(monkeypatch, "2025-03-18")
    page = words(clerk())
    begun = clerk().post(f"{HERE}new/E/", {"kind": "first_day", "due": row.ticket})
    assert "Communicate the first day of" not in page
    assert begun["Location"].endswith("/place/")
    assert "lines" not in Draft.objects.get().typed.get("workers", {})


def test_a_month_shows_each_worker_as_picture_and_in_words() -> None:
    sent(expected(lines=(Said(niss=ANNE), Said(niss=LUC))), seen=())
    sent(first_day(date(2025, 3, 17), moment("2025-03-17")), seen=())
    page = words(clerk(), "months/2025/3/")
    assert page.count("first effective day communicated</span>") == 1
    assert page.count("first day foreseen, not communicated</span>") == 1
    assert "foreseen 17/03/2025; to be told from 10/03/2025 to 18/03/2025" in page
    assert clerk().get(f"{HERE}months/2025/13/").status_code == 404
    assert clerk().get(f"{HERE}months/1999/3/").status_code == 404


def test_limits_count_the_suspensions_before_without_a_week_of_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent(expected(last_day=date(2025, 3, 30)))
    sent(expected(moment("2025-03-20"), first_day=date(2025, 3, 31), last_day=date(2025, 4, 13)))
    at(monkeypatch, "2025-04-06")
    [second] = following.used(employer=FIRM, today=date(2025, 4, 6))
    assert (second.used, second.most, second.percent) == (21, 28, 75)
    page = words(clerk(), "limits/")
    assert "21 of 28 calendar days" in page


def test_months_at_most_count_from_the_first_of_suspensions_without_a_week_of_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three months from 3 February are 89 days, from 3 March 92."""
    large = {"regime": Regime.LARGE}
    sent(expected(moment("2025-01-25"), first_day=date(2025, 2, 3), last_day=date(2025, 3, 2),
                  **large))  # fmt: skip
    sent(expected(moment("2025-02-20"), first_day=date(2025, 3, 3), last_day=date(2025, 5, 2),
                  **large), seen=())  # fmt: skip
    at(monkeypatch, "2025-03-10")

    [second] = following.used(employer=FIRM, today=date(2025, 3, 10))

    assert (second.used, second.most, second.until) == (36, 89, date(2025, 5, 2))


def test_limits_of_white_collars_are_weeks_of_the_year() -> None:
    white = (Said(niss=ANNE, category=Category.WHITE),)
    sent(expected(reason=Reason.WHITE_COLLAR, committee="200", regime=Regime.WHITE_FULL,
                  lines=white, last_day=date(2025, 3, 30)))  # fmt: skip
    assert "2 full and 0 reduced weeks of 2025" in words(clerk(), "limits/")


def test_days_off_are_kept_and_told_back() -> None:
    typed = {"replacement": "10.11.2025\n", "bridge": "02/05/2025\n30-05-2025"}
    answer = clerk().post(f"{HERE}closed-days/2025/", typed, follow=True)
    assert answer.status_code == 200
    assert dict(ClosedDay.objects.values_list("day", "kind")) == {
        date(2025, 11, 10): "replacement",
        date(2025, 5, 2): "bridge",
        date(2025, 5, 30): "bridge",
    }
    calendar = following.calendar(FIRM, PLACE)
    assert not calendar.is_working(date(2025, 5, 2))
    clerk().post(f"{HERE}closed-days/2025/", {"bridge": "02/05/2025"})
    assert list(ClosedDay.objects.values_list("day", flat=True)) == [date(2025, 5, 2)]
    clerk().post(f"{HERE}closed-days/2025/{PLACE}/", {"bridge": "30/05/2025"})
    assert ClosedDay.objects.filter(establishment=PLACE).count() == 1
    assert not ClosedDay.objects.filter(employer__number=OTHER).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"bridge": "31/02/2025"}, "Line 1: no day that exists"),
        ({"bridge": "02/05/2025\n02/05/2024"}, "Line 2: this day is not in 2025."),
        ({"bridge": "01/05/2025"}, "public holiday already"),
        ({"bridge": "03/05/2025"}, "a Saturday"),
        ({"bridge": "02/05/2025", "replacement": "02/05/2025"}, "stands in both lists"),
        ({"bridge": "<script>"}, "Line 1"),
    ],
)
def test_days_off_that_are_none_are_told_with_their_line(typed: dict[str, str], said: str) -> None:
    browser = clerk()
    browser.cookies["guichet_language"] = "en"
    answer = browser.post(f"{HERE}closed-days/2025/", typed)
    assert answer.status_code == 422
    assert said in html.unescape(answer.content.decode())
    assert not ClosedDay.objects.exists()


def test_a_place_of_another_employer_has_no_days_off_here() -> None:
    other = world.ELSEWHERE_PLACE
    assert clerk().get(f"{HERE}closed-days/2025/{other}/").status_code == 404


def test_a_cancelled_announcement_makes_nothing_due() -> None:
    row = sent(expected(), seen=())
    assert following.duties(employer=FIRM, month=date(2025, 3, 1), today=date(2025, 3, 17))
    operations.cancel(ticket=row.ticket, sender=sender(), now=NOW)
    assert not following.duties(employer=FIRM, month=date(2025, 3, 1), today=date(2025, 3, 17))


def test_the_overview_pages_through_many(django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        browser = clerk()
        with CaptureQueriesContext(connection) as caught:
            words(browser, size="50")
        return len(caught)

    sent(expected())
    few = count()
    for number in range(30):
        sent(expected(first_day=date(2025, 3, 17) + timedelta(days=number),
                      last_day=date(2025, 5, 30)))  # fmt: skip
    assert Communication.objects.count() == 31
    assert count() <= few + 2
