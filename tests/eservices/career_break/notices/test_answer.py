"""The employer's page of a notice: accept, postpone, refuse; what the law lets him, and no more."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Entry, Lookup
from guichet.eservices.career_break import tickets
from guichet.eservices.career_break.content import plain
from guichet.eservices.career_break.models import Draft, Notice, Request
from guichet.kernel.ticket import TicketNumber
from guichet.platform.db import transaction
from guichet.platform.models import Dispatch
from guichet.registers.enterprises.models import Enterprise
from guichet.registers.persons.models import Person
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.notices import notice_world as here
from tests.eservices.career_break.notices.notice_world import (
    REASONS,
    answered,
    place,
    seed_notice,
    set_clock,
)
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import CLERK, FIRM, LUC, OTHER, STRANGER, clerk
from tests.portal.browsing import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
FRIDAY = datetime(2024, 1, 12, 9, 0, tzinfo=UTC)
JANUARY = datetime(2024, 1, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def january(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The firm, five days after the manual's notice."""
    world.build(here.SEED)
    set_clock(monkeypatch, JANUARY)


@pytest.fixture
def boxes(january: None) -> None:
    """The service is connected to the e-Box."""
    from guichet.ebox import senders
    from guichet.kernel.label import Label

    with transaction():
        senders.connect(
            number=OTHER, name=Label(*["ONEM"] * 4), actor=world.ACTOR, now=JANUARY,
            applications={"career-break": Label(*["Career break"] * 4)},
        )  # fmt: skip


def _away(niss: str, regime: str, until: date) -> None:
    """Somebody of the firm who is in time credit since the first of July."""
    with transaction(actor=world.ACTOR):
        Request.objects.create(
            employer=Enterprise.objects.get(number=FIRM), person=Person.objects.get(niss=niss),
            channel="portal", ticket=tickets.take("04W"), sector="private", state="closed",
            leave="time_credit", regime=regime, first_day=date(2024, 7, 1), last_day=until,
            content=plain(world.asked(leave="time_credit")), filed_at=JANUARY, changed_at=JANUARY,
        )  # fmt: skip


def told() -> list[dict[str, Any]]:
    """What was asked of the e-Box."""
    jobs = ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id")
    return [job.args for job in jobs]


@pytest.mark.usefixtures("january", "boxes")
def test_c60_a_postponed_parental_leave_keeps_its_length_and_the_worker_is_told() -> None:
    row = seed_notice()

    answer = answered(row, "postpone", **walk.day("new_start", "1/5/2024"), reasons=REASONS)

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "postponed"
    assert (row.first_day, row.last_day) == (date(2024, 5, 1), date(2024, 8, 31))
    assert (row.asked["first_day"], row.asked["last_day"]) == ("2024-03-01", "2024-06-30")
    [message] = told()
    assert message["niss"] == LUC
    assert REASONS in message["body"]
    assert "01/05/2024" in message["body"]
    assert "31/08/2024" in message["body"]
    page = said(here.himself().get(here.own_place(row)))
    assert "Your employer asks you to begin on 1 May" in page


@pytest.mark.usefixtures("january")
def test_the_end_is_computed_before_anything_is_sent() -> None:
    row = seed_notice()

    answer = answered(row, "end", **walk.day("new_start", "1/5/2024"))

    assert answer.status_code == 200
    assert "31/08/2024" in said(answer)
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize("day", ["29/2/2024", "1/3/2024", "1/1/2024"])
def test_c61_a_leave_is_not_postponed_to_a_day_before_its_start(day: str) -> None:
    row = seed_notice()

    answer = answered(row, "postpone", **walk.day("new_start", day), reasons=REASONS)

    assert answer.status_code == 422
    assert "must be after the requested start, 01/03/2024" in said(answer)
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize(
    ("given", "new_start", "reasons", "words"),
    [
        ({}, "1/8/2024", REASONS, "to 31/07/2024 at the latest"),
        ({}, "", REASONS, "valid date"),
        ({}, "31/4/2024", REASONS, "valid date"),
        ({}, "1/5/2024", "too short", "20 characters"),
        ({}, "1/5/2024", "x" * 1001, "1000 characters"),
        ({"regime": "full", "last_day": date(2024, 3, 31)}, "1/5/2024", REASONS, "another form"),
        ({"leave": "time_credit"}, "2/9/2024", REASONS, "01/09/2024 at the latest"),
        ({"leave": "informal_carer", "answer_by": None}, "1/5/2024", REASONS, "cannot be"),
        ({"leave": "palliative", "answer_by": None}, "1/5/2024", REASONS, "cannot be"),
        ({"regime": "tenth"}, "1/5/2024", REASONS, "cannot be postponed"),
    ],
)
def test_a_postponement_that_the_law_does_not_know_is_refused(
    given: dict[str, Any], new_start: str, reasons: str, words: str
) -> None:
    row = seed_notice(**given)

    answer = answered(row, "postpone", **walk.day("new_start", new_start), reasons=reasons)

    assert answer.status_code == 422
    assert words in said(answer)
    row.refresh_from_db()
    assert row.state == "pending"
    assert row.answer == {}


