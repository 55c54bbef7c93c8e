"""Who is expected and not there: the board, the plan of a site, the reminder, and who may what."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from guichet.audit.actors import system
from guichet.audit.history import acting
from guichet.audit.models import Entry, Lookup
from guichet.demo.fixtures import E1, E2, E3, S1, S2, W1, W2
from guichet.ebox import senders
from guichet.ebox.boxes import CONSENT_VERSION
from guichet.ebox.models import Box
from guichet.eservices.presence.days import operations as days
from guichet.eservices.presence.days.operations import Sender, Wanted
from guichet.eservices.presence.office_models import Nudge, PlannedMember
from guichet.kernel.label import Label
from guichet.platform.db import transaction
from guichet.registers.persons.models import Person
from guichet.rules.presence_days import Reason
from tests.eservices.presence.days_world import months
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK, STAFF, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE, NUDGE = "/presence/staff/expected/", "/presence/staff/expected/nudge/"
PLAN = f"/presence/staff/expected/{S1}/"
EWA, JONAS, RUI = (person.niss for person in STAFF[:3])
TESTS = system("tests")


def used_to_come(world: World, niss: str, hours: str = "07:00 15:00", **given: object) -> None:
    """On two of the last four same weekdays."""
    for weeks in (1, 2):
        world.day(niss, hours, day=world.today - timedelta(weeks=weeks), **given)


def with_box(niss: str) -> None:
    """The person's e-Box is open, and an organisation sends there for presence."""
    label = Label(nl="Kantoor", fr="Bureau", de="Amt", en="Office")
    with transaction():
        senders.connect(
            number=E3, name=label, actor=TESTS, now=NOW, applications={"presence": label}
        )
    with transaction(), acting(TESTS, now=NOW):
        Box.objects.create(
            person=Person.objects.get(niss=niss), opened_at=NOW, created_at=NOW, language="fr",
            consent_version=CONSENT_VERSION, email="someone@example.org",
        )  # fmt: skip


def pk(niss: str) -> int:
    return Person.objects.get(niss=niss).pk


def pressed(client: Client, niss: str, site: str = S1) -> str:
    """Press the button for somebody; what the page says then."""
    answer = client.post(NUDGE, {"person": pk(niss), "at": site}, follow=True)
    assert answer.status_code == 200, words(answer.content.decode())
    return words(answer.content.decode())


def test_who_usually_comes_and_is_not_there_stands_first(clerk: Client, world: World) -> None:
    used_to_come(world, EWA)
    used_to_come(world, RUI, "06:30 12:00")
    world.day(RUI, "06:31")
    world.day(JONAS, "08:00 16:00", day=world.today - timedelta(days=1))
    used_to_come(world, STAFF[3].niss, "23:00")

    page = text(clerk, PAGE)

    assert "2 people are late" in page
    assert "Expected 4 Present now 1 Not yet registered 3 Of them late 2" in page
    assert page.index("Nowicka Ewa") < page.index("Verbeeck Jonas") < page.index("Vandermeulen")
    assert "Late for 8:40, since 07:00." in page
    assert "last time" in page
    assert "Since 06:31." in page
    assert "Not yet" in page
    assert EWA not in clerk.get(PAGE).content.decode()
    noted = Lookup.objects.using("audit").filter(purpose="presence.expected")
    assert {one.niss for one in noted} == {EWA, RUI, JONAS, STAFF[3].niss}


def registered_for_today(world: World, niss: str, employer: str = E1) -> int:
    """A presence of today on the construction site, as it is announced ahead."""
    months()
    wanted = Wanted(
        day=world.today, works_reference=S2, ssin=niss, enterprise_number=employer
    )  # fmt: skip
    sender = Sender("ws", employer, is_portal=False, technical=1)
    [taken] = days.register(wanted=[wanted], sender=sender, actor=TESTS, now=NOW)
    assert taken.receipt is not None, taken.refusals
    return taken.receipt


