"""Notices in words: states, grounds, what happened, why not; for the worker and the employer."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.eservices.career_break import words as general
from guichet.kernel.verdict import Finding
from guichet.platform import wording
from guichet.rules.career_break.answers import Ground
from guichet.rules.career_break.faults import Fault
from guichet.rules.career_break.kinds import Leave
from guichet.rules.career_break.states import NoticeState, StepRefused

STATES: Final[Mapping[str, Any]] = {
    NoticeState.PENDING: _("Waiting for the employer's answer"),
    NoticeState.ACCEPTED: pgettext_lazy("a notice", "Accepted"),
    NoticeState.DEEMED_ACCEPTED: _("Deemed accepted: no answer came in time"),
    NoticeState.ACCEPTED_NEW_DATE: _("Accepted on the new date"),
    NoticeState.REFUSED: pgettext_lazy("a notice", "Refused"),
    NoticeState.POSTPONED: _("Postponed: the worker agrees or renounces"),
    NoticeState.WITHDRAWN: _("Withdrawn by the worker"),
    NoticeState.LAPSED: _("Lapsed: the start passed without an answer"),
    NoticeState.RENOUNCED: _("Renounced by the worker"),
}
LOOKS: Final[Mapping[str, str]] = {
    NoticeState.PENDING: "waiting",
    NoticeState.ACCEPTED: "validated",
    NoticeState.DEEMED_ACCEPTED: "validated",
    NoticeState.ACCEPTED_NEW_DATE: "validated",
    NoticeState.REFUSED: "refused",
    NoticeState.POSTPONED: "waiting-worker",
    NoticeState.WITHDRAWN: "cancelled",
    NoticeState.LAPSED: "cancelled",
    NoticeState.RENOUNCED: "cancelled",
}
# Why a step is not open, by what happened first.
_REFUSALS: Final[Mapping[str, Any]] = {
    NoticeState.ACCEPTED: _("This notice was accepted already."),
    NoticeState.REFUSED: _("This notice was refused already."),
    NoticeState.POSTPONED: _("This notice was postponed already: the worker agrees or renounces."),
    NoticeState.WITHDRAWN: _("The worker withdrew this notice: there is nothing to answer."),
    NoticeState.LAPSED: _("The requested start passed without an answer: this notice lapsed."),
    NoticeState.RENOUNCED: _("The worker renounced this leave."),
    NoticeState.DEEMED_ACCEPTED: _("The time to answer is over: this notice is deemed accepted."),
    NoticeState.ACCEPTED_NEW_DATE: _("The new date was agreed already."),
    NoticeState.PENDING: _("The employer did not answer this notice yet."),
}
GROUNDS: Final[Mapping[str, Any]] = {
    Ground.SMALL_EMPLOYER: _("Few workers"),
    Ground.EXCLUDED_CATEGORY: _("A category of staff that a collective agreement excludes"),
    Ground.CONSENT_REGIME: _("A form that needs your agreement"),
    Ground.FEWER_THAN_TEN: _("Fewer than ten workers"),
    Ground.HALF_OF_CREDIT_USED: _("Half of the time for this patient was taken already"),
    Ground.SEVERAL_EMPLOYERS: _("A fifth shared by several employers"),
    Ground.SERVICE_DECIDES: _("The personnel service decides"),
}
# The sentences of the rules speak to the employer; the worker is told the same as his own.
_TO_WORKER: Final[Mapping[str, Any]] = {
    "V-DT-05": _("You are not employed there on that day."),
    "V-DT-06": _("Your employment there ends on %(until)s, before the end of the break."),
    "V-NT-01": _("The start must lie after today: a notice comes before the leave."),
    "V-NT-03": _(
        "The legal term for this notice ended on %(last)s. Your employer may accept a shorter "
        "term, or ask you to begin later."
    ),
    "V-NT-03.palliative": _(
        "The leave begins on Monday %(monday)s, unless your employer agrees to an earlier start."
    ),
    "V-NT-04": _("A notice of this leave is sent from %(first)s on. You may send it now."),
}
DOCUMENTS: Final[Mapping[str, Any]] = {
    Leave.TIME_CREDIT: _(
        "Give your employer the attestation of your remaining credit, and proof of the motive."
    ),
    Leave.END_OF_CAREER: _("Give your employer proof of your career, if you are younger than 60."),
    Leave.PARENTAL: _(
        "Give your employer proof of the birth or the adoption, on the first day of the leave at "
        "the latest."
    ),
    Leave.MEDICAL_ASSISTANCE: _("Give your employer the attestation of the treating doctor."),
    Leave.PALLIATIVE: _(
        "Give your employer the attestation of the treating doctor; it does not name the patient."
    ),
    Leave.INFORMAL_CARER: _("Give your employer the recognition by the health insurance fund."),
    Leave.ORDINARY: _("Your personnel service tells you what it needs."),
}


def state(code: str) -> str:
    """The state in a few words."""
    return str(STATES[code])


def look(code: str) -> str:
    """How the state is drawn."""
    return LOOKS[code]


def refusal(refused: StepRefused) -> str:
    """Why a step is not open: the same words on a page and for a machine."""
    if refused.why == "answered" and refused.state in _REFUSALS:
        return str(_REFUSALS[refused.state])
    return general.refusal(refused)


def to_worker(one: Fault) -> str:
    """A fault in words for the worker himself."""
    if one.key not in _TO_WORKER:
        return general.fault(one)
    shown = {
        name: wording.day(value) if isinstance(value, date) else str(value)
        for name, value in one.values.items()
    }
    return str(_TO_WORKER[one.key]) % shown


def reason(one: Finding) -> str:
    """Why an employer may or may not refuse."""
    return general.said(one.key, one.inputs)
