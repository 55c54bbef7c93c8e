"""What a form says, and the place of what is wrong with it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from guichet.eservices.temporary_unemployment.messages import reading
from guichet.eservices.temporary_unemployment.messages.frames import FrameRefused
from guichet.eservices.temporary_unemployment.messages.layout import KINDS
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment.check import faults
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    Reason,
    Regime,
)
from tests.eservices.temporary_unemployment.messages.files import (
    ANNE,
    BIS,
    EVERY,
    LIMITS,
    NOON,
    SCHEMA,
    codes,
    expected,
    force_majeure,
    nature,
    only,
    person,
    read,
    reference,
    strike,
    weather,
    without,
    workers,
    written,
)

FORM = "/TWCT/Form[1]"


def judged(form: dict[str, Any]) -> list[tuple[str, str]]:
    one = only(form)
    assert one.meant is not None, codes(one)
    return [(each.fault.code, each.path) for each in one.placed(faults(one.meant.said))]


@pytest.mark.parametrize("kind", KINDS)
def test_each_communication_is_taken_by_the_schema_and_the_law(kind: str) -> None:
    form = EVERY[kind]()

    assert SCHEMA.validate(etree.fromstring(written([form]))), SCHEMA.error_log
    one = only(form)
    assert one.faults == ()
    assert one.meant is not None
    assert one.meant.said.kind is KINDS[kind]
    blocking = [each.code for each in faults(one.meant.said) if each.blocks]
    assert blocking == (["CTW-054"] if kind == "TWCT004" else [])


def test_an_announcement_in_all_its_parts() -> None:
    one = only(
        expected(
            DclInformation={"LanguageCodePdf": "2"},
            JointCommissionNbr="32201",
            OccupationLevel="B",
            SuspensionScheme="3",
            ExcludedPeriod=[
                {"StartingDate": "2025-03-20", "EndingDate": "2025-03-21"},
                {"StartingDate": "2025-04-01", "EndingDate": "2025-04-01"},
            ],
            WorkPattern=[
                {"CycleWeek": "2", "WorkingDays": "0000000"},
                {"CycleWeek": "1", "WorkingDays": "1110000"},
            ],
            NaturalPerson=[person(), person(BIS, 2, LastName="D'Hondt", FirstName="Zoë")],
            CommentDeclaration={"CommentOfDeclaration": "Both halls.\nAll shifts."},
        )
    )

    assert one.head.language == "fr"
    assert one.head.own_reference == "2025-CT-0017"
    assert one.head.noss_number == "012345674"
    assert one.meant is not None
    said = one.meant.said
    assert (said.reason, said.received_at, said.channel) == (Reason.ECONOMIC, NOON, Channel.BATCH)
    assert (said.enterprise, said.establishment) == ("0123456749", "2123456791")
    assert (said.postcode, said.committee, said.level) == ("4000", "322.01", Category.BLUE)
    assert (said.posted_on, said.notice_kind) == (date(2025, 3, 7), NoticeKind.POSTED)
    assert said.period == Period(date(2025, 3, 17), date(2025, 4, 13))
    assert said.regime is Regime.SMALL
    assert said.cycle == (frozenset({0, 1, 2}), frozenset())
    assert said.excluded == (
        Period(date(2025, 3, 20), date(2025, 3, 21)),
        Period(date(2025, 4, 1), date(2025, 4, 1)),
    )
    assert said.no_subcontracting is True
    assert [line.niss for line in said.lines] == [ANNE, BIS]
    assert one.meant.names == (("Dubois", "Anne"), ("D'Hondt", "Zoë"))
    assert said.remarks == "Both halls.\nAll shifts."
    assert (said.changes, one.meant.cancels) == ("", "")


def test_the_weather_and_the_place_of_the_work() -> None:
    one = only(weather())

    assert one.meant is not None
    said = one.meant.said
    assert said.workplace == "Rue Haute 12 bte 3, 4000 Liège, BE"
    assert said.nature_of_work == "Bricklaying on the outside walls"
    assert (said.weather, said.why_impossible) == ("Frost, -6 °C at 7 h", "Mortar cannot set")
    assert said.lines[0].first_day == date(2025, 3, 7)


def test_an_accident_its_workers_and_a_strike() -> None:
    accident, listed, struck = (only(one) for one in (nature(), workers(), strike()))

    assert accident.meant
    assert listed.meant
    assert struck.meant
    assert accident.meant.said.accident_on == date(2025, 3, 6)
    assert accident.meant.said.first_day == date(2025, 3, 13)
    assert listed.meant.said.nature_ticket == "05B000000001Z"
    [line] = struck.meant.said.lines
    assert (line.in_striking_unit, line.circumstances) == (False, "No parts came.")


@pytest.mark.parametrize(
    ("committee", "level", "category"),
    [
        ("111", None, Category.BLUE),
        ("200", None, Category.WHITE),
        ("302", "W", Category.WHITE),
        ("302", "B", Category.BLUE),
    ],
)
def test_the_quality_of_the_workers_follows_the_level_or_the_committee(
    committee: str, level: str | None, category: Category
) -> None:
    more = {"OccupationLevel": level} if level else {}
    one = only(expected(JointCommissionNbr=committee, **more))

    assert one.meant is not None
    assert one.meant.said.lines[0].category is category


def test_a_modification_names_what_it_changes_and_a_cancellation_needs_no_more() -> None:
    changed = only(expected(AttestationStatus="1", Reference=reference("05B000000001Z")))
    rest = ("TemporaryUnemploymentReason", "JointCommissionNbr", "NaturalPerson")
    cancelled = only(
        without(force_majeure(AttestationStatus="3", Reference=reference("05W000000001Z")), *rest)
    )

    assert changed.meant
    assert cancelled.meant
    assert (changed.meant.said.changes, changed.meant.cancels) == ("05B000000001Z", "")
    assert (cancelled.meant.said.changes, cancelled.meant.cancels) == ("", "05W000000001Z")
    assert cancelled.head.own_reference == "2025-CT-0018"


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (expected(AttestationStatus="1"), [("CTW-094", f"{FORM}/Reference")]),
        (expected(AttestationStatus="3"), [("CTW-094", f"{FORM}/Reference")]),
        (expected(Reference=reference("05B000000001Z")), [("CTW-094", f"{FORM}/Reference")]),
        (expected(Reference=reference("x")[1:]), [("CTW-094", f"{FORM}/Reference")]),
        (expected(Reference=reference("x")[:1] * 2), [("CTW-094", f"{FORM}/Reference")]),
        (expected(AttestationStatus="2"), [("CTW-094", f"{FORM}/AttestationStatus")]),
        (expected(TypeForm="OR"), [("CTW-094", f"{FORM}/TypeForm")]),
        (expected(Identification="WECH005"), [("CTW-095", f"{FORM}/Identification")]),
        (expected(Identification="TWCT007"), [("CTW-095", f"{FORM}/Identification")]),
        (expected(AccidentDate="2025-03-06"), [("CTW-094", f"{FORM}/AccidentDate")]),
        (expected(WorkNature="Painting"), [("CTW-094", f"{FORM}/WorkNature")]),
        (nature(NaturalPerson=person()), [("CTW-094", f"{FORM}/NaturalPerson")]),
        (nature(SuspensionEndingDate="2025-03-20"), [("CTW-094", f"{FORM}/SuspensionEndingDate")]),
        (weather(RelatedTicket="05B000000001Z"), [("CTW-094", f"{FORM}/RelatedTicket")]),
        (
            expected(NaturalPerson=[person(), person(BIS, 2, FirstEffectiveDay="2025-03-17")]),
            [("CTW-094", f"{FORM}/NaturalPerson[2]/FirstEffectiveDay")],
        ),
        (without(expected(), "NotificationMode"), [("CTW-094", f"{FORM}/NotificationMode")]),
        (without(expected(), "SuspensionScheme"), [("CTW-094", f"{FORM}/SuspensionScheme")]),
        (
            without(weather(), "TemporaryUnemploymentReason"),
            [("CTW-094", f"{FORM}/TemporaryUnemploymentReason")],
        ),
        (expected(SuspensionScheme="7"), [("CTW-094", f"{FORM}/SuspensionScheme")]),
        (
            expected(ExcludedPeriod={"StartingDate": "2025-03-21", "EndingDate": "2025-03-20"}),
            [("CTW-011", f"{FORM}/ExcludedPeriod[1]/EndingDate")],
        ),
        (
            expected(WorkPattern={"CycleWeek": "2", "WorkingDays": "1111100"}),
            [("CTW-094", f"{FORM}/WorkPattern")],
        ),
        (
            expected(WorkPattern=[{"CycleWeek": "1", "WorkingDays": "1111100"}] * 2),
            [("CTW-094", f"{FORM}/WorkPattern")],
        ),
        (expected(Comment="?"), [("CTW-094", f"{FORM}/Comment")]),
        ("", [("CTW-094", FORM)]),
        ('<a xmlns="urn:a"/>', [("CTW-094", FORM)]),
    ],
)
def test_what_the_layout_does_not_take_has_its_place(
    form: dict[str, Any] | str, found: list[tuple[str, str]]
) -> None:
    one = only(form)

    assert one.meant is None
    assert codes(one) == found


@pytest.mark.parametrize(
    "day",
    ["2025-02-29", "2025-04-31", "17/03/2025", "2025-3-7", "2025-03-07Z", "0000-01-01", "", "now"],
)
def test_sc19_a_day_that_is_none_is_told_at_its_element(day: str) -> None:
    assert codes(only(expected(SuspensionStartingDate=day))) == [
        ("CTW-010", f"{FORM}/SuspensionStartingDate")
    ]
    assert codes(only(weather(NaturalPerson=person(FirstEffectiveDay=day)))) == [
        ("CTW-010", f"{FORM}/NaturalPerson[1]/FirstEffectiveDay")
    ]


@pytest.mark.parametrize(
    ("number", "is_good"),
    [
        ("0206731645", True),
        ("0406798006", True),
        ("0123456789", False),
        ("2123456791", False),
        ("0123.456.749", False),
        ("0123456749", True),
    ],
)
def test_wx120_wx121_wx123_wx124_wx126_enterprise_numbers_in_a_message(
    number: str, is_good: bool
) -> None:
    one = only(expected(EmployerDeclarationLink=employer(number)))
    found = codes(one) or judged(expected(EmployerDeclarationLink=employer(number)))

    wrong = ("CTW-001", f"{FORM}/EmployerDeclarationLink/CompanyID")
    assert (wrong not in found) is is_good


@pytest.mark.parametrize(
    ("niss", "is_good"),
    [(ANNE, True), (BIS, True), ("85073003329", False), ("00000000097", False)],
)
def test_sc21_wx127_wx129_wx130_wx132_social_security_numbers_in_a_message(
    niss: str, is_good: bool
) -> None:
    found = judged(expected(NaturalPerson=person(niss)))

    assert (("CTW-003", f"{FORM}/NaturalPerson[1]/INSS") not in found) is is_good


@pytest.mark.parametrize("niss", ["8507300332", "850730033280", "85.07.30-033.28", "", "x"])
def test_sc21_what_are_not_eleven_digits_is_told_at_its_element(niss: str) -> None:
    form = expected(NaturalPerson=[person(), person(niss, 2)])

    assert codes(only(form)) == [("CTW-003", f"{FORM}/NaturalPerson[2]/INSS")]


def test_sc60_one_wrong_form_of_a_hundred_stops_none_of_its_neighbours() -> None:
    content = [expected() for _ in range(100)]
    content[16] = expected(NaturalPerson=[person(), person(BIS, 2), person("85073003329", 3)])
    content[40] = expected(SuspensionStartingDate="2025-02-29")

    forms = read(written(content))

    assert [one.position for one in forms] == list(range(1, 101))
    assert [one.position for one in forms if one.meant is None] == [41]
    wrong = [
        placed.path
        for one in forms
        if one.meant
        for placed in one.placed(faults(one.meant.said))
        if placed.fault.blocks
    ]
    assert wrong == ["/TWCT/Form[17]/NaturalPerson[3]/INSS"]


def test_many_faults_are_told_once_each_and_not_without_end() -> None:
    one = only(expected(NaturalPerson=[person("no", n + 1) for n in range(200)]))

    assert len(one.faults) == 50
    assert len({placed.path for placed in one.faults}) == 50


def test_what_identifies_a_wrong_form_is_kept_only_if_it_is_well_written() -> None:
    one = only(
        expected(
            FormCreationHour="25:00",
            Reference={"ReferenceType": "1", "ReferenceOrigin": "1", "ReferenceNbr": "x" * 21},
            EmployerDeclarationLink=employer("'; --"),
        )
    )

    head = one.head
    assert (head.identification, head.created_on) == ("TWCT001", "2025-03-07")
    assert (head.created_at, head.own_reference, head.enterprise) == (None, None, None)


def test_reading_goes_on_after_the_forms_that_are_done() -> None:
    forms = reading.read(
        [written([expected()] * 5)],
        schema=SCHEMA,
        channel=Channel.BATCH,
        received_at=NOON,
        limits=LIMITS,
        after=3,
    )

    assert [one.position for one in forms] == [4, 5]


def test_markup_in_a_text_is_a_text() -> None:
    one = only(expected(ReasonDescription="<script>alert('10 > 2')</script> & more"))

    assert one.meant is not None
    assert one.meant.said.causes == "<script>alert('10 > 2')</script> & more"


def test_an_empty_text_is_refused_at_its_element() -> None:
    assert codes(only(expected(ReasonDescription=""))) == [("CTW-094", f"{FORM}/ReasonDescription")]


def test_the_kinds_of_the_layout_are_those_of_the_law() -> None:
    assert set(KINDS.values()) == set(Kind) - {Kind.DIFFICULTY}


@given(
    name=st.sampled_from(sorted(set(expected()) | set(weather()) | set(strike()))),
    value=st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=30),
    kind=st.sampled_from(sorted(EVERY)),
)
def test_whatever_stands_in_an_element_is_taken_or_has_a_place(
    name: str, value: str, kind: str
) -> None:
    try:
        one = only(EVERY[kind]() | {name: value})
    except FrameRefused:
        return
    assert (one.meant is None) is bool(one.faults)
    assert all(placed.path.startswith(FORM) for placed in one.faults)
    if one.meant is not None:
        one.placed(faults(one.meant.said))


def employer(number: str) -> dict[str, str]:
    return {"NOSSRegistrationNbr": "012345674", "Trusteeship": "0", "CompanyID": number}
