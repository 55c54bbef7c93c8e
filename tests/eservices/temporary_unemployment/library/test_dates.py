"""The public calculator of days: the worked examples come out of its pages."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from guichet.eservices.temporary_unemployment.library.dates.forms import QUESTIONS
from tests.eservices.temporary_unemployment.library.reading import AT, LANGUAGES, plain, visitor
from tests.portal.browsing import words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NOTICE = "Last day for the notice and the communication"
FULL, WEEK = "Full suspension, at most", "Week of work after it"
NEXT, AGAIN = "Next suspension possible from", "Last day for the notice of the next suspension"
LARGE = "Large suspension, at most until"
WINDOW, WAGE = "The first effective day may be sent", "Normal wage is due"
ANNOUNCED = """
2024-12-30 2024-12-22 2025-01-26 2025-01-27/2025-02-02 2025-02-03 2025-01-26 2025-03-29
2025-04-22 2025-04-14 2025-05-19 2025-05-20/2025-05-26 2025-05-27 2025-05-19 2025-07-21
2025-05-05 2025-04-27 2025-06-01 2025-06-02/2025-06-08 2025-06-09 2025-06-01 2025-08-04
2025-11-03 2025-10-26 2025-11-30 2025-12-01/2025-12-07 2025-12-08 2025-11-30 2026-02-02
2026-01-05 2025-12-28 2026-02-01 2026-02-02/2026-02-08 2026-02-09 2026-02-01 2026-04-04
2026-04-07 2026-03-30 2026-05-04 2026-05-05/2026-05-11 2026-05-12 2026-05-04 2026-07-06
2026-05-18 2026-05-10 2026-06-14 2026-06-15/2026-06-21 2026-06-22 2026-06-14 2026-08-17
""".strip().splitlines()
LATE = """
2025-03-10 2025-03-17 1 2025-03-17/2025-03-23 2025-03-24 2025-03-18
2025-03-12 2025-03-17 3 2025-03-17/2025-03-23 2025-03-24 2025-03-20
2025-04-15 2025-04-22 1 2025-04-22/2025-04-28 2025-04-29 2025-04-23
2026-05-11 2026-05-18 1 2026-05-18/2026-05-24 2026-05-25 2026-05-19
""".strip().splitlines()
WINDOWS = """
2014-03-12 - 2014-03-05 2014-03-11 2014-03-13
2024-11-04 - 2024-10-25 2024-10-31 2024-11-05
2025-03-08 - 2025-03-03 2025-03-07 2025-03-10
2025-04-22 - 2025-04-14 2025-04-18 2025-04-23
2025-05-05 2025-05-02 2025-04-24 2025-04-30 2025-05-06
2025-05-30 - 2025-05-22 2025-05-28 2025-06-02
2025-07-22 - 2025-07-14 2025-07-18 2025-07-23
2025-08-18 - 2025-08-08 2025-08-14 2025-08-19
2025-11-03 2025-10-31 2025-10-24 2025-10-30 2025-11-04
2025-11-12 2025-11-10 2025-11-03 2025-11-07 2025-11-13
2026-01-02 - 2025-12-24 2025-12-31 2026-01-05
2026-03-02 - 2026-02-23 2026-02-27 2026-03-03
2026-05-15 - 2026-05-07 2026-05-13 2026-05-18
2026-05-18 2026-05-15 2026-05-07 2026-05-13 2026-05-19
2026-08-17 2026-08-14 2026-08-07 2026-08-13 2026-08-18
""".strip().splitlines()
SENT = """
E 2025-04-22 2025-04-13 early -
E 2025-04-22 2025-04-23 time 2025-04-22
E 2025-04-22 2025-04-24 late 2025-04-23
I 2025-04-22 2025-04-18 time 2025-04-22
T 2025-05-02 2025-05-05 time 2025-05-02
I 2026-01-02 2026-01-05 time 2026-01-02
I 2026-01-02 2026-01-06 late 2026-01-05
SE 2025-09-08 2025-09-01 time 2025-09-08
SE 2025-09-08 2025-08-31 early -
I 2025-02-06 2025-02-08 late 2025-02-07
""".strip().splitlines()
HOLIDAYS = """
E 2025-04-22 - 2025-04-14 time 2025-04-22
E 2025-04-22 - 2025-04-13 early -
E 2025-04-22 - 2025-04-24 late 2025-04-23
I 2025-04-22 - 2025-04-17 early -
E 2025-05-05 02/05/2025 2025-05-06 time 2025-05-05
E 2025-05-05 02/05/2025 2025-05-07 late 2025-05-06
""".strip().splitlines()
ACCIDENTS = """
2025-04-18 2025-04-22 2025-04-22 2025-04-24 2025-04-24 2025-04-25 2025-04-26 2025-07-24
2025-05-28 2025-05-30 2025-06-01 2025-06-03 2025-06-03 2025-06-04 2025-06-05 2025-09-03
2025-12-24 2025-12-26 2025-12-28 2025-12-30 2025-12-30 2025-12-31 2026-01-01 2026-03-30
2026-05-13 2026-05-15 2026-05-17 2026-05-19 2026-05-19 2026-05-20 2026-05-21 2026-08-19
""".strip().splitlines()
SAID = {"early": "Too early", "time": "On time", "late": "Late"}


def asked(question: str, language: str = "en", status: int = 200, **given: Any) -> str:
    """The page that answers."""
    answer = visitor(language).get(f"{AT}dates/{question}/", given)
    assert answer.status_code == status
    return answer.content.decode()


def table(page: str) -> dict[str, str]:
    """What the table says, days as ``2025-03-17`` or ``2025-03-17/2025-03-23``."""
    rows = re.findall(r'<th scope="row">(.*?)</th>\s*<td[^>]*>(.*?)</td>', page, flags=re.S)
    return {
        unescape(what): "/".join(re.findall(r'datetime="([^"]+)"', when)) for what, when in rows
    }


@pytest.mark.parametrize("line", ANNOUNCED)
def test_wx1_wx3_wx4_wx6_wx7_wx9_wx10_an_announcement_is_reckoned(line: str) -> None:
    start, notice, full, week, following, again, large = line.split()

    found = table(asked("announce", start=start))

    assert found[NOTICE] == notice
    assert found[FULL] == f"{start}/{full}"
    assert (found[WEEK], found[NEXT], found[AGAIN]) == (week, following, again)
    assert found[LARGE] == large


@pytest.mark.parametrize("line", LATE)
def test_wx12_wx13_wx15_wx18_sc2_a_late_notice_is_told_with_what_it_costs(line: str) -> None:
    posted, start, days, wage, allowances, instead = line.split()

    page = asked("announce", start=start, posted=posted)

    found = table(page)
    assert f"The notice is late by {days} day" in plain(words(page))
    assert found[WAGE] == wage
    assert found["Allowances from"] == allowances
    assert found["First start that this notice would have allowed"] == instead


@pytest.mark.parametrize(
    ("posted", "start"), [("2025-12-28", "2026-01-05"), ("2026-03-01", "2026-03-09")]
)
def test_wx16_wx19_a_notice_of_the_last_day_is_on_time(posted: str, start: str) -> None:
    page = asked("announce", start=start, posted=posted)

    assert "On time" in words(page)
    assert WAGE not in table(page)


def test_each_start_has_the_terms_of_its_own_day() -> None:
    """Joint committee 126 had three days of notice and eight weeks until the end of 2021."""
    wood = {"committee": "126"}

    late = table(asked("announce", start="2021-12-30", posted="2021-12-28", **wood))
    found = table(asked("announce", start="2021-11-29", **wood))

    assert late["First start that this notice would have allowed"] == "2022-01-05"
    assert (found[NOTICE], found[FULL]) == ("2021-11-25", "2021-11-29/2022-01-23")
    assert (found[NEXT], found[AGAIN]) == ("2022-01-31", "2022-01-23")


@pytest.mark.parametrize("line", WINDOWS)
def test_wx21_wx22_wx24_wx25_wx27_wx28_wx30_wx31_wx33_wx34_wx36_wx37_wx39_wx40_wx42_a_window(
    line: str,
) -> None:
    day, off, ahead, before, until = line.split()
    given = {"day": day, "off": "" if off == "-" else off}

    for reason in ("E", "SE"):
        assert table(asked("first-day", reason=reason, **given))[WINDOW] == f"{ahead}/{until}"
    for reason in ("I", "T"):
        assert table(asked("first-day", reason=reason, **given))[WINDOW] == f"{before}/{until}"


@pytest.mark.parametrize("line", SENT)
def test_wx43_wx45_wx46_wx48_wx49_wx51_wx52_wx54_wx55_wx57_a_day_of_sending_is_judged(
    line: str,
) -> None:
    reason, day, sent, verdict, accepted = line.split()

    page = asked("first-day", reason=reason, day=day, sent=sent)

    assert SAID[verdict] in words(page)
    assert table(page).get("Accepted from", "-") == accepted


@pytest.mark.parametrize("line", HOLIDAYS)
def test_sc28_sc29_sc30_sc31_sc32_sc33_the_window_does_not_ask_for_a_schedule(line: str) -> None:
    reason, day, off, sent, verdict, accepted = line.split()

    page = asked("first-day", reason=reason, day=day, off=off.strip("-"), sent=sent)

    assert SAID[verdict] in words(page)
    assert table(page).get("Accepted from", "-") == accepted


@pytest.mark.parametrize("line", ACCIDENTS)
def test_wx58_wx60_wx61_wx63_sc43_sc44_sc45_the_days_after_an_accident(line: str) -> None:
    day, nature, council, listed, wage, begins, later, warned = line.split()

    found = table(asked("accident", day=day))

    assert found["Nature of the accident: at the latest on"] == nature
    assert found["Works council or union delegation: at the latest on"] == council
    assert found["List of the workers: at the latest on"] == listed
    assert found["Guaranteed wage"] == f"{day}/{wage}"
    assert found["Suspension possible from"] == begins
    assert found["Longer than foreseen after"] == warned
    assert table(asked("accident", day=day, showed_up="on"))["Suspension possible from"] == later


def test_wx73_wx78_wx79_the_form_and_the_credit_of_white_collars() -> None:
    assert table(asked("white-collars", start="2025-01-06"))[
        "Full suspension: an untouched credit lasts"
    ] == ("2025-01-06/2025-04-27")
    for sent, first, begins in (
        ("2025-09-01", "2025-09-15", "2025-09-23"),
        ("2026-01-05", "2026-01-19", "2026-01-27"),
    ):
        found = table(asked("white-collars", form=sent))
        assert found["First communication from"] == first
        assert found["Suspension at the earliest on"] == begins


def test_wx96_sc47_force_majeure_covers_three_months() -> None:
    found = table(asked("force-majeure", day="2025-02-01"))

    assert found["One communication covers at most"] == "2025-02-01/2025-04-30"


@pytest.mark.parametrize(
    ("month", "day"),
    [("2025-01-15", "2025-01-30"), ("2025-05-01", "2025-05-28"), ("2026-08-31", "2026-08-28")],
)
def test_wx64_wx67_wx72_the_card_is_sent_from_the_last_working_day_but_one(
    month: str, day: str
) -> None:
    assert table(asked("card", day=month))["Control card of this month: to be sent from"] == day


@pytest.mark.parametrize(
    ("committee", "start", "notice"),
    [
        ("136", "2025-09-08", "2025-09-03"),
        ("136", "2025-06-10", "2025-06-04"),
        ("127", "2025-06-10", "2025-06-06"),
        ("127", "2025-11-12", "2025-11-10"),
    ],
)
def test_wx85_wx87_wx88_wx90_a_committee_has_a_notice_of_its_own(
    committee: str, start: str, notice: str
) -> None:
    assert table(asked("announce", start=start, committee=committee))[NOTICE] == notice


def test_wx91_wx93_a_committee_has_a_longest_duration_of_its_own() -> None:
    found = table(asked("announce", start="2026-01-05", committee="149.01"))
    assert found[FULL] == "2026-01-05/2026-03-01"
    assert found[NEXT] == "2026-03-09"
    found = table(asked("announce", start="2026-03-02", committee="136"))
    assert found[FULL] == "2026-03-02/2026-03-15"
    assert found[NEXT] == "2026-03-23"


def test_a_committee_whose_decree_is_not_known_here_is_said_to_be_so() -> None:
    said = words(asked("announce", start="2026-01-05", committee="124"))

    assert "Joint committee 124 has a royal decree of its own that is not loaded here." in said


def test_the_calendar_shows_the_numbers_of_the_table_and_the_holidays() -> None:
    page = asked("first-day", reason="E", day="2025-04-22", off="18/04/2025")

    months = re.findall(r'<table class="g-cal"><caption>(.*?)</caption>', page)
    assert months == ["April 2025"]
    cells = dict(
        re.findall(r"<td[^>]*>(?:<span[^>]*>)?(\d+)(?:</span>)?<b>.*?</span>([\d·]+)</b>", page)
    )
    assert cells["22"] == "1·2"
    assert set(cells) == {str(day) for day in range(11, 24)}
    assert 'title="Easter Monday">21</span>' in page
    assert "bridge day or replacement holiday" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_stands_in_every_language_and_asks_nothing_at_first(
    question: str, language: str
) -> None:
    page = asked(question, language)

    assert "govuk-error-summary" not in page
    assert 'method="get"' in page
    assert "g-facts" not in page


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("announce", {"start": ""}, "Enter a day."),
        ("announce", {"start": "31/04/2025"}, "Write a day as 24/11/2026."),
        ("announce", {"start": "2014-02-28"}, "Choose a day from 1 March 2014"),
        ("announce", {"start": "2100-01-01"}, "Choose a day from 1 March 2014"),
        ("announce", {"start": "2025-03-17", "committee": "<b>"}, "Choose one of the list."),
        ("first-day", {"day": "2025-03-17"}, "Choose one of the list."),
        ("first-day", {"reason": "G", "day": "2025-03-17"}, "Choose one of the list."),
        ("accident", {"day": "2025-03-17", "off": "x" * 40}, "Write a day as 24/11/2026."),
        ("accident", {"day": "2025-03-17", "off": "02/05/2025 " * 61}, "Enter at most sixty days."),
        ("white-collars", {"form": "", "start": ""}, "Enter one of the two days."),
        ("card", {"day": "\x00"}, "Write a day as 24/11/2026."),
    ],
)
def test_a_wrong_entry_is_said_at_its_field_and_nothing_is_reckoned(
    question: str, given: dict[str, str], said: str
) -> None:
    page = asked(question, status=422, **given)

    assert said in page
    assert "govuk-error-summary" in page
    assert "tl-facts" not in page


@pytest.mark.parametrize("place", ["dates/nothing/", "dates/nothing"])
def test_a_question_that_does_not_exist_is_not_found(place: str) -> None:
    assert visitor().get(AT + place, follow=True).status_code == 404


def test_a_day_is_read_in_the_ways_of_the_country() -> None:
    for text in ("2025-03-17", "17/03/2025", "17-03-2025", "17.03.2025"):
        assert table(asked("announce", start=text))[NOTICE] == date(2025, 3, 9).isoformat()
