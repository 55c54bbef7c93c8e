"""Files of declarations: what is taken, what refuses a file or a form, what comes back."""

from contextlib import suppress
from typing import Any
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guichet.eservices.works import jobs, words
from guichet.eservices.works.batch import reading
from guichet.eservices.works.batch.reading import FileFault, FileRefused
from guichet.eservices.works.models import Declaration, FileForm
from guichet.platform import clock
from guichet.registers.exchanges.models import File
from guichet.registers.works import queries as register
from tests.database import REPOSITORY
from tests.eservices.works import world
from tests.eservices.works.world import BUILDER, NOW, OTHER, OWNER, PAINTER, ROOFER, clerk
from tests.portal.browsing import signed_in, text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SCHEMA = etree.XMLSchema(etree.parse(REPOSITORY / "contracts/works-batch-v1.xsd"))
FRAME = '<WorksFile xmlns="urn:guichet:works:batch:1" reference="{reference}">{forms}</WorksFile>'


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


def sub(firm: str, employer: str, first: str = "2026-03-03") -> str:
    return (
        f"<SubcontractorId><CompanyID>{firm}</CompanyID><SubcontractorActivityInfo>"
        f"<InterventionStartDate>{first}</InterventionStartDate><SubcontractorEmployerId>"
        f"<CompanyID>{employer}</CompanyID></SubcontractorEmployerId>"
        "</SubcontractorActivityInfo></SubcontractorId>"
    )


def made(day: str) -> str:
    return f"<FormCreationDate>{day}</FormCreationDate>"


def form(reference: str = "f1", **given: str) -> str:
    said = {
        "head": "", "mobile": "0", "details": "", "zip": "9000", "city": "Gent",
        "declarant": BUILDER, "start": "2026-03-03", "end": "2026-06-10", "late": "",
        "chain": sub(ROOFER, BUILDER) + sub(PAINTER, ROOFER), "cost": "620000", "more": "",
    } | given  # fmt: skip
    return (
        '<Form reference="{ref}">{head}<WorksGlobalProject>'
        "<WorksGlobalProjectSector>1</WorksGlobalProjectSector>"
        "<WorksGlobalProjectPurpose>1</WorksGlobalProjectPurpose>"
        "<WorksGlobalProjectType>1</WorksGlobalProjectType>"
        "<WorksGlobalProjectMobilityNotion>{mobile}</WorksGlobalProjectMobilityNotion>{details}"
        "<SiteAddress><Street>Wulpenkaai</Street><HouseNbr>52</HouseNbr><ZIPCode>{zip}</ZIPCode>"
        "<City>{city}</City></SiteAddress></WorksGlobalProject>"
        "<WorksGlobalProjectOwnerId><CompanyID>{owner}</CompanyID></WorksGlobalProjectOwnerId>"
        "<WorksContractDeclarantId><CompanyID>{declarant}</CompanyID></WorksContractDeclarantId>"
        "<WorksContract><WorksContractTotalCost>{cost}</WorksContractTotalCost>"
        "<WorksContractStartDate>{start}</WorksContractStartDate>"
        "<WorksContractEndDate>{end}</WorksContractEndDate>{late}</WorksContract>"
        "<CoordinatesContactPerson><Name>Delvaux</Name><FirstName>Inès</FirstName>"
        "<PhoneNbr>081 00 00 00</PhoneNbr></CoordinatesContactPerson>{chain}{more}</Form>"
    ).format(ref=reference, owner=OWNER, **said)


def whole(*forms: str, reference: str = "r1") -> bytes:
    return FRAME.format(reference=reference, forms="".join(forms)).encode()


def sent(content: bytes, client: Client | None = None) -> File:
    """Send a file on the page, and let it be read."""
    upload = SimpleUploadedFile("works.xml", content, "application/xml")
    answer = (client or clerk()).post("/works/files/", {"file": upload})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    row = File.objects.latest("id")
    assert row.ticket in answer["Location"]
    jobs.read_file(file=row.pk)
    row.refresh_from_db()
    return row


def answers(file: File) -> list[tuple[str, list[list[str]]]]:
    rows = FileForm.objects.filter(file=file).order_by("position")
    return [(row.result, row.anomalies) for row in rows]


def test_p84_a_form_becomes_a_declaration_and_its_numbers_come_back() -> None:
    content = whole(form())
    assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log

    file = sent(content)

    assert answers(file) == [("accepted", [])]
    row = Declaration.objects.get()
    contract = register.contract(declaration_number=row.number)
    assert contract is not None
    first, second = contract.interventions
    assert second.employed_by == first.id
    place = f"/works/files/{file.ticket}/"
    receipt = etree.fromstring(clerk().get(f"{place}receipt/").content)
    said = etree.fromstring(b"".join(clerk().get(f"{place}notifications/").streaming_content))  # type: ignore[attr-defined]
    assert SCHEMA.validate(receipt), SCHEMA.error_log
    assert SCHEMA.validate(said), SCHEMA.error_log
    assert said.get("complete") == "true"
    [report] = said.iter("{*}AVWDDTImpactReport")
    assert report.get("AVWDDTId") == row.number
    assert report.get("WorksPlaceId") == row.site_reference
    assert row.number in text(clerk(), place)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"chain": sub(PAINTER, ROOFER) + sub(ROOFER, BUILDER)}, "90573-003", "chain.0.employer"),
        ({"city": "Namur"}, "90488-160", "places.0.postcode"),
        ({"start": "2026-03-01"}, "00931-001", "late_reason"),
        ({"end": "2026-03-02", "chain": ""}, "00928-014", "last_day"),
        ({"mobile": "1"}, "00925-001", "address_details"),
        ({"declarant": OTHER}, "WorksContractDeclarantId-005", "declarant"),
        ({"start": "03/03/2026"}, "WorksContractStartDate-003", "first_day"),
        ({"cost": "much"}, "WorksContractTotalCost-003", "cents"),
        ({"head": made("2026-03-03")}, "FormCreationDate-008", "form"),
        ({"head": made("2024-12-31")}, "FormCreationDate-008", "form"),
        ({"head": "<AVWDDTId>9B0000000KJRZ</AVWDDTId>"}, "00941-008", "declaration"),
        ({"more": "<Unknown>85073100130</Unknown>"}, "Form-003", "*"),
    ],
)  # fmt: skip
def test_p86_p87_p88_p90_a_form_that_is_wrong_has_its_anomaly_and_stores_nothing(
    given: dict[str, str], code: str, field: str
) -> None:
    file = sent(whole(form("bad", **given), form("good")))

    (result, anomalies), good = answers(file)
    assert result == "refused"
    assert [code, field] in anomalies
    assert good[0] == "accepted"
    assert Declaration.objects.count() == 1
    page = text(clerk(), f"/works/files/{file.ticket}/")
    assert code in page
    assert "%(" not in page
    assert "85073100130" not in page


