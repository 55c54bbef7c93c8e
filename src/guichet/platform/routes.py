"""Every route says who may use it; a test lists the routes and fails on one that does not."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_MARK: Final = "guichet_access"


def declare(view: View, access: str) -> View:
    """Write on ``view`` who may use it, in a word such as ``public`` or ``employer``."""
    setattr(view, _MARK, access)
    return view


def declared(view: Callable[..., object]) -> str | None:
    """Who may use ``view``, or None when nobody said."""
    mark = getattr(view, _MARK, None)
    return mark if isinstance(mark, str) else None


def public(view: View) -> View:
    """Anybody may see this page, signed in or not."""
    return declare(view, "public")
