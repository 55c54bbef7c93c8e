"""The technical library says what the code does: elements, examples, anomalies, decision."""

import re
from html import unescape

import pytest
from lxml import etree

from guichet.eservices.temporary_unemployment.library.techlib import (
    anomalies,
    examples,
    glossary,
    meanings,
    validating,
)
from guichet.eservices.temporary_unemployment.messages import layout, schema, words
from guichet.eservices.temporary_unemployment.messages.frames import FrameFault
from guichet.rules.temporary_unemployment.findings import CATALOGUE
from tests.eservices.temporary_unemployment.library.reading import (
    AT,
    LANGUAGES,
    SERVICE,
    read,
    visitor,
)

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGES = ("", "glossary/", "examples/", "anomalies/", "validator/", "decision/")
OUR_ANSWERS = {
    "receipt", "receipt-refused", "notification", "notification-workers", "decision",
}  # fmt: skip
SENT = [one for one in examples.EXAMPLES if one.key not in OUR_ANSWERS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_public_and_speaks_the_language_of_the_reader(page: str, language: str) -> None:
    answer = visitor(language).get(f"{AT}library/{page}")

    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


def test_the_home_page_leads_to_the_library_and_the_decision() -> None:
    said = read(SERVICE, "fr")

    for part in (
        "TechLib",
        "Glossaires et XML",
        "Présentation de la décision finale transmise par message électronique structuré",
        "Toutes les informations techniques concernant le chômage temporaire sont regroupées dans "
        "TechLib",
    ):
        assert part in said


def test_every_element_of_the_schema_has_its_words_and_no_other() -> None:
    found = {one.name for name in glossary.MESSAGES for one in glossary.entries(name)}

    assert found == set(meanings.MEANINGS)


def test_each_code_that_has_words_is_taken_by_an_element_of_that_name() -> None:
    found = {
        (one.name, code)
        for name in glossary.MESSAGES
        for one in glossary.entries(name)
        for code, _text in one.meanings
    }

    for name, codes in meanings.VALUES.items():
        assert {(name, code) for code in codes} <= found
    for code in layout.SCHEMES:
        assert ("SuspensionScheme", code) in found


@pytest.mark.parametrize(
    ("message", "path", "cardinality"),
    [
        ("TWCT", "/TWCT/Form", "1-n"),
        ("TWCT", "/TWCT/Form/Reference", "1-2"),
        ("TWCT", "/TWCT/Form/ExcludedPeriod", "0-5"),
        ("TWCT", "/TWCT/Form/AccidentDate", "0-1"),
        ("TWCT", "/TWCT/Form/NaturalPerson", "0-n"),
        ("TWCT", "/TWCT/Form/NaturalPerson/INSS", "1"),
        ("GenericXMLDocument", "/GenericXMLDocument/DATA/DecisionReason", "0-n"),
    ],
)
def test_how_often_an_element_stands_is_read_from_the_schema(
    message: str, path: str, cardinality: str
) -> None:
    assert cardinality in {one.cardinality for one in glossary.entries(message) if one.path == path}


def test_the_glossary_says_in_which_communications_an_element_stands() -> None:
    said = read(AT + "library/glossary/")

    assert "only in TWCT002, TWCT006" in said
    for code in layout.KINDS:
        assert code in said


def test_each_fault_of_a_frame_has_its_sentence() -> None:
    assert {one.value for one in FrameFault} <= set(words.REASONS)


def test_the_schema_is_taken_away_as_it_is() -> None:
    answer = visitor().get(f"{AT}library/{schema.NAME}")

    assert answer.content == schema.document()
    assert answer["Content-Disposition"] == f'attachment; filename="{schema.NAME}"'


@pytest.mark.parametrize("example", examples.EXAMPLES, ids=lambda one: one.key)
def test_an_example_holds_to_the_schema_and_is_the_same_to_take_away(
    example: examples.Example,
) -> None:
    held = etree.XMLSchema(etree.fromstring(schema.document()))

    content = visitor().get(f"{AT}library/examples/{example.key}.xml").content

    assert content == example.make()
    held.assertValid(etree.fromstring(content))


@pytest.mark.parametrize("example", SENT, ids=lambda one: one.key)
def test_an_example_would_be_received_without_a_remark(example: examples.Example) -> None:
    [judged] = validating.report(example.make(), now=examples.RECEIVED_AT).forms

    assert judged.placed == ()
    assert judged.only_read is (example.key == "cancellation")


def test_every_communication_and_each_status_has_an_example() -> None:
    texts = [one.make().decode() for one in SENT]

    for code in layout.KINDS:
        assert any(f"<Identification>{code}<" in text for text in texts)
    for status in layout.Status:
        assert any(f"<AttestationStatus>{status}<" in text for text in texts)


def test_a_comment_stands_beside_each_element_in_the_language_of_the_page() -> None:
    page = visitor("fr").get(AT + "library/examples/").content.decode()
    said = unescape(page).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")

    assert "<NotificationDate>2025-03-07</NotificationDate>  <!-- Jour de la notification" in said
    assert "<INSS>85073003328</INSS>  <!-- Numéro d'identification" in said


def test_usual_days_and_what_is_said_of_workers_are_shown() -> None:
    told = examples.BY_KEY["first-day-usual-days"].make().decode()
    assert "<WorkingDays>1110000</WorkingDays>" in told
    answered = examples.BY_KEY["notification-workers"].make()
    root = etree.fromstring(answered)
    assert [one.text for one in root.iter("{*}ErrorID")] == ["CTW-027", "CTW-045"]
    assert {one.text for one in root.iter("{*}AnomalyClass")} == {"NB"}


def test_an_example_that_does_not_exist_is_not_found() -> None:
    assert visitor().get(f"{AT}library/examples/nothing.xml").status_code == 404


def test_every_anomaly_stands_in_the_list_with_its_weight_and_its_law() -> None:
    rows = anomalies.anomalies()
    said = read(AT + "library/anomalies/")

    assert [row.code for row in rows] == sorted(CATALOGUE.codes)
    for row in rows:
        assert row.code in said
        assert row.sentences
    assert "{" not in said


@pytest.mark.parametrize("severity", ["block", "warn", "inform"])
def test_the_list_is_narrowed_by_weight(severity: str) -> None:
    page = visitor().get(f"{AT}library/anomalies/?severity={severity}").content.decode()

    codes = set(re.findall(r'<tr id="(CTW-\d+)">', page))
    assert codes == {
        code for code, known in CATALOGUE.codes.items() if known.severity.value == severity
    }


def test_an_unknown_weight_shows_every_anomaly() -> None:
    page = visitor().get(f"{AT}library/anomalies/?severity=<b>").content.decode()

    assert len(re.findall(r'<tr id="CTW', page)) == len(CATALOGUE.codes)