@pytest.mark.usefixtures("january")
def test_medical_assistance_is_postponed_by_seven_days_at_most() -> None:
    given = {"leave": "medical_assistance", "regime": "full", "sent_at": FRIDAY}
    row = seed_notice(last_day=date(2024, 3, 31), answer_by=date(2024, 1, 16), **given)

    late = answered(row, "postpone", **walk.day("new_start", "9/3/2024"), reasons=REASONS)
    in_time = answered(row, "postpone", **walk.day("new_start", "8/3/2024"), reasons=REASONS)

    assert late.status_code == 422
    assert "08/03/2024 at the latest" in said(late)
    assert in_time.status_code == 302


@pytest.mark.usefixtures("january", "boxes")
def test_a_full_parental_leave_is_postponed_with_another_form_beside_it() -> None:
    row = seed_notice(regime="full")
    given = walk.day("new_start", "1/5/2024") | {"alternative_regime": "half"}

    assert answered(row, "postpone", reasons=REASONS, **given).status_code == 302

    row.refresh_from_db()
    assert row.answer["regime"] == "half"
    [message] = told()
    assert "half" in message["body"].lower() or "mi-temps" in message["body"]


@pytest.mark.usefixtures("january")
def test_a_postponement_onto_another_open_notice_is_refused_in_words() -> None:
    row = seed_notice(last_day=date(2024, 4, 30))
    seed_notice(first_day=date(2024, 5, 1))

    answer = answered(row, "postpone", **walk.day("new_start", "15/3/2024"), reasons=REASONS)

    assert answer.status_code == 422
    assert "already waiting for an answer" in said(answer)
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"leave": "palliative", "answer_by": None}, "neither refused nor postponed"),
        ({"leave": "informal_carer", "answer_by": None}, "neither refused nor postponed"),
        ({}, "you can postpone it"),
        (
            {"leave": "medical_assistance", "asked": {"details": {"relation": "hospital"}}},
            "cannot refuse this medical",
        ),
    ],
)
def test_c62_what_is_a_right_cannot_be_refused(given: dict[str, Any], words: str) -> None:
    row = seed_notice(**given)
    page = said(clerk().get(place(row)))
    assert words in page  # said before anybody tries

    for ground in ("", "consent_regime", "small_employer"):
        answer = answered(row, "refuse", ground=ground, reasons=REASONS)
        assert answer.status_code == 422
        assert words in said(answer)

    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.usefixtures("january", "boxes")
def test_a_tenth_is_refused_on_its_ground_with_reasons() -> None:
    row = seed_notice(regime="tenth")
    page = said(clerk().get(place(row)))
    assert "This form needs your agreement" in page
    assert "29 October 1997" in page

    nothing = answered(row, "refuse", ground="consent_regime", reasons="no")
    no_ground = answered(row, "refuse", reasons=REASONS)
    done = answered(row, "refuse", ground="consent_regime", reasons=REASONS, ebox_for_all="on")

    assert nothing.status_code == no_ground.status_code == 422
    assert "Choose the ground" in said(no_ground)
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == "refused"
    assert row.answer["ground"] == "consent_regime"
    assert row.answer["ebox_for_all"] is True
    [message] = told()
    assert REASONS in message["body"]
    assert REASONS in said(here.himself().get(here.own_place(row)))


