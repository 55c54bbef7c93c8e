"""BelgianID for foreigners: request, interview at the desk, number, key."""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.audit.actors import Actor
from guichet.csam.codes.models import Account
from guichet.csam.outside import interviews, upkeep
from guichet.csam.outside.interviews import Recognised, SlotRefused, UnknownRequest
from guichet.csam.outside.models import DocumentCopy, Request
from guichet.demo import fixtures
from guichet.kernel.niss import Niss, Sex
from guichet.platform import clock
from guichet.platform.models import Dispatch
from guichet.rules.belgianid import StepRefused
from tests.csam.relying_party import AMINA, a_person

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ASKED = {
    "given_name": "Youssef", "family_name": "Benali", "birth_date": "1991-05-06",
    "nationality": "MA", "email": "youssef@example.org", "phone": "+212 600 000 000",
    "language": "en",
}  # fmt: skip
OWN = {"user_name": "youssef91", "password": "Marrakech12", "password_again": "Marrakech12"}


def _png() -> SimpleUploadedFile:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00\x01\x02\x03")) + chunk(b"IEND", b"")
    return SimpleUploadedFile("pass.png", b"\x89PNG\r\n\x1a\n" + head + body)


@dataclass
class Way:
    """A request on its way, seen by the person and by the desk."""

    desk: Actor
    browser: Client = field(default_factory=Client)
    security: str = ""

    def ask(self) -> str:
        """Ask; the reference. The security code is on the page once."""
        page = self.browser.post("/outside/belgianid/", ASKED).content.decode()
        [self.security] = re.findall(
            r"\b\d{4}[ \u00a0]?\d{4}\b", re.sub(r"<svg.*?</svg>", "", page)
        )
        return Request.objects.get().reference

    def propose(self, reference: str, **later: float) -> str:
        """The desk proposes a slot; the path of the link in the mail."""
        now = clock.now()
        slot = (now + timedelta(**(later or {"days": 1}))).replace(microsecond=0)
        interviews.propose(reference=reference, slot_at=slot, actor=self.desk, now=now)
        return self.link()

    def link(self) -> str:
        """The path of the link in the latest mail."""
        body = Dispatch.objects.filter(kind="mail").order_by("-pk")[0].body
        [path] = re.findall(r"/outside/belgianid/(?:confirm|activate)/[\w-]+/", body)
        return path

    def confirm(self, path: str, **changed: Any) -> Any:
        """Confirm the slot with the code and a copy."""
        given = {"code": self.security, "document": _png()} | changed
        return self.browser.post(path, given)

    def activation(self) -> tuple[str, str, str]:
        """Through to the activation: reference, path of the link, activation code."""
        reference = self.ask()
        assert self.confirm(self.propose(reference)).status_code == 302
        seen = Recognised("Youssef", "Benali", sex=Sex.MALE)
        interviews.pass_interview(
            reference=reference, recognised=seen, actor=self.desk, now=clock.now()
        )
        sent = interviews.send_activation(reference=reference, actor=self.desk, now=clock.now())
        return reference, self.link(), sent.code


@pytest.fixture
def way(csam: None, db: None) -> Way:
    """A desk with an agent."""
    fixtures.load_fixtures(today=clock.today(clock.now()), now=clock.now())
    a_person()
    return Way(Actor(kind="person", id=AMINA, enterprise=fixtures.E1))


def test_a14_a_foreign_worker_gets_a_bis_number_and_a_key_that_works(way: Way) -> None:
    reference, path, code = way.activation()

    opened = way.browser.post(path, {"code": code})
    made = way.browser.post(opened["Location"], OWN | {"kind": "mail"})

    row = Request.objects.get(reference=reference)
    assert row.state == "active"
    assert row.person is not None
    number = Niss.parse(row.person.niss)
    assert number.is_bis
    assert row.person.niss[2:4] == "45"
    assert number.formatted() in way.browser.get(made["Location"]).content.decode()
    account = Account.objects.get(user_name="youssef91")
    assert (account.person, account.enrolled_level) == (row.person, 400)


def test_a15_an_activation_link_used_twice_is_refused(way: Way) -> None:
    _, path, code = way.activation()
    way.browser.post(path, {"code": code})
    way.browser.post(f"{path}codes/", OWN | {"kind": "mail"})

    for place in (path, f"{path}codes/", f"{path}app/"):
        assert "no longer works" in way.browser.get(place).content.decode()
    assert "no longer works" in Client().post(path, {"code": code}).content.decode()