def test_who_was_registered_for_today_ahead_is_not_missing(clerk: Client, world: World) -> None:
    for niss in (EWA, JONAS, RUI):
        used_to_come(world, niss, site=S2)
    registered_for_today(world, EWA)
    registered_for_today(world, JONAS, employer=E2)  # for somebody else: not for us
    withdrawn = registered_for_today(world, RUI)
    days.cancel(
        receipts=[withdrawn], reason=Reason.DISEASE,
        sender=Sender("ws", E1, is_portal=False, technical=1), actor=TESTS, now=NOW,
    )  # fmt: skip

    page = text(clerk, PAGE)

    assert "2 people are late" in page
    assert "Expected 3 Present now 0 Registered for the day 1 Not yet registered 2" in page
    assert page.index("Verbeeck Jonas") < page.index("Nowicka Ewa")
    assert clerk.post(NUDGE, {"person": pk(EWA), "at": S2}, follow=True).status_code == 200
    assert not Nudge.objects.exists()


def test_who_forgot_the_out_of_yesterday_is_missing_today(clerk: Client, world: World) -> None:
    used_to_come(world, EWA)
    world.day(EWA, "07:00", day=world.today - timedelta(days=1))

    assert "One person is late" in text(clerk, PAGE)


def test_the_start_page_tells_how_many_are_expected_and_not_yet_registered(
    clerk: Client, world: World
) -> None:
    used_to_come(world, EWA)
    used_to_come(world, RUI, site=S2)

    before = text(clerk, "/")
    registered_for_today(world, RUI)
    after = clerk.get("/").content.decode()
    world.day(EWA, "08:00")

    assert "2 people are expected today: 2 are not yet registered" in before
    assert "2 people are expected today: one is not yet registered" in words(after)
    assert f'href="{PAGE}"' in after
    assert "2 people are expected today: everybody is registered" in text(clerk, "/")


def test_the_page_of_the_day_tells_how_many_are_missing(clerk: Client, world: World) -> None:
    used_to_come(world, EWA)

    assert "One person who was expected is not registered" in text(clerk, "/presence/staff/")


def test_who_is_at_another_site_is_shown_there_and_not_reminded(
    clerk: Client, world: World
) -> None:
    used_to_come(world, EWA)
    world.day(EWA, "07:00", site="1Y103CF8206VA")

    page = clerk.get(PAGE).content.decode()

    assert "At this moment at 1Y103CF8206VA." in words(page)
    assert "Send a message" not in page


def test_whoever_stands_above_sees_who_is_missing_and_reminds_nobody(
    clerk: Client, world: World
) -> None:
    used_to_come(world, W2, employer=E2)

    own, sites = clerk.get(PAGE).content.decode(), clerk.get(f"{PAGE}?scope=sites").content.decode()

    assert "Nobody is expected today" in words(own)
    assert "One person is late" in words(sites)
    assert "Send a message" not in sites
    assert W2 not in sites
    answer = clerk.post(f"{NUDGE}?scope=sites", {"person": pk(W2), "at": S1})
    assert answer.status_code == 404
    assert not Nudge.objects.exists()


def test_a_reminder_is_one_message_a_day_and_registers_nobody(clerk: Client, world: World) -> None:
    used_to_come(world, EWA)
    with_box(EWA)
    before = len(world.receipts)

    assert "Nowicka Ewa gets a message." in pressed(clerk, EWA)

    [job] = ProcrastinateJob.objects.filter(task_name="ebox.publish")
    assert job.args["niss"] == EWA
    assert job.args["message_type"] == "presence.reminder"
    assert "/presence/clock/" in job.args["body"]
    assert job.args["language"] == "fr"
    assert "Reminded at 15:40" in text(clerk, PAGE)
    assert "Send a message" not in clerk.get(PAGE).content.decode()
    assert "was reminded today already" in pressed(clerk, EWA)
    assert Nudge.objects.count() == ProcrastinateJob.objects.filter(
        task_name="ebox.publish"
    ).count() == 1  # fmt: skip
    assert Entry.objects.filter(action="presence.worker.nudged").count() == 1
    assert len(world.receipts) == before


