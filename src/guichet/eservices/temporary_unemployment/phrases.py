"""The words of the pages on which something is communicated, beside those of the rules."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.rules.temporary_unemployment.informing import What, Whom
from guichet.rules.temporary_unemployment.kinds import Kind, Reason

STEPS: Final[Mapping[str, Any]] = {
    "place": _("Establishment"),
    "period": _("Notice and period"),
    "causes": _("Causes and undertaking"),
    "month": _("First day without work"),
    "weather": _("Workplace and weather"),
    "accident": _("Technical accident"),
    "nature": _("Which accident"),
    "force": _("Force majeure"),
    "strike": _("Strike or lock-out"),
    "workers": _("Workers"),
    "check": _("Check and send"),
}
MARKS: Final[Mapping[str, Any]] = {
    "earliest_start": _("Earliest start for a notice of this day"),
    "notice_by": _("Notice and communication at the latest on"),
    "wage_due": _("Normal wage due"),
    "allowances_from": _("Allowances possible from"),
    "start_instead": _("Start that this notice allows"),
    "suspension": _("Announced suspension"),
    "credit_until": _("The credit of weeks lasts until"),
    "end_by": _("End at the latest on"),
    "work_week": _("Compulsory work week"),
    "next_start": _("Next start possible from"),
    "first_day": _("First day without work"),
    "send_between": _("Send this communication"),
    "accepted_from": _("Accepted from"),
    "capped_wage": _("Capped wage due"),
    "valid_until": _("Holds until"),
    "accident": _("Day of the accident"),
    "nature_by": _("Nature of the accident communicated by"),
    "council_by": _("Works council informed by"),
    "list_by": _("List of workers sent by"),
    "suspension_from": _("Suspension possible from"),
    "warned_after": _("Three months of suspension end on"),
    "force": _("Announced force majeure"),
    "covered_until": _("One communication covers until"),
    "next_part": _("New communication needed from"),
    "strike_day": _("First day of strike without wage"),
    "strike_sent": _("Day of sending"),
}
ABOUT: Final[Mapping[Reason, Any]] = {
    Reason.ECONOMIC: _("Fewer orders, late materials, clients who do not pay."),
    Reason.WEATHER: _("The weather makes the work totally impossible."),
    Reason.ACCIDENT: _("A machine or installation of the enterprise fails unexpectedly."),
    Reason.FORCE_MAJEURE: _("A sudden event outside everybody's will stops the work."),
    Reason.MEDICAL: _("A worker is unfit for the agreed work, but not for every work."),
    Reason.ANNUAL_CLOSURE: _("A worker has too few holidays for the closure."),
    Reason.EXTRA_CLOSURE: _("Extra holidays of a collective agreement of certain sectors."),
    Reason.REST_CLOSURE: _("A recent worker has too little compensatory rest for the closure."),
    Reason.STRIKE: _("Workers cannot work because others are on strike or locked out."),
    Reason.PROTECTED: _("The labour court suspended the contract of a protected worker."),
    Reason.WHITE_COLLAR: _("An enterprise in difficulty has too little work for its employees."),
}
INSTEAD: Final[Mapping[Reason, Any]] = {
    Reason.MEDICAL: _(
        "The worker claims the allowance with the payment body. You make a social risk "
        "declaration 2 each time, and declaration 5 at the end of each month."
    ),
    Reason.ANNUAL_CLOSURE: _(
        "The days of the closure stand in the work rules. You make a social risk declaration 2 "
        "for a first unemployment, and declaration 5 at the end of the month."
    ),
    Reason.EXTRA_CLOSURE: _(
        "Only the sectors whose agreement provides it know this reason. You make a social risk "
        "declaration 2 for a first unemployment, and declaration 5 at the end of the month."
    ),
    Reason.REST_CLOSURE: _(
        "Only for who entered service this year or the year before, never in construction. You "
        "make a social risk declaration 2 for a first unemployment, and declaration 5 monthly."
    ),
    Reason.PROTECTED: _(
        "The order of the court is the ground. You make a social risk declaration 2, and "
        "declaration 5 at the end of each month."
    ),
}
WHEN: Final[Mapping[tuple[Kind, bool], Any]] = {
    (Kind.EXPECTED, True): _("On the day on which you tell the workers, before the suspension."),
    (Kind.FIRST_DAY, True): _(
        "Each month: from the fifth working day before the first day without work to the working "
        "day after it."
    ),
    (Kind.FIRST_DAY, False): _(
        "Each month: from the working day before the first day without work to the working day "
        "after it."
    ),
    (Kind.ACCIDENT_NATURE, True): _("On the first working day after the accident, at the latest."),
    (Kind.ACCIDENT_LIST, True): _("Within six days after the accident."),
    (Kind.FORCE_MAJEURE, True): _("As soon as possible, for three months at most each time."),
    (Kind.STRIKE, True): _(
        "At once: the moment of sending decides from when an allowance is possible."
    ),
    (Kind.DIFFICULTY, True): _(
        "By registered letter, at least fourteen days before the first communication. It is not "
        "sent by this service."
    ),
}
INFORM: Final[Mapping[Whom, Any]] = {
    Whom.WORKS_COUNCIL: _("Inform the works council"),
    Whom.UNION_DELEGATION: _("Inform the union delegation"),
    Whom.EITHER: _("If there is a works council or, failing that, a union delegation: inform it"),
}
INFORMED: Final[Mapping[What, Any]] = {
    What.ECONOMIC_CAUSES: _("Of the economic causes, on the day of the notice to the workers."),
    What.ACCIDENT: _("Of the nature of a technical accident, within four days."),
    What.DIFFICULTY: _("With a copy of form C106A, on the day on which you send the form."),
}
INFORM_BY: Final[Mapping[What, Any]] = {
    What.ECONOMIC_CAUSES: _("Of the economic causes, on the day of the notice: %(day)s."),
    What.ACCIDENT: _("Of the nature of the technical accident, on %(day)s at the latest."),
    What.DIFFICULTY: _("With a copy of form C106A, on the day on which it is sent: %(day)s."),
}
FILE_REFUSED: Final[Mapping[str, Any]] = {
    "empty": _("The file has no line."),
    "too_large": _("The file is larger than 5 MB: divide it."),
    "too_long": _("The file has more than 10,000 lines: divide it."),
    "damaged": _("The file cannot be opened: save it again as CSV or XLSX."),
    "kind": _("The file is no list: save it as CSV or XLSX."),
}
PAPERS: Final[Mapping[str, Any]] = {
    "poster": _("Notice to post up for the workers"),
    "council": pgettext_lazy("document", "Letter to the works council"),
}
