"""The GOV.UK components as functions.

Their templates test members that are absent, so they cannot live under StrictUndefined: they have
a lenient environment of their own, and our strict pages see functions only.
"""

from collections.abc import Callable
from typing import Any, Final

import jinja2
from markupsafe import Markup

Component = Callable[[dict[str, Any]], Markup]

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
        return Markup(call(params))

    return macro, component


COMPONENTS: Final[dict[str, Component]] = dict(map(_component, _NAMES))
