"""The first effective day at the pages: its window, its workers, the month after."""

from datetime import UTC, date, datetime

import pytest

from guichet.eservices.temporary_unemployment import queries
from guichet.eservices.temporary_unemployment.models import Draft
from guichet.rules.temporary_unemployment.kinds import Reason
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.pages.walk import (
    at,
    begun,
    checked,
    chosen,
    received,
    said,
    sent,
    step,
)
from tests.eservices.temporary_unemployment.world import ANNE, LUC, clerk, expected, moment

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
TUESDAY = date(2025, 4, 22)


@pytest.fixture
def announced(firm: None) -> None:
    """Anne's suspension from 17 March to 4 May stands."""
    world.sent(expected(last_day=date(2025, 5, 30)))


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize(
    ("sent_on", "words"),
    [
        ("2025-04-14", ""),
        ("2025-04-13", "Far too early for 22/04/2025"),
        ("2025-04-24", "ONEM accepts the communication from 23/04/2025"),
    ],
)
def test_sc28_sc29_sc30_a_first_day_is_told_in_its_window(
    monkeypatch: pytest.MonkeyPatch, sent_on: str, words: str
) -> None:
    at(monkeypatch, moment(sent_on))
    client = clerk()
    place = walk.first_day(client, TUESDAY)

    page = checked(client, place)

    assert words in page
    assert ("You can go on" in page) is bool(words)
    received(sent(client, place, remarks="So it is."))


def test_sc31_bad_weather_on_thursday_for_tuesday_is_too_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-04-17"))
    client = clerk()

    page = checked(client, walk.first_day(client, TUESDAY, reason="I"))

    assert "Too early for 22/04/2025: this communication can be sent from 18/04/2025" in page


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize(
    ("sent_on", "words"), [("2025-05-06", ""), ("2025-05-07", "from 06/05/2025")]
)
def test_sc32_a_bridge_day_stretches_the_window(
    monkeypatch: pytest.MonkeyPatch, sent_on: str, words: str
) -> None:
    world.closed(date(2025, 5, 2))
    at(monkeypatch, moment(sent_on))
    client = clerk()

    page = checked(client, walk.first_day(client, date(2025, 5, 5)))

    assert words in page
    assert ("You can go on" in page) is bool(words)


@pytest.mark.usefixtures("announced")
def test_sc33_the_window_of_a_part_timer_is_that_of_everybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-04-16"))
    client = clerk()
    place = begun(client, "E", "first_day")

    page = client.get(f"{place}month/deadlines/?day=23/04/2025").content.decode()

    assert "15/04/2025 \N{EN DASH} 24/04/2025" in page


@pytest.mark.usefixtures("announced")
def test_sc34_a_second_reason_in_the_month_needs_no_communication(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-03-17"))
    client = clerk()
    received(sent(client, walk.first_day(client, date(2025, 3, 17))))
    at(monkeypatch, moment("2025-03-20"))
    client = clerk()

    page = checked(client, walk.first_day(client, date(2025, 3, 20), reason="I"))

    assert "not necessary, a first day was already communicated for this month" in page


@pytest.mark.usefixtures("announced")
def test_sc35_the_copy_for_the_next_month_has_its_workers_and_its_first_working_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-03-17"))
    client = clerk()
    row = received(sent(client, walk.first_day(client, date(2025, 3, 17))))
    at(monkeypatch, moment("2025-04-01"))
    client = clerk()

    answer = client.post(f"/temporary-unemployment/communications/{row.ticket}/copy/")

    assert answer.status_code == 302
    assert 'value="01/04/2025"' in client.get(answer["Location"]).content.decode()
    draft = Draft.objects.get()
    assert [one["niss"] for one in draft.typed["workers"]["lines"]] == [ANNE]
    place = str(answer["Location"]).rsplit("/", 2)[0] + "/"
    assert received(sent(client, place)).pk != row.pk


@pytest.mark.usefixtures("announced")
def test_sc36_first_days_of_two_months_stop_at_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, moment("2025-04-01"))
    client = clerk()
    place = begun(client, "E", "first_day")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "month", {"day": "01/04/2025"})
    chosen(client, place, ANNE, LUC)

    boxes = {"line-2-shown": "1", "line-2-day": "31/03/2025"}
    answer = step(client, place, "workers", boxes, 422)

    assert "make one communication per calendar month" in said(answer)


