"""Léa, who has a user name; what was posted and what was printed is kept in lists.

Django is set up after this file is read, so its modules are imported inside the fixtures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from guichet.csam.codes.models import Account
    from guichet.csam.keys.holders import Holder
    from guichet.registers.persons.models import Person
    from tests.csam.keys.door import Visitor


@dataclass
class Mail:
    """One mail that was posted."""

    to: str
    subject: str
    body: str
    language: str

    @property
    def code(self) -> str:
        """The eight digits in it."""
        [word] = [word for word in self.body.replace(".", " ").split() if word.isdigit()]
        return word


@dataclass
class Posted:
    """What left the house."""

    mails: list[Mail] = field(default_factory=list)
    letters: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    """Instead of the outbox."""
    from guichet.platform import post

    kept = Posted()

    def mail(*, to: str, subject: str, body: str, now: datetime, language: str) -> None:
        kept.mails.append(Mail(to, subject, body, language))

    def letter(
        *, recipient_lines: list[str], subject: str, pdf: bytes, now: datetime, language: str
    ) -> None:
        kept.letters.append((tuple(recipient_lines), pdf))

    monkeypatch.setattr(post, "mail", mail)
    monkeypatch.setattr(post, "letter", letter)
    return kept


@pytest.fixture(autouse=True)
def _printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet is its data: setting type takes a second and is tested by itself."""
    from guichet.platform import typeset

    def pdf(
        *, template: str, data: Mapping[str, Any], language: str, title: str, made_at: datetime
    ) -> bytes:
        return json.dumps(dict(data)).encode()

    monkeypatch.setattr(typeset, "pdf", pdf)


@pytest.fixture
def lea(db: None) -> Person:
    """A person."""
    from tests.csam.keys.people import a_person

    return a_person()


@pytest.fixture
def account(lea: Person) -> Account:
    """Her user name, from posted codes."""
    from tests.csam.keys.people import an_account

    return an_account(lea)


@pytest.fixture
def card_holder(lea: Person) -> Holder:
    """She, signed in with her identity card."""
    from tests.csam.keys.people import holder

    return holder(lea)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Stops the clock of the pages at nine o'clock, and moves it when called."""
    from guichet.platform import clock
    from tests.csam.keys.people import NOW

    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])

    def later(by: timedelta) -> None:
        moment[0] += by

    return later


@pytest.fixture
def visitor(csam: None, csam_keys: None, at: Callable[[timedelta], None]) -> Visitor:
    """Browsers at the sign-in provider."""
    from tests.csam.keys.door import Visitor

    return Visitor()
