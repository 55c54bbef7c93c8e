"""Gives every page of the portal what institutions announce, asked for only when it is drawn."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import sync_only_middleware

from guichet.access.counter import board
from guichet.platform import clock


@sync_only_middleware
class NoticesMiddleware:
    """Gives the request ``notices``: called by a page, it tells what that page announces."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path, now = request.path_info, clock.now()
        request.notices = partial(board.notices, path=path, now=now)  # type: ignore[attr-defined]
        return self._answer(request)
