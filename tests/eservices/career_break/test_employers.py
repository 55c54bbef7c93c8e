"""What the sector and the authority of an employer change, what only warns, and the head count."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from guichet.eservices.career_break import checks, drafting, operations
from guichet.eservices.career_break.content import Asked, asked_of
from guichet.eservices.career_break.models import Draft, Parameters, Request
from guichet.eservices.career_break.operations import Refused
from guichet.kernel.verdict import Severity
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.career_break.kinds import Authority
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.walk import begun, confirmed, said
from tests.eservices.career_break.world import CONTACT, FIRM, LUC, NOW, TODAY, clerk

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
PLACE = "/career-break/parameters/"
PUBLIC = {"name": "Service", "email": "x@example.be", "sector": "public"}
SERVANT = {"niss": LUC, "worker_code": "white", "worker_email": ""}
THEMATIC = ("parental", "medical_assistance", "palliative", "informal_carer")


def public(authority: str = "federal") -> None:
    """The firm is of the public sector."""
    operations.keep_parameters(
        contact=replace(CONTACT, sector="public", authority=authority), sender=world.sender(),
        now=NOW,
    )  # fmt: skip


def offered(authority: str) -> list[str]:
    """The kinds of leave on the first page of a new request."""
    public(authority)
    client = clerk()
    page = client.get(f"{begun(client, SERVANT)}type/").content.decode()
    leaves = ("time_credit", "ordinary", *THEMATIC)
    return [one for one in leaves if f'value="{one}"' in page]


@pytest.mark.parametrize("authority", ["federal", "autonomous_enterprise"])
def test_federal_authorities_and_autonomous_enterprises_have_every_public_leave(
    authority: str,
) -> None:
    assert offered(authority) == ["ordinary", *THEMATIC]


@pytest.mark.parametrize("authority", ["regional_or_local", "education", "flemish"])
def test_other_authorities_have_the_thematic_leaves_only(authority: str) -> None:
    assert offered(authority) == [*THEMATIC]
    client = clerk()
    place = begun(client, SERVANT)
    assert client.post(f"{place}type/", {"leave": "ordinary"}).status_code == 422
    told = "Vlaams zorgkrediet" in said(client.get(f"{place}type/"))
    assert told is (authority == "flemish")


def test_the_staff_of_defence_has_nothing_here_and_is_told_so() -> None:
    assert offered("defence") == []
    client = clerk()
    page = client.get(f"{begun(client, SERVANT)}type/")
    assert "do not go through this service" in said(page)
    with pytest.raises(Refused, match="V-RQ-01"):
        world.filed(committee="", worker_code="white")


def test_an_ordinary_break_of_a_local_authority_is_refused_to_a_program_too() -> None:
    public("education")

    with pytest.raises(Refused, match="V-RQ-01"):
        world.filed(leave="ordinary", committee="", details={"statute": "statutory"})


@pytest.mark.parametrize(
    ("statute", "regimes"),
    [
        ("statutory", {"full", "half"}),
        ("contractual", {"full", "half", "third", "quarter", "fifth"}),
    ],
)
def test_a_third_and_a_quarter_are_for_contractual_staff(statute: str, regimes: set[str]) -> None:
    public()
    client = clerk()
    place = begun(client, SERVANT)
    client.post(f"{place}type/", {"leave": "ordinary"})
    page = client.post(f"{place}details/", {"statute": statute}, follow=True).content.decode()

    every = {"full", "half", "third", "quarter", "fifth", "tenth", "full_flex", "half_flex"}
    assert {one for one in every if f'value="{one}"' in page} == regimes


@pytest.mark.parametrize(("regime", "during"), [("third", "25:20"), ("quarter", "28:30")])
def test_a_contractual_servant_takes_a_third_or_a_quarter(regime: str, during: str) -> None:
    public()
    asked = Asked(
        worker_code="white", leave="ordinary", details={"statute": "contractual"}, regime=regime,
        first_day=date(2025, 4, 1), last_day=date(2025, 9, 30), contract_minutes=2280,
        full_time_minutes=2280, break_minutes=int(during[:2]) * 60 + int(during[3:]),
        notified_on=date(2025, 1, 20),
    )  # fmt: skip

    row = _filed(asked)

    assert asked_of(row.content).authority == "federal"
    with pytest.raises(Refused):
        _filed(replace(asked, details={"statute": "statutory"}, first_day=date(2025, 10, 1),
                       last_day=date(2026, 3, 31)))  # fmt: skip


def _filed(asked: Asked) -> Request:
    by = world.sender()
    draft = drafting.begin(niss=LUC, worker={"worker_code": "white"}, sender=by, now=NOW)
    return operations.confirm(key=draft.pk, asked=asked, sender=by, now=NOW)


@pytest.mark.parametrize("is_public", [True, False])
def test_the_circle_of_in_laws_is_wider_in_the_public_sector(is_public: bool) -> None:
    if is_public:
        public()
    client = clerk()
    place = begun(client, SERVANT if is_public else walk.WORKER)
    client.post(f"{place}type/", {"leave": "medical_assistance"})

    page = said(client.get(f"{place}details/"))

    assert ("in-laws to the second degree too" in page) is is_public


def test_a_public_employer_says_which_authority_it_is_before_the_next_request() -> None:
    public("")
    client = clerk()

    answer = client.get("/career-break/new/", follow=True)

    assert answer.redirect_chain[-1][0] == PLACE
    assert "say which authority you are" in said(answer)
    refused = client.post(PLACE, PUBLIC)
    assert refused.status_code == 422
    assert 'id="id_authority-error"' in refused.content.decode()
    assert client.post(PLACE, PUBLIC | {"authority": "nobody"}).status_code == 422
    assert client.post(PLACE, PUBLIC | {"authority": "flemish"}).status_code == 302
    assert client.get("/career-break/new/").status_code == 200


def test_a_private_employer_has_no_authority() -> None:
    client = clerk()
    given = PUBLIC | {"sector": "private", "authority": "defence"}

    assert client.post(PLACE, given).status_code == 302

    row = Parameters.objects.get(employer__number=FIRM)
    assert row.authority == ""
    with pytest.raises(IntegrityError), transaction():
        Parameters.objects.filter(pk=row.pk).update(authority=Authority.FEDERAL)


def test_the_sector_changes_while_requests_run_only_when_confirmed() -> None:
    client = clerk()
    row = world.filed()
    given = PUBLIC | {"authority": "federal"}

    asked = client.post(PLACE, given)
    assert asked.status_code == 422
    assert 'name="sector_changes"' in asked.content.decode()
    assert Parameters.objects.get(employer__number=FIRM).sector == "private"
    assert client.post(PLACE, given | {"sector_changes": "on"}).status_code == 302

    row.refresh_from_db()
    assert row.sector == "private"
    world.modified(row)  # it is judged by the sector it was made in
    assert 'name="sector_changes"' not in client.get(PLACE).content.decode()


def test_every_authority_has_a_name_and_a_place_on_the_page() -> None:
    page = clerk().get(PLACE).content.decode()

    assert [one for one in Authority if f'value="{one}"' not in page] == []


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("V-NT-06", {"leave": "time_credit", "motive": "training", "agreement": "sector"}),
        ("V-NT-06", {"leave": "parental"}),
        ("V-AG-03", {"leave": "parental", "child_born_on": "2003-01-01"}),
        ("V-RG-03", {"leave": "time_credit", "motive": "child", "agreement": "none"}),
    ],
)
def test_what_the_office_judges_only_warns_an_employer(code: str, given: dict[str, str]) -> None:
    details = {name: value for name, value in given.items() if name != "leave"}
    last = date(2025, 10, 31) if given["leave"] == "time_credit" else date(2025, 5, 31)
    wish = world.asked(
        leave=given["leave"], details=details, first_day=date(2025, 5, 1), last_day=last
    )
    facts = _facts(wish)
    since = date(2024, 12, 1) if code == "V-NT-06" else date(2015, 5, 12)
    periods = tuple(replace(one, first_day=since) for one in facts.service.periods)
    facts = replace(facts, service=replace(facts.service, periods=periods))

    found = checks.faults(asked=wish, facts=facts, today=TODAY)

    assert [one.severity for one in found if one.code == code] == [Severity.WARN]
    assert not [one for one in found if one.blocks]
    verdict = checks.answers(asked=wish, facts=facts, today=TODAY)
    assert verdict is not None
    assert not verdict[0].is_yes  # the law still says no, beside the form


def test_the_age_of_an_end_of_career_blocks() -> None:
    wish = world.asked(
        leave="end_of_career", regime="half", break_minutes=1200, first_day=date(2025, 6, 1),
        last_day=date(2025, 11, 30),
    )  # fmt: skip

    found = checks.faults(asked=wish, facts=_facts(wish), today=TODAY)

    assert "V-AG-01" in [one.code for one in found if one.blocks]


@pytest.mark.parametrize(
    ("born", "details", "found"),
    [
        (date(1966, 1, 1), {}, []),
        (date(1966, 1, 2), {}, [("V-AG-02", Severity.WARN)]),
        (date(1971, 1, 1), {}, [("V-AG-02", Severity.WARN)]),
        (date(1970, 6, 1), {"exception": "heavy_job"}, []),
        (date(1970, 6, 1), {"exception": "heavy_job", "agreement": "none"},
         [("V-AG-02", Severity.WARN)]),
        (date(1971, 1, 2), {}, [("V-AG-01", Severity.BLOCK)]),
    ],
)  # fmt: skip
def test_an_end_of_career_between_55_and_60_without_an_exception_warns_the_employer(
    born: date, details: dict[str, str], found: list[tuple[str, Severity]]
) -> None:
    wish = world.asked(
        leave="end_of_career", regime="half", break_minutes=1200, first_day=date(2026, 1, 1),
        last_day=date(2026, 6, 30), notified_on=date(2026, 1, 1), details=details,
    )  # fmt: skip
    facts = replace(_facts(wish), birth_date=born)

    told = checks.faults(asked=wish, facts=facts, today=date(2026, 1, 1))

    assert [(one.code, one.severity) for one in told if one.code.startswith("V-AG")] == found


def _facts(wish: Asked) -> checks.Facts:
    return checks.facts_of(
        employer=FIRM, sector="private", person=Person.objects.get(niss=LUC),
        notified_on=wish.notified_on,
    )  # fmt: skip


def test_contracts_of_30_june_decide_over_the_term_of_a_notice() -> None:
    wish = world.asked(
        leave="time_credit", details={"motive": "disabled_child"}, first_day=date(2025, 6, 1),
        last_day=date(2025, 11, 30),
    )  # fmt: skip
    small = _facts(wish)
    large = replace(small, head_count=21)

    assert small.head_count == 3
    assert "V-NT-03" in _warned(wish, small)
    assert "V-NT-03" not in _warned(wish, large)


def _warned(wish: Asked, facts: checks.Facts) -> list[str]:
    found = checks.faults(asked=wish, facts=facts, today=TODAY)
    return [one.code for one in found if one.severity is Severity.WARN]


def test_a_small_employer_is_reminded_of_his_say_and_not_stopped() -> None:
    row = confirmed(clerk(), "medical_assistance", regime="half", during="20:00", last="31/5/2025")

    assert "V-RG-02.MA-07.consent" in [one["key"] for one in row.content["warned"]]


def test_a_request_for_a_forged_authority_is_judged_by_the_parameters() -> None:
    public("education")
    forged: dict[str, Any] = {"committee": "", "authority": "federal"}

    with pytest.raises(Refused, match="V-RQ-01"):
        world.filed(leave="ordinary", details={"statute": "statutory"}, **forged)
    row = world.filed(**forged)

    assert asked_of(row.content).authority == "education"
    assert Draft.objects.count() == 1  # of the one that was refused
