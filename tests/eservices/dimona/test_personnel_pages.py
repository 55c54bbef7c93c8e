"""The personnel file at its doors: who sees it, what it says, what stays of it."""

import csv
import io
import re
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.access.rights import give_right
from guichet.audit.models import Lookup
from guichet.eservices.dimona import exports
from guichet.eservices.dimona.models import Export
from guichet.eservices.dimona.pages import files
from guichet.platform import clock
from guichet.registers.employments.models import Period, Relation
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, FIRM, KARIM, LOTTE, NOW, OTHER, TODAY, day, opened
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
FILE, EXPORT = "/dimona/", "/dimona/personnel.csv"
PLACES = (FILE, EXPORT, "/dimona/periods/123/")


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def clerk(*rights: str, enterprise: str = FIRM) -> Client:
    """Karim's chief, with these rights for an enterprise."""
    for right in rights:
        give_right(
            niss=world.PENSIONER, enterprise_number=enterprise, service=right,
            first_day=TODAY - world.DAY, actor=world.ACTOR, now=NOW,
        )  # fmt: skip
    return signed_in(world.PENSIONER, enterprise)


def searched(client: Client, **given: str) -> str:
    """What the list says after these filters were posted."""
    answer = client.post(FILE, given, follow=True)
    assert answer.status_code == 200
    return words(answer.content.decode())


@pytest.mark.parametrize("place", PLACES)
def test_a_visitor_is_led_to_the_sign_in(place: str) -> None:
    answer = Client().get(place)

    assert answer.status_code == 302
    assert "level=" in answer["Location"]


@pytest.mark.parametrize("place", PLACES)
def test_a_worker_and_another_right_open_nothing(place: str) -> None:
    assert signed_in(KARIM).get(place).status_code == 403
    assert clerk("presence").get(place).status_code == 403


@pytest.mark.parametrize("right", ["dimona_consult", "dimona"])
def test_who_consults_and_who_declares_see_the_file(right: str) -> None:
    number = opened(world.an_in())
    client = clerk(right)

    assert "One period" in text(client, FILE)
    assert "Karim Lemaire" in text(client, f"/dimona/periods/{number}/")
    assert client.get(EXPORT).status_code == 200


def test_another_employers_period_and_none_are_the_same_answer() -> None:
    foreign = opened(world.an_in(employer=OTHER))
    client = clerk("dimona_consult")
    places = (foreign, foreign + 1, 10**30)

    answers = [client.get(f"/dimona/periods/{number}/") for number in places]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "No period was declared yet" in text(client, FILE)
    assert str(foreign) not in client.get(EXPORT).getvalue().decode()  # type: ignore[attr-defined]


def test_d39_a_user_with_consult_only_sees_no_button_to_declare() -> None:
    number = opened(world.an_in())
    client = clerk("dimona_consult")

    page = client.get(f"/dimona/periods/{number}/").content.decode()
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0]

    assert "<button" not in main
    assert "<form" not in main
    assert client.post(f"/dimona/periods/{number}/").status_code in (403, 405)


def test_a_day_at_the_flat_rate_offers_no_change_and_says_what_to_do() -> None:
    flat, hourly = (opened(world.occasional(ssin=who, endHour=end))
                    for who, end in ((KARIM, None), (LOTTE, "2330")))  # fmt: skip
    client = clerk("dimona")

    page = client.get(f"/dimona/periods/{flat}/").content.decode()

    assert "/change/" not in page
    assert "/cancel/" in page
    assert "does not change: cancel the period and declare anew" in words(page)
    assert "/change/" in client.get(f"/dimona/periods/{hourly}/").content.decode()


def test_a_cancelled_period_stays_struck_and_a_late_one_is_said_in_words() -> None:
    gone, late = opened(world.an_in()), opened(world.an_in(ssin=LOTTE, startDate=day(-3)))
    assert world.said(world.cancel(gone)).result == "A"
    client = clerk("dimona_consult")

    page = client.get(FILE).content.decode()

    assert len(re.findall(r'<tr class="is-off">', page)) == 1
    assert "Cancelled" in words(page)
    assert "Declared late" in words(page)
    assert "counts as never declared" in text(client, f"/dimona/periods/{gone}/")
    assert "Declared late" in text(client, f"/dimona/periods/{late}/")


def test_filters_narrow_and_no_name_or_number_stands_in_an_address() -> None:
    first = opened(world.an_in())
    late = opened(world.an_in(ssin=LOTTE, startDate=day(-3), endDate=day(-1)))
    flexi = opened(world.occasional(ssin=LOTTE))
    client = clerk("dimona_consult")

    for given, found in (
        ({"worker": KARIM}, {first}),
        ({"worker": "claes"}, {late, flexi}),
        ({"worker": "LÉMAIRE"}, {first}),
        ({"worker": "nobody"}, set()),
        ({"first": day(1), "last": day(1)}, {first, flexi}),
        ({"last": day(-2)}, {late}),
        ({"type": "EXT"}, {flexi}),
        ({"committee": "302"}, {flexi}),
        ({"committee": "xxx", "late": "no"}, {first}),
        ({"late": "yes"}, {late}),
        ({"cancelled": "yes"}, set()),
        ({"cancelled": "no"}, {first, late, flexi}),
    ):
        said = searched(client, **given)
        assert {one for one in (first, late, flexi) if str(one) in said} == found, given
    answer = client.post(FILE, {"worker": KARIM})
    assert KARIM not in answer["Location"]
    assert "claes" not in client.post(FILE, {"worker": "claes"})["Location"]