def test_sc37_an_economic_first_day_without_announcement_is_warned_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-04-22"))
    client = clerk()

    economic = checked(client, walk.first_day(client, TUESDAY))
    weather = checked(client, walk.first_day(client, TUESDAY, reason="I"))

    assert "no announcement was found for 22/04/2025" in economic
    assert "First announce the unemployment" in economic
    assert "no announcement" not in weather


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Enter the first day: it is compulsory"),
        ("31/04/2025", "Enter a valid date"),
        ("01/04/2020", "too far away"),
    ],
)
def test_the_first_day_is_asked_at_its_field_and_what_was_typed_is_kept(
    day: str, words: str
) -> None:
    client = clerk()
    place = begun(client, "E", "first_day")
    step(client, place, "place", walk.PLACE_BOXES)

    page = step(client, place, "month", {"day": day}, 422)

    assert said(page).count(words) == 2  # in the summary and at the field
    assert "compulsory" not in said(page) or not day
    assert 'href="#id_day"' in page.content.decode()
    assert Draft.objects.get().typed["month"] == {"day": day}
    later = client.post(f"{place}month/", {"do": "later", "day": ""})
    assert later.status_code == 302  # nothing is asked of who goes on later


@pytest.mark.usefixtures("announced")
def test_no_common_day_is_asked_where_every_worker_has_his_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, moment("2025-04-22"))
    client = clerk()
    place = begun(client, "E", "first_day")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "month", {"day": "22/04/2025"})
    chosen(client, place, ANNE, LUC)
    step(client, place, "workers", {"line-1-shown": "1", "line-1-day": "22/04/2025"})

    step(client, place, "month", {"day": ""}, 422)

    step(client, place, "workers", {"line-2-shown": "1", "line-2-day": "23/04/2025"})
    step(client, place, "month", {"day": ""})


@pytest.mark.parametrize("box", [*walk.WEATHER])
def test_sc38_every_detail_of_the_weather_is_asked(box: str) -> None:
    client = clerk()
    place = begun(client, "I", "first_day")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "month", {"day": "10/03/2025"})

    answer = step(client, place, "weather", walk.WEATHER | {box: " "}, 422)

    assert "Fill this in" in said(answer)


@pytest.mark.usefixtures("announced")
@pytest.mark.parametrize(("on", "status"), [("2025-04-23", 302), ("2025-04-24", 422)])
def test_sc39_a_first_day_is_cancelled_in_its_window_or_with_a_remark(
    monkeypatch: pytest.MonkeyPatch, on: str, status: int
) -> None:
    at(monkeypatch, moment("2025-04-14"))
    client = clerk()
    row = received(sent(client, walk.first_day(client, TUESDAY)))
    at(monkeypatch, moment(on))
    client = clerk()
    place = f"/temporary-unemployment/communications/{row.ticket}/cancel/"

    assert client.post(place, {"remark": ""}).status_code == status

    if status == 422:
        assert "outside the window from 14/04/2025 to 23/04/2025" in said(client.get(place))
        assert client.post(place, {"remark": "He worked."}).status_code == 302


@pytest.mark.parametrize(
    ("moment_of", "is_late"),
    [
        (datetime(2026, 1, 5, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 5, 23, 0, 0, tzinfo=UTC), True),
    ],
)
def test_sc40_the_day_ends_at_midnight_in_brussels(
    monkeypatch: pytest.MonkeyPatch, moment_of: datetime, is_late: bool
) -> None:
    at(monkeypatch, moment_of)
    client = clerk()

    page = checked(client, walk.first_day(client, date(2026, 1, 2), reason="I"))

    assert ("Late: it was due" in page) is is_late


def test_sc41_the_night_of_the_clock_change_moves_no_day() -> None:
    client = clerk()
    place = begun(client, "I", "first_day")

    page = client.get(f"{place}month/deadlines/?day=30/03/2025").content.decode()

    assert "28/03/2025 \N{EN DASH} 31/03/2025" in page


def test_the_calculator_says_nothing_of_days_out_of_reach_or_none() -> None:
    client = clerk()
    place = begun(client, "E", "first_day")

    for text in ("", "1/1/0001", "31/12/9999", "never", "' OR 1=1"):
        answer = client.get(f"{place}month/deadlines/", {"day": text})
        assert answer.status_code == 200
        assert "Fill the days in" in answer.content.decode()


def test_a_worker_has_a_day_of_his_own(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, moment("2025-03-12"))
    client = clerk()
    place = begun(client, "I", "first_day")
    step(client, place, "place", walk.PLACE_BOXES)
    step(client, place, "month", {"day": "12/03/2025"})
    step(client, place, "weather", walk.WEATHER)
    chosen(client, place, ANNE, LUC)
    step(client, place, "workers", {"line-2-shown": "1", "line-2-day": "11/3/2025"})

    row = received(sent(client, place))

    days = {one.niss: one.first_day for one in queries.lines(row)}
    assert days == {ANNE: date(2025, 3, 12), LUC: date(2025, 3, 11)}
    assert row.reason == Reason.WEATHER.value