def test_without_an_e_box_the_employer_is_told_to_call(clerk: Client, world: World) -> None:
    used_to_come(world, EWA)

    assert "Call instead." in pressed(clerk, EWA)
    assert not Nudge.objects.exists()


@pytest.mark.parametrize("given", [{}, {"person": "1", "at": S1}, {"person": "x", "at": "\x00"}])
def test_nobody_else_can_be_reminded(clerk: Client, world: World, given: dict[str, str]) -> None:
    used_to_come(world, EWA)

    assert clerk.post(NUDGE, given).status_code == 404
    assert clerk.post(NUDGE, {"person": pk(W1), "at": S1}).status_code == 404


def test_a_planned_crew_is_expected_at_its_hour(clerk: Client, world: World) -> None:
    given = {"people": [pk(EWA), pk(JONAS)], "weekdays": ["1", "3"], "starts_at": "15h00"}

    answer = clerk.post(PLAN, given)

    assert answer.status_code == 302
    page = text(clerk, PLAN)
    assert "Tuesday, Thursday" in page
    assert "15:00" in page
    assert "2 people are late" in text(clerk, PAGE)
    assert "planned" in text(clerk, PAGE)
    assert clerk.post(PLAN, given | {"people": [pk(EWA)], "starts_at": "16:00"}).status_code == 302
    assert PlannedMember.objects.count() == 2
    assert "One person is late" in text(clerk, PAGE)

    row = PlannedMember.objects.get(person__niss=JONAS)
    assert clerk.post(f"{PLAN}{row.pk}/remove/").status_code == 302
    assert clerk.post(f"{PLAN}{row.pk}/remove/").status_code == 404
    assert PlannedMember.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"people": []}, "Tick at least one person."),
        ({"people": ["999999999"]}, "Choose among the people whom Dimona knows here."),
        ({"weekdays": []}, "Tick at least one weekday."),
        ({"starts_at": ""}, "Enter the usual hour of the start."),
        ({"starts_at": "25:00"}, "Write an hour as 06:30."),
    ],
)
def test_a_plan_that_lacks_something_says_so_and_keeps_the_rest(
    clerk: Client, world: World, given: dict[str, object], told: str
) -> None:
    whole = {"people": [str(pk(EWA))], "weekdays": ["1"], "starts_at": "07:00"}

    answer = clerk.post(PLAN, whole | given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in words(page)
    if "people" not in given:
        assert re.search(rf'value="{pk(EWA)}" checked', page)
    assert not PlannedMember.objects.exists()


def test_another_firms_site_and_plan_are_not_found(
    clerk: Client, world: World, someone: Callable[..., Client]
) -> None:
    clerk.post(PLAN, {"people": [pk(EWA)], "weekdays": ["1"], "starts_at": "07:00"})
    row = PlannedMember.objects.get()
    foreign = signed_in(CLERK, E3)

    assert foreign.get(PLAN).status_code == 404
    assert foreign.post(f"{PLAN}{row.pk}/remove/").status_code == 404
    assert clerk.get("/presence/staff/expected/1Y103CF8299ZZ/").status_code == 404
    for place in (PAGE, PLAN):
        assert someone(W1).get(place).status_code in (302, 403)
    assert PlannedMember.objects.count() == 1


def test_the_board_asks_the_same_few_questions_for_many_people(
    clerk: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    used_to_come(world, EWA)
    counts = []
    for more in ((), (RUI, JONAS, STAFF[3].niss, STAFF[4].niss)):
        for niss in more:
            used_to_come(world, niss)
        clerk.get(PAGE)
        with django_assert_num_queries(15, exact=False) as asked:
            clerk.get(PAGE)
        counts.append(len(asked))

    assert counts[0] == counts[1]
