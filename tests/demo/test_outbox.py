"""The outbox of the simulation: what left the house, for a visitor to read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from guichet.platform import post
from guichet.platform.models import Dispatch
from tests.portal.browsing import text

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OUTBOX = "/demo/outbox/"


def _mail(to: str, subject: str, minutes: int = 0) -> int:
    now = NOW + timedelta(minutes=minutes)
    post.mail(to=to, subject=subject, body=f"About {subject}", now=now, language="en")
    return Dispatch.objects.latest("id").pk


def _letter() -> int:
    lines = ["Marie Dupont", "Rue du Moulin 4", "5000 Namur"]
    post.letter(recipient_lines=lines, subject="Codes", pdf=b"%PDF-x", now=NOW, language="fr")
    return Dispatch.objects.latest("id").pk


def test_nothing_sent_is_said() -> None:
    assert "Nothing was sent yet" in text(Client(), OUTBOX)


def test_the_latest_message_stands_first() -> None:
    _mail("a@example.org", "Later", minutes=5)
    _mail("b@example.org", "Earlier")

    shown = text(Client(), OUTBOX)

    assert shown.index("About Later") < shown.index("About Earlier")
    assert "simulation" in shown


def test_the_messages_of_one_recipient_are_found_without_his_name_in_the_address() -> None:
    first = _mail("a@example.org", "One")
    last = _mail("a@example.org", "Two")
    _mail("b@example.org", "Three")

    page = Client().get(OUTBOX).content.decode()
    assert f'<option value="{last}">a@example.org</option>' in page
    assert f'value="{first}"' not in page
    shown = text(Client(), f"{OUTBOX}?of={last}")

    assert "About One" in shown
    assert "About Two" in shown
    assert "About Three" not in shown


def test_a_letter_is_a_file_and_shows_where_it_goes() -> None:
    number = _letter()

    shown = text(Client(), OUTBOX)
    answer = Client().get(f"{OUTBOX}{number}/letter.pdf")

    assert "Marie Dupont Rue du Moulin 4 5000 Namur" in shown
    assert answer.content == b"%PDF-x"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "Marie" not in answer["Content-Disposition"]


def test_a_text_message_has_no_subject() -> None:
    post.text_message(to="+32 470 00 00 00", body="Votre code.", now=NOW, language="fr")

    assert "Text message, 25/11/2026 10:00 , simulation To: +32" in text(Client(), OUTBOX)


def test_a_mail_that_a_server_took_has_no_text_any_more() -> None:
    _mail("a@example.org", "Taken")
    Dispatch.objects.update(body="", sent_at=NOW)

    assert "A mail server took it" in text(Client(), OUTBOX)


@pytest.mark.parametrize("place", ["{mail}/letter.pdf", "999999/letter.pdf", "x/letter.pdf"])
def test_what_is_no_letter_is_a_404(place: str) -> None:
    mail = _mail("a@example.org", "No letter")

    assert Client().get(OUTBOX + place.format(mail=mail)).status_code == 404


@pytest.mark.parametrize(
    "wanted", ["x", "999999999999999999999999", "-1", "%00", "1;2", "<script>", "1&of=2"]
)
def test_a_recipient_who_is_not_in_the_list_is_refused(wanted: str) -> None:
    _mail("a@example.org", "Mine")

    answer = Client().get(f"{OUTBOX}?of={wanted}")

    assert answer.status_code == 422
    assert "Choose somebody from the list." in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_what_a_message_says_is_text_and_never_a_page() -> None:
    post.mail(
        to="a@example.org",
        subject="<script>alert(1)</script>",
        body="<img src=x>",
        now=NOW,
        language="en",
    )

    main = Client().get(OUTBOX).content.decode().split("<main")[1].split("</main>")[0]

    assert "<script>" not in main
    assert "<img" not in main


def test_the_list_goes_on_for_pages_and_keeps_the_recipient(
    django_assert_num_queries: Any,
) -> None:
    last = [_mail("a@example.org", f"Message {number}", number) for number in range(25)][-1]

    with django_assert_num_queries(3):
        first = Client().get(OUTBOX).content.decode()
    second = text(Client(), f"{OUTBOX}?of={last}&page=2")

    assert "Page 1 of 2" in first
    assert "About Message 4" in second
    assert "About Message 5" not in second
    assert "of=" in Client().get(f"{OUTBOX}?of={last}").content.decode()


def test_the_way_there_stands_beside_the_people() -> None:
    assert f'href="{OUTBOX}"' in Client().get("/demo/personas/").content.decode()


def test_in_production_nobody_reads_it(settings: Any) -> None:
    number = _letter()
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, environment="production")

    for place in (OUTBOX, f"{OUTBOX}{number}/letter.pdf"):
        assert Client().get(place).status_code == 404


def test_nothing_is_sent_from_there() -> None:
    assert Client().post(OUTBOX).status_code == 405
