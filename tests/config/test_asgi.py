"""The composition of the services: the ingest in front, Django behind."""

import subprocess
import sys
from typing import Any

import pytest

from guichet.config.asgi import Message, Receive, Scope, Send, Services
from tests import database

HOT = "/hot"


class _Ingest:
    def __init__(self, *, fault: Exception | None = None) -> None:
        self.fault = fault
        self.calls: list[str] = []

    async def startup(self) -> None:
        self.calls.append("startup")
        if self.fault:
            raise self.fault

    async def shutdown(self) -> None:
        self.calls.append("shutdown")

    def hot(self, scope: Scope) -> bool:
        return bool(scope["path"] == HOT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.calls.append(scope["path"])


class _Rest:
    def __init__(self) -> None:
        self.calls: list[str] = []
        self.built = 0

    def build(self) -> "_Rest":
        self.built += 1
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.calls.append(scope["path"])


async def _lifespan(application: Services, *types: str) -> list[Message]:
    waiting: list[Message] = [{"type": f"lifespan.{name}"} for name in types]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    await application({"type": "lifespan"}, receive, send)
    return sent


async def _request(application: Services, path: str) -> None:
    async def never(*_parts: Any) -> Any:
        raise AssertionError("nothing is received or sent in this test")

    await application({"type": "http", "method": "GET", "path": path}, never, never)


async def test_hot_requests_go_to_the_ingest_and_the_others_to_django_built_once() -> None:
    ingest, rest = _Ingest(), _Rest()
    application = Services(ingest=ingest, build_rest=rest.build)
    for path in (HOT, "/other", HOT, "/another"):
        await _request(application, path)
    assert ingest.calls == [HOT, HOT]
    assert rest.calls == ["/other", "/another"]
    assert rest.built == 1


async def test_without_the_ingest_django_answers_everything() -> None:
    rest = _Rest()
    await _request(Services(ingest=None, build_rest=rest.build), HOT)
    assert rest.calls == [HOT]


async def test_the_ingest_lives_as_long_as_the_process() -> None:
    ingest = _Ingest()
    application = Services(ingest=ingest, build_rest=_Rest().build)
    sent = await _lifespan(application, "startup", "shutdown")
    assert ingest.calls == ["startup", "shutdown"]
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


async def test_a_failed_start_is_said_so_that_the_server_does_not_serve_on() -> None:
    ingest = _Ingest(fault=ValueError("no keys"))
    sent = await _lifespan(Services(ingest=ingest, build_rest=_Rest().build), "startup")
    assert sent == [{"type": "lifespan.startup.failed", "message": "ValueError: no keys"}]


@pytest.mark.parametrize(
    "module", ["guichet.ingest.app", "guichet.config.asgi", "guichet.presence_log.record"]
)
def test_the_lean_path_imports_no_django(module: str) -> None:
    # Import-linter does not look through third-party packages: this is the proof.
    program = (
        f"import sys, {module}; found = [n for n in sys.modules if n.split('.')[0] == 'django']; "
        "sys.exit(', '.join(found) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=database.python_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
