"""What a worker reported reaches the officers of his office, who take note of it once."""

from datetime import date

import pytest

from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.eservices.career_break.models import Request
from guichet.eservices.career_break.worker import changes
from guichet.eservices.career_break.worker.models import Change
from tests.eservices.career_break import world
from tests.eservices.career_break.office import desk
from tests.eservices.career_break.office.desk import FAR, READER, at_desk
from tests.eservices.career_break.world import LUC, NOW
from tests.portal.browsing import signed_in, text

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("office"),
]
DESK = "/desk/career-breaks/"


def reported(row: Request) -> Change:
    return changes.report(
        ticket=row.ticket, kind="early_end", from_day=date(2025, 4, 10),
        content={"has_agreement": True}, language="fr", actor=Actor("person", LUC), now=NOW,
    )  # fmt: skip


def test_a_reported_change_waits_in_the_list_of_the_office_until_it_is_noted() -> None:
    row = desk.taken()
    change = reported(row)
    client = at_desk()

    assert row.ticket in client.get(f"{DESK}changes/").content.decode()
    page = text(client, f"{DESK}{row.ticket}/")
    assert "Early end of the break" in page
    assert "Does your employer agree?: Yes" in page
    noted = client.post(f"{DESK}{row.ticket}/changes/{change.ticket}/note/", follow=True)
    assert "The worker sees that the change was read" in noted.content.decode()

    change.refresh_from_db()
    assert change.seen_at == NOW
    assert row.ticket not in client.get(f"{DESK}changes/").content.decode()
    client.post(f"{DESK}{row.ticket}/changes/{change.ticket}/note/")
    assert Entry.objects.filter(action="careerBreak.change.noted").count() == 1


@pytest.mark.parametrize("who", [FAR, READER])
def test_who_does_not_handle_the_file_reads_the_change_and_notes_nothing(who: str) -> None:
    row = desk.taken()
    change = reported(row)
    client = at_desk(who)

    assert row.ticket not in client.get(f"{DESK}changes/").content.decode()
    assert "Early end of the break" in text(client, f"{DESK}{row.ticket}/")
    client.post(f"{DESK}{row.ticket}/changes/{change.ticket}/note/")

    change.refresh_from_db()
    assert change.seen_at is None


def test_a_change_of_another_file_and_none_at_all_are_the_same() -> None:
    row, other = desk.taken(), desk.taken(world.NADIA)
    change = reported(row)
    client = at_desk()

    for signs in (change.ticket, "26C000000000Z", "x"):
        assert client.post(f"{DESK}{other.ticket}/changes/{signs}/note/").status_code == 404
    for stranger in (signed_in(LUC), world.clerk()):
        answer = stranger.post(f"{DESK}{row.ticket}/changes/{change.ticket}/note/")
        assert answer.status_code == 403
        assert stranger.get(f"{DESK}changes/").status_code == 403
