"""The services role: the hot operations go to the ingest, everything else to Django.

Both live in one process. The ingest starts with the process; Django is built in a thread
meanwhile, so that presence acts are served before Django is ready.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, Protocol, cast

from guichet.config.environment import Environment
from guichet.platform import clock, embedded, masking, memory
from guichet.rules.presence import Profile

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_log = logging.getLogger(__name__)


class HotPath(Protocol):
    """What the composition asks of the ingest."""

    async def startup(self) -> None:
        """Open what it needs; an exception stops the process."""

    async def shutdown(self) -> None:
        """Answer what waits, then close."""

    def hot(self, scope: Scope) -> bool:
        """Whether this request is one of its own."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""


class Services:
    """One ASGI application out of the ingest (or none) and a Django that is built on demand."""

    def __init__(self, *, ingest: HotPath | None, build_rest: Callable[[], Application]) -> None:
        self._ingest = ingest
        self._build_rest = build_rest
        self._rest: asyncio.Future[Application] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI 3."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            if self._ingest is not None and self._ingest.hot(scope):
                await self._ingest(scope, receive, send)
            else:
                await (await self._django())(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            try:
                if message["type"] == "lifespan.startup":
                    await self._start()
                elif self._ingest is not None:
                    await self._ingest.shutdown()
            except Exception as fault:
                # Without this answer granian would serve on with a broken application.
                _log.exception("%s failed", message["type"])
                text = f"{type(fault).__name__}: {fault}"
                await send({"type": f"{message['type']}.failed", "message": text})
                return
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _start(self) -> None:
        if self._ingest is not None:
            await self._ingest.startup()
        self._django()

    def _django(self) -> "asyncio.Future[Application]":
        if self._rest is None:
            loop = asyncio.get_running_loop()
            self._rest = loop.run_in_executor(None, self._build_rest)
        return self._rest


def _built_django() -> Application:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.config.settings")
    from django.core.asgi import get_asgi_application  # noqa: PLC0415  # the lean path comes first

    made = cast(Application, get_asgi_application())
    memory.settle()
    return made


def _ingest(environment: Environment) -> HotPath | None:
    if not environment.ingest_enabled:
        return None
    from guichet.ingest.app import Ingest  # noqa: PLC0415  # absent from the reference

    return Ingest(
        dsn=environment.database_url or embedded.url(var=environment.var),
        keys_path=environment.oauth_keys,
        issuer=environment.issuer,
        audience=environment.presence_audience,
        profile=Profile(
            site_ref_strict=environment.site_ref_strict, ssin_strict=environment.ssin_strict
        ),
        now=clock.now if environment.clock_shift else clock.unshifted,
        own_audience=environment.own_acts_audience,
        own_origins=environment.own_acts_origins,
        catalogues=Path(__file__).resolve().parents[3] / "locale",
    )


def services(environment: Environment) -> Services:
    """The services as the settings describe them; raises SettingRefused without its secrets."""
    environment.require_secrets()
    masking.install()
    logging.basicConfig(level=environment.log_level.upper())
    return Services(ingest=_ingest(environment), build_rest=_built_django)


def __getattr__(name: str) -> Services:
    # Built when granian asks for it, not when a test imports this module.
    if name != "application":
        raise AttributeError(name)
    made = services(Environment.read(os.environ))
    globals()["application"] = made
    return made
