"""Foreseen unemployment at the pages: from the reason to the receipt, with every fault told."""

from datetime import date, timedelta

import pytest
from django.test import Client

from guichet.eservices.temporary_unemployment import drafting, queries
from guichet.eservices.temporary_unemployment.models import Communication, Draft
from guichet.rules.temporary_unemployment.kinds import Regime
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.pages.walk import (
    at,
    begun,
    checked,
    chosen,
    period,
    received,
    said,
    sent,
    step,
)
from tests.eservices.temporary_unemployment.world import (
    ANNE,
    BIS,
    LUC,
    TODAY,
    clerk,
    expected,
    moment,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
FIRST, LAST = date(2025, 3, 17), date(2025, 4, 13)
DAY = timedelta(days=1)
GO_ON = "You can go on"


def in_period(client: Client, status: int, **boxes: str) -> str:
    """What the step of the period answers."""
    place = begun(client, "E", "expected")
    step(client, place, "place", walk.PLACE_BOXES)
    given = period(FIRST, LAST, TODAY) | boxes
    return said(step(client, place, "period", given, status))


def test_sc1_a_notice_of_today_is_sent_without_a_warning_and_its_ticket_is_shown() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST, TODAY)
    assert GO_ON not in checked(client, place)

    answer = sent(client, place)

    row = received(answer)
    page = said(client.get(answer["Location"]))
    ticket = row.ticket
    assert f"{ticket[:3]}-{ticket[3:10]}-{ticket[10:12]}-{ticket[12:]}" in page
    assert "09/03/2025 11:00:00" in page
    assert walk.drafts() == 0
    assert row.document
    again = client.get(f"{place}check/")
    assert again["Location"] == answer["Location"]
    assert Communication.objects.count() == 1


def test_sc2_a_late_notice_is_told_with_its_wage_and_sent_after_a_remark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-03-10"))
    client = clerk()
    place = walk.expected(client, FIRST, LAST, date(2025, 3, 10))

    page = checked(client, place)
    assert "late by 1 day" in page
    assert "From 17/03/2025 to 23/03/2025 normal wage is due" in page
    assert "Start on 18/03/2025 instead." in page
    assert "Act of 3 July 1978, art. 51" in page
    without = sent(client, place)
    assert without.status_code == 422
    assert "Explain why" in said(without)

    row = received(sent(client, place, remarks="The board decided late."))
    assert [one.code for one in queries.warnings(row)] == ["CTW-014"]
    assert row.remarks == "The board decided late."


def test_sc2_the_repair_of_a_warning_is_put_into_its_box_by_a_button(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-03-10"))
    client = clerk()
    place = walk.expected(client, FIRST, LAST, date(2025, 3, 10))

    client.post(f"{place}check/", {"do": "apply-CTW-014:posted_on"})

    assert Draft.objects.get().typed["period"]["first_day"] == "18/03/2025"
    page = checked(client, place)
    assert GO_ON not in page
    assert received(sent(client, place)).last_day == LAST


def test_sc3_notice_and_communication_of_different_days_are_warned_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-03-08"))
    client = clerk()
    place = walk.expected(client, FIRST, LAST, date(2025, 3, 7))

    assert "here it is told 1 day later" in checked(client, place)


def test_sc4_a_notice_of_tomorrow_stops_at_its_step() -> None:
    assert "lies in the future" in in_period(clerk(), 422, posted_on="10/03/2025")


def test_sc5_twenty_nine_days_of_full_suspension_give_the_last_day_allowed() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST + DAY, TODAY)

    page = checked(client, place)

    assert "here until 13/04/2025" in page
    assert "End on 13/04/2025 instead." in page


def test_sc6_three_months_and_a_day_of_large_suspension_are_warned_about() -> None:
    client = clerk()
    days = {"regime": "large", "work-0-0": "on", "work-0-1": "on"}
    place = walk.expected(client, date(2025, 5, 5), date(2025, 8, 5), TODAY, **days)

    assert "04/08/2025" in checked(client, place)


def test_sc7_a_small_suspension_without_an_end_stops_at_its_step() -> None:
    days = {f"work-0-{day}": "on" for day in range(3)}

    page = in_period(clerk(), 422, regime="small", last_day="", **days)

    assert "Enter the last day: it is compulsory." in page


