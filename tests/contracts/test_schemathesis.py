"""Made-up calls at the real server: never a 5xx, never an answer that the contract hides."""

from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from guichet.access.permissions import TEMPORARY_UNEMPLOYMENT
from guichet.demo import fixtures as world
from tests.contracts.conformity import FILE
from tests.contracts.conformity import TEMPORARY_UNEMPLOYMENT as UNEMPLOYMENT_FILE
from tests.doors import Machines, machines

__all__ = ["machines"]
pytestmark = pytest.mark.slow

SCHEMA: Final = schemathesis.openapi.from_path(FILE)
UNEMPLOYMENT: Final = schemathesis.openapi.from_path(UNEMPLOYMENT_FILE)
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def token(machines: Machines) -> str:
    machines.load_fixtures()
    return machines.token(machines.channel(world.E1))


@pytest.fixture(scope="module")
def unemployment(machines: Machines) -> str:
    """A token for temporary unemployment, of an employer of the small world."""
    machines.load_fixtures()
    return machines.token(machines.channel(world.E1, permissions=(TEMPORARY_UNEMPLOYMENT,)))


FEW: Final = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@SCHEMA.parametrize()
@FEW
def test_made_up_calls_get_documented_answers(
    case: schemathesis.Case[Any], machines: Machines, token: str
) -> None:
    headers: dict[str, Any] = {"Authorization": f"Bearer {token}"}

    answer = case.call(base_url=machines.base_url, headers=headers)

    case.validate_response(answer, checks=CHECKS)


@UNEMPLOYMENT.parametrize()
@FEW
def test_made_up_calls_of_unemployment_get_documented_answers(
    case: schemathesis.Case[Any], machines: Machines, unemployment: str
) -> None:
    headers: dict[str, Any] = {"Authorization": f"Bearer {unemployment}"}

    answer = case.call(base_url=machines.live.services + "/ctw/v1", headers=headers)

    case.validate_response(answer, checks=CHECKS)
