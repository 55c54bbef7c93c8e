"""What every test stands on: one scratch PostgreSQL for the run, a database for each worker."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from guichet.platform.embedded import TEST_CONFIGURATION, Embedded
from tests import database, leaks
from tests import scratch as scratch_folders
from tests.leaks import (  # noqa: F401  # hooks
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

pytest_plugins = ["tests.live", "tests.browser", "tests.counter"]

hypothesis.settings.register_profile("guichet", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("guichet")

_SERVER = pytest.StashKey[Embedded]()
_SCRATCH = pytest.StashKey[Path]()
_URL = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The controller starts PostgreSQL; each process then sets up Django with its own database."""
    inputs = getattr(config, "workerinput", None)
    if inputs is None:
        _start_server(config)
    else:
        config.stash[_URL] = inputs["guichet_url"]
    worker = inputs["workerid"] if inputs else "main"
    _set_up_django(url=database.named(config.stash[_URL], f"guichet_{worker}"))
    leaks.start(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the server's address to a worker of xdist."""
    node.workerinput["guichet_url"] = node.config.stash[_URL]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: their event loop runs on and would not let another one run."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    scratch_folders.remove_all()
    if server := config.stash.get(_SERVER, None):
        server.stop()
        shutil.rmtree(server.home, ignore_errors=True)
    if scratch := config.stash.get(_SCRATCH, None):
        shutil.rmtree(scratch, ignore_errors=True)


def _start_server(config: pytest.Config) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="guichet-tests-"))
    scratch.chmod(0o755)  # as root the server runs under another account
    config.stash[_SCRATCH] = scratch
    binaries = os.environ.get("GUICHET_TEST_PG_BIN")
    server = Embedded(var=scratch / "var", binaries=Path(binaries) if binaries else None)
    config.stash[_SERVER] = server
    server.start(settings=TEST_CONFIGURATION)
    config.stash[_URL] = server.url("postgres")


def _set_up_django(*, url: str) -> None:
    """Django with the settings of a simulation, whatever the person's own environment says."""
    for name in [name for name in os.environ if name.startswith("GUICHET_")]:
        if name != "GUICHET_TEST_PG_BIN":
            del os.environ[name]
    os.environ["GUICHET_DATABASE_URL"] = url
    # Asked by the tests of the terms; everybody else goes straight on.
    os.environ["GUICHET_TERMS"] = "off"
    os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"

    import django  # after the environment: the settings are read here
    from django.conf import settings
    from django.test import TransactionTestCase

    # Pages under test need no collected files; the live portal of the browser tests uses them.
    if settings.configured and url != settings.DATABASE_URL:
        pytest.exit("Django was set up before the tests: unset DJANGO_SETTINGS_MODULE.", 4)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    django.setup()
    # Inherited by a worker of xdist, it would load the settings before this function runs there.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    # A new copy of the template is quicker than emptying every table, also empties what Django
    # does not manage, and needs no leave from the triggers that forbid deleting.
    TransactionTestCase._fixture_teardown = _renew_database  # type: ignore[method-assign]


def _renew_database(_case: Any) -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    url = os.environ["GUICHET_DATABASE_URL"]
    database.recreate(url, settings.DATABASES["default"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This worker's database: a copy of the migrated template."""
    from django.conf import settings
    from django.db import connections

    url, name = os.environ["GUICHET_DATABASE_URL"], settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        database.recreate(url, name)
        yield
        connections.close_all()
    database.drop(url, name)


@pytest.fixture(scope="session")
def database_url() -> str:
    """The address of this worker's database; ask for `django_db_setup` before using it."""
    return os.environ["GUICHET_DATABASE_URL"]


@pytest.fixture(autouse=True)
def settings_language() -> None:
    """The language that the settings name: a request leaves its own behind in the process."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is announced: which test of a process reads it first in a minute counts for none."""
    from guichet.access.counter import board

    board.forget()
    monkeypatch.setattr(board, "_read", lambda now: ())
