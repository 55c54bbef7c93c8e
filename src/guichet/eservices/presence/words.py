"""The words of presence for people: states, channels, what does not fit, remarks explained."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from guichet.kernel.limosa import CodeFault
from guichet.platform.clock import brussels
from guichet.rules.limosa import Standing
from guichet.rules.presence_corrections import Kind, Reason, State, last_day
from guichet.rules.presence_day import Unfit
from guichet.rules.presence_next import Step
from guichet.rules.remarks import ACTIVITIES, REMARKS

VALIDITIES: Final = {
    "pending": gettext_lazy("Registered, being checked"),
    "validated": gettext_lazy("Validated"),
    "failed": gettext_lazy("With a remark"),
}
# The look of each validity: names of the status tags.
TAGS: Final = {"pending": "registered", "validated": "validated", "failed": "failed"}
CHANNELS: Final = {
    "ws": gettext_lazy("Software of the enterprise"),
    "mobile_manual": gettext_lazy("Own phone"),
    "kiosk": gettext_lazy("Kiosk on site"),
    "portal": gettext_lazy("Web page"),
    "correction": gettext_lazy("Decision of the NSSO"),
}
TYPES: Final = {
    "in": pgettext_lazy("act of presence", "IN"),
    "out": pgettext_lazy("act of presence", "OUT"),
}
UNFIT: Final = {
    Unfit.SECOND_IN: gettext_lazy("IN pressed twice"),
    Unfit.SECOND_OUT: gettext_lazy("Two OUT in a row"),
    Unfit.OUT_WITHOUT_IN: gettext_lazy("OUT without IN"),
    Unfit.OUT_ELSEWHERE: gettext_lazy("OUT at another site"),
    Unfit.MISSING_OUT: gettext_lazy("OUT missing"),
}
# A remark that says the same as what the reading of the day shows: it is not said twice.
SAID_BY: Final = {
    Unfit.SECOND_IN: frozenset({"ciao_21", "caw_14"}),
    Unfit.SECOND_OUT: frozenset({"ciao_901"}),
    Unfit.OUT_WITHOUT_IN: frozenset({"ciao_901"}),
    Unfit.OUT_ELSEWHERE: frozenset({"ciao_903"}),
    Unfit.MISSING_OUT: frozenset({"ciao_902"}),
}

RECEIPT_KINDS: Final = {
    "in": pgettext_lazy("act of presence", "IN"),
    "out": pgettext_lazy("act of presence", "OUT"),
    "day": gettext_lazy("Presence of a day"),
}
RECEIPT_FAULTS: Final = {
    "unreadable": gettext_lazy("This is not the content of the QR code of a receipt."),
    "unknownKey": gettext_lazy("Not genuine: signed with a key that is none of this service."),
    "altered": gettext_lazy("Not genuine: it was changed after it was signed."),
}
CODE_FAULTS: Final = {
    CodeFault.TOO_LONG: gettext_lazy("This is too long for the QR code of an L1."),
    CodeFault.BROKEN_ENCODING: gettext_lazy(
        "The QR code was read badly: the signs after a percent sign are wrong. Scan it again, or "
        "type the number that is printed on the L1."
    ),
    CodeFault.NO_NUMBER: gettext_lazy(
        "There is no Limosa number in it. Type the seventeen digits that are printed on the L1."
    ),
    CodeFault.SEVERAL_NUMBERS: gettext_lazy(
        "There are several numbers in it. Type the one that is printed on the L1."
    ),
}
STANDINGS: Final = {
    Standing.VALID: gettext_lazy("Valid on this day"),
    Standing.NOT_YET: gettext_lazy("Not valid yet on this day"),
    Standing.OVER: gettext_lazy("Expired on this day"),
    Standing.CANCELLED: gettext_lazy("Withdrawn"),
    Standing.UNKNOWN: gettext_lazy("Not found for your enterprise"),
}
LIMOSA: Final = {
    "limosa.check": gettext_lazy(
        "The check digits of the number are wrong: compare it with the paper, digit by digit. "
        "Numbers of older forms fail this check as well."
    ),
    "limosa.notYet": gettext_lazy(
        "The posting begins later. Work before its first day is without a declaration: ask the "
        "employer to change the declaration before the work starts."
    ),
    "limosa.over": gettext_lazy(
        "The posting is over. A registration on this day is stored and gets a remark; ask the "
        "employer for a new declaration before the work goes on."
    ),
    "limosa.cancelled": gettext_lazy(
        "The employer withdrew this declaration. Ask for a valid L1 before the work starts, and "
        "report it when there is none."
    ),
    "limosa.unknown": gettext_lazy(
        "No declaration of this number names your enterprise or one of your sites. Compare the "
        "number with the paper; ask the employer to add your site. Without an L1 you have to "
        "report that it is missing."
    ),
}


@dataclass(frozen=True, slots=True)
class RemarkText:
    """A remark in the reader's language: what it says, what it means, how to mend it."""

    code: str
    label: str
    meaning: str
    repair: str


