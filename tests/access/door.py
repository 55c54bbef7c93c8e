"""The services' door as the tests of access meet it, and its fixture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from guichet.access.keys import ensure_keys
from tests.access.machine import TOKEN_PATH, Machine, form

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


@dataclass(frozen=True)
class Door:
    """What a machine can do at the door."""

    token_url: str

    def post(self, body: dict[str, str], **headers: str) -> Answer:
        """A token call as a form."""
        return self.post_raw(urlencode(body), headers=headers)

    def post_raw(
        self,
        body: str | bytes,
        *,
        content_type: str = "application/x-www-form-urlencoded",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        return Client().post(TOKEN_PATH, data=body, content_type=content_type, headers=headers)

    def ask(self, machine: Machine, *, scope: str | None = None, **changed: Any) -> Answer:
        """A token call of the machine with a good assertion, some of its claims changed."""
        body = form(machine.assertion(**{"audience": self.token_url, **changed}))
        return self.post(body if scope is None else {**body, "scope": scope})

    def token(self, machine: Machine, *, scope: str | None = None) -> str:
        """An access token."""
        answer = self.ask(machine, scope=scope)
        assert answer.status_code == 200, answer.content
        text = answer.json()["access_token"]
        assert isinstance(text, str)
        return text

    def get(self, path: str, token: str | None, **headers: str) -> Answer:
        """A call of a resource."""
        bearer = {} if token is None else {"Authorization": f"Bearer {token}"}
        return Client().get(path, headers={**bearer, **headers})


@pytest.fixture
def door(settings: Any, tmp_path: Path) -> Door:
    """The role of the services, with signing keys of this test."""
    keys = tmp_path / "secrets" / "oauth-keys.json"
    ensure_keys(keys)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, oauth_keys=keys)
    settings.ROOT_URLCONF = "tests.access.probe_urls"
    settings.MIDDLEWARE = settings.SERVICES_MIDDLEWARE
    return Door(token_url=f"{settings.ENVIRONMENT.issuer}/token")


def is_invalid_client(answer: Answer) -> bool:
    """The one answer to every wrong assertion."""
    return answer.status_code == 401 and answer.json() == {
        "error": "invalid_client",
        "error_description": "Client authentication failed.",
    }
