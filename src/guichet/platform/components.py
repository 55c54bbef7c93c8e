"""The GOV.UK components as functions.

Their templates test members that are absent, so they cannot live under StrictUndefined: they have
a lenient environment of their own, and our strict pages see functions only.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import jinja2
from markupsafe import Markup

Component = Callable[[dict[str, Any]], Markup]

# What may hold something of a person: drawn anew each time and never kept.
_PERSONAL: Final = frozenset(
    {"value", "values", "items", "rows", "errorMessage", "errorList", "html", "text"}
)
_KEPT: Final = 512

_NAMES: Final = (
    "back-link", "breadcrumbs", "button", "checkboxes", "details", "error-message",
    "error-summary", "fieldset", "file-upload", "input", "inset-text",
    "notification-banner", "pagination", "panel", "radios", "select", "skip-link",
    "summary-list", "table", "tag", "textarea", "warning-text",
)  # fmt: skip

_LIBRARY: Final = jinja2.Environment(
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    loader=jinja2.PrefixLoader(
        {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
    ),
)


def _component(name: str) -> tuple[str, Component]:
    """``error-summary`` becomes ``govukErrorSummary`` and a function of its parameters."""
    macro = "govuk" + "".join(part.capitalize() for part in name.split("-"))
    template = _LIBRARY.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    call = getattr(template.module, macro)

    def component(params: dict[str, Any]) -> Markup:
        if any(params.get(name) for name in _PERSONAL):
            return Markup(call(params))
        return _drawn(call, _Params(params))

    return macro, component


class _Params:
    """Parameters that are the same when every text in them is, and as safe."""

    def __init__(self, params: dict[str, Any]) -> None:
        self.params = params
        self._key = _key(params)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Params) and self._key == other._key


def _key(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((name, _key(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(_key(one) for one in value)
    # A text in the language of the page; one that is marked as safe is another one.
    return type(value).__name__, str(value)


@lru_cache(maxsize=_KEPT)
def _drawn(call: Component, given: _Params) -> Markup:
    """An empty field in one language looks the same on every page: drawing it took a quarter."""
    return Markup(call(given.params))


COMPONENTS: Final[dict[str, Component]] = dict(map(_component, _NAMES))
