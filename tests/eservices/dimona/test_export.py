"""D38: the files of the personnel file: short ones at once, long ones prepared with progress."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from guichet.audit.models import Lookup
from guichet.documents.models import Document
from guichet.eservices.dimona import exports
from guichet.eservices.dimona.models import Export, ExportPart
from guichet.eservices.dimona.pages import exporting, files
from guichet.platform import clock
from tests.database import REPOSITORY
from tests.eservices.dimona import world
from tests.eservices.dimona.test_declaring_pages import clerk
from tests.eservices.dimona.test_personnel_pages import _many
from tests.eservices.dimona.world import AGENCY, CARDS, KARIM, LOTTE, NOW, OTHER, SMALL, day, opened
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ASK = "/dimona/export/"
XML = {"p": "urn:guichet:dimona:personnel-file:1"}


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def asked(client: Client, **given: str) -> str:
    """Where the asking leads."""
    answer = client.post(ASK, {"format": "csv"} | given)
    assert answer.status_code == 302, answer.status_code
    return answer["Location"]


def body(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined, no-any-return]


def made(reference: str) -> int:
    """Run the job; how many parts it took."""
    row = Export.objects.get(reference=reference)
    while exports.make_part(export=row.id, writer=files.write, now=NOW):
        pass
    return row.parts.count()


def reference_in(place: str) -> str:
    return place.split("/exports/")[1].strip("/")


def periods(text_of_file: str) -> list[dict[str, str]]:
    """The periods of a file, which obeys its schema."""
    schema = etree.XMLSchema(etree.parse(REPOSITORY / "contracts/dimona-personnel-file-1.xsd"))
    root = etree.fromstring(text_of_file.encode())
    schema.assertValid(root)
    return [
        {child.tag.partition("}")[2]: child.text or "" for child in one}
        for one in root.findall("p:period", XML)
    ]


def test_d38_a_short_file_comes_at_once_in_both_formats() -> None:
    one = opened(world.an_in("BCW", committee=124, constructionControlCards=CARDS))
    gone = opened(world.an_in(ssin=LOTTE, startDate=day(9)))
    world.said(world.cancel(gone))
    opened(world.an_in("IVT", endDate=day(20), smallStatutesInformation=SMALL, ssin=LOTTE))
    client = clerk("dimona_consult")

    rows = list(csv.reader(io.StringIO(body(client, asked(client))), delimiter=";"))
    assert [len(row) for row in rows] == [len(rows[0])] * 4
    [built] = [dict(zip(rows[0], row, strict=True)) for row in rows if row[0] == str(one)]
    assert built["Control card C3.2A of the next month"] == "123456789013"
    found = {each["periodId"]: each for each in periods(body(client, asked(client, format="xml")))}
    assert found[str(gone)]["isCancelled"] == "true"
    assert found[str(one)]["firstMonthCard"] == "123456789012"
    assert found[str(one)]["familyName"] == "Lemaire"
    narrowed = periods(body(client, asked(client, format="xml", cancelled="no")))
    assert str(gone) not in {each["periodId"] for each in narrowed}


def test_d38_remarks_quotas_and_measures_are_in_the_file() -> None:
    opened(world.student(900))
    opened(world.flexi(startDate=day(3)))
    client = clerk("dimona_consult")

    student, flexi = sorted(
        periods(body(client, asked(client, format="xml"))), key=lambda each: each["workerType"],
        reverse=True,
    )  # fmt: skip
    assert student["quotas"] == "STUDENT 250"
    assert student["anomalies"] == "90017-369"
    assert flexi["employmentMeasure"] == "99 NOK"


def test_d38_a_long_file_is_prepared_with_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PART", 1_000)
    _many(2_500)
    client = clerk("dimona_consult")

    at_once = client.get("/dimona/personnel.csv")
    assert at_once.status_code == 422
    assert "This file would be too large" in words(at_once.content.decode())
    place = asked(client)
    reference = reference_in(place)
    page = client.get(place).content.decode()
    assert "0 of 2 500 periods" in words(page)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "http-equiv" not in client.get(f"{place}?still=yes").content.decode()
    assert client.get(f"{place}file/").status_code == 404

    row = Export.objects.get()
    assert exports.make_part(export=row.id, writer=files.write, now=NOW)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=10))
    assert "1 000 of 2 500 periods, about 16 seconds left" in text(client, place)
    assert made(reference) == 3
    done = client.get(place).content.decode()
    assert "2 500 periods are in it." in words(done)
    assert "http-equiv" not in done
    rows = list(csv.reader(io.StringIO(body(client, f"{place}file/")), delimiter=";"))
    assert len(rows) == 2_501
    assert len({row[0] for row in rows}) == 2_501
    noted = Lookup.objects.using("audit").filter(niss=KARIM, purpose="dimona.periods")
    assert noted.count() == 3


def test_d38_a_long_xml_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PART", 1_000)
    _many(2_001)
    client = clerk()

    place = asked(client, format="xml")
    made(reference_in(place))

    assert len(periods(body(client, f"{place}file/"))) == 2_001


def test_d38_a_file_can_be_stopped_and_is_forgotten_after_a_day() -> None:
    _many(2_001)
    client = clerk()
    place = asked(client)

    assert client.post(f"{place}stop/").status_code == 302
    assert made(reference_in(place)) == 0
    assert "Stopped" in text(client, place)
    assert exports.forget(now=NOW + timedelta(hours=23)) == 0
    assert exports.forget(now=NOW + timedelta(hours=25)) == 1
    assert client.get(place).status_code == 404
    assert not ExportPart.objects.exists()


def test_d38_a_file_that_fails_says_so() -> None:
    _many(2_001)
    client = clerk()
    place = asked(client)

    exports.fail(export=Export.objects.get().id, now=NOW)

    assert "could not be made" in text(client, place)


def test_anothers_file_and_none_are_the_same_answer() -> None:
    _many(2_001)
    client = clerk()
    place = asked(client)
    made(reference_in(place))
    colleague = _colleague()
    elsewhere = clerk(enterprise=OTHER)

    for someone in (colleague, elsewhere):
        for end in ("", "file/", "stop/"):
            asking: Any = someone.post if end == "stop/" else someone.get
            assert asking(place + end).status_code == 404
    assert client.get("/dimona/exports/none/").status_code == 404
    assert Client().get(place).status_code == 302
    assert signed_in(KARIM).post(ASK, {"format": "csv"}).status_code == 403


def _colleague() -> Client:
    """Somebody else who declares for the same employer."""
    from guichet.access.rights import give_right

    give_right(
        niss=LOTTE, enterprise_number=world.FIRM, service="dimona",
        first_day=world.TODAY - world.DAY, actor=world.ACTOR, now=NOW,
    )  # fmt: skip
    return signed_in(LOTTE, world.FIRM)


def test_d38_a_printable_file_is_a_sealed_document_for_who_may_consult() -> None:
    opened(world.temp())
    client = clerk("dimona_consult", enterprise=AGENCY, quality="temp_agency")

    place = asked(client, format="pdf")

    document = Document.objects.get()
    assert document.kind == "dimona.personnel"
    assert place == f"/documents/{document.reference}/"
    assert client.get(place).status_code == 200
    presence = clerk("presence", enterprise=AGENCY, quality="temp_agency")
    assert presence.get(place).status_code == 200  # the same person: both rights
    assert "Lemaire" in str(document.data)


def test_d38_a_printable_file_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_PRINTED", 1)
    opened(world.an_in())
    opened(world.an_in(ssin=LOTTE))

    answer = clerk().post(ASK, {"format": "pdf"})

    assert answer.status_code == 422
    assert "at most 1 rows" in words(answer.content.decode())


@pytest.mark.parametrize("given", [{"format": "exe"}, {"first": "x"}, {"format": ""}])
def test_what_cannot_be_asked_leads_back_to_the_list(given: dict[str, str]) -> None:
    assert clerk().post(ASK, {"format": "csv"} | given)["Location"] == "/dimona/"


def test_a_worker_that_was_looked_for_stays_out_of_addresses_of_files() -> None:
    opened(world.an_in())
    opened(world.an_in(ssin=LOTTE))
    client = clerk()
    key = client.post("/dimona/", {"worker": KARIM})["Location"].split("worker=")[1]

    place = asked(client, worker=key)

    assert KARIM not in place
    assert len(body(client, place).splitlines()) == 2


def test_signs_that_no_file_can_hold_do_no_harm() -> None:
    assert files.export_rows.xml_period({"name": "<a>&\x01\x0b", "many": ["1", "2"]}) == (
        "<period><name>&lt;a&gt;&amp;</name><many>1</many><many>2</many></period>\n"
    )
