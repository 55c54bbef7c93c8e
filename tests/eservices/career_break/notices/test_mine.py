"""The worker's own pages: who is chosen, what is checked, what is sent, what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.audit.models import Entry
from guichet.documents.models import Document
from guichet.eservices.career_break import operations
from guichet.eservices.career_break.models import Notice
from guichet.eservices.career_break.operations import Contact
from guichet.kernel.ticket import TicketNumber
from guichet.platform.models import Dispatch
from tests.eservices.career_break import walk, world
from tests.eservices.career_break.notices import notice_world as here
from tests.eservices.career_break.notices.notice_world import MINE, NEW, himself, typed
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import (
    ELSEWHERE,
    FIRM,
    LUC,
    NADIA,
    NOW,
    OTHER,
    STRANGER,
    clerk,
)

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def sent_by(client: Client, **given: Any) -> Any:
    return client.post(NEW, typed(**given) | {"at": "send", "do": "send", "certified": "on"})


def test_c22_an_employer_who_takes_no_electronic_notices_cannot_be_chosen() -> None:
    contact = Contact(name="Service", email="x@example.be", sector="private", takes_notices=False)
    operations.keep_parameters(contact=contact, sender=world.sender(), now=NOW)
    client = himself()

    page = client.get(NEW).content.decode()

    assert f'value="{FIRM}"' not in page
    assert "None of your employers takes electronic notices" in page
    assert client.post(NEW, {"employer": FIRM, "leave": "parental"}).status_code == 422
    assert sent_by(client).status_code == 422
    assert not Notice.objects.exists()


def test_only_ones_own_employers_are_offered_and_another_is_refused_like_none() -> None:
    client = himself()

    page = client.get(NEW).content.decode()

    assert f'value="{FIRM}"' in page
    assert f'value="{OTHER}"' not in page
    foreign = client.post(NEW, {"employer": OTHER, "leave": "parental", "key": "0" * 32})
    nobody = client.post(NEW, {"employer": "0000000000", "leave": "parental", "key": "0" * 32})
    assert foreign.status_code == nobody.status_code == 422
    assert said(foreign) == said(nobody)


def test_a_private_employer_offers_no_ordinary_break_and_a_public_one_no_time_credit() -> None:
    client = himself()
    given = {"employer": FIRM, "key": "0" * 32}
    assert client.post(NEW, given | {"leave": "ordinary"}).status_code == 422
    assert client.post(NEW, given | {"leave": "end_of_career"}).status_code == 200
    contact = Contact(name="Service", email="x@example.be", sector="public", takes_notices=True)
    operations.keep_parameters(contact=contact, sender=world.sender(), now=NOW)

    assert client.post(NEW, given | {"leave": "time_credit"}).status_code == 422
    assert client.post(NEW, given | {"leave": "end_of_career"}).status_code == 422
    assert client.post(NEW, given | {"leave": "ordinary"}).status_code == 200


def test_a_notice_is_checked_then_sent_with_a_ticket_a_receipt_and_a_mail() -> None:
    client = himself()
    check = client.post(NEW, typed())
    assert check.status_code == 200
    assert "Answer by, if you send it today 28/02/2025" in said(check)
    assert "Right to the interruption" in said(check)
    assert "Allowance of ONEM" in said(check)
    assert not Notice.objects.exists()

    answer = sent_by(client)

    assert answer.status_code == 302
    row = Notice.objects.get()
    assert answer["Location"] == here.own_place(row)
    assert TicketNumber.parse(row.ticket).prefix == "26C"
    assert (row.state, row.answer_by) == ("pending", date(2025, 2, 28))
    assert (row.first_day, row.last_day) == (date(2025, 4, 15), date(2025, 8, 14))
    document = Document.objects.get(reference=row.asked["document"])
    assert (document.kind, document.person.niss) == ("career_break.notice", LUC)
    assert document.then == "career_break.deliver_notice"
    [mail] = Dispatch.objects.all()
    assert mail.recipient == "personnel@example.be"
    assert TicketNumber(row.ticket).formatted() in mail.body
    for private in (LUC, "Vandermeulen", "parental", "parentaal"):
        assert private not in mail.body + mail.subject
    assert Entry.objects.filter(action="careerBreak.notice.sent", target=row.ticket).count() == 1
    page = said(client.get(here.own_place(row)))
    assert "Waiting for the employer's answer" in page.replace("&#39;", "'")
    assert "Until 28/02/2025" in page


def test_a_second_press_of_the_last_button_sends_nothing() -> None:
    client = himself()
    first, second = sent_by(client), sent_by(client)

    assert first["Location"] == second["Location"]
    assert Notice.objects.count() == 1
    assert Dispatch.objects.count() == 1


def test_c65_a_second_notice_for_the_same_period_is_refused() -> None:
    client = himself()
    sent_by(client)

    answer = sent_by(client, key="1" * 32)

    assert answer.status_code == 422
    assert "already waiting for an answer" in said(answer)
    assert Notice.objects.count() == 1
    later = sent_by(client, key="1" * 32, first="15/9/2025", last="14/11/2025")
    assert later.status_code == 302


def test_a_notice_without_the_certificate_is_not_sent() -> None:
    answer = himself().post(NEW, typed(at="send"))

    assert answer.status_code == 422
    assert 'href="#id_certified"' in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"last": "14/7/2025"}, "14/06/2025"),  # three months of half-time go by two
        ({"last": "1/4/2025"}, "must not be before the start"),
        ({"last": "20/8/2025"}, "14/08/2025"),  # no whole number of months
        ({"first": "31/2/2025"}, "valid date"),
        ({"first": "27/1/2025", "last": "26/5/2025"}, "must lie after today"),
        ({"first": "15/4/2031", "last": "14/8/2031"}, "months before the start"),
        ({"first": "15/4/1999", "last": "14/8/1999"}, "Check the year"),
        ({"first": "15/4/2025", "last": ""}, "valid date"),
        ({"contract": "40:00"}, "cannot exceed full-time"),
        ({"contract": "0:00"}, "contract hours"),
        ({"contract": "38:99"}, "hours"),
        ({"schedule": ""}, "which days or half days"),
        ({"regime": "third"}, "Choose one of the answers"),
        ({"email": "a@b"}, "mail"),
        ({"message": "x" * 201}, "200"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_not_sent(given: dict[str, str], words: str) -> None:
    answer = sent_by(himself(), **given)

    assert answer.status_code == 422
    assert words in said(answer)
    assert "There is a problem" in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_late_notice_is_a_warning_that_the_employer_reads_too() -> None:
    client = himself()
    check = client.post(NEW, typed(first="1/3/2025", last="30/6/2025"))
    assert check.status_code == 200
    assert "The legal term for this notice ended on 01/01/2025" in said(check)

    assert sent_by(client, first="1/3/2025", last="30/6/2025").status_code == 302

    row = Notice.objects.get()
    assert [one["key"] for one in row.asked["warned"]] == ["V-NT-03"]
    page = said(clerk().get(here.place(row)))
    assert "The notice came after 01/01/2025, the last day of the legal term" in page


def test_what_was_asked_for_the_check_alone_is_not_kept() -> None:
    client = himself()

    check = client.post(NEW, typed(**walk.day("child_born_on", "3/5/2010")))
    answer = sent_by(client, **walk.day("child_born_on", "3/5/2010"))

    assert answer.status_code == 302
    assert "12" in said(check)  # too old for a parental leave: the right says so
    row = Notice.objects.get()
    assert "2010" not in str(row.asked)
    assert "2010" not in clerk().get(here.place(row)).content.decode()


def test_change_and_previous_lead_back_with_everything_that_was_typed() -> None:
    client = himself()

    back = client.post(NEW, typed(at="send", do="change", message="By the end of May"))

    assert back.status_code == 200
    page = back.content.decode()
    assert "By the end of May" in page
    assert 'name="first_day_2"' in page
    assert 'value="2025"' in page
    first = client.post(NEW, typed(do="choose"))
    assert f'value="{FIRM}" checked' in first.content.decode()


def test_a_part_timer_is_told_that_the_regime_asks_a_full_time_contract() -> None:
    answer = sent_by(himself(), contract="30:00")

    assert answer.status_code == 422
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("leave", "details", "regime", "days"),
    [
        ("time_credit", {"motive": "disabled_child"}, "fifth", ("1/6/2025", "30/11/2025")),
        ("medical_assistance", {"relation": "family"}, "full", ("10/2/2025", "9/3/2025")),
        (
            "palliative",
            {**walk.day("attested_on", "27/1/2025"), "period": "first"},
            "full",
            ("3/2/2025", "2/3/2025"),
        ),
        ("informal_carer", {}, "full", ("10/2/2025", "9/3/2025")),
    ],
)
def test_every_leave_can_be_asked(
    leave: str, details: dict[str, str], regime: str, days: tuple[str, str]
) -> None:
    first, last = days

    answer = sent_by(himself(), leave=leave, regime=regime, first=first, last=last, **details)

    assert answer.status_code == 302, said(answer)
    assert Notice.objects.get().leave == leave


def test_a_notice_is_withdrawn_once_and_the_employer_is_told() -> None:
    row, client = here.sent(), himself()

    answer = client.post(here.own_place(row), {"do": "withdraw"})
    again = client.post(here.own_place(row), {"do": "withdraw"})

    assert answer.status_code == 302
    assert again.status_code == 409
    row.refresh_from_db()
    assert row.state == "withdrawn"
    ticket = TicketNumber(row.ticket).formatted()
    assert Dispatch.objects.filter(subject__contains=ticket).count() == 2  # sent, withdrawn
    assert here.sent(key="f" * 32).state == "pending"  # the days are free again


def test_a_postponement_is_agreed_to_or_renounced() -> None:
    for act, state in (("agree", "accepted_new_date"), ("renounce", "renounced")):
        row = here.sent(leave="parental")
        from guichet.eservices.career_break.notices import answering
        from guichet.eservices.career_break.notices.content import Answer

        wanted = answering.Wanted(Answer(reasons=here.REASONS), date(2025, 6, 15))
        answering.postpone(ticket=row.ticket, wanted=wanted, sender=world.sender(), now=NOW)
        page = said(himself().get(here.own_place(row)))
        assert "Your employer asks you to begin on 15 June" in page
        assert here.REASONS in page

        assert himself().post(here.own_place(row), {"do": act}).status_code == 302

        row.refresh_from_db()
        assert row.state == state
        assert (row.first_day, row.last_day) == (date(2025, 6, 15), date(2025, 10, 14))


def test_an_unknown_button_changes_nothing() -> None:
    row = here.sent()

    assert himself().post(here.own_place(row), {"do": "accept"}).status_code == 422
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_notice_and_none_are_the_same_404(method: str) -> None:
    row = here.sent()
    other = himself(NADIA)

    foreign = getattr(other, method)(here.own_place(row), {"do": "withdraw"})
    nothing = getattr(other, method)(f"{MINE}26C0000000000/", {"do": "withdraw"})

    assert foreign.status_code == nothing.status_code == 404
    assert said(foreign) == said(nothing)
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize("place", [MINE, NEW, f"{MINE}26C0000000000/"])
def test_a_visitor_signs_in_first(place: str) -> None:
    answer = Client().get(place)

    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_the_list_shows_ones_own_notices_alone_with_their_state() -> None:
    mine, theirs = here.sent(), here.sent(NADIA)

    page = said(himself().get(MINE))

    assert TicketNumber(mine.ticket).formatted() in page
    assert TicketNumber(theirs.ticket).formatted() not in page
    assert "28/02/2025" in page
    assert "You sent no notice" in said(himself(STRANGER).get(MINE))


def test_somebody_without_an_employer_is_told_the_paper_way() -> None:
    assert "registered letter" in said(himself(STRANGER).get(NEW))


def test_the_list_costs_the_same_for_one_notice_and_for_ten(
    django_assert_max_num_queries: Any,
) -> None:
    client = himself()
    here.sent()
    client.get(MINE)
    with django_assert_max_num_queries(14) as first:
        client.get(MINE)
    for at in range(9):
        days = {"first_day": date(2026, 1, 1) + timedelta(days=at)}
        here.kept(last_day=days["first_day"], state="withdrawn", **days)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(MINE)


@pytest.mark.parametrize("hostile", ["\0", "<script>alert(1)</script>", "é" * 5000, "'; --"])
def test_hostile_words_are_words(hostile: str) -> None:
    client = himself()

    answer = sent_by(client, schedule=hostile, message=hostile, email="")

    assert answer.status_code in (302, 422)
    assert "<script>alert(1)</script>" not in client.get(MINE).content.decode()
    for row in Notice.objects.all():
        assert "<script>alert(1)" not in client.get(here.own_place(row)).content.decode()


def test_the_firm_of_somebody_else_is_not_in_the_list() -> None:
    assert "Nuages" not in himself(ELSEWHERE).get(NEW).content.decode()
