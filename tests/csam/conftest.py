"""The sign-in provider in the test's own process, and somebody to sign in.

Django is set up after this file is read, so its modules are imported inside the fixtures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.csam.relying_party import RelyingParty


@pytest.fixture
def csam(settings: Any) -> None:
    """The pages and endpoints of the provider in place of the portal's."""
    settings.ROOT_URLCONF = "guichet.config.urls_csam"
    settings.MIDDLEWARE = settings.CSAM_MIDDLEWARE
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    settings.SESSION_COOKIE_NAME = "guichet_csam"
    settings.CSRF_COOKIE_NAME = "guichet_csam_csrf"


@pytest.fixture
def csam_keys(settings: Any, tmp_path: Any) -> None:
    """Keys with which the provider signs."""
    from dataclasses import replace

    from guichet.access.keys import ensure_keys

    path = tmp_path / "csam-keys.json"
    ensure_keys(path)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, csam_keys=path)


@pytest.fixture
def party(csam: None, csam_keys: None, db: None) -> RelyingParty:
    """The portal as a relying party: asks, redeems, reads what it is told."""
    from tests.csam.relying_party import RelyingParty

    return RelyingParty()