def test_sc8_thirteen_months_of_small_suspension_are_only_warned_about() -> None:
    client = clerk()
    days = {f"work-0-{day}": "on" for day in range(3)} | {"regime": "small"}
    place = walk.expected(client, FIRST, date(2026, 4, 16), TODAY, **days)

    assert "A small suspension lasts longer than 12 months" in checked(client, place)


def test_sc9_two_days_of_work_a_week_are_a_large_suspension_and_a_button_says_so() -> None:
    client = clerk()
    days = {"regime": "small", "work-0-0": "on", "work-0-1": "on"}
    place = walk.expected(client, FIRST, LAST, TODAY, **days)
    assert "Choose this scheme: large suspension." in checked(client, place)

    client.post(f"{place}check/", {"do": "apply-CTW-031:regime"})

    assert received(sent(client, place)).regime == Regime.LARGE.value


def test_sc10_without_the_undertaking_nothing_is_stored_but_the_draft() -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "period", period(FIRST, LAST, TODAY))

    answer = step(client, place, "causes", {"causes": walk.CAUSES["causes"]}, 422)

    assert "You must undertake not to subcontract" in said(answer)
    chosen(client, place, ANNE)
    assert sent(client, place).status_code == 422
    assert (Communication.objects.count(), Draft.objects.count()) == (0, 1)


def test_sc11_after_four_weeks_the_week_of_work_and_the_next_start_are_told() -> None:
    world.sent(expected())
    client = clerk()
    place = walk.expected(client, date(2025, 4, 14), date(2025, 5, 11), TODAY)

    page = checked(client, place)

    assert "obligatory work week from 14/04/2025 to 20/04/2025" in page
    assert "Start on 21/04/2025 instead." in page


def test_sc12_a_fourth_week_after_three_has_no_warning() -> None:
    world.sent(expected(last_day=date(2025, 4, 6)))
    client = clerk()
    place = walk.expected(client, date(2025, 4, 7), date(2025, 4, 13), TODAY)

    assert GO_ON not in checked(client, place)


def test_sc13_a_closure_that_is_cut_out_does_not_count() -> None:
    client = clerk()
    closure = {"closure-0-first": "31/03/2025", "closure-0-last": "13/04/2025"}
    place = walk.expected(client, FIRST, date(2025, 4, 27), TODAY, **closure)

    assert GO_ON not in checked(client, place)
    assert received(sent(client, place)).excluded == [["2025-03-31", "2025-04-13"]]


def test_sc14_three_days_of_notice_are_late_without_a_derogation() -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    step(client, place, "place", walk.PLACE_BOXES | {"committee": "126"})
    step(client, place, "period", period(date(2025, 3, 13), LAST, TODAY))
    step(client, place, "causes", walk.CAUSES)
    chosen(client, place, ANNE)

    assert "The notice is late" in checked(client, place)


def test_sc14_sc15_three_days_are_in_time_while_the_derogation_of_2021_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted = date(2021, 12, 20)
    at(monkeypatch, moment(posted.isoformat()))
    client = clerk()
    pages = []
    # The derogation ends with the year: what starts a day later is judged by the law.
    for first in (date(2021, 12, 24), date(2022, 1, 1)):
        place = begun(client, "E", "expected")
        step(client, place, "place", walk.PLACE_BOXES | {"committee": "126"})
        boxes = period(first, date(2022, 1, 2), posted)
        step(client, place, "period", boxes)
        step(client, place, "causes", walk.CAUSES)
        chosen(client, place, ANNE)
        pages.append(checked(client, place))

    late = ["The notice is late" in page for page in pages]
    assert late == [False, False]


def test_sc16_moving_the_start_by_a_modification_keeps_the_end_and_drops_the_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = moment("2025-03-10")
    at(monkeypatch, late)
    row = world.sent(expected(late, remarks="Late."))
    client = clerk()

    answer = client.post(f"/temporary-unemployment/communications/{row.ticket}/modify/")
    place = str(answer["Location"]).rsplit("/", 2)[0] + "/"
    boxes = Draft.objects.get().typed["period"]
    assert boxes["first_day"] == "17/03/2025"
    step(client, place, "period", boxes | {"first_day": "18/03/2025"})
    page = checked(client, place)

    assert "This takes the place of communication" in page
    assert GO_ON not in page
    new = received(sent(client, place))
    row.refresh_from_db()
    assert (new.last_day, new.changes_id, row.state) == (row.last_day, row.pk, "modified")
    old = said(client.get(f"/temporary-unemployment/communications/{row.ticket}/receipt/"))
    assert "Replaced by a modification" in old


