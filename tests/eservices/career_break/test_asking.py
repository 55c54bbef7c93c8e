"""A new request at the door: whom, what, when; what blocks, what warns, what is kept."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from guichet.audit.models import Lookup
from guichet.eservices.career_break.models import Draft, Parameters, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.walk import (
    asked,
    begun,
    characteristics,
    confirmed,
    drafted,
    said,
)
from tests.eservices.career_break.world import BARE, BIS, ELSEWHERE, FIRM, LUC, NOW, clerk

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
SELECT = "/career-break/new/"


def test_c14_a_number_with_a_wrong_check_is_refused() -> None:
    answer = clerk().post(SELECT, walk.WORKER | {"niss": "850730-033.29"})

    assert answer.status_code == 422
    assert "This number is not valid." in said(answer)
    assert 'id="id_niss-error"' in answer.content.decode()
    assert Draft.objects.count() == 0


def test_c15_a_number_with_an_impossible_day_of_birth_is_refused() -> None:
    answer = clerk().post(SELECT, walk.WORKER | {"niss": "05023001212"})

    assert answer.status_code == 422
    assert "This number is not valid." in said(answer)
    assert "05023001212" not in said(answer)
    assert Draft.objects.count() == 0


def test_c16_a_bis_number_of_a_worker_is_accepted_with_the_sex_known() -> None:
    place = begun(clerk(), walk.WORKER | {"niss": BIS})

    assert "Female" in said(clerk().get(f"{place}type/"))


def test_c17_somebody_elses_worker_gets_the_answer_of_a_wrong_number() -> None:
    wrong = clerk().post(SELECT, walk.WORKER | {"niss": "85073003329"})
    foreign = clerk().post(SELECT, walk.WORKER | {"niss": ELSEWHERE})

    assert foreign.status_code == 422
    assert said(foreign) == said(wrong)
    assert "Secrète" not in foreign.content.decode()


def test_c12_with_ninety_nine_workers_the_personnel_file_is_offered() -> None:
    _staff(99)
    client = clerk()

    assert "/career-break/personnel/" in client.get(SELECT).content.decode()
    assert "99 workers" in said(client.get("/career-break/personnel/"))


def test_c13_with_a_hundred_workers_only_the_number_can_be_typed() -> None:
    _staff(100)
    client = clerk()

    assert "/career-break/personnel/" not in client.get(SELECT).content.decode()
    assert client.get("/career-break/personnel/").status_code == 404
    assert client.post("/career-break/personnel/choose/", {"niss": LUC}).status_code == 404


def test_who_is_chosen_from_the_list_stands_in_the_form() -> None:
    client = clerk()
    page = client.get("/career-break/personnel/?name=vandermeulen")
    assert "Vandermeulen" in said(page)
    assert "Peeters" not in said(page)

    answer = client.post("/career-break/personnel/choose/", {"niss": LUC})

    assert answer.status_code == 302
    assert f'value="{LUC}"' in client.get(SELECT).content.decode()
    foreign = client.post("/career-break/personnel/choose/", {"niss": ELSEWHERE})
    assert foreign.status_code == 404


def test_c18_a_white_collar_in_a_blue_collar_committee_is_a_warning_only() -> None:
    client = clerk()
    place = begun(client, walk.WORKER | {"worker_code": "white"})
    client.post(f"{place}type/", {"leave": "parental"})
    client.post(f"{place}details/", {})

    answer = client.post(f"{place}characteristics/", characteristics())

    assert answer.status_code == 200
    assert "A warning. You can go on." in said(answer)
    again = client.post(f"{place}characteristics/", characteristics(seen="1"))
    assert again.status_code == 302


def test_c19_without_parameters_a_new_request_leads_to_them_first() -> None:
    client = clerk(BARE)

    answer = client.get(SELECT, follow=True)

    assert answer.redirect_chain[-1][0] == "/career-break/parameters/"
    assert "Before the first request" in said(answer)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "a@b"), ("email", ""), ("name", " "), ("phone", "12"), ("mobile", "call me"),
        ("sector", ""), ("sector", "secret"),
    ],
)  # fmt: skip
def test_c20_a_parameter_that_cannot_be_is_refused_and_nothing_is_saved(
    field: str, typed: str
) -> None:
    sound = {"name": "Service", "email": "x@example.be", "sector": "public"}

    answer = clerk().post("/career-break/parameters/", sound | {field: typed})

    assert answer.status_code == 422
    assert f'id="id_{field}"' in answer.content.decode()
    assert Parameters.objects.get(employer__number=FIRM).sector == "private"


def test_c21_a_public_employer_is_not_offered_time_credit() -> None:
    client = clerk()
    sound = {"name": "Service", "email": "x@example.be", "sector": "public", "authority": "federal"}
    assert client.post("/career-break/parameters/", sound).status_code == 302
    place = begun(client)

    page = said(client.get(f"{place}type/"))

    assert "to take a career break" in page
    assert "time credit *" not in page
    forged = client.post(f"{place}type/", {"leave": "time_credit"})
    assert forged.status_code == 422


def test_c23_a_request_without_a_kind_of_leave_is_refused() -> None:
    place = begun(client := clerk())

    for typed in ({}, {"leave": "holiday"}):
        answer = client.post(f"{place}type/", typed)
        assert answer.status_code == 422
        assert "Choose a type of leave." in said(answer)


def test_c24_a_short_notice_is_a_warning_that_is_stored_with_the_reason() -> None:
    client = clerk()
    given = {"first": "24/2/2025", "last": "23/3/2025", "reason": "Entendu avec le travailleur"}
    first = asked(client, **given)
    assert first.status_code == 200
    assert "A warning. You can go on." in said(first)
    place = first.place
    client.post(f"{place}characteristics/", characteristics(seen="1", **given))
    client.post(f"{place}reduction/", {"has_reduction": "no"})

    answer = client.post(f"{place}check/", {"certified": "on"}, follow=True)

    row = Request.objects.get()
    assert TicketNumber(row.ticket).formatted() in said(answer)
    assert "V-NT-03" in [one["key"] for one in row.content["warned"]]
    assert row.content["reason"] == "Entendu avec le travailleur"
    assert "Entendu avec le travailleur" in said(answer)


@pytest.mark.parametrize(
    ("number", "given", "field"),
    [
        ("c30", {"contract": "40:70"}, "contract_minutes"),
        ("c31", {"contract": "40:00", "full": "38:00"}, "contract_minutes"),
        ("c32", {"last": "31/04/2025"}, "last_day"),
        ("c37", {"notified": "2/4/2025"}, "notified_on"),
        ("c02", {"last": "31/3/2025"}, "last_day"),
        ("future", {"notified": "29/1/2025"}, "notified_on"),
        ("empty", {"first": "//"}, "first_day"),
    ],
)
def test_c30_c31_c32_c37_what_cannot_be_is_said_at_its_field(
    number: str, given: dict[str, str], field: str
) -> None:
    answer = asked(clerk(), **given)

    assert answer.status_code == 422, number
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}-error"' in page
    assert 'value="40"' in page  # nothing that was typed is lost


def test_c29_hours_that_are_not_the_fraction_are_refused_with_those_expected() -> None:
    answer = asked(
        clerk(), "time_credit", regime="fifth", contract="38:00", full="38:00", during="31:30",
        first="1/6/2025", last="30/11/2025",
    )  # fmt: skip

    assert answer.status_code == 422
    assert "30:24" in said(answer)


HALF = {"regime": "half", "first": "1/4/2025", "last": "30/6/2025", "during": "20:00"}


def test_c25_three_months_at_half_time_propose_the_two_nearest_ends() -> None:
    answer = asked(clerk(), **HALF)

    assert answer.status_code == 422
    assert "31/05/2025" in said(answer)
    assert "31/07/2025" in said(answer)


def test_c26_the_same_three_months_pass_with_flexibility_and_agreement() -> None:
    answer = asked(clerk(), **HALF | {"regime": "half_flex", "has_consent": "on", "seen": "1"})

    assert answer.status_code == 302, said(answer)


def test_c27_a_tenth_without_the_employers_agreement_is_refused() -> None:
    given = {"regime": "tenth", "during": "36:00", "last": "31/1/2026"}

    answer = asked(clerk(), **given)

    assert answer.status_code == 422
    assert 'id="id_has_consent-error"' in answer.content.decode()
    assert asked(clerk(), has_consent="on", seen="1", **given).status_code == 302


def test_c28_a_fifth_for_a_part_timer_with_one_employer_is_refused() -> None:
    answer = asked(
        clerk(), regime="fifth", contract="30:00", full="38:00", during="22:24", last="31/8/2025"
    )

    assert answer.status_code == 422
    assert 'id="id_regime-error"' in answer.content.decode()


def test_c34_four_months_of_medical_assistance_at_once_are_refused() -> None:
    answer = asked(clerk(), "medical_assistance", regime="half", during="20:00", last="31/7/2025")

    assert answer.status_code == 422
    assert 'id="id_last_day-error"' in answer.content.decode()


@pytest.mark.parametrize("regime", ["full", "tenth", "everything", ""])
def test_c35_a_forged_regime_of_an_end_of_career_is_refused(regime: str) -> None:
    client = clerk()
    place = begun(client)
    client.post(f"{place}type/", {"leave": "time_credit"})
    client.post(f"{place}details/", {"kind": "end_of_career"})

    answer = client.post(f"{place}characteristics/", characteristics(regime=regime))

    assert answer.status_code == 422
    assert 'id="id_regime-error"' in answer.content.decode()


def test_right_and_allowance_stand_side_by_side() -> None:
    answer = asked(clerk(), first="24/2/2025", last="23/3/2025")

    assert answer.status_code == 200
    assert "Right to the interruption" in said(answer)
    assert "Allowance of ONEM" in said(answer)


def test_the_expected_hours_are_put_in_by_a_button() -> None:
    client = clerk()
    given = {"regime": "fifth", "contract": "38:00", "full": "38:00", "first": "1/6/2025",
             "last": "30/11/2025"}  # fmt: skip
    place = asked(client, "time_credit", during="30:30", **given).place

    answer = client.post(
        f"{place}characteristics/",
        characteristics(during="30:30", do="expected", expected="1824", **given),
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="break_minutes_0" inputmode="numeric" autocomplete="off" value="30"' in page
    assert 'name="break_minutes_1" inputmode="numeric" autocomplete="off" value="24"' in page


def test_c33_a_start_long_ago_is_a_warning_only() -> None:
    row = confirmed(clerk(), first="1/1/2022", last="31/1/2022", notified="1/11/2021")

    assert "V-DT-04" in [one["key"] for one in row.content["warned"]]


def test_c36_a_comment_of_201_signs_is_refused_by_the_server() -> None:
    answer = asked(clerk(), comment="é" * 201)
    assert answer.status_code == 422
    assert 'maxlength="200"' in answer.content.decode()

    assert asked(clerk(), comment="é" * 200).status_code == 302


def test_c38_a_request_that_nobody_certified_is_not_confirmed() -> None:
    client = clerk()
    place = drafted(client)

    answer = client.post(f"{place}check/", {"wants_mail": "on"})

    assert answer.status_code == 422
    assert Request.objects.count() == 0


def test_c39_going_back_keeps_everything_that_was_typed() -> None:
    client = clerk()
    place = drafted(client, comment="Deux mots")
    assert client.post(f"{place}check/", {"do": "back"})["Location"] == f"{place}reduction/"
    back = client.post(f"{place}reduction/", {"has_reduction": "yes", "do": "back"})
    assert back["Location"] == f"{place}characteristics/"

    page = client.get(f"{place}characteristics/").content.decode()

    assert "Deux mots" in page
    assert 'id="id_first_day" name="first_day_0" inputmode="numeric" autocomplete="off" value="1"' \
        in page  # fmt: skip
    reduction = client.get(f"{place}reduction/").content.decode()
    assert 'value="yes" checked' in reduction


def test_c40_a_second_press_of_confirm_shows_the_same_receipt() -> None:
    client = clerk()
    place = drafted(client)
    first = client.post(f"{place}check/", {"certified": "on"})["Location"]

    again = client.post(f"{place}check/", {"certified": "on"})["Location"]

    assert again == first
    assert Request.objects.count() == 1
    assert client.get(f"{place}check/")["Location"] == first


def test_c43_a_confirmed_request_waits_for_the_worker() -> None:
    client = clerk()
    row = confirmed(client)

    page = said(client.get(f"/career-break/requests/{row.ticket}/"))

    assert "Waiting for information from the worker" in page
    assert row.office
    assert row.document
    assert Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.request").exists()


def test_c44_an_overlap_is_refused_with_the_ticket_of_the_other_request() -> None:
    row = world.filed()

    answer = asked(clerk(), first="15/4/2025", last="14/5/2025")

    assert answer.status_code == 422
    assert TicketNumber(row.ticket).formatted() in said(answer)


def test_c46_a_script_in_a_comment_is_shown_as_text() -> None:
    client = clerk()
    row = confirmed(client, comment="<script>alert(1)</script>")

    page = client.get(f"/career-break/requests/{row.ticket}/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_a_draft_is_found_again_for_thirty_days(monkeypatch: pytest.MonkeyPatch) -> None:
    client = clerk()
    place = begun(client)
    kept = client.post(f"{place}type/", {"leave": "parental", "do": "later"})
    assert kept["Location"] == "/career-break/"
    assert "Go on with the draft" in said(client.get("/career-break/"))

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=31))

    client = clerk()
    assert "Go on with the draft" not in said(client.get("/career-break/"))
    assert client.get(f"{place}type/").status_code == 404


def test_a_draft_is_thrown_away_when_asked() -> None:
    client = clerk()
    place = begun(client)

    assert client.post(f"{place}type/", {"do": "forget"}).status_code == 302
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("typed", ["\0", "x" * 5000, "٣", "-1", "1e3", "99999999999999999999"])
def test_hostile_days_and_hours_are_refused_in_words(typed: str) -> None:
    client = clerk()
    place = begun(client)
    client.post(f"{place}type/", {"leave": "parental"})
    given = characteristics() | {"first_day_0": typed, "contract_minutes_0": typed}

    answer = client.post(f"{place}characteristics/", given)

    assert answer.status_code == 422


@pytest.mark.parametrize("leave", [*walk.DETAILS][:-1])
def test_every_kind_of_leave_has_its_questions(leave: str) -> None:
    client = clerk()
    place = begun(client)
    client.post(f"{place}type/", {"leave": leave})

    for language in ("en", "fr", "nl", "de"):
        with translation.override(language):
            assert client.get(f"{place}details/").status_code == 200
    assert client.post(f"{place}details/", walk.DETAILS[leave]).status_code == 302


def _staff(count: int) -> None:
    """So many people in service with the firm, the known ones among them."""
    from guichet.demo import numbers
    from guichet.platform.db import transaction
    from guichet.registers.persons import operations as persons
    from guichet.registers.persons.queries import PersonRecord

    known = 3  # of the world
    with transaction(actor=world.ACTOR):
        for at in range(count - known):
            niss = numbers.niss(born_on=date(1970, 1, 1) + timedelta(days=at), is_female=True)
            person = PersonRecord(niss, "Anne", f"Nombreuse{at}")
            persons.register(person=person, actor=world.ACTOR, now=NOW)
            world.works_for(FIRM, niss)


def test_every_answer_that_lacks_is_told_at_once_and_by_its_name() -> None:
    client = clerk()
    place = begun(client)
    client.post(f"{place}type/", {"leave": "parental"})
    client.post(f"{place}details/", {})

    answer = client.post(f"{place}characteristics/", {})

    assert answer.status_code == 422
    page = said(answer)
    assert "Choose a régime." in page
    for name in ("Start date", "End date", "The worker informed me in writing on"):
        assert f"{name}: Enter a valid date" in page
    assert "Full-time hours are: Enter hours" in page


def test_the_expected_hours_are_put_with_one_press_where_others_are_refused() -> None:
    client = clerk()
    answer = asked(client, regime="half", last="31/5/2025", during="25:00")
    assert answer.status_code == 422
    assert 'value="expected"' in answer.content.decode()

    again = client.post(
        f"{answer.place}characteristics/",
        characteristics(regime="half", last="31/5/2025", during="25:00")
        | {"do": "expected", "expected": "1200"},
    )

    assert again.status_code == 200
    assert 'name="break_minutes_0" inputmode="numeric" autocomplete="off" value="20"' in (
        again.content.decode()
    )
