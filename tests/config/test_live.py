"""The real processes: two doors that answer, and nothing of the other's behind either."""

import http.client
import json
import re
from urllib.parse import urlsplit

import pytest

from tests.live import Live

pytestmark = pytest.mark.slow


def _answer(base: str, path: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        headers = {name.lower(): text for name, text in response.getheaders()}
        return response.status, headers, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/health", "/REST/presenceRegistration/v1/health"])
def test_the_services_say_that_they_are_well(live: Live, path: str) -> None:
    status, _headers, body = _answer(live.services, path)
    assert (status, json.loads(body)["status"]) == (200, "UP")


def test_the_portal_says_that_it_is_well_and_carries_no_service(live: Live) -> None:
    assert _answer(live.portal, "/health")[0] == 200
    assert _answer(live.portal, "/REST/oauth/v5/jwks.json")[0] == 404


def test_the_services_carry_no_page_and_set_no_cookie(live: Live) -> None:
    status, headers, _body = _answer(live.services, "/REST/oauth/v5/jwks.json")
    assert status == 200
    assert "set-cookie" not in headers
    assert _answer(live.services, "/language/")[0] == 404


def test_an_unknown_service_is_a_problem_document(live: Live) -> None:
    status, headers, body = _answer(live.services, "/REST/nothing")
    assert status == 404
    assert headers["content-type"].startswith("application/problem+json")
    assert json.loads(body)["status"] == 404


def test_the_published_signing_keys_are_public(live: Live) -> None:
    keys = json.loads(_answer(live.services, "/REST/oauth/v5/jwks.json")[2])["keys"]
    assert keys
    assert all("d" not in key for key in keys)


def test_the_front_page_finds_its_files_under_names_that_may_be_kept_for_ever(
    live: Live,
) -> None:
    status, _headers, body = _answer(live.portal, "/")
    assert status == 200
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode())
    assert files
    for file in files:
        status, headers, _ = _answer(live.portal, file)
        assert status == 200, file
        assert "immutable" in headers["cache-control"], file