def test_a_form_with_a_number_changes_and_one_with_a_reason_cancels() -> None:
    row = world.filed()
    number = f"<AVWDDTId>{row.number}</AVWDDTId>"

    changed = sent(whole(form(head=number, chain=sub(ROOFER, BUILDER) + sub(OTHER, ROOFER))))

    assert answers(changed) == [("accepted", [])]
    row.refresh_from_db()
    assert row.version == 2
    contract = register.contract(declaration_number=row.number)
    assert contract is not None
    assert [one.enterprise for one in contract.interventions] == [ROOFER, OTHER]
    gone = "<CancellationReason>given up</CancellationReason>"
    cancelled = sent(whole(form(head=number + gone), reference="r2"))
    assert answers(cancelled)[0][0] == "accepted"
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_the_same_file_counts_once_and_another_one_under_its_reference_is_refused() -> None:
    first = sent(whole(form()))
    again = sent(whole(form()))
    assert again.pk == first.pk
    assert Declaration.objects.count() == 1

    upload = SimpleUploadedFile("works.xml", whole(form("f2")), "application/xml")
    answer = clerk().post("/works/files/", {"file": upload})

    assert answer.status_code == 422
    assert "stands for another file" in answer.content.decode()


def _bomb() -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + whole(form())


HOSTILE: list[tuple[bytes, FileFault]] = [
    (b"", FileFault.NOT_XML),
    (b"no xml", FileFault.NOT_XML),
    (whole(form())[:-5], FileFault.NOT_XML),
    (_bomb(), FileFault.FORBIDDEN),
    (b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + whole(form()), FileFault.FORBIDDEN),
    (b"<?run me?>" + whole(form()), FileFault.FORBIDDEN),
    (whole('<Form reference="a">' + "<X>" * 9 + "</X>" * 9 + "</Form>"), FileFault.FORBIDDEN),
    (b"<WorksFile reference='a'/>", FileFault.UNKNOWN_SCHEMA),
    (whole("<Other/>"), FileFault.UNKNOWN_SCHEMA),
    (whole(form(), reference=""), FileFault.NO_REFERENCE),
    (whole(form(), reference=escape("<&>")), FileFault.NO_REFERENCE),
    (whole(), FileFault.NO_FORM),
    (b'<?xml version="1.0" encoding="klingon"?>' + whole(form()), FileFault.NOT_XML),
    (whole('<Form reference="a"/>' * 10_001), FileFault.TOO_MANY_FORMS),
    (b" " * (reading.LARGEST + 1), FileFault.TOO_LARGE),
]


@pytest.mark.parametrize(("content", "fault"), HOSTILE)
def test_a_hostile_file_is_refused_as_a_whole(content: bytes, fault: FileFault) -> None:
    with pytest.raises(FileRefused) as caught:
        reading.read(content)

    assert caught.value.fault is fault


def test_a_file_that_is_refused_says_why_on_its_page_and_in_its_receipt() -> None:
    file = sent(_bomb())

    assert (file.state, file.fault) == ("refused", "ACRF-902")
    assert "Nothing of this file was declared" in text(clerk(), f"/works/files/{file.ticket}/")
    receipt = etree.fromstring(clerk().get(f"/works/files/{file.ticket}/receipt/").content)
    assert SCHEMA.validate(receipt), SCHEMA.error_log


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(FileRefused):
        assert reading.read(content).forms


@pytest.mark.parametrize("place", ["", "{ticket}/", "{ticket}/receipt/", "{ticket}/notifications/"])
def test_files_are_for_who_may_declare_and_another_firms_file_is_none(place: str) -> None:
    file = sent(whole(form()))
    where = "/works/files/" + place.format(ticket=file.ticket)

    assert Client().get(where).status_code == 302
    assert signed_in(world.CLERK).get(where).status_code == 403
    assert clerk().get(where).status_code == 200
    assert clerk(OTHER).get(where).status_code == (404 if place else 200)
    nothing: Any = clerk().post("/works/files/", {})
    assert nothing.status_code == 422


def test_every_anomaly_that_is_kept_by_its_code_has_a_whole_sentence() -> None:
    for code in words.known_codes():
        said = words.stored(code)
        assert said, code
        assert "%" not in said, code
        assert "…" not in said, code
