"""What is said of documents and of what verification found."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.documents import kinds
from guichet.documents.models import State
from guichet.documents.queries import Progress

STATES: Final = {
    State.REQUESTED: gettext_lazy("Being made"),
    State.SEALED: gettext_lazy("Ready"),
    State.FAILED: gettext_lazy("Could not be made"),
}
LOOKS: Final = {
    State.REQUESTED: "waiting",
    State.SEALED: "validated",
    State.FAILED: "failed",
}
_PROBLEMS: Final = {
    "time_stamp": gettext_lazy("The authority that stamps the time does not answer."),
    "seal": gettext_lazy("The seal of this site is not at hand."),
    "template": gettext_lazy("The document cannot be laid out as it is."),
}
VERDICTS: Final = {
    "valid": gettext_lazy("Valid: this document is genuine"),
    "altered": gettext_lazy("Altered: this is not the document that was sealed"),
    "unknown": gettext_lazy("Unknown: we cannot say that this document is ours"),
}
VERDICT_ICONS: Final = {"valid": "disc-tick", "altered": "octagon", "unknown": "triangle"}
REASONS: Final = {
    "not_pdf": gettext_lazy("The file is not a PDF. Our documents are PDF files."),
    "seal_none": gettext_lazy("The file bears no seal."),
    "seal_foreign": gettext_lazy("The file bears a signature or a seal, but not ours."),
    "seal_unreadable": gettext_lazy("The file bears a seal that is damaged and cannot be read."),
    "seal_broken": gettext_lazy("The file bears our seal, but was changed after it was sealed."),
    "seal_partial": gettext_lazy(
        "The file bears our seal, but something was added to it afterwards."
    ),
    "seal_whole": gettext_lazy("Our seal covers the whole file and is intact."),
    "digest_known": gettext_lazy("We issued exactly this file."),
    "digest_unknown": gettext_lazy("We know of no document with exactly this content."),
}


def problem(progress: Progress) -> str:
    """Why the last try failed, in a sentence; empty when none did."""
    if not progress.problem:
        return ""
    return str(_PROBLEMS.get(progress.problem, _("Something went wrong on our side.")))


def kind(key: str) -> str:
    """The kind of a document in the reader's language."""
    try:
        return str(kinds.kind(key).name)
    except kinds.UnknownKind:  # of a service that is not there any more
        return _("Document")
