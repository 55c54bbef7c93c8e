"""Posted codes: two letters, never together; by mail and message for somebody abroad."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from guichet.audit.models import Entry
from guichet.csam.codes import breaches, made_up, operations
from guichet.csam.codes.jobs import post_codes
from guichet.csam.codes.letters import NoAddress
from guichet.csam.codes.models import Account
from guichet.csam.codes.operations import CodesRefused, UnknownAddressee, check_password
from guichet.platform.models import Dispatch
from guichet.registers.addresses import Address
from guichet.rules.access_codes import (
    Profile,
    Reading,
    password_findings,
    user_name_findings,
)
from tests.csam.codes.holders import (
    FIRM,
    JOAO,
    MARIE,
    NOW,
    POSTED_NAME,
    POSTED_PASSWORD,
    a_firm,
    a_person,
    posted,
)
from tests.csam.relying_party import ACTOR

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


@pytest.fixture(autouse=True)
def registers() -> None:
    with transaction.atomic():
        a_person()
        a_firm()


def check(now: datetime = NOW, *, accept: bool = True) -> Account:
    return check_password(
        user_name=POSTED_NAME, password=POSTED_PASSWORD, source="", now=now, posted=accept
    )


def test_two_letters_go_to_the_enterprise_and_each_holds_one_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheets: list[Any] = []
    from guichet.platform import typeset

    monkeypatch.setattr(typeset, "pdf", lambda **given: sheets.append(given) or b"%PDF-")
    account = posted(monkeypatch, enterprise_number=FIRM, quality="employer")

    first, second = Dispatch.objects.order_by("pk")
    lines = "Boulangerie Dupont\nMarie Dupont\nRue du Four 7 2\n1000 Bruxelles"
    assert (first.kind, first.recipient, first.language) == ("letter", lines, "fr")
    assert (second.kind, second.recipient) == ("letter", lines)
    name, password = (json.dumps(sheet["data"], ensure_ascii=False) for sheet in sheets)
    assert POSTED_NAME in name
    assert POSTED_PASSWORD not in name
    assert POSTED_PASSWORD in password
    assert POSTED_NAME not in password
    assert "24 janvier 2027" in name.replace("\N{NO-BREAK SPACE}", " ")
    assert [sheet["language"] for sheet in sheets] == ["fr", "fr"]
    assert (account.state, account.quality, account.enrolled_level) == (
        "provisional",
        "employer",
        200,
    )


@pytest.mark.slow
def test_a_letter_is_a_document_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    posted(monkeypatch)

    for row in Dispatch.objects.all():
        assert bytes(row.pdf or b"").startswith(b"%PDF-1.7")
        assert row.recipient.startswith("Marie Dupont\nRue du Moulin 4")


def test_the_trail_tells_of_the_posting_and_not_the_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    account = posted(monkeypatch)

    [line] = Entry.objects.filter(action="csam.codes.posted")
    assert (line.target, line.detail) == (f"account/{account.pk}", {"by": "letter"})
    told = str(list(Entry.objects.values()))
    assert POSTED_NAME not in told
    assert POSTED_PASSWORD not in told


def test_posted_codes_work_sixty_days_the_last_one_included(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = posted(monkeypatch)
    end = datetime(2027, 1, 24, 23, 0, tzinfo=UTC)  # midnight in Brussels

    assert check(end - timedelta(seconds=1)) == account
    with pytest.raises(CodesRefused):
        check(end)


def test_posted_codes_open_nothing_where_they_are_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted(monkeypatch)

    with pytest.raises(CodesRefused):
        check(accept=False)


def test_a_new_letter_makes_the_older_codes_void_and_keeps_their_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = posted(monkeypatch, enterprise_number=FIRM)
    monkeypatch.undo()
    newer = operations.post_codes(
        niss=MARIE, enterprise_number=FIRM, quality=None, actor=ACTOR, now=NOW
    )

    older.refresh_from_db()
    assert (older.state, newer.state) == ("closed", "provisional")
    with pytest.raises(CodesRefused):
        check()


def test_codes_for_another_enterprise_or_none_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    posted(monkeypatch, enterprise_number=FIRM)
    monkeypatch.undo()
    operations.post_codes(niss=MARIE, enterprise_number=None, quality=None, actor=ACTOR, now=NOW)

    assert check().state == "provisional"


def test_the_job_does_what_the_nomination_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    post_codes(niss=MARIE, enterprise_number=FIRM, quality="employer")

    assert Account.objects.get().enterprise_number == FIRM
    assert Dispatch.objects.count() == 2


def test_nobody_and_no_enterprise_get_no_letter() -> None:
    for niss, number in (("12345678901", None), (MARIE, "0999999922")):
        with pytest.raises(UnknownAddressee):
            operations.post_codes(
                niss=niss, enterprise_number=number, quality=None, actor=ACTOR, now=NOW
            )
    assert not Account.objects.exists()
    assert not Dispatch.objects.exists()


def abroad(**changed: Any) -> None:
    with transaction.atomic():
        a_person(
            JOAO,
            given_name="Jo\u00e3o",
            family_name="Silva",
            birth_date=date(1979, 6, 12),
            language="en",
            **(
                {"email": "joao@example.pt", "address": Address("Rua Nova", "1", country="PT")}
                | changed
            ),
        )


def test_a30_a_manager_without_belgian_number_gets_the_name_by_mail_and_the_password_by_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    abroad()

    account = posted(monkeypatch, niss=JOAO, enterprise_number=FIRM, phone="+351 912 345 678")

    mail, text = Dispatch.objects.order_by("pk")
    assert (mail.kind, mail.recipient) == ("mail", "joao@example.pt")
    assert (text.kind, text.recipient) == ("text", "+351 912 345 678")
    assert POSTED_NAME in mail.body
    assert POSTED_PASSWORD not in mail.body
    assert POSTED_PASSWORD in text.body
    assert POSTED_NAME not in text.body
    assert JOAO not in mail.body + mail.subject + text.body
    assert (mail.language, mail.subject) == ("en", "Your user name")
    assert account.phone == "+351 912 345 678"
    assert check() == account


def test_without_a_telephone_the_letters_go_to_the_enterprise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    abroad()

    posted(monkeypatch, niss=JOAO, enterprise_number=FIRM)

    assert {row.kind for row in Dispatch.objects.all()} == {"letter"}


def test_without_any_way_to_reach_him_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    abroad(email="", address=Address(country="PT"))

    with pytest.raises(NoAddress):
        posted(monkeypatch, niss=JOAO)

    assert not Account.objects.exists()


def test_a_bis_number_with_an_address_in_belgium_gets_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    abroad(address=Address("Rue Neuve", "1", "", "1000", "Bruxelles"))

    posted(monkeypatch, niss=JOAO, phone="+32 470 00 00 00")

    assert {row.kind for row in Dispatch.objects.all()} == {"letter"}


def test_codes_that_are_made_up_obey_every_rule_and_are_easy_to_read() -> None:
    day = NOW.date()
    for _ in range(300):
        name, password = made_up.user_name(), made_up.password()

        assert user_name_findings(name, on=day) == ()
        for reading in Reading:
            assert password_findings(password, on=day, reading=reading) == ()
        modern = password_findings(
            password, on=day, profile=Profile.MODERN, user_name=name, breached=breaches.is_known
        )
        assert modern == ()
        assert not set(name + password) & set("0O1lIo2Z5S6b8B")


def test_the_list_of_breaches_knows_what_everybody_tries() -> None:
    assert breaches.is_known("password1")
    assert breaches.is_known("PassWord1")
    assert not breaches.is_known("correct horse battery")
