"""Files of career breaks in words: the documents, their states, who brings them, why not."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.rules.career_break.attachments import Bringer, Document, Moment
from guichet.rules.career_break.file_states import FileRefused, FileState

DOCUMENTS: Final[Mapping[str, Any]] = {
    Document.MEDICAL_ATTESTATION: _("Medical attestation"),
    Document.HOSPITAL_CERTIFICATE: _("Certificate of the hospital"),
    Document.PALLIATIVE_ATTESTATION: _("Attestation of the treating doctor (palliative care)"),
    Document.CARER_RECOGNITION: _("Recognition as informal carer by the health insurance fund"),
    Document.BIRTH_OR_ADOPTION: _("Proof of birth or adoption"),
    Document.DISABILITY_ATTESTATION: _("Attestation of the disability"),
    Document.ENROLMENT: _("Attestation of enrolment in the training"),
    Document.ATTENDANCE: _("Attestation of attendance at the training"),
    Document.REMAINING_CREDIT: _("Attestation of the remaining credit"),
    Document.CAREER_DECLARATION: _("Declaration of the career"),
    Document.EXCEPTION_DECLARATION: _("Declaration on the ground of the exception"),
    Document.PLACEMENT: _("Attestation of long-term placement"),
    Document.OCCUPATION_ELSEWHERE: _("Declaration of occupation"),
    Document.NOTICE_CERTIFICATE: _("Certificate that the worker sent"),
    Document.OTHER: pgettext_lazy("a document", "Other"),
}
STATES: Final[Mapping[str, Any]] = {
    FileState.NOT_RECEIVED: _("Attachment not received"),
    FileState.PENDING: _("Not yet sent"),
    FileState.RECEIVED: pgettext_lazy("a document", "Received"),
    FileState.ACCEPTED: _("Accepted by ONEM"),
    FileState.REJECTED: _("Rejected by ONEM"),
}
LOOKS: Final[Mapping[str, str]] = {
    FileState.NOT_RECEIVED: "warning",
    FileState.PENDING: "draft",
    FileState.RECEIVED: "registered",
    FileState.ACCEPTED: "validated",
    FileState.REJECTED: "refused",
}
BRINGERS: Final[Mapping[str, Any]] = {
    Bringer.WORKER: _("The worker brings it."),
    Bringer.EMPLOYER: _("The employer brings it."),
    Bringer.EITHER: _("The worker or the employer brings it."),
    Bringer.BOTH: _("The worker and the employer each bring theirs."),
}
MOMENTS: Final[Mapping[str, Any]] = {
    Moment.WITH_NOTICE: _("With the notice."),
    Moment.BEFORE_START: _("Before the interruption begins."),
    Moment.AT_START: _("When the interruption begins, at the latest."),
    Moment.WITH_WORKERS_PART: _("With the worker's part, at the latest."),
    Moment.EACH_QUARTER: _("Each quarter."),
    Moment.WHILE_ANSWERING: _("While you answer the notice."),
}
_REFUSALS: Final[Mapping[str, Any]] = {
    "closed": _("Nothing can be added here or taken away any more. Contact ONEM."),
    "other_party": _("This step belongs to somebody else."),
    "state": _("This file is not in the state that the step asks for. Load the page again."),
}


def refusal(refused: FileRefused) -> str:
    """Why a step is not open to a file."""
    return str(_REFUSALS[refused.why])


def look(state: FileState, *, is_mandatory: bool) -> str:
    """How the state of a document is drawn: what lacks and is not needed warns nobody."""
    if state is FileState.NOT_RECEIVED and not is_mandatory:
        return "expected"
    return LOOKS[state]
