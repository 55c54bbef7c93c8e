"""What the pages of Dimona say: types, flags, acts, answers, anomalies."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.rules.dimona.catalogue import ANOMALIES

TYPES: Final[dict[str, Promise]] = {
    "OTH": _("Ordinary worker"),
    "STU": pgettext_lazy("worker type", "Student"),
    "FLX": _("Flexi-job"),
    "EXT": _("Occasional worker"),
    "BCW": _("Construction worker"),
    "RTA": _("Apprentice in construction"),
    "IVT": _("Individual vocational training"),
    "TRI": _("Transition internship"),
    "STG": pgettext_lazy("worker type", "Trainee"),
    "ALT": _("Alternating training"),
    "DWD": _("Without declaration of contributions"),
    "O17": _("Article 17, other"),
    "S17": _("Article 17, sport"),
    "T17": _("Article 17, broadcasting"),
    "PMP": _("Parliamentary or government mandate"),
    "A17": _("Article 17, until 2021"),
    "QUA": _("Seasonal worker in quarantine"),
    "TEA": _("Teaching staff of a local authority"),
    "STX": _("Occasional student"),
}
ACTS: Final[dict[str, Promise]] = {
    "in": _("Beginning declared (IN)"),
    "out": _("End declared (OUT)"),
    "update": _("Changed (UPDATE)"),
    "cancel": _("Cancelled (CANCEL)"),
}
CHANNELS: Final[dict[str, Promise]] = {
    "rest": _("by software"),
    "soap": _("by software"),
    "file": _("by file"),
    "portal": _("on this site"),
    "unsecured": _("with the form without sign-in"),
    "agent": _("by an official"),
}
# The members of a period around an act, in the order in which they are told.
MEMBERS: Final[dict[str, Promise]] = {
    "startDate": _("First day"),
    "endDate": _("Last day"),
    "startHour": _("Start hour"),
    "endHour": _("End hour"),
    "plannedHoursNumber": _("Planned hours"),
}
QUOTAS: Final[dict[str, Promise]] = {
    "STUDENT": _("hours of student work"),
    "HORECA_WORKER": _("days of the worker in hotels and restaurants"),
    "HORECA_EMPLOYER": _("days of the employer in hotels and restaurants"),
    "ARTICLE17": _("hours of article 17"),
}
NATURES: Final[dict[str, Promise]] = {
    "EMPLOYEE": _("white-collar work"),
    "WORKER": _("blue-collar work"),
}


def anomaly(code: str) -> str:
    """What an anomaly says in the language of the page; the code for an unknown one."""
    found = ANOMALIES.get(code)
    return found.label.in_language(get_language() or "en") if found else code


def hour(text: str) -> str:
    """``0830`` as ``08:30``."""
    return f"{text[:2]}:{text[2:]}" if len(text) == 4 else text


def quota(code: str) -> str:
    """What a quota counts, in words."""
    key = "ARTICLE17" if code.startswith("A17") else code
    return str(QUOTAS.get(key, code))


RESULTS: Final[dict[str | None, Promise]] = {
    None: _("Being processed"),
    "A": pgettext_lazy("declaration", "Accepted"),
    "W": _("Accepted with remarks"),
    "B": pgettext_lazy("declaration", "Refused"),
    "S": _("Waiting for identification"),
}
RESULT_LOOKS: Final[dict[str | None, str]] = {
    None: "waiting",
    "A": "validated",
    "W": "warning",
    "B": "failed",
    "S": "waiting",
}
RESULTS_EXPLAINED: Final[dict[str | None, Promise]] = {
    None: _("The declaration arrived. The answer usually stands here within a few seconds."),
    "A": _("Nothing more is asked of you."),
    "W": _("The declaration stands. Read the remarks."),
    "B": _("Nothing was declared. Put right what stands here, and declare again."),
    "S": _("Who the worker is, is still being looked up. The declaration keeps its moment."),
}
