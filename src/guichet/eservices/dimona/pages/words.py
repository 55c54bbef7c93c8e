"""What the pages of Dimona say: types, flags, acts, answers, anomalies."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guichet.eservices.dimona.queries import PeriodRecord
from guichet.kernel.niss import Niss
from guichet.platform import wording
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
    "ARTICLE17": _("hours of article 17 (days at a public broadcaster)"),
}
NATURES: Final[dict[str, Promise]] = {
    "EMPLOYEE": _("white-collar work"),
    "WORKER": _("blue-collar work"),
}


SEXES: Final[dict[str, Promise]] = {
    "1": pgettext_lazy("sex", "Male"),
    "2": pgettext_lazy("sex", "Female"),
}
COMMITTEES: Final[dict[str, Promise]] = {
    "124": _("construction"),
    "140": _("transport and logistics"),
    "144": _("agriculture"),
    "145": _("horticulture"),
    "149": _("electricians"),
    "302": _("hotels, restaurants and cafés"),
    "320": _("funeral services"),
    "322": _("temporary agency work"),
    "XXX": _("any other committee"),
}


def committees(*, is_agency: bool) -> list[tuple[str, str]]:
    """The committees of Dimona; that of temp agencies for an agency only."""
    return [
        (code, f"{code} {word}") for code, word in COMMITTEES.items() if is_agency or code != "322"
    ]


def stretch(first: date, last: date | None, start: str, end: str) -> str:
    """``24/11/2026, 18:00`` to ``25/11/2026, 02:00``, in one line."""
    begins = wording.day(first) + (f", {hour(start)}" if start else "")
    if last is None and not end:
        return begins
    shown = [wording.day(last)] if last is not None and last != first else []
    shown += [hour(end)] if end else []
    return f"{begins} \N{EN DASH} {', '.join(shown)}" if shown else begins


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
    "stuck": _("Somebody looks at it"),
}
RESULT_LOOKS: Final[dict[str | None, str]] = {
    None: "waiting",
    "A": "validated",
    "W": "warning",
    "B": "failed",
    "S": "waiting",
    "stuck": "warning",
}
RESULTS_EXPLAINED: Final[dict[str | None, Promise]] = {
    None: _("The declaration arrived. The answer usually stands here within a few seconds."),
    "A": _("Nothing more is asked of you."),
    "W": _("The declaration stands. Read the remarks."),
    "B": _("Nothing was declared. Put right what stands here, and declare again."),
    "S": _("Who the worker is, is still being looked up. The declaration keeps its moment."),
    "stuck": _("It could not be decided by itself. It keeps the moment at which it came."),
}
FORESEEN: Final[dict[str, Promise]] = {
    "A": _("The rules and the registers find nothing wrong."),
    "W": _("It would stand, with these remarks:"),
    "B": _("It would be refused:"),
    "S": _("It would stand as soon as it is known who the worker is."),
}
ANSWERED: Final[dict[str, Promise]] = {
    "": pgettext_lazy("declarations", "All"),
    "open": _("Being processed"),
    "A": pgettext_lazy("declaration", "Accepted"),
    "W": _("Accepted with remarks"),
    "B": pgettext_lazy("declaration", "Refused"),
}
KINDS: Final[dict[str, Promise]] = {
    "in": _("Beginning (IN)"),
    "out": _("End (OUT)"),
    "update": _("Change (UPDATE)"),
    "cancel": _("Cancellation (CANCEL)"),
    "daily": _("Daily registration"),
}


def days(given: Sequence[str]) -> str:
    """Days of a message in words, one after the other."""
    return ", ".join(wording.day_words(date.fromisoformat(one)) for one in given)


def shown(bound: BoundField) -> str:
    """What a form says in one of its fields, as people read it; empty for nothing."""
    value = bound.value()
    if bound.form.is_bound:
        value = bound.form.cleaned_data.get(bound.name)
    if value in (None, "", []):
        return ""
    choices = dict(getattr(bound.field, "choices", ()))
    if choices:
        given = value if isinstance(value, list) else [value]
        return ", ".join(str(choices.get(one, one)) for one in given)
    if isinstance(value, date):
        return wording.day(value)
    return Niss(value).formatted() if bound.name == "ssin" else str(value)


# Annex 40 of the official glossary; 92 and 93 are about the number of the employer.
CHANGED: Final[dict[str, Promise]] = {
    "90": _("The national number was replaced by another one"),
    "91": _("Names, birth date or sex were brought up to date"),
    "92": _("The NSSO number of the employer was replaced: another language"),
    "93": _("The NSSO number of the employer was replaced: there were two"),
}
EXPORTS: Final[dict[str, Promise]] = {
    "asked": _("Being prepared"),
    "ready": _("Ready"),
    "stopped": _("Stopped"),
    "failed": _("Not made"),
}
EXPORT_LOOKS: Final[dict[str, str]] = {
    "asked": "waiting",
    "ready": "validated",
    "stopped": "cancelled",
    "failed": "failed",
}


def state_of(one: PeriodRecord) -> str:
    """What a period's tags say, in one line."""
    said: list[str | Promise] = []
    if one.is_cancelled:
        said.append(pgettext_lazy("period", "Cancelled"))
    if one.is_late:
        said.append(_("Declared late"))
    if one.is_locked:
        said.append(_("Taken over by the NSSO"))
    known = _("Declared in time") if one.declared_at else _("Declared, moment not known")
    return ", ".join(str(each) for each in said or [known])
