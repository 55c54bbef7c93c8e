"""Files of presences: at once, in the background, for whom, and what stands in them."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Entry, Lookup
from guichet.demo.fixtures import E1, E2, E3, S1, W1, W2
from guichet.eservices.presence import visibility
from guichet.eservices.presence.days.lots import Holder
from guichet.eservices.presence.exports import operations
from guichet.eservices.presence.office_models import ExportFile
from guichet.platform import clock, spreadsheet
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
FILES = "/presence/staff/files/"
LIST, HOURS = "/presence/staff/registrations", "/presence/staff/hours"
MANY = {"first": "2026-11-18", "last": "2026-11-24", "scope": "sites"}


def many(count: int) -> None:
    """That many acts of one worker of E2 on a site of E1, in the week."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO presence_act (receipt, occurred_at, received_at, offset_minutes, type,"
            " ssin, enterprise_number, works_reference, activity, channel,"
            " longitude, latitude)"
            " SELECT to_char(at AT TIME ZONE 'Europe/Brussels', 'YYMMDD')::bigint * 1000000000"
            " + 500000000 + n, at, at, 60,"
            " CASE n %% 2 WHEN 0 THEN 'in' ELSE 'out' END, %s, %s, %s, 'cleaning', 'ws', 4.35,"
            " 50.85"
            " FROM (SELECT n, timestamptz '2026-11-18 01:00+01' + n * interval '20 seconds' AS at"
            " FROM generate_series(1, %s) AS n) AS made",
            [W2, E2, S1, count],
        )  # fmt: skip


def asked(client: Client, kind: str = "registrations", form: str = "csv", **given: str) -> str:
    """Ask for a file; its place."""
    query = "&".join(f"{name}={value}" for name, value in (MANY | given).items())
    answer = client.post(f"{FILES}ask/?{query}", {"kind": kind, "form": form})
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer["Location"])


def made() -> ExportFile:
    """Run the job of the only file."""
    row = ExportFile.objects.get()
    operations.work(export=row.pk, now=NOW)
    row.refresh_from_db()
    return row


