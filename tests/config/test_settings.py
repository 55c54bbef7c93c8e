"""What production and each role carry, seen in a process of its own."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests import database

PROGRAM = """
import django, json
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
def known(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
print(json.dumps({
    "apps": settings.INSTALLED_APPS, "middleware": settings.MIDDLEWARE,
    "demo": known("/demo/personas/"), "front": known("/"), "token": known("/REST/oauth/v5/token"),
    "secure": settings.SESSION_COOKIE_SECURE, "debug": settings.DEBUG,
}))
"""


def _settings(**variables: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=database.python_environment(**variables),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_production_carries_nothing_of_the_demonstration() -> None:
    found = _settings(
        GUICHET_ENVIRONMENT="production",
        GUICHET_SECRET_KEY="k" * 50,
        GUICHET_URL="https://counter.example",
    )
    assert not [name for name in found["apps"] if "demo" in name]
    assert found["demo"] is False
    assert found["secure"] is True
    assert found["debug"] is False


def test_a_simulation_carries_the_demonstration() -> None:
    found = _settings()
    assert "guichet.demo" in found["apps"]
    assert found["demo"] is True


@pytest.mark.parametrize("role", ["portal", "services"])
def test_pages_and_services_stand_on_origins_of_their_own(role: str) -> None:
    found = _settings(GUICHET_ROLE=role)
    assert found["front"] is (role == "portal")
    assert found["token"] is (role == "services")
    sessions = [name for name in found["middleware"] if "sessions" in name or "Csrf" in name]
    assert bool(sessions) is (role == "portal")
