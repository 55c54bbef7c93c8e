"""Reading is provably reading: a GET that tries to write fails before the database sees it.

The guard watches the default connection of the request. The trail of look-ups has a connection
of its own and stays open to it.
"""

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

from asgiref.sync import iscoroutinefunction
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.decorators import sync_only_middleware

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Answer = Callable[[HttpRequest], HttpResponseBase]

# FOR UPDATE locks rows and INTO makes a table: neither is reading. A common table expression may
# hide a change; the words of one are refused wherever they stand outside a quoted text.
_READING: Final = re.compile(
    r"\s*(SELECT|WITH|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|SHOW|SET LOCAL|EXPLAIN"
    r"|DECLARE|FETCH|CLOSE)\b",
    re.IGNORECASE,
)
_CHANGING: Final = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+(ONLY\s+)?[\w\"]+\s+SET|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE"
    r"|FOR\s+(NO\s+KEY\s+)?UPDATE|NEXTVAL|SETVAL)\b",
    re.IGNORECASE,
)
# Whole lines of comment, as SQL files have them.
_COMMENTS: Final = re.compile(r"^[ \t]*--[^\n]*\n?", re.MULTILINE)
_QUOTED: Final = re.compile(r"'(?:[^']|'')*'")


class WroteWhileReading(Exception):
    """A GET request tried to change the database; names the kind of statement, never its values."""


def writes_on_get(reason: str) -> Callable[[View], View]:
    """Exempt one view from the guard; the reason is for the reader of the code."""
    if not reason:
        raise ValueError("an exemption needs its reason")

    def mark(view: View) -> View:
        view.writes_on_get = reason  # type: ignore[attr-defined]  # a mark, read by the guard
        return view

    return mark


def refuse_changes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """A wrapper for ``connection.execute_wrapper``: passes reading on, raises WroteWhileReading."""
    text = _COMMENTS.sub("", str(sql))
    if not _READING.match(text) or _CHANGING.search(_QUOTED.sub("''", text)):
        words = text.split(None, 1)
        raise WroteWhileReading(f"{words[0].upper() if words else 'nothing'} in a reading request")
    return execute(sql, params, many, context)


@sync_only_middleware
class ReadOnlyGuardMiddleware:
    """Runs GET and HEAD under the guard, except for views marked with `writes_on_get`."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or _is_exempt(request):
            return self._answer(request)
        with connection.execute_wrapper(refuse_changes):
            return self._answer(request)


def _is_exempt(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info, getattr(request, "urlconf", None)).func
    except Resolver404:
        return False
    return hasattr(view, "writes_on_get") and not iscoroutinefunction(view)