def cells(data: bytes) -> str:
    """The sheet of an XLSX as its XML, texts included."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_p97_a_file_of_25_000_rows_is_made_in_the_background_with_masked_numbers(
    clerk: Client, world: World
) -> None:
    assert S1 in visibility.view_of(enterprise_number=E1, channel=0).sites
    many(25_000)

    offer = clerk.get(f"{LIST}.csv", MANY)
    assert offer.status_code == 200
    said = words(offer.content.decode())
    assert re.search("It has 25.000 rows and is made in the background[.]", said)
    assert not ExportFile.objects.exists()

    place = asked(clerk)
    assert "0 days written of 7" in text(clerk, place)
    assert clerk.get(f"{place}download/").status_code == 404
    assert ProcrastinateJob.objects.filter(task_name="presence.export").count() == 1
    row = made()

    assert (row.state, row.rows, row.done) == ("done", 25_000, 7)
    assert re.search("25.000 rows, kept until", text(clerk, place))
    answer = clerk.get(f"{place}download/")
    assert answer["Content-Disposition"] == 'attachment; filename="guichet-registrations.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 25_001
    assert {line.split(";")[4] for line in lines[1:]} == {"01*********"}
    assert W2 not in answer.content.decode()
    noted = Lookup.objects.using("audit").filter(purpose="presence.export", niss=W2)
    assert noted.count() == 6  # once for each day with an act
    assert set(noted.values_list("viewer_enterprise", flat=True)) == {E1}
    assert Entry.objects.filter(action="presence.export.asked").count() == 1


def test_a_small_file_comes_at_once_also_for_excel(clerk: Client, world: World) -> None:
    world.day(W1, "07:00 12:00")

    answer = clerk.get(f"{LIST}.xlsx")

    assert answer["Content-Type"] == spreadsheet.MEDIA_TYPE
    assert answer["Content-Disposition"].endswith('"guichet-registrations.xlsx"')
    sheet = cells(answer.content)
    assert "85.07.31-001.30" in sheet
    assert "<f>" not in sheet
    assert Lookup.objects.using("audit").filter(purpose="presence.export", niss=W1).count() == 1


def test_hours_and_presences_of_days_come_for_excel_too(clerk: Client, world: World) -> None:
    world.day(W1, "07:00 12:00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT presence_ensure_day_months('2026-10-01', '2027-01-01')")

    sheet = cells(clerk.get(f"{HOURS}.xlsx").content)

    assert re.search(r"<v>300</v>", sheet)  # minutes are a number that one can add up
    assert cells(clerk.get("/checkin/presences.xlsx").content).count("<row ") == 1


def test_nothing_that_somebody_typed_runs_as_a_formula_in_excel() -> None:
    target = io.BytesIO()

    spreadsheet.write(
        target, name="x", head=["=1+1"],
        rows=[["=HYPERLINK(1)"], ["+1"], ["https://example.org"], ["\x00\x1b"], [None], [10**16]],
    )  # fmt: skip

    sheet = cells(target.getvalue())
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower().replace("=hyperlink(1)", "")
    assert "=HYPERLINK(1)" in sheet
    assert "<t>10000000000000000</t>" in sheet


def test_hours_of_many_days_are_those_of_the_page(clerk: Client, world: World) -> None:
    yesterday = world.today - timedelta(days=1)
    world.day(W1, "07:00 12:00", day=yesterday)
    world.act(STAFF[0].niss, "in", world.at("22:00", day=yesterday))
    world.act(STAFF[0].niss, "out", world.at("06:00"))
    at_once = b"".join(clerk.get(f"{HOURS}.csv", {"first": "2026-11-18", "last": "2026-11-24"}))

    place = asked(clerk, kind="hours", scope="")
    made()

    in_background = clerk.get(f"{place}download/").content
    assert sorted(in_background.decode().splitlines()) == sorted(at_once.decode().splitlines())
    assert b"8:00" in in_background


def test_a_file_is_of_the_person_who_asked(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    world.day(W1, "07:00 12:00")
    place = asked(clerk)
    made()
    others = (signed_in(CLERK, E3), someone(W1))

    for client in others:
        found = [client.get(place).status_code, client.get(f"{place}download/").status_code]
        assert found in ([404, 404], [403, 403]), client
    assert clerk.get(f"{FILES}{uuid4()}/").status_code == 404
    assert "No file" in text(signed_in(CLERK, E3), FILES)
    assert "Registrations" in text(clerk, FILES)


def test_a_file_is_gone_after_a_day(
    clerk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = asked(clerk)
    made()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=24, minutes=1))

    row = ExportFile.objects.get()
    holder = Holder(row.person_id, E1)

    # The session of the client is older than this, so the operation answers for the page.
    with pytest.raises(operations.UnknownExport):
        operations.export(holder=holder, number=row.number, now=clock.now())
    assert operations.forget_old(now=NOW + timedelta(hours=23)) == 0
    assert operations.forget_old(now=clock.now()) == 1
    assert place


def test_more_rows_than_a_file_has_are_refused_with_what_to_do(
    clerk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.day(W1, "07:00 12:00")
    monkeypatch.setattr(operations, "AT_ONCE", 0)
    monkeypatch.setattr(operations, "MOST", 1)

    answer = clerk.get(f"{LIST}.csv")
    assert answer.status_code == 422
    assert "A file has at most 1 rows." in words(answer.content.decode())

    place = asked(clerk)
    assert made().state == "too_large"
    assert "Choose a shorter period, or one site." in text(clerk, place)
    assert clerk.get(f"{place}download/").status_code == 404


def test_nobody_has_more_than_three_files_made_at_a_time(clerk: Client, world: World) -> None:
    for _ in range(3):
        assert asked(clerk) != FILES

    assert asked(clerk) == FILES
    assert ExportFile.objects.count() == 3


@pytest.mark.parametrize("given", [{"kind": "persons"}, {"form": "exe"}, {"kind": ""}])
def test_what_no_file_can_be_is_not_found(clerk: Client, given: dict[str, str]) -> None:
    answer = clerk.post(f"{FILES}ask/", {"kind": "hours", "form": "csv"} | given)

    assert answer.status_code == 404


def test_days_that_make_no_sense_are_said(clerk: Client) -> None:
    answer = clerk.get(f"{HOURS}.xlsx", {"first": "2026-11-24", "last": "2026-11-18"})

    assert answer.status_code == 422
    assert "at most 31 days" in words(answer.content.decode())
