"""Files of a search: small ones at once, large ones in the background, up to a stated number."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.audit.models import Lookup
from guichet.backoffice.inspection import exports, inquiries, keeping, log_queries
from guichet.backoffice.inspection.models import FilePart, Look, ResultFile, Search
from guichet.demo import fixtures
from tests.backoffice.inspection.test_search import NOBODY, SEARCH, found
from tests.portal.browsing import NOW, text, words
from tests.portal.world import World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
DESK = "inspection"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that a test can fill: one row at once, two a page, five in a file."""
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    monkeypatch.setattr(exports, "PAGE", 2)
    monkeypatch.setattr(exports, "MOST", 5)
    monkeypatch.setattr(exports, "PIECE", 100)


def asked(client: Client, place: str, form: str = "csv") -> str:
    """Have the file of a search made; its place."""
    answer = client.post(f"{place}files/", {"form": form})
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"])


def fetched(client: Client, place: str) -> bytes:
    answer: Any = client.get(f"{place}download/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def made() -> ResultFile:
    """The latest file, after its job."""
    row = ResultFile.objects.latest("pk")
    exports.work(file=row.pk, now=NOW)
    row.refresh_from_db()
    return row


def lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


@pytest.mark.usefixtures("small")
def test_p97_a_large_file_is_offered_then_made_in_the_background_with_its_progress(
    agent: Client, world: World
) -> None:
    receipts = world.day(fixtures.W1, "06:58 12:02 12:31 16:00")
    place = found(agent, site=fixtures.S1)

    offer = text(agent, f"{place}results.csv")
    assert "It has 4 rows and is made in the background." in offer
    assert not Look.objects.using("audit").filter(what="file").exists()
    file = asked(agent, place)
    assert "0 rows written of 0" in text(agent, file)
    assert agent.get(f"{file}download/").status_code == 404
    row = made()

    assert (row.state, row.total, row.rows, row.left_off) == ("done", 4, 4, 0)
    page = text(agent, file)
    assert "4 rows, kept until" in page
    assert "left off" not in page
    written = lines(fetched(agent, file))
    assert [one.partition(";")[0] for one in written[1:]] == [
        str(each) for each in reversed(receipts)
    ]
    assert FilePart.objects.filter(file=row).count() > 1
    [look] = Look.objects.using("audit").filter(what="file")
    assert look.persons == 1
    seen = Lookup.objects.using("audit").filter(purpose="inspection.safety")
    assert list(seen.values_list("niss", flat=True)) == [fixtures.W1]
    assert "Ready" in text(agent, place)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_left_off_is_said_before_in_the_file_and_on_the_page(
    agent: Client, world: World, form: str
) -> None:
    receipts = world.day(fixtures.W1, "06:58 09:00 09:10 12:02 12:31 15:00 16:00")
    place = found(agent, site=fixtures.S1)
    assert "It has more than 5 rows. The file holds the latest 5" in text(
        agent, f"{place}results.{form}"
    )
    file = asked(agent, place, form)

    row = made()

    assert (row.total, row.rows, row.left_off) == (7, 5, 2)
    assert "Older registrations that are left off: 2." in text(agent, file)
    data = fetched(agent, file)
    said = "Left off: 2 older registrations. This file holds the latest 5."
    if form == "csv":
        written = lines(data)
        assert len(written) == 7
        assert said in written[-1]
        assert written[1].startswith(str(receipts[-1]))
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert len(re.findall(r"<row ", sheet)) == 7
        assert said in sheet
        assert str(receipts[1]) not in sheet


@pytest.mark.usefixtures("small")
def test_exactly_the_most_leaves_nothing_off(agent: Client, world: World) -> None:
    world.day(fixtures.W1, "06:58 09:00 09:10 12:02 12:31")
    asked(agent, found(agent, site=fixtures.S1))

    row = made()

    assert (row.rows, row.left_off) == (5, 0)


def test_a_small_file_comes_at_once_in_both_forms(agent: Client, world: World) -> None:
    [receipt] = world.day(fixtures.W1, "06:58")
    place = found(agent, site=fixtures.S1)

    answer = agent.get(f"{place}results.xlsx")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert str(receipt) in book.read("xl/worksheets/sheet1.xml").decode()
    assert 'filename="guichet-inspection.xlsx"' in answer["Content-Disposition"]
    assert Look.objects.using("audit").filter(what="file", persons=1).count() == 1
    assert not ResultFile.objects.exists()


@pytest.mark.usefixtures("small")
def test_one_page_is_asked_of_the_logs_at_a_time(
    agent: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.day(fixtures.W1, "06:58 09:00 09:10 12:02")
    asked(agent, found(agent, site=fixtures.S1))
    limits = []
    real = log_queries.found

    def watched(**given: Any) -> Any:
        limits.append(given["limit"])
        return real(**given)

    monkeypatch.setattr(log_queries, "found", watched)
    made()

    assert limits == [2, 2, 1]


@pytest.mark.usefixtures("small")
def test_a_file_is_made_once_and_one_that_broke_says_so(
    agent: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.day(fixtures.W1, "06:58 12:02")
    place = found(agent, site=fixtures.S1)
    asked(agent, place)
    row = made()
    exports.work(file=row.pk, now=NOW)
    assert Look.objects.using("audit").filter(what="file").count() == 1

    file = asked(agent, place)
    monkeypatch.setattr(log_queries, "rest", lambda **_given: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        made()

    assert "ask for the file again" in text(agent, file)
    assert agent.get(f"{file}download/").status_code == 404


@pytest.mark.usefixtures("small")
def test_three_files_wait_at_most(agent: Client, world: World) -> None:
    place = found(agent, site=fixtures.S1)
    for _ in range(3):
        asked(agent, place)

    answer = agent.post(f"{place}files/", {"form": "csv"}, follow=True)

    assert "Three of your files are being made already" in words(answer.content.decode())
    assert ResultFile.objects.count() == 3


@pytest.mark.parametrize("form", ["", "pdf", "CSV"])
def test_another_form_does_not_exist(agent: Client, form: str) -> None:
    place = found(agent, site=fixtures.S1)

    assert agent.post(f"{place}files/", {"form": form}).status_code == 404
    assert agent.get(f"{place}files/").status_code == 405


@pytest.mark.usefixtures("small")
def test_a_file_belongs_to_the_inspector_and_the_search_of_which_it_was_made(
    agent: Client, other_agent: Client, world: World, worker: Client, clerk: Client
) -> None:
    world.day(fixtures.W1, "06:58 12:02")
    file = asked(agent, found(agent, site=fixtures.S1))
    made()
    number = file.rstrip("/").rpartition("/")[2]
    elsewhere = found(agent, site=fixtures.S2)

    for place in (file, f"{file}download/"):
        assert other_agent.get(place).status_code == 404
        for client in (worker, clerk):
            assert client.get(place).status_code == 403
    for place in (f"{elsewhere}files/{number}/", f"{SEARCH}{NOBODY}/files/{number}/"):
        assert agent.get(place).status_code == 404
    assert other_agent.post(f"{file.partition('files/')[0]}files/").status_code == 404
    assert Client().post(f"{elsewhere}files/", {"form": "csv"}).status_code == 403


@pytest.mark.usefixtures("small")
def test_a_file_goes_with_its_purpose(
    agent: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.day(fixtures.W1, "06:58 12:02")
    file = asked(agent, found(agent, site=fixtures.S1))
    made()
    end = NOW + inquiries.LASTS

    assert exports.forget_old(now=end - timedelta(seconds=1)) == 0
    with monkeypatch.context() as over:
        over.setattr(inquiries, "LASTS", timedelta(0))
        for place in (file, f"{file}download/"):
            assert agent.get(place)["Location"] == SEARCH
    assert exports.forget_old(now=end) == 1

    assert not FilePart.objects.exists()
    assert Search.objects.count() == 1


@pytest.mark.usefixtures("small")
def test_the_purge_of_searches_is_not_held_up_by_a_file(agent: Client, world: World) -> None:
    asked(agent, found(agent, site=fixtures.S1))

    assert keeping.forget_old(now=NOW + timedelta(days=3650)) == 1
    assert not ResultFile.objects.exists()
