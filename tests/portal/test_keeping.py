"""How long a request for a correction is kept, and what is left when it is gone."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from guichet.audit import purging
from guichet.audit.actors import system
from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.documents.attachments.models import Attachment, Content
from guichet.eservices.presence import day_queries
from guichet.eservices.presence.corrections import keeping, operations, versions
from guichet.eservices.presence.corrections.keeping import Removed
from guichet.eservices.presence.models import Case, Correction
from guichet.platform import clock
from guichet.rules import presence_corrections as rules
from guichet.rules.presence_corrections import Step
from tests.portal.browsing import NOW, text
from tests.portal.requests_world import STAFF_NEW, ask, asked, attach, decided
from tests.portal.world import CLERK, World

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
# NOW is of 2026: the first moment at which what ended today is past its three years.
PAST = clock.brussels(NOW).replace(year=2029, hour=0, minute=0) + timedelta(days=1)


def report(worker: Client, receipt: int) -> Correction:
    """A mistake that the worker told his employer."""
    worker.post(
        f"/presence/my-registrations/{receipt}/mistake/",
        {"kind": "cancel", "reason": "other", "words": "Not me."},
    )
    return Correction.objects.latest("pk")


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2029, 11, 24), date(2026, 11, 24)),
        (date(2028, 2, 29), date(2025, 2, 28)),
        (date(2027, 3, 1), date(2024, 3, 1)),
    ],
)
def test_the_term_of_a_request_is_counted_in_whole_years(today: date, first: date) -> None:
    assert rules.kept_from(today=today) == first


def test_p98_a_request_past_its_term_goes_with_its_documents_and_its_act_keeps_its_versions(
    clerk: Client, worker: Client, world: World
) -> None:
    [receipt] = world.day(fixtures.W1, "07:58")
    told = report(worker, receipt)
    for name in ("sheet.pdf", "roster.pdf"):
        attach(clerk, name)
    attached = [str(each) for each in Attachment.objects.values_list("pk", flat=True)]
    answer = ask(clerk, f"{STAFF_NEW}?report={told.pk}", kind="cancel", attached=attached)
    assert answer.status_code == 302
    row = decided(Case.objects.get(), Step.ACCEPT)

    assert keeping.forget_old(now=PAST - timedelta(seconds=1)) == Removed()
    assert keeping.forget_old(now=PAST) == Removed(cases=1, files=2, reports=1)
    assert keeping.forget_old(now=PAST) == Removed()

    for model in (Case, Correction, Attachment, Content):
        assert not model.objects.exists()
    act = day_queries.act(receipt=receipt, language="en")
    assert act is not None
    recorded, cancelled = versions.of_act(act)
    assert (recorded.status, cancelled.status) == ("registered", "cancelled")
    assert (cancelled.case_number, cancelled.reason) == (row.number, "")
    assert cancelled.shown_case in text(clerk, f"/presence/staff/registrations/{receipt}/")
    [line] = Entry.objects.filter(action="presence.case.forgotten")
    assert line.detail == {"cases": 1, "files": 2, "reports": 1}
    assert fixtures.W1 not in f"{line.target}{line.detail}"


def test_what_is_open_or_ended_later_stays(clerk: Client, world: World) -> None:
    open_one, ended = world.day(fixtures.W1, "07:58 15:00")
    asked(clerk, open_one, kind="cancel")
    decided(asked(clerk, ended, kind="cancel"), Step.REFUSE, now=NOW + timedelta(days=1))

    assert keeping.forget_old(now=PAST) == Removed()
    assert keeping.forget_old(now=PAST + timedelta(days=1)) == Removed(cases=1, files=1)
    assert Case.objects.get().state == "submitted"


def test_a_report_that_went_nowhere_goes_with_its_own_term(
    clerk: Client, worker: Client, world: World
) -> None:
    [receipt] = world.day(fixtures.W1, "07:58")
    last = report(worker, receipt).last_day
    end = datetime.combine(last, datetime.max.time(), clock.BRUSSELS)
    operations.expire(now=end + timedelta(seconds=1))
    past = datetime.combine(last.replace(year=last.year + 3), datetime.min.time(), clock.BRUSSELS)

    assert keeping.forget_old(now=past) == Removed()
    assert keeping.forget_old(now=past + timedelta(days=1)) == Removed(reports=1)


def test_a_report_stays_while_a_second_request_stands_on_it(
    clerk: Client, worker: Client, world: World
) -> None:
    [receipt] = world.day(fixtures.W1, "07:58")
    told = report(worker, receipt)
    place = f"{STAFF_NEW}?report={told.pk}"
    ask(clerk, place, kind="cancel")
    first = Case.objects.get()
    clerk.post(f"/presence/staff/requests/{first.number}/withdraw/")
    ask(clerk, place, kind="cancel")

    assert keeping.forget_old(now=PAST) == Removed(cases=1, files=1)
    assert Correction.objects.get().pk == told.pk


@pytest.mark.parametrize(
    "hold", [{"niss": fixtures.W1}, {"niss": CLERK}, {"enterprise_number": fixtures.E1}]
)
def test_a_hold_keeps_the_requests_of_its_subject(
    clerk: Client, world: World, hold: dict[str, str]
) -> None:
    [receipt] = world.day(fixtures.W1, "07:58")
    decided(asked(clerk, receipt, kind="cancel"), Step.REFUSE)
    keeper = system("test")
    number = purging.place_hold(reason="court", actor=keeper, now=NOW, **hold)

    assert keeping.forget_old(now=PAST) == Removed()
    purging.lift_hold(number=number, actor=keeper, now=PAST)
    assert keeping.forget_old(now=PAST) == Removed(cases=1, files=1)


def test_many_go_piece_by_piece(
    clerk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_PIECE", 1)
    for receipt in world.day(fixtures.W1, "07:58 12:00 12:30"):
        decided(asked(clerk, receipt, kind="cancel"), Step.REFUSE)

    assert keeping.forget_old(now=PAST) == Removed(cases=3, files=3)
    assert Entry.objects.filter(action="presence.case.forgotten").count() == 3
