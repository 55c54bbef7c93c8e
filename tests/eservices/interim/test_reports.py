"""Reports: a worker says what is wrong, the agency answers, he may contest, nobody else sees it."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from guichet.access.rights import give_right
from guichet.audit.models import Entry, Lookup
from guichet.documents.attachments.models import Attachment
from guichet.ebox import jobs as ebox
from guichet.ebox.models import Message
from guichet.eservices.interim import jobs
from guichet.eservices.interim.models import Report, ReportLine
from guichet.kernel.ticket import TicketNumber
from guichet.platform import clock
from tests.documents.attachments import samples
from tests.ebox.boxes import manage
from tests.eservices.dimona import world
from tests.eservices.dimona.world import AGENCY, FIRM, KARIM, LOTTE, NOW, TODAY
from tests.eservices.interim.test_export import _connect, _open_box
from tests.eservices.interim.test_interim import declared
from tests.portal.browsing import signed_in, text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WRONG = "I work at the bakery in Namur, not here."


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def karim() -> Client:
    """A worker whom agencies lend."""
    return signed_in(KARIM)


def clerk(right: str = "dimona", enterprise: str = AGENCY, **given: Any) -> Client:
    """Somebody with this right for an enterprise."""
    quality = "temp_agency" if enterprise == AGENCY else "employer"
    give_right(
        niss=world.PENSIONER, enterprise_number=enterprise, service=right,
        first_day=TODAY - world.DAY, actor=world.ACTOR, now=NOW, quality=quality,
    )  # fmt: skip
    return signed_in(world.PENSIONER, enterprise, quality=quality, **given)


def form_of(period: int) -> str:
    return f"/interim/relations/p{period}/report/"


def reported(client: Client, period: int, **given: Any) -> Report:
    """Send a report; the row."""
    answer = client.post(form_of(period), {"kind": "user_company", "text": WRONG} | given)
    assert answer.status_code == 302, words(answer.content.decode())
    signs = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    return Report.objects.get(number=signs)


def _at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def _boxes() -> None:
    """The worker and the agency have an e-Box."""
    _connect()
    _open_box()
    manage(world.YOUNG, AGENCY, now=NOW)


def _delivered() -> list[Message]:
    """Carry out the jobs that were enqueued for the e-Box; the messages, oldest first."""
    for job in ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id"):
        ebox.publish(**job.args)
    return list(Message.objects.order_by("pk"))


def test_i18_a_problem_is_reported_answered_contested_and_corrected(karim: Client) -> None:
    _boxes()
    period = declared(1)
    assert form_of(period) in karim.get(f"/interim/relations/p{period}/").content.decode()

    row = reported(karim, period)
    number = TicketNumber(row.number).formatted()
    agency = clerk()
    assert number in text(karim, "/interim/reports/")
    assert number in text(karim, f"/interim/relations/p{period}/")
    assert "answer until 09/03/2026" in text(agency, f"/interim/agency/{row.number}/")
    agency.post(f"/interim/agency/{row.number}/", {"step": "answer", "text": "We look at it."})
    said = text(karim, f"/interim/reports/{row.number}/")
    assert "Answered" in said
    assert "We look at it." in said
    karim.post(f"/interim/reports/{row.number}/", {"text": "It is still wrong."})
    assert "It is still wrong." in text(agency, f"/interim/agency/{row.number}/")
    agency.post(f"/interim/agency/{row.number}/", {"step": "correct", "text": "Declared anew."})

    row.refresh_from_db()
    assert (row.state, row.due_on) == ("corrected", None)
    assert [line.state for line in ReportLine.objects.order_by("pk")] == [
        "open", "answered", "contested", "corrected",
    ]  # fmt: skip
    happened = Entry.objects.filter(target=row.number).order_by("id")
    assert [one.action for one in happened] == [
        f"interim.report.{one}" for one in ("opened", "answered", "contested", "corrected")
    ]
    subjects = [one.subject for one in _delivered()]
    assert subjects == [
        f"Signalement {number} d\N{RIGHT SINGLE QUOTATION MARK}un travailleur au sujet "
        "d\N{RIGHT SINGLE QUOTATION MARK}une relation que vous avez déclarée",
        f"Copy of your report {number}",
        f"Report {number}: the temp agency answered",
        f"Signalement {number}\N{NO-BREAK SPACE}: le travailleur conteste votre réponse",
        f"Report {number}: the temp agency corrected its declaration",
    ]


def test_messages_name_neither_the_worker_nor_his_number_and_lead_to_the_page(
    karim: Client,
) -> None:
    _boxes()
    row = reported(karim, declared(1))

    to_agency, to_worker = _delivered()

    assert to_agency.box.enterprise is not None
    assert (to_agency.level, to_agency.service) == (2, "dimona_consult")
    assert to_worker.box.person is not None
    for one in (to_agency, to_worker):
        assert WRONG in one.body
        assert KARIM not in one.body
        assert "Lemaire" not in one.body
    assert f"/interim/agency/{row.number}/" in to_agency.body
    assert str(to_agency.due_on) == "2026-03-09"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "Write what is wrong, with the day and the company."),
        ({"text": "  \n "}, "Write what is wrong, with the day and the company."),
        ({"text": "a" * 10_000}, "Your text has more than 2000 signs"),
        ({"kind": ""}, "Choose what is wrong."),
        ({"kind": "king"}, "Choose what is wrong."),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"attached": "no-file"}, "A file that was attached is gone."),
    ],
)
def test_i18_what_is_missing_or_too_long_is_said_and_nothing_is_lost(
    karim: Client, given: dict[str, str], said: str
) -> None:
    answer = karim.post(form_of(declared(1)), {"kind": "days", "text": WRONG} | given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(page)
    assert "Error: " in page.split("</title>")[0]
    if "text" not in given:
        assert WRONG in page
    elif given["text"].strip():
        assert 'value="days" checked' in page
    assert not Report.objects.exists()


def test_two_thousand_signs_are_enough_and_a_line_break_counts_once(karim: Client) -> None:
    row = reported(karim, declared(1), text="a\r\n" * 999 + "bb")

    assert len(ReportLine.objects.get(report=row).text) == 2000


def test_what_was_typed_waits_while_files_are_attached_and_all_is_sent_together(
    karim: Client,
) -> None:
    period = declared(1)
    place = form_of(period)
    aside = karim.post(place, {"kind": "days", "text": WRONG, "attach": "yes"})
    assert aside["Location"] == f"/attachments/interim-report/?next={place.replace('/', '%2F')}"
    for name in ("one.pdf", "two.pdf"):
        kept = karim.post(
            "/attachments/interim-report/",
            {"attachment": SimpleUploadedFile(name, samples.pdf()), "next": place},
        )
        assert kept["Location"] == place

    page = karim.get(place).content.decode()
    assert WRONG in page
    assert 'value="days" checked' in page
    assert words(page).count("Not yet sent") == 2
    assert "Files are not searched for viruses on this site." in words(page)
    second = Attachment.objects.get(name="two.pdf")
    gone = karim.post(place, {"kind": "days", "text": WRONG, "remove": str(second.pk)})
    assert gone["Location"] == place
    first = Attachment.objects.get()
    row = reported(karim, period, kind="days", attached=[str(first.pk)])

    first.refresh_from_db()
    assert (first.state, first.applied_to) == ("applied", row.number)
    assert WRONG not in karim.get(place).content.decode()
    agency = clerk("dimona_consult")
    assert "one.pdf" in text(agency, f"/interim/agency/{row.number}/")
    opened = agency.get(f"/interim/agency/{row.number}/files/{first.pk}/")
    assert opened.content == samples.pdf()
    assert "sandbox" in opened["Content-Security-Policy"]
    assert "not searched for viruses" in text(karim, f"/interim/reports/{row.number}/")


def test_a_file_that_was_not_shown_is_not_sent(karim: Client) -> None:
    period = declared(1)
    karim.post(
        "/attachments/interim-report/",
        {"attachment": SimpleUploadedFile("later.pdf", samples.pdf())},
    )

    reported(karim, period)

    assert Attachment.objects.get().state == "pending"


@pytest.mark.parametrize("wrong", ["not-a-key", "00000000-0000-4000-8000-000000000000", ""])
def test_removing_what_is_no_file_loses_nothing(karim: Client, wrong: str) -> None:
    place = form_of(declared(1))

    answer = karim.post(place, {"kind": "days", "text": WRONG, "remove": wrong})

    assert answer["Location"] == place
    assert WRONG in karim.get(place).content.decode()


def test_pressing_twice_is_one_report_and_another_text_is_told_of_the_first(
    karim: Client,
) -> None:
    period = declared(1)
    first, second = reported(karim, period), reported(karim, period)

    other = karim.post(form_of(period), {"kind": "user_company", "text": "Something else."})

    assert first == second
    assert other.status_code == 422
    assert TicketNumber(first.number).formatted() in words(other.content.decode())
    assert Report.objects.count() == 1
    assert ReportLine.objects.count() == 1
    reported(karim, period, kind="days")  # another thing that is wrong is another report
    assert Report.objects.count() == 2


def test_the_eleventh_report_in_an_hour_waits(karim: Client) -> None:
    periods = [declared(at) for at in range(1, 5)]
    kinds = ("user_company", "days", "missing", "contract")
    every = [(period, kind) for period in periods for kind in kinds]
    for period, kind in every[:10]:
        reported(karim, period, kind=kind)

    period, kind = every[10]
    answer = karim.post(form_of(period), {"kind": kind, "text": WRONG})

    assert answer.status_code == 429
    assert WRONG in answer.content.decode()
    assert Report.objects.count() == 10


def test_a_declaration_in_treatment_cannot_be_reported_yet(karim: Client) -> None:
    number = world.send(world.temp())

    assert "as soon as the declaration is treated" in text(karim, f"/interim/relations/w{number}/")
    assert karim.get(f"/interim/relations/w{number}/report/").status_code == 404
    assert karim.post(f"/interim/relations/w{number}/report/", {}).status_code == 404


def _agency_places(row: Report) -> list[str]:
    return ["/interim/agency/", f"/interim/agency/{row.number}/"]


def test_somebody_elses_report_and_none_are_the_same_404(karim: Client) -> None:
    row = reported(karim, declared(1))
    lotte, elsewhere = signed_in(LOTTE), clerk(enterprise=FIRM)
    absent = TicketNumber.generate(prefix="26R", sequence=7).signs

    for client, place, missing in (
        (lotte, f"/interim/reports/{row.number}/", f"/interim/reports/{absent}/"),
        (elsewhere, f"/interim/agency/{row.number}/", f"/interim/agency/{absent}/"),
        (lotte, form_of(1), form_of(100000000097)),
    ):
        for method in (client.get, client.post):
            foreign, none = method(place), method(missing)
            assert (foreign.status_code, none.status_code) == (404, 404)
            assert words(foreign.content.decode()) == words(none.content.decode())
    file = f"/interim/agency/{row.number}/files/00000000-0000-4000-8000-000000000000/"
    assert elsewhere.get(file).status_code == 404
    assert row.number not in elsewhere.get("/interim/agency/").content.decode()
    assert not Lookup.objects.using("audit").filter(niss=KARIM, viewer_id=world.PENSIONER).exists()


def test_who_has_no_right_in_dimona_does_not_read_and_who_only_looks_does_not_answer(
    karim: Client,
) -> None:
    row = reported(karim, declared(1))
    stranger = clerk("presence")
    for place in _agency_places(row):
        assert stranger.get(place).status_code == 403
    looking = clerk("dimona_consult")

    page = text(looking, f"/interim/agency/{row.number}/")
    refused = looking.post(f"/interim/agency/{row.number}/", {"step": "answer", "text": "No."})

    assert "Send the answer" not in page
    assert "Who may declare Dimona for this enterprise answers reports." in page
    assert refused.status_code == 403
    row.refresh_from_db()
    assert row.state == "open"


def test_a_worker_is_not_an_agency_and_a_visitor_signs_in_first(karim: Client) -> None:
    row = reported(karim, declared(1))

    for place in _agency_places(row):
        assert karim.get(place).status_code == 403
        assert "level=300" in Client().get(place)["Location"]
        weak = clerk(means="password", level=200)
        assert weak.get(place)["Location"].startswith("/sign-in/step-up/")
    for place in ("/interim/reports/", f"/interim/reports/{row.number}/", form_of(1)):
        assert "level=300" in Client().get(place)["Location"]


def test_the_agency_looking_leaves_a_trace(karim: Client) -> None:
    row = reported(karim, declared(1))
    agency = clerk()

    agency.get("/interim/agency/")
    agency.get(f"/interim/agency/{row.number}/")

    seen = (
        Lookup.objects.using("audit").filter(niss=KARIM, viewer_id=world.PENSIONER).order_by("id")
    )
    assert [one.purpose for one in seen] == ["interim.reports", "interim.report"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"step": ""}, "Choose what you did."),
        ({"step": "contest"}, "Choose what you did."),
        ({"text": ""}, "Write the answer."),
        ({"text": "x" * 2001}, "The answer has more than 2000 signs"),
    ],
)
def test_an_answer_that_is_not_whole_is_said(
    karim: Client, given: dict[str, str], said: str
) -> None:
    row = reported(karim, declared(1))

    answer = clerk().post(f"/interim/agency/{row.number}/", {"step": "answer", "text": "A"} | given)

    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    row.refresh_from_db()
    assert row.state == "open"


def test_what_is_not_answered_cannot_be_contested(karim: Client) -> None:
    row = reported(karim, declared(1))

    answer = karim.post(f"/interim/reports/{row.number}/", {"text": "I do not agree."})

    assert answer.status_code == 422
    assert "there is nothing to contest" in words(answer.content.decode())
    assert "Contest the answer" not in text(karim, f"/interim/reports/{row.number}/")


def test_a_corrected_report_is_not_answered_again(karim: Client) -> None:
    row = reported(karim, declared(1))
    agency = clerk()
    agency.post(f"/interim/agency/{row.number}/", {"step": "correct", "text": "Done."})

    answer = agency.post(f"/interim/agency/{row.number}/", {"step": "correct", "text": "Twice."})

    assert answer.status_code == 422
    assert ReportLine.objects.count() == 2


def test_i18_an_agency_that_does_not_answer_is_reminded_once_after_five_working_days(
    karim: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _boxes()
    row = reported(karim, declared(1))
    for moment, count in (
        (datetime(2026, 3, 9, 22, 30, tzinfo=UTC), 0),  # still Monday in Brussels
        (datetime(2026, 3, 9, 23, 30, tzinfo=UTC), 1),
        (datetime(2026, 3, 12, 9, 0, tzinfo=UTC), 1),
    ):
        _at(monkeypatch, moment)
        jobs.remind(timestamp=0)
        assert Entry.objects.filter(action="interim.report.reminded").count() == count
    *_, reminder = _delivered()

    assert reminder.subject.startswith("Rappel")
    row.refresh_from_db()
    assert row.reminded_at is not None


def test_an_answer_in_time_is_not_reminded_and_a_contested_one_has_its_own_days(
    karim: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = reported(karim, declared(1))
    clerk().post(f"/interim/agency/{row.number}/", {"step": "answer", "text": "No."})
    later = NOW + timedelta(days=20)
    _at(monkeypatch, later)
    jobs.remind(timestamp=0)
    assert not Entry.objects.filter(action="interim.report.reminded").exists()

    signed_in(KARIM).post(f"/interim/reports/{row.number}/", {"text": "Yes."})
    row.refresh_from_db()

    assert (row.state, str(row.due_on)) == ("contested", "2026-03-27")


def test_without_a_connected_sender_the_pages_say_it_all(karim: Client) -> None:
    row = reported(karim, declared(1))

    assert not ProcrastinateJob.objects.filter(task_name="ebox.publish").exists()
    assert WRONG in text(clerk(), f"/interim/agency/{row.number}/")


def test_the_start_page_of_an_agency_says_what_waits(
    karim: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    agency = clerk()
    assert "Reports of workers" in agency.get("/").content.decode()
    reported(karim, declared(1))

    assert "1 report of a worker waits for your answer" in text(agency, "/")
    assert "None of them is past its date." in text(agency, "/")


def test_the_list_narrows_by_state_and_asks_a_fixed_number_of_questions(
    karim: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agency = clerk()
    row = reported(karim, declared(1))
    agency.get("/interim/agency/")
    with django_assert_num_queries(_QUESTIONS):
        agency.get("/interim/agency/")
    for at in range(2, 6):
        reported(karim, declared(at))

    with django_assert_num_queries(_QUESTIONS):
        page = text(agency, "/interim/agency/?state=open")

    assert TicketNumber(row.number).formatted() in page
    assert "No report in this state" in text(agency, "/interim/agency/?state=corrected")
    assert agency.get("/interim/agency/?state=king").status_code == 404


_QUESTIONS = 4


def test_what_the_worker_saw_is_kept_when_the_declaration_goes(karim: Client) -> None:
    period = declared(1)
    row = reported(karim, period)
    world.said(world.cancel(period, employer=AGENCY))

    page = text(clerk(), f"/interim/agency/{row.number}/")

    assert "Firme 3" in page
    assert "03/03/2026" in page


def test_signs_that_no_message_may_hold_are_left_out_of_it(karim: Client) -> None:
    _boxes()
    reported(karim, declared(1), text="Wrong\x0b company \x07 here")

    message, _copy = _delivered()

    assert "Wrong  company   here" in message.body


@pytest.mark.parametrize("number", ["x", "26R-", "0" * 13, "26R00000000-%00"])
def test_a_number_that_is_none_finds_nothing(karim: Client, number: str) -> None:
    assert karim.get(f"/interim/reports/{number}/").status_code == 404
    assert clerk().get(f"/interim/agency/{number}/").status_code == 404


def test_a_report_number_is_a_ticket_number_that_nobody_guesses(karim: Client) -> None:
    numbers = {reported(karim, declared(at)).number for at in range(1, 4)}

    assert len(numbers) == 3
    for one in numbers:
        assert TicketNumber.parse(one).prefix == "26R"
        assert re.fullmatch(r"26R[0-9A-Z]{10}", one)


def test_the_copy_of_ones_data_holds_reports_and_the_address_of_the_calendar(karim: Client) -> None:
    reported(karim, declared(1), text="Not this bakery.")
    karim.post("/interim/feed/new/")

    mine = json.loads(karim.get("/privacy/my-data.json").content)
    theirs = json.loads(signed_in(world.YOUNG).get("/privacy/my-data.json").content)

    assert [row["text"] for row in mine["interimReports"]] == ["Not this bakery."]
    assert len(mine["interimFeeds"]) == 1
    assert theirs["interimReports"] == theirs["interimFeeds"] == []
