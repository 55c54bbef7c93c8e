"""What is said of reports: kinds, states, steps."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.rules.relation_reports import Kind, State, Step

KINDS: Final[dict[str, Promise]] = {
    Kind.USER_COMPANY.value: _("The user company is not the one where I work"),
    Kind.DAYS.value: _("The days or the hours are wrong"),
    Kind.MISSING.value: _("A day or a relation with this agency is missing"),
    Kind.CONTRACT.value: _("I had no contract to sign before the work began"),
}
STATES: Final[dict[str, Promise]] = {
    State.OPEN.value: pgettext_lazy("report", "Open"),
    State.ANSWERED.value: pgettext_lazy("report", "Answered"),
    State.CORRECTED.value: pgettext_lazy("report", "Corrected"),
    State.CONTESTED.value: pgettext_lazy("report", "Contested"),
}
LOOKS: Final[dict[str, str]] = {
    State.OPEN.value: "waiting",
    State.ANSWERED.value: "registered",
    State.CORRECTED.value: "validated",
    State.CONTESTED.value: "warning",
}
# What a line of the report did, in the order of the conversation.
SAID: Final[dict[str, Promise]] = {
    State.OPEN.value: _("The worker reported"),
    State.ANSWERED.value: _("The agency answered"),
    State.CORRECTED.value: _("The agency says that it corrected its declaration"),
    State.CONTESTED.value: _("The worker contested"),
}
STEPS: Final[dict[str, Promise]] = {
    Step.ANSWER.value: _("Answer, without a change of the declaration"),
    Step.CORRECT.value: _("The declaration is corrected"),
}
TOLD_AGENCY: Final[dict[State, Promise]] = {
    State.OPEN: _("Report %(number)s of a worker about a relation that you declared"),
    State.CONTESTED: _("Report %(number)s: the worker contests your answer"),
}
TOLD_WORKER: Final[dict[State, Promise]] = {
    State.ANSWERED: _("Report %(number)s: the temp agency answered"),
    State.CORRECTED: _("Report %(number)s: the temp agency corrected its declaration"),
}