@pytest.mark.usefixtures("january")
def test_time_credit_is_refused_by_a_small_employer_or_for_a_category_that_is_declared() -> None:
    small = seed_notice(leave="time_credit", first_day=date(2024, 8, 1), last_day=date(2025, 1, 31))
    page = said(clerk().get(place(small)))
    assert "You employ 10 workers or fewer" in page  # three contracts on 30 June 2023
    assert answered(small, "refuse", ground="small_employer", reasons=REASONS).status_code == 302
    here.staffed(20)
    large = seed_notice(leave="time_credit", first_day=date(2024, 8, 1), last_day=date(2025, 1, 31))

    not_small = answered(large, "refuse", ground="small_employer", reasons=REASONS)
    excluded = answered(large, "refuse", ground="excluded_category", reasons=REASONS)

    assert not_small.status_code == 422
    assert "only employers of 10 workers or fewer" in said(not_small)
    assert excluded.status_code == 302


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize(
    ("born_on", "given", "status"),
    [
        (date(1969, 3, 1), {"leave": "end_of_career", "regime": "fifth"}, 302),
        (date(1969, 3, 1), {"leave": "time_credit", "regime": "fifth"}, 302),
        # A day younger than 55, or a half: six months are the most, whatever is ticked.
        (date(1969, 3, 2), {"leave": "end_of_career", "regime": "fifth"}, 422),
        (date(1969, 3, 1), {"leave": "end_of_career", "regime": "half"}, 422),
        (None, {"leave": "time_credit", "regime": "fifth"}, 422),
    ],
)
def test_twelve_months_are_for_a_key_function_of_55_in_a_fifth(
    born_on: date | None, given: dict[str, Any], status: int
) -> None:
    with transaction(actor=world.ACTOR):
        Person.objects.filter(niss=LUC).update(birth_date=born_on)
    row = seed_notice(last_day=date(2024, 8, 31), **given)

    page = said(clerk().get(place(row)))
    answer = answered(row, "postpone", **walk.day("new_start", "1/3/2025"), reasons=REASONS,
                      has_key_function="on")  # fmt: skip

    assert ("The function of this worker is essential" in page) is (status == 302)
    assert answer.status_code == status


@pytest.mark.usefixtures("january")
def test_a_middling_employer_may_declare_that_half_was_taken() -> None:
    here.staffed(20)
    given = {"leave": "medical_assistance", "regime": "full", "sent_at": FRIDAY}
    row = seed_notice(answer_by=date(2024, 1, 16), **given)

    answer = answered(row, "refuse", ground="half_of_credit_used", reasons=REASONS)

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "refused"


@pytest.mark.usefixtures("january")
def test_c63_an_unanswered_tenth_is_deemed_accepted_after_a_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = seed_notice(regime="tenth")
    set_clock(monkeypatch, datetime(2024, 2, 10, 22, 30, tzinfo=UTC))  # the last half hour
    assert "0 days left" in said(clerk().get(place(row)))
    set_clock(monkeypatch, datetime(2024, 2, 11, 9, 0, tzinfo=UTC))

    page = said(clerk().get(place(row)))
    refused = answered(row, "refuse", ground="consent_regime", reasons=REASONS)
    accepted = answered(row, "accept", certified="on")

    assert "Deemed accepted on 11/02/2024" in page
    assert "Make the request" in page
    assert refused.status_code == accepted.status_code == 422
    assert "deemed accepted on 11/02/2024" in said(refused)
    row.refresh_from_db()
    assert row.state == "pending"  # no job ran: the truth does not wait for it
    assert "Deemed accepted" in said(here.himself().get(here.own_place(row)))
    assert "Notices to handle" not in said(clerk().get("/career-break/"))