def test_a15_an_activation_link_after_its_time_is_refused(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path, code = way.activation()
    later = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert "no longer works" in way.browser.post(path, {"code": code}).content.decode()
    assert not Account.objects.filter(user_name="youssef91").exists()


def test_five_wrong_activation_codes_close_the_link_and_a_new_one_voids_the_former(
    way: Way,
) -> None:
    reference, path, code = way.activation()
    answers = [way.browser.post(path, {"code": "00000000"}) for _ in range(5)]
    assert "no longer works" in answers[-1].content.decode()
    assert "no longer works" in way.browser.post(path, {"code": code}).content.decode()

    sent = interviews.send_activation(reference=reference, actor=way.desk, now=clock.now())

    assert way.browser.post(way.link(), {"code": sent.code}).status_code == 302


def test_without_the_activation_code_the_next_page_leads_back(way: Way) -> None:
    _, path, _ = way.activation()

    assert Client().get(f"{path}codes/")["Location"] == path


def test_a_slot_needs_the_security_code_and_a_copy(way: Way) -> None:
    path = way.propose(way.ask())

    wrong = way.confirm(path, code="00000000")
    missing = way.browser.post(path, {"code": way.security})
    no_picture = way.confirm(path, document=SimpleUploadedFile("pass.png", b"MZ\x90\x00"))

    assert [one.status_code for one in (wrong, missing, no_picture)] == [422, 422, 422]
    assert "no PNG, JPEG or PDF" in no_picture.content.decode()
    assert not DocumentCopy.objects.exists()
    assert way.confirm(path).status_code == 302
    assert "no longer works" in way.confirm(path).content.decode()


def test_somebody_who_cancels_is_told_and_his_link_is_over(way: Way) -> None:
    path = way.propose(way.ask())

    way.browser.post(path.replace("/confirm/", "/cancel/"))

    assert Request.objects.get().state == "cancelled"
    assert "no longer works" in way.confirm(path).content.decode()


def test_a_new_slot_voids_the_former_link(way: Way) -> None:
    reference = way.ask()
    former = way.propose(reference)

    way.propose(reference, days=2)

    assert "no longer works" in way.confirm(former).content.decode()


def test_an_agent_has_one_interview_at_a_time_and_none_in_the_past(way: Way) -> None:
    reference = way.ask()
    now = clock.now()

    with pytest.raises(SlotRefused, match="too_soon"):
        interviews.propose(
            reference=reference, slot_at=now + timedelta(minutes=5), actor=way.desk, now=now
        )


def test_another_desk_sees_neither_the_request_nor_the_copy(way: Way) -> None:
    reference = way.ask()
    way.confirm(way.propose(reference))
    other = Actor(kind="person", id=AMINA, enterprise=fixtures.E2)
    attempts: list[Callable[[], object]] = [
        lambda: interviews.open_copy(reference=reference, actor=other, now=clock.now()),
        lambda: interviews.refuse(reference=reference, reason="", actor=other, now=clock.now()),
        lambda: interviews.send_activation(reference=reference, actor=other, now=clock.now()),
    ]

    for attempt in attempts:
        with pytest.raises(UnknownRequest):
            attempt()
    assert interviews.open_copy(reference=reference, actor=way.desk, now=clock.now()).data


def test_a_refused_interview_gives_nothing(way: Way) -> None:
    reference = way.ask()
    way.confirm(way.propose(reference))

    interviews.refuse(reference=reference, reason="blurred", actor=way.desk, now=clock.now())

    with pytest.raises(StepRefused):
        interviews.send_activation(reference=reference, actor=way.desk, now=clock.now())
    with pytest.raises(UnknownRequest):
        interviews.open_copy(reference=reference, actor=way.desk, now=clock.now())


def test_no_mail_holds_a_code_or_a_name(way: Way) -> None:
    _, _, code = way.activation()

    for body in Dispatch.objects.values_list("body", flat=True):
        assert code not in body.replace(" ", "")
        assert way.security not in body
        assert "Benali" not in body


def test_a_request_that_nobody_takes_up_ends(way: Way) -> None:
    way.ask()
    later: datetime = clock.now() + timedelta(days=31)

    assert upkeep.expire(now=later) == 1

    assert Request.objects.get().state == "expired"
