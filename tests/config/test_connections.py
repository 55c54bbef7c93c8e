"""The services give their database connections back."""

import http.client
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from tests.live import Live

_CALLS = 60
# The ingest keeps nine, Django's two pools eight each.
_MOST = 25


@pytest.mark.slow
def test_many_calls_to_the_services_leave_few_connections_open(live: Live) -> None:
    address = urlsplit(live.services)
    assertion = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        # A client that nobody knows: looked for in the database at every call.
        "client_assertion": "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4Iiwic3ViIjoieCJ9.AAAA",
    }
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for _ in range(_CALLS):
        door = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
        door.request("POST", "/REST/oauth/v5/token", urlencode(assertion), form)
        assert door.getresponse().status == 401
        door.close()

    with psycopg.connect(live.dsn) as connection:
        [[opened]] = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name NOT LIKE 'procrastinate%'"
        ).fetchall()

    # Portal: two for each of its threads at most.
    assert opened <= _MOST + 16
