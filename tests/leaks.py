"""A44: over a whole run of the tests no number of a person stands in a log or in an address.

Every log record that any logger handles, every line that a live server writes, every redirect and
every address in a page that the portal makes is looked at. What is found fails the run at its end,
with the place and never the number.
"""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from guichet.platform.masking import holds_number, masked

_ADDRESS: Final = re.compile(r"""\b(?:href|action|src|formaction)\s*=\s*["']([^"']*)["']""")
_FOUND: Final = pytest.StashKey[list[str]]()
_OUTPUT: Final = "guichet_leaks"
_ELEVEN: Final = re.compile(r"\d{2}[ .]?\d{2}[ .]?\d{2}[ /-]?\d{3}[ .-]?\d{2}")


class _Scanner(logging.Handler):
    """Sees what every other handler would write, as it would be written."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        if _ELEVEN.search(text) and holds_number(text):
            self._found.append(f"log {record.name}, {record.pathname}:{record.lineno}")


def start(config: pytest.Config) -> None:
    """Look at everything that this process logs and answers from now on."""
    found: list[str] = []
    config.stash[_FOUND] = found
    logging.getLogger().addHandler(_Scanner(found))
    _watch_answers(found)


def look_at_file(config: pytest.Config, path: Path) -> None:
    """Look at the log of a live server."""
    if path.exists():
        lines = path.read_text("utf-8", "replace").splitlines()
        config.stash[_FOUND] += [
            f"{path.name}: {masked(line)[:160]}" for line in lines if holds_number(line)
        ]


def addresses_in(response: Any) -> Iterator[str]:
    """Where an answer leads: its redirect, and every address in its page."""
    yield response.headers.get("Location", "")
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if is_page and not response.streaming:
        yield from _ADDRESS.findall(response.content.decode("utf-8", "replace"))


def _watch_answers(found: list[str]) -> None:
    from django.core.handlers.base import BaseHandler

    answer: Callable[..., Any] = BaseHandler.get_response

    def watched(self: BaseHandler, request: Any) -> Any:
        response = answer(self, request)
        for address in addresses_in(response):
            # What a hostile test wrote into the address comes back to the same address.
            if holds_number(address) and not holds_number(request.get_full_path()):
                found.append(f"address in the answer to {request.path}: {masked(address)[:120]}")
        return response

    BaseHandler.get_response = watched  # type: ignore[method-assign]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """What a worker of xdist found comes to the controller."""
    node.config.stash[_FOUND] += getattr(node, "workeroutput", {}).get(_OUTPUT, [])


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """A number in a log or an address fails the run."""
    yield
    found = session.config.stash.get(_FOUND, [])
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_OUTPUT] = found
    elif found and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where."""
    found = config.stash.get(_FOUND, [])
    if found:
        terminalreporter.section("A44: numbers of persons in logs or addresses", red=True)
        for line in dict.fromkeys(found):
            terminalreporter.write_line(line)