def remark_text(code: str) -> RemarkText:
    """The texts of a remark; a code that the catalogue lacks speaks for itself."""
    language = get_language() or "en"
    remark = REMARKS.get(code)
    if remark is None:
        return RemarkText(code, code, "", "")
    return RemarkText(
        code,
        remark.label.in_language(language),
        remark.meaning.in_language(language),
        remark.repair.in_language(language),
    )


def activity(code: str) -> str:
    """The activity in the reader's language."""
    label = ACTIVITIES.get(code)
    return label.in_language(get_language() or "en") if label else code


def report_until(occurred_at: datetime, activity_code: str) -> date:
    """The last day on which a mistake in an act can be reported, this day included."""
    return last_day(on=brussels(occurred_at).date(), activity=activity_code)


@dataclass(frozen=True, slots=True)
class StepWords:
    """What stands on the button, lazily translated: the word, and the sentence below it."""

    label: Any
    sentence: Any
    link: Any


STEPS: Final = {
    Step.START: StepWords(
        pgettext_lazy("button of presence", "Start"),
        gettext_lazy("I start working"),
        gettext_lazy("I start working"),
    ),
    Step.BREAK: StepWords(
        pgettext_lazy("button of presence", "Break"),
        gettext_lazy("I take a break"),
        gettext_lazy("I take a break"),
    ),
    Step.RESUME: StepWords(
        pgettext_lazy("button of presence", "Resume"),
        gettext_lazy("I go on working"),
        gettext_lazy("I go on working"),
    ),
    Step.END: StepWords(
        pgettext_lazy("button of presence", "End"),
        gettext_lazy("I stop working"),
        gettext_lazy("I have finished my day"),
    ),
    Step.MOVE: StepWords(
        pgettext_lazy("button of presence", "Move"),
        gettext_lazy("I leave the other site and start here"),
        gettext_lazy("I change to this site"),
    ),
    Step.DONE: StepWords(
        pgettext_lazy("button of presence", "Done"),
        gettext_lazy("I have finished my day"),
        gettext_lazy("I have finished my day"),
    ),
}
STEP_DONE: Final = {
    Step.START: gettext_lazy("Your start is registered: %(time)s."),
    Step.BREAK: gettext_lazy("Your break is registered: %(time)s."),
    Step.RESUME: gettext_lazy("You are at work again since %(time)s: registered."),
    Step.END: gettext_lazy("Your end is registered: %(time)s."),
    Step.MOVE: gettext_lazy("You have left the other site and started here: %(time)s."),
}
# The life of a correction, in the words of the worker.
CORRECTION_STATES: Final = {
    State.PREPARED: gettext_lazy("Prepared, not sent yet"),
    State.REPORTED: gettext_lazy("With your employer"),
    State.SUBMITTED: gettext_lazy("Asked of the NSSO"),
    State.IN_REVIEW: gettext_lazy("Being examined by the NSSO"),
    State.ACCEPTED: gettext_lazy("Granted"),
    State.PARTLY_ACCEPTED: gettext_lazy("Granted in part"),
    State.REFUSED: gettext_lazy("Not granted"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
    State.EXPIRED: gettext_lazy("Not sent in time"),
}
CORRECTION_TAGS: Final = {
    State.PREPARED: "waiting-worker",
    State.REPORTED: "waiting",
    State.SUBMITTED: "waiting",
    State.IN_REVIEW: "waiting",
    State.ACCEPTED: "validated",
    State.PARTLY_ACCEPTED: "changed",
    State.REFUSED: "refused",
    State.WITHDRAWN: "cancelled",
    State.EXPIRED: "refused",
}
STATUSES: Final = {
    "registered": gettext_lazy("As registered"),
    "edited": gettext_lazy("Corrected by the NSSO"),
    "cancelled": gettext_lazy("Cancelled by the NSSO"),
}
CORRECTION_KINDS: Final = {
    Kind.CHANGE_TIME: gettext_lazy("The time is wrong"),
    Kind.CHANGE_SITE: gettext_lazy("The site is wrong"),
    Kind.CHANGE_EMPLOYER: gettext_lazy("The employer is wrong"),
    Kind.CANCEL: gettext_lazy("I did not work then"),
}
CORRECTION_REASONS: Final = {
    Reason.NO_NETWORK: gettext_lazy("The phone had no network for more than 10 minutes."),
    Reason.DEVICE_FAILURE: gettext_lazy("The phone or the device did not work."),
    Reason.FORGOTTEN: gettext_lazy("I forgot to register."),
    Reason.WRONG_CODE: gettext_lazy("The code of the site was a wrong one."),
    Reason.WRONG_EMPLOYER: gettext_lazy("The employer was a wrong one."),
    Reason.OTHER: gettext_lazy("Another reason."),
}
# A request to the NSSO: the same life, in the words of whoever asks and of whoever decides.
CASE_KINDS: Final = {
    Kind.ADD: gettext_lazy("A registration is missing"),
    **CORRECTION_KINDS,
    Kind.CANCEL: gettext_lazy("The registration should not exist"),
}
CASE_REASONS: Final = {
    Reason.DEVICE_FAILURE: gettext_lazy("The phone or the device did not work."),
    Reason.NO_NETWORK: gettext_lazy("There was no network for more than 10 minutes."),
    Reason.FORGOTTEN: gettext_lazy("It was forgotten."),
    Reason.WRONG_CODE: gettext_lazy("The code of a wrong site was scanned."),
    Reason.WRONG_EMPLOYER: gettext_lazy("A wrong employer was chosen."),
    Reason.OTHER: gettext_lazy("Another reason."),
}
CASE_STATES: Final = {
    State.SUBMITTED: gettext_lazy("With the NSSO"),
    State.IN_REVIEW: gettext_lazy("Being examined by the NSSO"),
    State.ACCEPTED: gettext_lazy("Granted"),
    State.PARTLY_ACCEPTED: gettext_lazy("Granted in part"),
    State.REFUSED: gettext_lazy("Not granted"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
}
CASE_TAGS: Final = {
    **CORRECTION_TAGS,
    State.SUBMITTED: "waiting",
    State.IN_REVIEW: "in-progress",
}
# Why a step is not open, the same sentence wherever somebody tries it.
STEP_REFUSALS: Final = {
    State.PREPARED: gettext_lazy("The worker has not sent this yet."),
    State.REPORTED: gettext_lazy("The NSSO was not asked yet."),
    State.SUBMITTED: gettext_lazy("Nobody at the NSSO examines this request yet: take it first."),
    State.IN_REVIEW: gettext_lazy("The NSSO examines this request already."),
    State.ACCEPTED: gettext_lazy("The NSSO has decided: this request is granted."),
    State.PARTLY_ACCEPTED: gettext_lazy("The NSSO has decided: this is granted in part."),
    State.REFUSED: gettext_lazy("The NSSO has decided: this request is not granted."),
    State.WITHDRAWN: gettext_lazy("This request was withdrawn."),
    State.EXPIRED: gettext_lazy("The last day to ask has passed."),
}
DOCUMENT_NEEDED: Final = gettext_lazy(
    "A supporting document is needed: attach a signed sheet, a roster or a photograph."
)
TOO_LATE: Final = gettext_lazy("The NSSO could be asked until %(day)s. That day has passed.")