@pytest.mark.usefixtures("january", "boxes")
def test_c64_accepting_asks_the_certificate_and_opens_a_request_that_is_filled_in() -> None:
    row = seed_notice(
        asked={
            "contract_minutes": 2280, "full_time_minutes": 2280, "schedule": "Afternoons",
            "email": "luc@example.be",
        }
    )  # fmt: skip

    bare = answered(row, "accept")
    assert bare.status_code == 422
    assert 'href="#id_certified"' in bare.content.decode()
    row.refresh_from_db()
    assert row.state == "pending"
    answer = answered(row, "accept", certified="on")

    draft = Draft.objects.get(notice=row)
    assert answer["Location"] == f"/career-break/new/{draft.pk}/characteristics/"
    row.refresh_from_db()
    assert row.state == "accepted"
    # Dimona names no joint committee: the worker is completed first.
    asks = clerk().get(answer["Location"])["Location"]
    assert asks == f"/career-break/new/?draft={draft.pk}"
    assert clerk(OTHER).get(asks).status_code == 404
    worker = {"niss": LUC, "worker_code": "blue", "committee": "121",
              "worker_email": "luc@example.be"}  # fmt: skip
    assert clerk().post(asks, worker)["Location"] == answer["Location"]
    draft.refresh_from_db()
    page = clerk().get(answer["Location"]).content.decode()
    for name, value in (
        ("first_day_0", "01"), ("first_day_1", "03"), ("first_day_2", "2024"),
        ("last_day_0", "30"), ("contract_minutes_0", "38"), ("break_minutes_0", "19"),
        ("notified_on_0", "10"), ("notified_on_1", "01"),
    ):  # fmt: skip
        assert f'name="{name}" inputmode="numeric" autocomplete="off" value="{value}"' in page
    assert 'value="half" checked' in page
    assert draft.worker["worker_email"] == "luc@example.be"
    [message] = told()
    assert message["niss"] == LUC
    [mail] = Dispatch.objects.filter(recipient="luc@example.be")
    assert LUC not in mail.body
    assert TicketNumber(row.ticket).formatted() in mail.body


@pytest.mark.usefixtures("january")
def test_the_request_that_is_made_stays_linked_and_a_second_one_is_refused() -> None:
    row = seed_notice(asked={"contract_minutes": 2280, "full_time_minutes": 2280})
    client = clerk()
    first = answered(row, "accept", client, certified="on")["Location"]
    again = client.post(place(row), {"do": "begin"})["Location"]
    assert again == first  # the same draft goes on
    start = first.removesuffix("characteristics/")
    typed = walk.characteristics(
        regime="half", first="1/3/2024", last="30/6/2024", contract="38:00", full="38:00",
        during="19:00", notified="10/1/2024", seen="1",
    )  # fmt: skip
    Draft.objects.update(worker={"worker_code": "blue", "committee": "121", "worker_email": ""})
    assert client.post(first, typed).status_code == 302
    assert client.post(f"{start}reduction/", {"has_reduction": "no"}).status_code == 302

    done = client.post(f"{start}check/", {"certified": "on"})

    assert done.status_code == 302, said(done)
    request = Request.objects.get(notice=row)
    page = client.get(place(row)).content.decode()
    assert f"/career-break/requests/{request.ticket}/" in page
    second = client.post(place(row), {"do": "begin"})
    assert second.status_code == 422
    assert "was made of this notice already" in said(second)
    assert TicketNumber(request.ticket).formatted() in said(here.himself().get(here.own_place(row)))


@pytest.mark.usefixtures("january")
def test_a_request_is_not_begun_of_a_notice_that_nobody_agreed_to() -> None:
    row = seed_notice()

    answer = answered(row, "begin")

    assert answer.status_code == 409
    assert "only after it was accepted" in said(answer)
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize("act", ["accept", "postpone", "refuse", "begin"])
@pytest.mark.parametrize("state", ["withdrawn", "refused", "lapsed", "renounced", "postponed"])
def test_a_step_that_is_not_open_says_what_happened_and_changes_nothing(
    act: str, state: str
) -> None:
    row = seed_notice(state=state, regime="tenth")
    given = walk.day("new_start", "1/5/2024") | {"reasons": REASONS, "certified": "on"}

    answer = answered(row, act, ground="consent_regime", **given)

    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    before = Notice.objects.get(pk=row.pk)
    assert (before.state, before.answer, Draft.objects.count()) == (state, {}, 0)


