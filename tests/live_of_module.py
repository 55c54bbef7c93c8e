"""A portal and services for one module, whose world would not go together with another's."""

from collections.abc import Iterator

import pytest

from tests.live import Live, running


@pytest.fixture(scope="module")
def live(
    request: pytest.FixtureRequest,
    worker_id: str,
    database_url: str,
    pytestconfig: pytest.Config,
) -> Iterator[Live]:
    """As the shared one, on a database of its own."""
    place = request.module.__name__.replace(".", "_")[-30:]
    name = f"guichet_live_{place}_{worker_id}"
    with running(url=database_url, name=name, config=pytestconfig) as one:
        yield one
