"""The environment of our Jinja2 pages: strict, escaped, translated, with the parts of the look."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import jinja2
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext

from guichet.platform import clock, head, laws, wording
from guichet.platform.components import COMPONENTS
from guichet.platform.forms import error_summary, field, fields
from guichet.platform.headers import NONCE
from guichet.platform.icons import LOGO, icon, status

# Each language under its own name, never translated.
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}


def environment(**options: Any) -> jinja2.Environment:
    """What Django's backend asks for at its first page."""
    env = jinja2.Environment(  # Django's backend sets autoescape in the options
        **{**options, "undefined": jinja2.StrictUndefined, "trim_blocks": True,
           "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    env.policies["ext.i18n.trimmed"] = True  # babel.cfg says the same; they must agree
    env.install_gettext_callables(  # type: ignore[attr-defined]  # of the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(COMPONENTS)
    env.globals.update(
        static=static, url=url, query=query, language=get_language, icon=icon, status=status,
        logo=LOGO, language_names=LANGUAGE_NAMES, simulation=settings.ENVIRONMENT.simulation,
        error_summary=error_summary, field=field, fields=fields, weekdays=wording.weekdays,
    )  # fmt: skip
    env.filters.update(
        day=wording.day, day_words=wording.day_words, long_day=wording.long_day,
        clock=wording.clock, hour=wording.hour, moment=wording.moment, second=wording.second,
        hours=wording.hours, duration=wording.duration, number=wording.number,
        country=wording.country, capital=wording.capital, iso=_iso,
        month_name=wording.month_name, law=laws.law, colon=wording.colon,
    )  # fmt: skip
    return env


def context(request: HttpRequest) -> dict[str, Any]:
    """What every page may use besides what its view gives."""
    # Pages at the foot, and those for what went wrong, stand on both origins.
    environment = settings.ENVIRONMENT
    is_csam = settings.ROOT_URLCONF.endswith("csam")
    return {
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),  # one for all forms of a page
        "nonce": request.META.get(NONCE, ""),
        "messages": get_messages(request),
        "acting": getattr(request, "acting", None),
        "notices": getattr(request, "notices", tuple),
        "tools": partial(head.tools, request),
        "here": request.get_full_path(),
        "way_in": _way_in(request),
        "now": clock.now(),
        "layout": "csam/page.html" if is_csam else "page.html",
        "portal": environment.url,
        "keys_url": f"{environment.csam_url}/profile/" if environment.has_bundled_provider else "",
    }


def _way_in(request: HttpRequest) -> dict[str, str]:
    """The parameters of a sign-in from this page.

    A visitor who was led here goes on, after signing in, to where he wanted to go, with what
    that page asks.
    """
    if not request.GET.get("next"):
        return {"next": request.get_full_path()}
    names = ("next", "level", "means", "context")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def query(given: Mapping[str, Any], **changes: Any) -> str:
    """``?a=1&b=2`` from ``given`` with ``changes``; what is empty or None is left out."""
    merged = {**given, **changes}
    kept = {name: value for name, value in merged.items() if value not in (None, "", [])}
    return f"?{urlencode(kept, doseq=True)}" if kept else "?"


def _iso(value: datetime) -> str:
    """For the ``datetime`` attribute of a ``<time>``."""
    return clock.brussels(value).isoformat(timespec="seconds")
