"""IDFLUX at its doors: the page, its files, the marks, the notifications of a file, the e-Box."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from guichet.audit.models import Entry, Lookup
from guichet.eservices.dimona import processing
from guichet.eservices.dimona.batch import operations as batch
from guichet.eservices.dimona.batch.layout import NAMESPACE
from guichet.eservices.dimona.identities import telling
from guichet.eservices.dimona.models import IdentityChange
from guichet.kernel.niss import Niss
from guichet.platform import clock
from guichet.registers.exchanges.models import File
from tests.ebox.boxes import manage
from tests.eservices.dimona import world
from tests.eservices.dimona.batch.files import written
from tests.eservices.dimona.batch.test_reading import SCHEMA
from tests.eservices.dimona.test_notices import connect, delivered
from tests.eservices.dimona.test_who_may import somebody
from tests.eservices.dimona.world import ACTOR, BIS, DAY, FIRM, KARIM, NEW, NOW, OTHER, an_in, said
from tests.portal.browsing import text, words

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
PAGE: Final = "/dimona/identity-changes/"
FILE: Final = "/dimona/identity-changes."
OLD, VALID = Niss(BIS).formatted(), Niss(NEW).formatted()


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def clerk() -> Client:
    return somebody("dimona_consult")


def saved(client: Client, kind: str) -> bytes:
    answer: Any = client.get(f"{FILE}{kind}")
    assert answer.status_code == 200
    assert "identity-changes" in answer["Content-Disposition"]
    return bytes(answer.getvalue())


def test_d19_the_employer_reads_which_number_replaced_which_and_the_look_is_noted(
    clerk: Client,
) -> None:
    record = said(an_in(ssin=BIS))
    said(an_in())

    shown = text(clerk, PAGE)

    assert "One change" in shown
    for part in ("Zieliński, Marek", OLD, VALID, "02/03/2026", "90", str(record.period_id)):
        assert part in shown, part
    assert shown.index(OLD) < shown.index(VALID)
    assert Niss(KARIM).formatted() not in shown
    [noted] = Lookup.objects.using("audit").filter(purpose="dimona.identities")
    assert (noted.niss, noted.viewer_enterprise) == (NEW, FIRM)


def test_d19_period_and_declaration_carry_a_mark_of_it_and_others_do_not(clerk: Client) -> None:
    changed, plain = said(an_in(ssin=BIS)), said(an_in())

    for kind, of in (("periods", "period_id"), ("declarations", "id")):
        marked = text(clerk, f"/dimona/{kind}/{getattr(changed, of)}/")
        assert "The identity of the worker changed" in marked
        assert OLD in marked
        bare = text(clerk, f"/dimona/{kind}/{getattr(plain, of)}/")
        assert "The identity of the worker changed" not in bare


def test_another_employer_reads_nothing_of_it(clerk: Client) -> None:
    said(an_in(ssin=BIS, employer=OTHER))

    assert "No identity changed" in text(clerk, PAGE)
    assert OLD not in saved(clerk, "csv").decode()
    assert NEW not in saved(clerk, "xml").decode()
    assert not Lookup.objects.using("audit").filter(purpose="dimona.identities").exists()


def test_the_list_has_pages_the_newest_first_and_few_questions(
    clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(60):
        said(an_in(ssin=BIS, startDate=world.day(at + 1), endDate=world.day(at + 1)))
    newest = IdentityChange.objects.latest("id")

    with django_assert_max_num_queries(25):
        first = text(clerk, PAGE)

    assert "60 changes" in first
    assert str(newest.period_id) in first
    assert str(IdentityChange.objects.earliest("id").period_id) not in first
    assert str(IdentityChange.objects.earliest("id").period_id) in text(clerk, f"{PAGE}?page=3")


def test_the_table_and_the_messages_say_the_same(clerk: Client) -> None:
    record = said(an_in(ssin=BIS))

    row = saved(clerk, "csv").decode().splitlines()[1].split(";")
    [message] = etree.fromstring(saved(clerk, "xml"))

    SCHEMA.assertValid(message.getparent())
    space = f"{{{NAMESPACE}}}"
    valid, outdated = message
    assert (valid.tag, outdated.tag) == (f"{space}ValidSituation", f"{space}OutdatedSituation")
    assert valid.findtext(f"{space}INSS") == NEW
    assert valid.findtext(f"{space}WorkerName") == "Zieliński"
    assert [each.tag for each in outdated] == [f"{space}INSS"]
    assert outdated.findtext(f"{space}INSS") == BIS
    assert (message.get("justificationCode"), message.get("period")) == (
        "90",
        str(record.period_id),
    )
    assert message.get("effectiveStartingDate") == "2026-03-02"
    assert row[1:3] == ["02/03/2026", "90"]
    assert (row[4], row[8], row[9]) == (OLD, VALID, "Zieliński")
    assert row[12:] == [str(record.period_id), str(record.id)]
    assert Lookup.objects.using("audit").filter(purpose="dimona.identities", niss=NEW).count() == 2


def test_d19_the_notifications_of_a_file_carry_the_message() -> None:
    content = written([an_in(ssin=BIS), an_in()])
    received = batch.receive(content=content, sender=FIRM, channel="rest", actor=ACTOR, now=NOW)
    batch.read(file=File.objects.get().pk, now=NOW)
    processing.process(now=NOW)
    client = somebody("dimona")

    answer: Any = client.get(f"/dimona/files/{received.ticket}/notifications.xml")
    document = etree.fromstring(answer.getvalue())

    SCHEMA.assertValid(document)
    [first, second] = document
    space = f"{{{NAMESPACE}}}"
    assert first.findtext(f"{space}IDFLUX/{space}ValidSituation/{space}INSS") == NEW
    assert first.findtext(f"{space}IDFLUX/{space}OutdatedSituation/{space}INSS") == BIS
    assert second.find(f"{space}IDFLUX") is None
    assert [
        each.niss for each in Lookup.objects.using("audit").filter(purpose="dimona.identities")
    ] == [NEW]


def test_the_e_box_is_told_once_for_a_day_the_next_morning_without_who_it_is() -> None:
    connect()
    manage(world.PENSIONER, FIRM, now=NOW)
    said(an_in(ssin=BIS))
    said(an_in(ssin=BIS, startDate=world.day(4), employer=FIRM, committee="140"))

    assert telling.tell(now=NOW) == 0
    assert telling.tell(now=NOW + timedelta(hours=15)) == 0  # one in the night
    morning = NOW + timedelta(hours=21)
    assert telling.tell(now=morning) == 1
    assert telling.tell(now=morning) == 0
    assert telling.tell(now=morning + DAY) == 0

    [told] = delivered()
    assert (told.type, told.service, told.language) == (
        "dimona.notification",
        "dimona_consult",
        "fr",
    )
    assert "02/03/2026" in told.subject + told.body
    assert "/dimona/identity-changes/" in told.body
    for secret in (BIS, NEW, OLD, VALID, "Marek", "Zieliński"):
        assert secret not in told.subject + told.body
    assert [one.pk for one in delivered()] == [told.pk]
    assert Entry.objects.filter(action="dimona.identities.told").count() == 1


def test_each_employer_and_each_day_is_a_message_of_its_own() -> None:
    connect()
    for firm in (FIRM, OTHER):
        manage(world.PENSIONER, firm, now=NOW)
        said(an_in(ssin=BIS, employer=firm))
    said(an_in(ssin=BIS, startDate=world.day(9), committee="140"), now=NOW + DAY)

    assert telling.tell(now=NOW + DAY) == 2
    assert telling.tell(now=NOW + 2 * DAY) == 1
    assert len(delivered()) == 3


def test_where_no_organisation_sends_messages_nothing_is_tried_and_the_page_says_it(
    clerk: Client,
) -> None:
    said(an_in(ssin=BIS))

    telling.tell(now=NOW + DAY)

    assert delivered() == []
    assert OLD in words(clerk.get(PAGE).content.decode())