def test_sc17_a_late_one_is_cancelled_and_stays_readable_while_the_new_one_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = moment("2025-03-10")
    at(monkeypatch, late)
    row = world.sent(expected(late, remarks="Late."))
    client = clerk()
    one = f"/temporary-unemployment/communications/{row.ticket}/"
    assert "stays readable" in said(client.get(f"{one}cancel/"))

    answer = client.post(f"{one}cancel/", {"remark": ""})
    place = walk.expected(client, date(2025, 3, 18), LAST, date(2025, 3, 10))
    new = received(sent(client, place))

    assert "Cancelled on 10/03/2025" in said(client.get(answer["Location"]))
    assert new.ticket != row.ticket
    assert client.post(f"{one}cancel/", {"remark": ""}).status_code == 422


def test_sc18_an_end_before_the_start_stops_at_its_step() -> None:
    page = in_period(clerk(), 422, last_day="16/03/2025")

    assert "The last day lies before the first day." in page


@pytest.mark.parametrize("text", ["29/02/2025", "31/04/2025", "soon", "2025-13-01", "1/1/25"])
def test_sc19_what_is_no_day_of_the_calendar_stops_at_its_box(text: str) -> None:
    page = in_period(clerk(), 422, last_day=text)

    assert "Enter a valid date (dd/mm/yyyy)." in page


@pytest.mark.parametrize(
    "text", ["13/4/2025", "13.04.2025", "13042025", "2025-04-13", "13-04-2025"]
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    client = clerk()
    place = walk.expected(client, FIRST, text, TODAY)

    assert received(sent(client, place)).last_day == LAST


def test_sc20_the_same_worker_twice_is_told_with_both_lines() -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    client.post(f"{place}workers/", {"do": "add", "niss": ANNE, "family": "Dubois"})

    answer = client.post(f"{place}workers/", {"do": "add", "niss": ANNE})

    assert answer.status_code == 422
    assert "The same worker stands on lines 1 and 2." in said(answer)


def test_somebody_of_the_staff_typed_by_number_bears_the_name_that_dimona_gives() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    client.post(f"{place}workers/", {"do": "add", "niss": ANNE, "family": "Typo"})

    [line] = Draft.objects.get().typed["workers"]["lines"]
    assert line["family"] == "Dubois"
    assert "Typo" not in said(client.get(f"{place}workers/"))


def test_sc21_a_wrong_number_is_refused_and_a_bis_number_is_taken() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    wrong = client.post(f"{place}workers/", {"do": "add", "niss": "85.07.30-033.29"})
    right = client.post(f"{place}workers/", {"do": "add", "niss": f"{BIS[:6]} {BIS[6:]}"})

    assert wrong.status_code == 422
    assert "the social security number is not valid" in said(wrong)
    assert right.status_code == 302
    assert [one["niss"] for one in Draft.objects.get().typed["workers"]["lines"]] == [BIS]


def test_sc22_a_mixed_committee_without_level_stops_at_its_step() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    answer = step(client, place, "place", walk.PLACE_BOXES | {"committee": "302"}, 422)

    assert "Choose blue collar or white collar" in said(answer)
    step(client, place, "place", walk.PLACE_BOXES | {"committee": "302", "level": "blue"})


def test_sc23_committee_999_is_unknown() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    answer = step(client, place, "place", walk.PLACE_BOXES | {"committee": "999"}, 422)

    assert "This joint committee does not exist" in said(answer)


def test_sc24_a_white_collar_is_told_at_his_line() -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "period", period(FIRST, LAST, TODAY))
    step(client, place, "causes", walk.CAUSES)
    chosen(client, place, ANNE)

    boxes = {"line-1-shown": "1", "line-1-category": "white"}
    answer = step(client, place, "workers", boxes, 422)

    assert "Line 1: this reason is not possible for this worker" in said(answer)


