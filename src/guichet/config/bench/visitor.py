"""The part of the sign-in benchmark that needs Django: somebody signed in, and a password.

A process of its own, with JSON at the end; its role is the portal.
"""

import json
import time
from importlib import import_module
from typing import Any

import django

from guichet.platform import clock

_HASHES = 20


def _session() -> dict[str, str]:
    """The cookie of a worker of the fixtures who signed in at the portal."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup()
    from django.http import HttpRequest  # noqa: PLC0415  # after django.setup()

    from guichet.access.sessions import sign_in  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()

    now = clock.now()
    fixtures.load_fixtures(today=clock.today(now), now=now)
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    sign_in(request, niss=fixtures.W1, enterprise_number=None, now=now)
    return {"session": f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}"}


def _password() -> dict[str, float]:
    """Milliseconds of one digest, the cost of which is chosen and not ours to make small."""
    from guichet.csam.codes import hashing  # noqa: PLC0415  # after django.setup()

    started = time.perf_counter()
    for _ in range(_HASHES):
        hashing.digest("a password of a visitor")
    return {"passwordHashMs": (time.perf_counter() - started) / _HASHES * 1000}


def _main() -> int:
    django.setup()
    answer: dict[str, Any] = _session() | _password()
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
