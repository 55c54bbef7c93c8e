"""The e-Box of the demonstration."""

import pytest
from django.test import Client

from guichet.demo.personas import PERSONAS
from guichet.ebox.models import Message
from guichet.platform import clock
from tests.demo.test_office import NOW, firms  # noqa: F401  # a fixture
from tests.portal.browsing import text

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "audit"]),
    pytest.mark.usefixtures("firms"),
]


def test_a_citizen_and_an_enterprise_have_messages_once(
    firms: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guichet.demo import office

    monkeypatch.setattr(clock, "now", lambda: NOW)
    for _ in range(2):
        office.furnish(today=clock.today(NOW), now=NOW)
    client = Client()
    client.post("/demo/personas/inge/")

    assert "inge" in {one.key for one in PERSONAS}
    assert Message.objects.exclude(box__enterprise=None).count() == 3
    assert "unread message" in text(client, "/ebox/")