def test_sc25_a_section_stands_for_workers_only_for_blue_collars() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST, TODAY)
    step(client, place, "workers", {"scope": "section", "section": "Casting hall"})

    row = received(sent(client, place))

    assert (row.section, row.workers) == ("Casting hall", 0)
    white = begun(client, "SE", "expected")
    answer = step(client, white, "workers", {"scope": "section", "section": "Offices"}, 422)
    assert "Give at least one worker." in said(answer)


@pytest.mark.parametrize(("length", "status"), [(9, 422), (10, 302), (2_000, 302), (2_001, 422)])
def test_sc27_causes_have_ten_to_two_thousand_signs(length: int, status: int) -> None:
    client = clerk()
    place = begun(client, "E", "expected")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "period", period(FIRST, LAST, TODAY))

    step(client, place, "causes", walk.CAUSES | {"causes": "é" * length}, status)


def test_sc27_a_script_in_the_causes_is_stored_and_shown_as_text() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST, TODAY)
    script = "<script>alert('orders')</script>"
    step(client, place, "causes", walk.CAUSES | {"causes": script})

    answer = sent(client, place)

    page = client.get(answer["Location"]).content.decode()
    assert received(answer).causes == script
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_sc70_the_same_content_twice_asks_for_a_confirmation() -> None:
    client = clerk()
    received(sent(client, walk.expected(client, FIRST, LAST, TODAY)))
    place = walk.expected(client, FIRST, LAST, TODAY)

    refused = sent(client, place, remarks="Twice.")

    assert refused.status_code == 422
    assert "Sent twice?" in said(refused)
    received(sent(client, place, remarks="Twice.", confirmed="on"))
    assert Communication.objects.count() == 2


def test_sc71_the_office_of_the_place_is_on_the_receipt_with_address_and_phone() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST, TODAY)
    step(client, place, "place", {"establishment": world.EUPEN, "committee": "111"})

    page = said(client.get(sent(client, place)["Location"]))

    assert "Verviers" in page
    assert "4800" in page
    assert "not verified" in page


def test_a_warning_that_came_up_meanwhile_is_shown_before_it_is_sent() -> None:
    client = clerk()
    place = walk.expected(client, FIRST, LAST, TODAY, ANNE, LUC)
    looked = walk.seen(client, place)
    world.sent(expected(lines=(world.expected().said.lines)))

    answer = client.post(f"{place}check/", {"do": "send", "seen": looked, "remarks": "Both."})

    assert answer.status_code == 422
    assert "Something changed since you looked" in said(answer)
    received(sent(client, place, remarks="Both."))


def test_going_back_keeps_what_cannot_be_read() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    client.post(f"{place}period/", {"do": "back", "weeks": "1", "first_day": "sometime"})

    assert 'value="sometime"' in client.get(f"{place}period/").content.decode()


def test_the_pattern_has_more_weeks_by_a_button_and_closures_too() -> None:
    client = clerk()
    place = begun(client, "E", "expected")

    page = client.post(f"{place}period/", {"do": "add-week", "weeks": "1"}).content.decode()
    assert 'name="work-1-6"' in page
    page = client.post(f"{place}period/", {"do": "add-closure", "weeks": "2"}).content.decode()
    assert 'name="closure-0-last"' in page
    page = client.post(f"{place}period/", {"do": "remove-week", "weeks": "2"}).content.decode()
    assert 'name="work-1-0"' not in page


def test_a_draft_of_thirty_days_is_thrown_away() -> None:
    begun(clerk(), "E", "expected")

    assert drafting.forget_old(now=world.NOW + timedelta(days=29)) == 0
    assert drafting.forget_old(now=world.NOW + timedelta(days=30)) == 1


def test_the_page_of_a_communication_leads_to_what_can_still_be_done() -> None:
    row = world.sent(expected())
    client = clerk()
    one = f"/temporary-unemployment/communications/{row.ticket}/"

    page = client.get(one).content.decode()

    assert all(f"{one}{act}/" in page for act in ("receipt", "modify", "cancel"))
    client.post(f"{one}cancel/", {"remark": ""})
    page = client.get(one).content.decode()
    assert not any(f"{one}{act}/" in page for act in ("modify", "cancel"))
