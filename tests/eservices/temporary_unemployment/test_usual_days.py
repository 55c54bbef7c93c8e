"""The days on which a worker usually works: told at every door, kept, shown, and judged alike."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from guichet.eservices.temporary_unemployment import changing, judging, queries, typed, workers_file
from guichet.eservices.temporary_unemployment.content import Told
from guichet.eservices.temporary_unemployment.messages import reading, telling
from guichet.eservices.temporary_unemployment.messages.api import findings, wire
from guichet.eservices.temporary_unemployment.models import Draft, Line
from guichet.rules.temporary_unemployment import check
from guichet.rules.temporary_unemployment.communication import Communication
from guichet.rules.temporary_unemployment.communication import Line as Said
from guichet.rules.temporary_unemployment.kinds import Channel, Kind, Reason
from guichet.rules.temporary_unemployment.regimes import days_of, pattern_of
from tests.eservices.temporary_unemployment.messages import files
from tests.eservices.temporary_unemployment.pages import walk
from tests.eservices.temporary_unemployment.world import (
    ANNE,
    FIRM,
    LUC,
    PLACE,
    clerk,
    first_day,
    moment,
    sent,
)

SATURDAY, WEDNESDAY = date(2025, 3, 15), date(2025, 3, 19)
HALF, WEEKEND, NEVER = "1100000", "0000011", "0000000"
WEEKS = st.text("01", min_size=7, max_size=7)


def by_file(week: str, day: date = SATURDAY) -> reading.ReadForm:
    """A first day of bad weather as a form of a file."""
    more: dict[str, Any] = {"WorkingDays": week} if week else {}
    form = files.weather(NaturalPerson=files.person(ANNE, FirstEffectiveDay=str(day), **more))
    form["EmployerDeclarationLink"] = form["EmployerDeclarationLink"] | {"CompanyID": FIRM}
    form["EstablishmentUnit"] = form["EstablishmentUnit"] | {"EstablishmentUnitNbr": PLACE}
    [read] = reading.read(
        [files.written([form])], schema=files.SCHEMA, channel=Channel.BATCH,
        received_at=moment("2025-03-14"), limits=files.LIMITS,
    )  # fmt: skip
    return read


def told_by_file(week: str, day: date = SATURDAY) -> Told:
    told = telling.told_of(by_file(week, day), language="fr")
    assert told is not None
    return told


def frost(week: str, day: date = SATURDAY) -> Told:
    """The same as values."""
    days = days_of(week) if week else None
    lines = (Said(niss=ANNE, first_day=day, usual_days=days),)
    return first_day(day, moment("2025-03-14"), Reason.WEATHER, lines=lines)


def keys(told: Told) -> list[str]:
    """What is found of it."""
    return [one.key for one in judging.judge(told=told, sender=FIRM, now=moment("2025-03-14"))]


@given(week=WEEKS)
def test_a_pattern_is_read_as_it_was_written_at_every_door(week: str) -> None:
    told = told_by_file(week)
    [line] = told.said.lines
    assert line.usual_days == days_of(week)
    assert pattern_of(days_of(week)) == week

    body = wire.members_of(told)
    assert body["workers"][0]["workingDays"] == week
    again = wire.told_of(
        msgspec.convert(body, wire.Communication), received_at=told.said.received_at, language="fr"
    )
    assert again.said.lines == told.said.lines
    assert again.digest == told.digest
    assert typed.typed_of(told)["workers"]["lines"][0]["week"] == week


def test_what_does_not_tell_them_keeps_its_digest() -> None:
    said = Communication(
        kind=Kind.FIRST_DAY, reason=Reason.ECONOMIC, received_at=moment("2025-03-17"),
        enterprise="0123456749", establishment="2123456791", committee="111",
        lines=(
            Said(niss="85073003328", first_day=date(2025, 3, 17)),
            Said(niss="85473003317", first_day=date(2025, 3, 18), section="Foundry"),
        ),
    )  # fmt: skip
    # As it was before anybody could tell such days.
    before = "b4e4910d092f1de1792083e1d0f3a84c130e8ee8d50b4c49d785a6410725c75a"
    assert Told(said=said).digest == before
    assert "workingDays" not in wire.members_of(told_by_file(""))["workers"][0]
    assert len({frost(week).digest for week in ("", "1111100", HALF)}) == 3


@pytest.mark.parametrize("week", ["", "111110", "11111000", "1111120", "MTWTF--"])
def test_a_pattern_that_is_none_is_refused_at_its_place(week: str) -> None:
    form = files.weather(
        NaturalPerson=files.person(ANNE, FirstEffectiveDay="2025-03-15", WorkingDays=week)
    )
    [read] = reading.read(
        [files.written([form])], schema=files.SCHEMA, channel=Channel.BATCH,
        received_at=moment("2025-03-14"), limits=files.LIMITS,
    )  # fmt: skip
    assert [(one.fault.code, one.fault.field, one.path) for one in read.faults] == [
        ("CTW-094", "lines.1.usual_days", "/TWCT/Form[1]/NaturalPerson[1]/WorkingDays")
    ]


def test_they_stand_beside_a_first_day_only() -> None:
    form = files.expected(NaturalPerson=files.person(ANNE, WorkingDays=HALF))
    [read] = reading.read(
        [files.written([form])], schema=files.SCHEMA, channel=Channel.BATCH,
        received_at=moment("2025-03-14"), limits=files.LIMITS,
    )  # fmt: skip
    assert [one.path for one in read.faults] == ["/TWCT/Form[1]/NaturalPerson[1]/WorkingDays"]


@pytest.mark.parametrize(
    ("cell", "week"), [("1110000", "1110000"), ("11", "0000011"), (" 111 ", "0000111"), ("", "")]
)
def test_the_column_of_a_list_is_optional(cell: str, week: str) -> None:
    data = f"niss;nom;jours de travail\n{ANNE};Dubois;{cell}\n".encode()
    [row] = workers_file.judged(workers_file.read(data))
    assert (row.fault, row.line.get("week", "")) == (None, week)


def test_a_column_that_cannot_be_read_waits_for_its_repair() -> None:
    data = f"niss;werkdagen\n{ANNE};ma-wo\n".encode()
    [row] = workers_file.judged(workers_file.read(data))
    assert row.fault is not None
    assert (row.fault.key, row.kept["week"]) == ("CTW-081.week", "ma-wo")


@pytest.mark.parametrize("cell", ["0", "000", NEVER])
def test_a_line_of_a_list_that_never_works_waits_for_its_repair(cell: str) -> None:
    [row] = workers_file.judged(workers_file.read(f"niss;werkdagen\n{ANNE};{cell}\n".encode()))
    assert row.fault is not None
    assert (row.fault.key, row.kept["week"]) == ("CTW-081.never", NEVER)


def test_who_never_works_is_refused_at_the_element_of_a_form() -> None:
    form = by_file(NEVER)
    assert form.meant is not None
    [placed] = [
        one for one in form.placed(check.faults(form.meant.said)) if one.fault.code == "CTW-081"
    ]
    assert placed.fault.blocks
    assert placed.path == "/TWCT/Form[1]/NaturalPerson[1]/WorkingDays"
    assert findings.pointer(placed.fault.field) == "/workers/0/workingDays"


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.usefixtures("firm")
def test_a_draft_with_who_never_works_is_led_to_its_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    walk.at(monkeypatch, moment("2025-03-14"))
    client = clerk()
    place = walk.first_day(client, SATURDAY, LUC, reason="I")
    draft = Draft.objects.get()
    # As it was copied from a communication of before such days were refused.
    draft.typed["workers"]["lines"][0]["week"] = NEVER
    draft.save(update_fields=["typed"])

    answer = client.get(f"{place}check/", follow=True)
    page = html.unescape(answer.content.decode())
    assert "the usual days of work hold no day" in page

    walk.step(client, place, "workers", {"line-1-shown": "1", "line-1-work-5": "on"})
    assert "week" in Draft.objects.get().typed["workers"]["lines"][0]
    assert "hold no day" not in walk.checked(client, place)


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize(
    ("week", "day", "found"),
    [
        ("", SATURDAY, ["CTW-045"]), (WEEKEND, SATURDAY, []), (HALF, WEDNESDAY, ["CTW-045"]),
        ("1110000", WEDNESDAY, []), (NEVER, WEDNESDAY, ["CTW-081.never"]),
    ],
)  # fmt: skip
def test_a_first_day_is_held_to_the_schedule_of_the_worker(
    week: str, day: date, found: list[str]
) -> None:
    for told in (frost(week, day), told_by_file(week, day)):
        assert [key for key in keys(told) if key.startswith(("CTW-045", "CTW-081"))][:1] == found


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.usefixtures("firm")
def test_they_are_stored_shown_and_copied() -> None:
    row = sent(frost(WEEKEND))

    [line] = Line.objects.filter(communication=row)
    assert line.usual_days == WEEKEND
    assert queries.told_of(row).said.lines[0].usual_days == days_of(WEEKEND)
    copied = changing.next_month(row, today=SATURDAY)["workers"]["lines"]
    assert [(one["week"], "day" in one) for one in copied] == [(WEEKEND, False)]
    client = clerk()
    client.cookies["guichet_language"] = "en"
    page = client.get(f"/temporary-unemployment/communications/{row.ticket}/").content.decode()
    assert "works on Saturday, Sunday" in html.unescape(page)


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.usefixtures("firm")
def test_a_clerk_ticks_them_for_one_worker_or_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    walk.at(monkeypatch, moment("2025-03-14"))
    client = clerk()
    place = walk.first_day(client, SATURDAY, LUC, ANNE, reason="I")
    assert "CTW-045" in walk.checked(client, place)

    ticked: dict[str, Any] = {"line-1-shown": "1", "line-2-shown": "1"}
    ticked |= {"line-2-work-0": "on", "work-5": "on", "work-6": "on"}
    walk.step(client, place, "workers", ticked)

    lines = Draft.objects.get().typed["workers"]
    assert lines["week"] == WEEKEND
    first, second = lines["lines"]
    assert ("week" in first, second["week"]) == (False, "1000000")
    page = client.get(f"{place}workers/").content.decode()
    assert page.count('<details class="tw-week" open>') == 2
    shown = walk.checked(client, place)
    assert shown.count("there is normally no work") == 1
    row = walk.received(walk.sent(client, place, remarks="So it is."))
    stored = list(Line.objects.filter(communication=row).order_by("number"))
    assert [one.usual_days for one in stored] == [WEEKEND, "1000000"]


@pytest.mark.django_db(databases=["default", "audit"])
@pytest.mark.usefixtures("firm")
def test_a_list_with_them_is_read_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    walk.at(monkeypatch, moment("2025-03-14"))
    client = clerk()
    place = walk.first_day(client, SATURDAY, LUC, reason="I")
    data = f"niss;nom;working days\n{ANNE};Dubois;11\n{LUC};V;x\n".encode()
    client.post(f"{place}workers/", {"do": "upload", "file": SimpleUploadedFile("list.csv", data)})
    kept = Draft.objects.get().typed["workers"]
    assert [one.get("week") for one in kept["lines"]] == [None, WEEKEND]
    assert "seven signs" in walk.said(client.get(f"{place}workers/"))
    client.post(f"{place}workers/", {"do": "again", "faulty-0-week": HALF})
    kept = Draft.objects.get().typed["workers"]
    assert [one.get("week") for one in kept["lines"]] == [HALF, WEEKEND]
