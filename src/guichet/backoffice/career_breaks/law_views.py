"""The figures of the law, to be read: in force, coming, their history and their sources."""

from typing import Final

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from guichet.access.sessions import ActingRequest
from guichet.backoffice.career_breaks.entrance import agent, show
from guichet.eservices.career_break.office import law_figures, words
from guichet.platform import clock
from guichet.rules.dated import DatedValue, Parameter

TOPICS: Final = {
    "amounts": gettext_lazy("Amounts and taxes"),
    "credit": gettext_lazy("Credit and durations"),
    "conditions": gettext_lazy("Conditions"),
    "end_of_career": gettext_lazy("End of career"),
    "notice": gettext_lazy("Notice, postponement, refusal"),
    "office": gettext_lazy("Terms and offices"),
    "entry": gettext_lazy("Filing a request"),
}


@require_GET
@agent
def parameters(request: ActingRequest) -> HttpResponse:
    """The figures of one topic with the value of today; before them what changes next."""
    today = clock.today(clock.now())
    asked = request.GET.get("topic", "")
    topic = asked if asked in TOPICS else "amounts"
    context = {
        "topics": TOPICS,
        "topic": topic,
        "rows": law_figures.by_topic(on=today)[topic],
        "changes": law_figures.changes(on=today),
        "value": value,
        "current": "parameters",
    }  # fmt: skip
    return show(request, "parameters.html", context)


@require_GET
@agent
def parameter(request: ActingRequest, name: str) -> HttpResponse:
    """One figure with every row that it had, has and will have."""
    today = clock.today(clock.now())
    found = law_figures.one(name, on=today)
    if found is None:
        raise Http404
    context = {
        "figure": found, "rows": found.parameter.rows[::-1], "value": value,
        "current": "parameters",
    }  # fmt: skip
    return show(request, "parameter.html", context)


def value(of: Parameter, row: DatedValue | None) -> list[str]:
    """The value in words, one line for each member of a list."""
    if row is None:
        return [_("nothing in force")]
    found = row.value
    if isinstance(found, bool):
        return [_("yes") if found else _("no")]
    if isinstance(found, tuple):
        return list(found)
    if isinstance(found, int):
        return [_number(found, of.unit)]
    return [found or _("no limit, or not in force")]


def _number(found: int, unit: str) -> str:
    if unit.startswith("cent"):
        return words.euros(found)
    return words.rate(found) if unit.startswith("hundredth") else f"{found} {unit}"