@pytest.mark.usefixtures("january")
def test_the_threshold_is_a_meter_with_a_table_beside_it() -> None:
    here.staffed(40)  # 43 contracts: two places
    days = {"first_day": date(2024, 8, 1), "last_day": date(2025, 1, 31)}
    row = seed_notice(leave="time_credit", regime="fifth", **days)
    page = said(clerk().get(place(row)))
    assert "Threshold: 0 of 2 places taken" in page
    assert "Workers on 30/06/2023, by Dimona 43" in page
    assert "A place is free on the requested start." in page
    _away(world.NADIA, "half", date(2024, 10, 31))
    _away(world.BIS, "half", date(2024, 9, 30))

    page = said(clerk().get(place(row)))

    assert "Threshold: 2 of 2 places taken" in page
    assert "A place is free from 1 October on." in page


@pytest.mark.usefixtures("january")
def test_workers_of_fifty_five_in_a_fifth_are_counted_on_neither_side() -> None:
    here.staffed(18)  # 21 contracts, one place; 20 and one place without her
    with transaction(actor=world.ACTOR):
        Person.objects.filter(niss=world.NADIA).update(birth_date=date(1965, 1, 1))
    _away(world.NADIA, "fifth", date(2024, 12, 31))
    row = seed_notice(leave="time_credit", first_day=date(2024, 8, 1), last_day=date(2025, 1, 31))

    page = said(clerk().get(place(row)))

    assert "Threshold: 0 of 1 places taken" in page
    assert "aged 55 or more in a fifth: not counted 1" in page


@pytest.mark.usefixtures("january")
def test_a_thematic_leave_has_no_meter() -> None:
    assert "Threshold" not in said(clerk().get(place(seed_notice())))


@pytest.mark.usefixtures("january")
def test_another_employers_clerk_and_nobodys_notice_are_the_same_404() -> None:
    row = seed_notice()
    other = clerk(OTHER)

    for method in ("get", "post"):
        foreign = getattr(other, method)(place(row), {"do": "accept", "certified": "on"})
        nothing = getattr(other, method)("/career-break/notices/26C0000000000/", {"do": "accept"})
        assert foreign.status_code == nothing.status_code == 404
        assert said(foreign) == said(nothing)
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.usefixtures("january")
def test_who_has_not_the_right_reads_nothing() -> None:
    row = seed_notice()

    for client in (signed_in(STRANGER, FIRM), signed_in(LUC)):
        answer = client.get(place(row))
        assert answer.status_code == 403
        assert "Vandermeulen" not in said(answer)
    assert Client().get(place(row)).status_code == 302


@pytest.mark.usefixtures("january")
def test_looking_and_answering_leave_their_lines() -> None:
    row = seed_notice(regime="tenth")

    clerk().get(place(row))
    answered(row, "refuse", ground="consent_regime", reasons=REASONS)

    assert Lookup.objects.using("audit").filter(niss=LUC, purpose="careerBreak.request").exists()
    [line] = Entry.objects.filter(action="careerBreak.notice.refused")
    assert line.target == row.ticket
    assert CLERK not in str(line.detail)
    assert REASONS not in str(line.detail)


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize("act", ["", "drop table", "withdraw", "agree"])
def test_an_unknown_button_changes_nothing(act: str) -> None:
    row = seed_notice()

    assert answered(row, act, certified="on").status_code == 422
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize("hostile", ["\0" * 30, "<script>alert(1)</script>" * 2, "é" * 20_000])
def test_hostile_reasons_are_words_or_refused(hostile: str) -> None:
    row = seed_notice(regime="tenth")

    answer = answered(row, "refuse", ground="consent_regime", reasons=hostile)

    assert answer.status_code in (302, 422)
    for page in (clerk().get(place(row)), here.himself().get(here.own_place(row))):
        assert "<script>alert(1)" not in page.content.decode()


@pytest.mark.usefixtures("firm")
def test_the_overview_sorts_by_the_soonest_term_and_leaves_out_what_is_over() -> None:
    late = here.kept(answer_by=date(2025, 2, 20))
    soon = here.kept(world.NADIA, answer_by=date(2025, 1, 30))
    over = here.kept(world.BIS, answer_by=date(2025, 1, 27))
    free = here.kept(leave="informal_carer", answer_by=None)

    page = said(clerk().get("/career-break/"))

    shown = [TicketNumber(one.ticket).formatted() for one in (soon, late, free)]
    places = [page.index(number) for number in shown]
    assert places == sorted(places)
    assert TicketNumber(over.ticket).formatted() not in page
    assert "2 days" in page
