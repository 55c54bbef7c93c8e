"""Who registers, in words: for the pages of every service that shows a relation of two firms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from guichet.registers.arrangements import queries
from guichet.registers.arrangements.queries import Responsible
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.presence_arrangements import Answer, Ground, Method, Registrar, Side
from guichet.rules.remarks import ACTIVITIES

METHODS: Final[Mapping[Method, Any]] = {
    Method.DEVICE: gettext_lazy("Device on the site"),
    Method.PHONE: gettext_lazy("Telephone of the worker"),
    Method.SOFTWARE: gettext_lazy("Software of one of the parties"),
    Method.PORTAL: gettext_lazy("Pages of the online service"),
    Method.OTHER: pgettext_lazy("method", "Another one, in words"),
}
GROUNDS: Final[Mapping[Ground, Any]] = {
    Ground.ONLY_WORKER: gettext_lazy("Here only the worker himself may register."),
    Ground.USER_DECLARES: gettext_lazy(
        "Without another agreement the user company registers the interim workers it uses."
    ),
    Ground.EMPLOYER_DECLARES: gettext_lazy(
        "Without another agreement each employer registers his own people."
    ),
    Ground.USER_SUPPLIES: gettext_lazy(
        "Without another agreement the user company makes the means available."
    ),
    Ground.EMPLOYER_SUPPLIES: gettext_lazy(
        "Each employer gives his people a means that fits the device on the site."
    ),
    Ground.AGREED: gettext_lazy("The two firms have an agreement that says so."),
    Ground.NOT_CONFIRMED: gettext_lazy(
        "One of the firms recorded it; the other one has not confirmed it."
    ),
    Ground.CONTESTED: gettext_lazy(
        "One of the firms recorded an agreement that the other one contests: it does not count."
    ),
    Ground.NOT_OPEN: gettext_lazy(
        "The agreement names somebody else as the one who registers; the law does not allow that "
        "here."
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer in words: where, who registers, who gives the means, by what, and why."""

    place: str
    who: str
    supplier: str
    method: str
    why: tuple[str, ...]


def who_registers(
    *, agency: str, user: str, first: date, last: date | None, on: date, is_own: bool
) -> list[Shown]:
    """Who registers an interim worker at a user company, in the language of the page.

    The day looked at is ``on``, or the nearest one of the period; ``is_own``: the reader is the
    worker. Empty when no site with registration of presences is known of the user that day.
    """
    day = max(first, on if last is None else min(on, last))
    found = queries.responsible(agency=agency, user=user, on=day)
    if not found:
        return []
    language = (get_language() or "en").partition("-")[0]
    names = enterprises.names(numbers={agency, user}, language=language)
    firms = {Side.ABOVE: names.get(user, user), Side.BELOW: names.get(agency, agency)}
    methods = {
        str(one.number): one.method
        for one in queries.of_enterprise(enterprise=agency)
        if one.above == user
    }
    return [_shown(one, firms, methods, language, is_own=is_own) for one in found]


def why(grounds: Iterable[Ground]) -> tuple[str, ...]:
    """The reasons as sentences."""
    return tuple(str(GROUNDS[one]) for one in grounds)


def registrar(answer: Answer, firms: Mapping[Side, str], *, is_own: bool) -> str:
    """Who registers: a firm by its name, or the worker."""
    if answer.registrar is Registrar.WORKER:
        return _("You yourself") if is_own else _("The worker himself")
    return firms[Side(answer.registrar.value)]


def _shown(
    one: Responsible,
    firms: Mapping[Side, str],
    methods: Mapping[str, Method],
    language: str,
    *,
    is_own: bool,
) -> Shown:
    agreed = one.answer.agreed
    return Shown(
        place=one.site_name or ACTIVITIES[one.activity].in_language(language),
        who=registrar(one.answer, firms, is_own=is_own),
        supplier=firms[one.answer.supplier],
        method=str(METHODS[methods[agreed.number]]) if agreed else "",
        why=why(one.answer.grounds),
    )