@pytest.mark.parametrize(
    "given", [{"first": "x"}, {"type": "NOT"}, {"late": "?"}, {"first": day(2), "last": day(1)}]
)
def test_a_filter_that_cannot_be_is_said_on_its_field(given: dict[str, str]) -> None:
    client = clerk("dimona_consult")

    for answer in (client.post(FILE, given), client.get(FILE, given)):
        assert answer.status_code == 422
        assert "Error: " in answer.content.decode().split("</title>")[0]
    assert client.get(EXPORT, given)["Location"].startswith(FILE)


def test_what_changed_is_told_from_old_to_new() -> None:
    number = opened(world.an_in())
    assert world.said(world.update(number, startDate=day(2))).result == "A"
    assert world.said(world.out(number, day(9))).result == "A"
    client = clerk("dimona_consult")

    page = text(client, f"/dimona/periods/{number}/")

    assert "First day: 03/03/2026 → 04/03/2026" in page
    assert "Last day: 11/03/2026" in page
    assert page.index("(OUT)") < page.index("(UPDATE)") < page.index("(IN)")


def test_a_temp_period_names_its_user_and_remarks_are_in_words() -> None:
    number = opened(world.temp())
    hours = opened(world.student(900))
    agency = clerk("dimona_consult", enterprise=AGENCY)

    assert "Firme 3" in text(agency, f"/dimona/periods/{number}/")
    remarks = text(clerk("dimona_consult"), f"/dimona/periods/{hours}/")
    assert "Beyond the quota" in remarks
    assert "90017-369" in remarks


def test_every_look_is_noted_for_the_worker() -> None:
    number = opened(world.an_in())
    client = clerk("dimona_consult")
    noted = Lookup.objects.using("audit").filter(niss=KARIM, viewer_id=world.PENSIONER)

    client.get(FILE)
    client.get(f"/dimona/periods/{number}/")
    client.get(EXPORT)

    assert list(noted.order_by("id").values_list("purpose", flat=True)) == [
        "dimona.periods", "dimona.period", "dimona.periods",
    ]  # fmt: skip
    assert set(noted.values_list("viewer_enterprise", flat=True)) == {FIRM}


def test_d38_a_file_of_50_000_periods_has_pages_filters_and_an_export() -> None:
    gone = opened(world.an_in(startDate=day(1), endDate=day(1)))
    late = opened(world.an_in(ssin=LOTTE, startDate=day(-9), endDate=day(-8)))
    assert world.said(world.cancel(gone)).result == "A"
    _many(49_998)
    client = clerk("dimona_consult")

    assert "50 000 periods" in text(client, FILE)
    assert "Page 500 of 500" in text(client, f"{FILE}?size=100&page=500")
    assert "Page 500 of 500" in text(client, f"{FILE}?size=100&page=999")
    assert "One period" in searched(client, late="yes")
    assert str(late) in searched(client, late="yes")
    assert "One period" in searched(client, cancelled="yes")
    assert "49 999 periods" in searched(client, cancelled="no")
    place = client.post("/dimona/export/", {"format": "csv"})["Location"]
    export = Export.objects.get()
    while exports.make_part(export=export.id, writer=files.write, now=NOW):
        pass
    answer = client.get(f"{place}file/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    content = answer.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 50_001
    [cancelled] = [row for row in rows if row[0] == str(gone)]
    assert cancelled[12] == "yes"


def _many(count: int) -> None:
    """So many days of Karim long ago, a day each."""
    relation = Relation.objects.create(
        person=Person.objects.get(niss=KARIM), employer=Enterprise.objects.get(number=FIRM),
        joint_committee="200", worker_type="OTH",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Period._meta.db_table}"
            " (relation_id, dimona_id, first_day, last_day, state)"
            " SELECT %s, 700000000000 + at, %s::date - at, %s::date - at, 'active'"
            " FROM generate_series(1, %s) AS at",
            [relation.id, date(2025, 1, 1), date(2025, 1, 1), count],
        )


def test_loaded_periods_are_late_in_time_or_of_an_unknown_moment() -> None:
    relation = Relation.objects.create(
        person=Person.objects.get(niss=KARIM), employer=Enterprise.objects.get(number=FIRM),
        joint_committee="302", worker_type="EXT",
    )  # fmt: skip
    at = datetime(2026, 2, 2, 7, 29, tzinfo=UTC)  # 8:29 in Belgium
    loaded = (
        (date(2026, 2, 2), time(8, 30), at), (date(2026, 2, 2), time(8, 28), at),
        (date(2026, 2, 3), None, at), (date(2026, 2, 1), None, at), (date(2026, 1, 5), None, None),
    )  # fmt: skip
    for index, (first, hour, moment) in enumerate(loaded):
        Period.objects.create(
            relation=relation, dimona_id=700_000_000_000 + index, state="active", first_day=first,
            last_day=first, start_time=hour, end_time=hour and hour.replace(minute=hour.minute + 1),
            declared_at=moment,
        )  # fmt: skip
    client = clerk("dimona_consult")

    assert "700000000001" in searched(client, late="yes")
    assert "700000000000" not in searched(client, late="yes")
    assert "Declared in time" in text(client, "/dimona/periods/700000000000/")
    assert "Declared late" in text(client, "/dimona/periods/700000000001/")
    assert "70000000000" in searched(client, late="no")
    assert "Declared in time" in text(client, "/dimona/periods/700000000002/")
    assert "Declared late" in text(client, "/dimona/periods/700000000003/")
    assert "Declared, moment not known" in text(client, "/dimona/periods/700000000004/")


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows() -> None:
    opened(world.temp())
    client = clerk("dimona_consult", enterprise=AGENCY)
    with CaptureQueriesContext(connection) as few:
        text(client, FILE)
    for at in range(2, 22):
        opened(world.temp(startDate=day(at), endDate=day(at), ssin=LOTTE))
    with CaptureQueriesContext(connection) as many:
        text(client, FILE)

    assert len(many) == len(few)
