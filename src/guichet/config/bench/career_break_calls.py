"""What a call of the career-break interface takes: a dry run, a request that is filed, its status.

A part of ``guichet bench career-break`` that needs Django; the clock runs from the request to the
last byte of the answer, in one process in the role of the services, one call after another; the
HTTP server is left out.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from guichet.config.bench import pages
from guichet.config.bench.house import certificate
from guichet.kernel.period import end_for, months_after

_BASE: Final = "/REST/careerBreak/v1"
_JSON: Final = "application/json"
# Calls of each kind for one round of the pages.
_PER_ROUND: Final = 5


def _child(rounds: int) -> dict[str, Any]:
    """People in service, a program with a token, and its calls."""
    import django  # noqa: PLC0415  # the environment is that of the child

    django.setup()
    from django.test import Client  # noqa: PLC0415  # after django.setup()

    from guichet.config.bench import career_break_rows as rows  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    count = rounds * _PER_ROUND
    rows.furnished()
    # The one who is there already has other work in the fixtures.
    firm = rows.FIRM
    people = pages.staff(count=count + 2, enterprise=firm, first=rows.CLERK)[1:]
    client = Client(headers={"Host": "127.0.0.1", "Authorization": f"Bearer {_token()}"})
    first = months_after(clock.today(clock.now()).replace(day=1), months=3)
    tickets: list[str] = []

    def check(at: int) -> Any:
        return client.post(f"{_BASE}/requests/check", _wish(people[at], first), _JSON)

    def submit(at: int) -> Any:
        body = _wish(people[at], first) | {"isCertified": True}
        answer = client.post(
            f"{_BASE}/requests", body, _JSON, headers={"Idempotency-Key": f"{at:032}"}
        )
        tickets.append(answer.json()["ticket"])
        return answer

    def status(at: int) -> Any:
        return client.get(f"{_BASE}/requests/{tickets[at]}")

    return {
        **_timed("restDryRun", check, 200, count),
        **_timed("restSubmit", submit, 201, count),
        **_timed("restStatus", status, 200, count),
    }


def _timed(name: str, call: Callable[[int], Any], expected: int, count: int) -> dict[str, Any]:
    """Median and worst milliseconds, and calls a second, after a first call that warms."""
    took = []
    for at in range(count + 1):
        started = time.perf_counter()
        answer = call(at)
        took.append(time.perf_counter() - started)
        if answer.status_code != expected:
            raise SystemExit(f"{name} answered {answer.status_code}: {answer.content[:500]!r}")
    warm = took[1:]
    return {
        f"{name}Ms": round(1000 * statistics.median(warm), 1),
        f"{name}WorstMs": round(1000 * max(warm), 1),
        f"{name}PerSecond": round(len(warm) / sum(warm), 1),
    }


def _wish(niss: str, first: date) -> dict[str, Any]:
    return {
        "worker": {"ssin": niss, "workerCode": "blue", "jointCommission": "121"},
        "type": "parental", "regime": "full", "startDate": first.isoformat(),
        "endDate": end_for(first, months=2).isoformat(),
        "weeklyMinutes": {"contract": 2280, "fullTime": 2280},
        "noticeDate": (first - timedelta(days=75)).isoformat(),
    }  # fmt: skip


def _token() -> str:
    """An access token of a channel that may declare and consult career breaks."""
    from django.conf import settings  # noqa: PLC0415  # after django.setup()

    from guichet.access import channels, tokens  # noqa: PLC0415  # after django.setup()
    from guichet.access.keys import current_keys  # noqa: PLC0415  # after django.setup()
    from guichet.access.permissions import (  # noqa: PLC0415  # after django.setup()
        CAREER_BREAK,
        CAREER_BREAK_CONSULT,
        CAREER_BREAK_DECLARANT,
        full_scopes,
    )
    from guichet.audit.actors import system  # noqa: PLC0415  # after django.setup()
    from guichet.demo import fixtures  # noqa: PLC0415  # after django.setup()
    from guichet.platform import clock  # noqa: PLC0415  # after django.setup()

    made, now = certificate(ec.generate_private_key(ec.SECP256R1())), clock.now()
    channel = channels.create_channel(
        enterprise_number=fixtures.E1, certificates=[made], permissions=(CAREER_BREAK,),
        environment="simulation", actor=system("bench"), now=now,
    )  # fmt: skip
    environment = settings.ENVIRONMENT
    token = tokens.issue(
        client_id=channel.client_id,
        channel=channel.pk,
        enterprise_number=fixtures.E1,
        certificate=x509.load_pem_x509_certificate(made).fingerprint(hashes.SHA256()).hex(),
        scopes=full_scopes((CAREER_BREAK_DECLARANT, CAREER_BREAK_CONSULT)),
        keys=current_keys(environment.oauth_keys),
        issuer=environment.issuer,
        audience=environment.presence_audience,
        now=now.timestamp(),
    )
    return token.text


if __name__ == "__main__":
    print(json.dumps(_child(int(sys.argv[1]))))
