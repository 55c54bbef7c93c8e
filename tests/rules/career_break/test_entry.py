"""What is typed besides days and hours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.rules.career_break import entry as rules
from guichet.rules.career_break.committees import Collar
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.kinds import Leave, Sector

ON = date(2026, 3, 2)


def key(fault: Fault | None) -> str | None:
    return fault.key if fault else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("850730-033.28", None),
        ("85.07.30-033.28", None),
        ("90010112395", None),
        ("01031502482", None),
        ("75451204431", None),
        ("75251204485", None),
        ("850730-033.29", "V-NI-02"),
        ("05023001212", "V-NI-03"),
        ("8507300332", "V-NI-01"),
        ("8507300332x", "V-NI-01"),
        ("", "V-NI-01"),
    ],
)
def test_c14_c15_c16_rule_a_national_number_is_judged_by_form_check_and_birth(
    text: str, expected: str | None
) -> None:
    assert key(rules.niss_fault(text, in_register=False, in_service=True)) == expected


def test_an_artificial_date_of_birth_that_the_register_knows_is_accepted() -> None:
    assert rules.niss_fault("05023001212", in_register=True, in_service=True) is None


def test_c17_rule_somebody_not_in_service_is_answered_like_a_wrong_number() -> None:
    wrong = rules.niss_fault("85073003329", in_register=False, in_service=False)
    stranger = rules.niss_fault("85073003328", in_register=True, in_service=False)

    assert wrong == stranger
    assert wrong is not None


@given(st.text(max_size=16), st.booleans(), st.booleans())
def test_no_text_breaks_the_reading_of_a_number(text: str, known: bool, here: bool) -> None:
    fault = rules.niss_fault(text, in_register=known, in_service=here)

    assert fault is None or fault.code.startswith("V-NI-")
    assert fault is None or not fault.values


def worker(
    collar: Collar | None = Collar.BLUE,
    committee: str = "121",
    sector: Sector = Sector.PRIVATE,
    declared: str | None = None,
) -> list[tuple[str, bool]]:
    faults = rules.worker_faults(
        collar=collar, committee=committee, sector=sector, declared=declared, on=ON
    )
    return [(fault.key, fault.blocks) for fault in faults]


def test_c18_rule_a_white_collar_in_a_blue_collar_committee_is_a_warning() -> None:
    assert worker(Collar.WHITE) == [("V-SE-02.white", False)]
    assert worker(Collar.BLUE, "200") == [("V-SE-02.blue", False)]
    assert worker(Collar.BLUE) == []
    assert worker(Collar.WHITE, "317") == worker(Collar.BLUE, "317") == []
    assert worker(Collar.WHITE, "999") == []


def test_the_collar_and_the_committee_of_a_private_employer_are_asked() -> None:
    assert worker(None) == [("V-SE-01", True)]
    assert worker(committee=" ") == [("V-CP-03.private", True)]
    assert worker(committee="998") == [("V-CP-01", True)]
    assert worker(committee="12") == [("V-CP-01", True)]


def test_a_public_employer_has_no_committee() -> None:
    assert worker(committee="", sector=Sector.PUBLIC) == []
    assert worker(committee="999", sector=Sector.PUBLIC) == []
    assert worker(committee="121", sector=Sector.PUBLIC) == [("V-CP-03", True)]


def test_another_committee_than_that_of_dimona_is_a_warning() -> None:
    assert worker(declared="124") == [("V-CP-02", False)]
    assert worker(declared="121.00") == []
    assert worker(declared="XXX") == []


@pytest.mark.parametrize(
    "text",
    [
        "hr@example.be",
        "Jan.De+hr@mail.example.com",
        "o'neill@example.ie",
        "rh@écoles.be",
        "a@b.museum",
    ],
)
def test_an_address_with_a_place_and_a_country_is_taken(text: str) -> None:
    assert rules.mail_fault(text, field="mail", is_needed=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "a@b",
        "a.b",
        "@example.be",
        "a@@example.be",
        "a b@example.be",
        ".a@example.be",
        "a..b@example.be",
        "a@-example.be",
        "a@example..be",
        "a@example.be\n",
        "a@example.be\r\nBcc: b@example.be",
        "a@[127.0.0.1]",
        "a" * 65 + "@example.be",
        "a@" + "b" * 95 + ".be",
    ],
)
def test_c20_rule_an_address_that_is_not_whole_is_refused(text: str) -> None:
    assert key(rules.mail_fault(text, field="mail", is_needed=False)) == "V-PA-01"


def test_an_address_is_asked_where_it_is_needed() -> None:
    assert key(rules.mail_fault("", field="mail", is_needed=True)) == "V-PA-01.missing"
    assert rules.mail_fault("", field="mail", is_needed=False) is None


@given(st.text(max_size=120))
def test_an_address_that_is_taken_has_no_blank_and_one_domain(text: str) -> None:
    if rules.mail_fault(text, field="mail", is_needed=True) is None:
        assert not any(sign.isspace() for sign in text)
        assert text.count("@") == 1


@pytest.mark.parametrize(
    ("text", "is_fine"),
    [
        ("", True),
        ("02 515 44 44", True),
        ("+32 2/515.44.44", True),
        ("0032475123456", True),
        ("123456789", True),
        ("12345678", False),
        ("1234567890123456", False),
        ("02-515 44 44", False),
        ("32+2 515 44 44", False),
        ("phone 02 515 44 44", False),
        ("٠٢٥١٥٤٤٤٤", False),
    ],
)
def test_a_phone_number_has_nine_to_fifteen_digits(text: str, is_fine: bool) -> None:
    assert key(rules.phone_fault(text, field="phone")) == (None if is_fine else "V-PA-02")


def test_the_sector_and_the_name_of_the_contact_are_asked() -> None:
    assert rules.sector_fault("public") is rules.sector_fault("private") is None
    assert key(rules.sector_fault("")) == key(rules.sector_fault("church")) == "V-PA-03"
    assert rules.name_fault("HR") is None
    assert key(rules.name_fault("  ")) == key(rules.name_fault("x" * 61)) == "V-PA-04"


def test_c36_rule_a_comment_of_201_signs_is_refused() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    assert rules.text_fault("x" * 200, field="comment", on=ON) is None
    assert rules.text_fault(family * 200, field="comment", on=ON) is None
    assert key(rules.text_fault("x" * 201, field="comment", on=ON)) == "V-TX-01"
    assert key(rules.text_fault(family * 201, field="comment", on=ON)) == "V-TX-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04W-002AKJ7-ER-Z", None),
        ("04w002akj7erz", None),
        (" 04W 002AKJ7 ER Z ", None),
        ("04W-002AKJ8-ER-Z", "V-TK-01.mistyped"),
        ("04W-002AKJ7-ER", "V-TK-01"),
        ("04W-002AKJ7-EO-Z", "V-TK-01"),
        ("", "V-TK-01"),
    ],
)
def test_c05_c06_rule_a_ticket_is_fine_mistyped_or_no_ticket(
    text: str, expected: str | None
) -> None:
    assert key(rules.ticket_fault(text)) == expected


def test_c67_rule_an_account_with_a_wrong_check_is_refused() -> None:
    def found(text: str) -> str | None:
        return key(rules.account_fault(text, field="account", on=ON))

    assert found("BE68 5390 0754 7034") is None
    assert found("BE68539007547035") == "V-IB-01"
    assert found("TR330006100519786457841326") == "V-IB-01.country"


@pytest.mark.parametrize("chosen", ["", "time_credit", "holiday"])
def test_c21_c23_rule_a_type_that_is_not_offered_is_refused(chosen: str) -> None:
    offered = [Leave.PARENTAL, Leave.PALLIATIVE]

    assert key(rules.leave_fault(chosen, offered=offered)) == "V-RQ-01"
    assert rules.leave_fault("parental", offered=offered) is None


def test_c04_rule_a_filter_of_which_nothing_is_ticked_is_refused() -> None:
    assert key(rules.filter_fault([], field="states")) == "V-OV-01"
    assert rules.filter_fault(["closed"], field="states") is None


def test_c38_rule_what_nobody_certified_is_refused() -> None:
    assert key(rules.certification_fault(is_ticked=False)) == "V-CF-01"
    assert rules.certification_fault(is_ticked=True) is None
