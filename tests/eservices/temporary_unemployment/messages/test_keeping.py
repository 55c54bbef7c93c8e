"""The end of files: bytes go after their term, outcomes stay; what a worker finds of himself."""

from datetime import timedelta

import pytest

from guichet.audit.models import Entry
from guichet.eservices.temporary_unemployment.messages import keeping, queries
from guichet.eservices.temporary_unemployment.messages.models import (
    Answer,
    Chunk,
    Content,
    Form,
)
from guichet.eservices.temporary_unemployment.models import Communication
from tests.eservices.temporary_unemployment import world
from tests.eservices.temporary_unemployment.messages import house
from tests.eservices.temporary_unemployment.world import ANNE, DAY, FIRM, LUC, NOW
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("sending"),
]
TEN_YEARS = NOW.replace(year=NOW.year + 10)


def test_bytes_go_after_ten_years_and_what_became_of_them_stays() -> None:
    row = house.drop([house.form()])
    house.work()
    row.refresh_from_db()
    receipt = queries.receipt(row)

    assert keeping.purge(now=TEN_YEARS - timedelta(minutes=1)) == 0
    assert keeping.purge(now=TEN_YEARS + timedelta(minutes=1)) == 4  # FI, FS, ACRF and NOTI
    assert keeping.purge(now=TEN_YEARS + DAY) == 0

    assert not Chunk.objects.exists()
    assert Content.objects.count() == 4
    assert all(one.removed == ["FO", "FS", "GO"] for one in Answer.objects.all())
    assert Form.objects.get().ticket == Communication.objects.get().ticket
    assert queries.receipt(row) == receipt
    [entry] = Entry.objects.filter(action="temporaryUnemployment.files.purged")
    assert entry.detail == {"files": 4}


def test_what_is_tried_out_goes_after_thirty_days_and_the_rest_does_not() -> None:
    house.drop([house.form()], surrounding="S")
    house.drop([house.form()], sequence="00002")
    house.put(house.name("FI", "00003"), b"<TWCT/>")
    house.work()

    assert keeping.purge(now=NOW + timedelta(days=29)) == 0
    assert keeping.purge(now=NOW + timedelta(days=31)) == 3  # two answers, and one alone
    assert Chunk.objects.values("content").distinct().count() == 4


def test_a_worker_finds_what_was_told_of_him_and_by_which_file() -> None:
    row = house.drop([house.form()])
    house.work()

    mine = signed_in(ANNE).get("/privacy/my-data.json").json()["temporaryUnemployment"]
    theirs = signed_in(LUC).get("/privacy/my-data.json").json()["temporaryUnemployment"]

    [line] = mine
    assert (line["employer"], line["file"]) == (FIRM, row.ticket)
    assert (line["firstDay"], line["lastDay"]) == ("2025-03-17", "2025-04-13")
    assert theirs == []


def test_what_is_told_on_a_page_stands_there_too() -> None:
    told = world.sent(world.first_day(NOW.date() + DAY, NOW))

    [line] = signed_in(ANNE).get("/privacy/my-data.json").json()["temporaryUnemployment"]

    assert (line["ticket"], line["firstEffectiveDay"]) == (told.ticket, "2025-03-10")
