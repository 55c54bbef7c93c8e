"""The words of files: why one is refused, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from guichet.rules.temporary_unemployment.findings import CATALOGUE

REASONS: Final[Mapping[str, Any]] = {
    # names
    "form": gettext_lazy("The name does not follow the pattern of file names."),
    "date": gettext_lazy("The date in the name is no day of the calendar."),
    "future": gettext_lazy("The date in the name lies in the future."),
    "part": gettext_lazy("The number of the part does not fit the number of parts."),
    "type": gettext_lazy("Files of this type are not sent to this service; its type is TWCT."),
    "sender": gettext_lazy("The sender number in the name is not yours."),
    "place": gettext_lazy("The letter of the environment does not fit the folder."),
    # sets
    "used": gettext_lazy("This name was used before. Give each set of files a new sequence."),
    "incomplete": gettext_lazy(
        "The declaration or its signature did not come within thirty minutes of the trigger."
    ),
    # signatures
    "missing": gettext_lazy("The signature is missing."),
    "unreadable": gettext_lazy("The signature is not CMS, in DER or in base64, of one signer."),
    "not_detached": gettext_lazy("The signature holds the content; sign beside it (detached)."),
    "algorithm": gettext_lazy("Sign with RSA or ECDSA and with SHA-256, SHA-384 or SHA-512."),
    "unknown_certificate": gettext_lazy(
        "The certificate of the signature is not registered for this sender."
    ),
    "not_valid_now": gettext_lazy("The certificate of the signature is not valid now."),
    "mismatch": gettext_lazy("The signature does not fit the content."),
    # frames
    "encoding": gettext_lazy("The file is not UTF-8 without a byte order mark."),
    "doctype": gettext_lazy("The file holds a document type. Leave it out, and all entities."),
    "not_xml": gettext_lazy("The file is not well-formed XML."),
    "other_type": gettext_lazy("The first element is not that of a file of communications (TWCT)."),
    "foreign": gettext_lazy("The file holds something else than forms."),
    "empty_block": gettext_lazy("A block is empty. Leave out a block that says nothing."),
    "no_form": gettext_lazy("The file holds no form."),
    "too_many_forms": gettext_lazy("The file holds too many forms. Send it in several files."),
    "form_too_large": gettext_lazy("A form is too large. Send it in several forms."),
    "too_large": gettext_lazy("The file is too large. Send it in several files."),
}
STATES: Final[Mapping[str, Any]] = {
    "open": gettext_lazy("Waits for its trigger"),
    "waiting": gettext_lazy("Waits for the other files of its set"),
    "received": gettext_lazy("Received, not checked yet"),
    "accepted": gettext_lazy("Accepted, its forms are handled"),
    "done": pgettext_lazy("a file", "Handled"),
    "refused": gettext_lazy("Refused as a whole"),
    "withdrawn": gettext_lazy("Withdrawn before its trigger"),
}
STATE_LOOKS: Final[Mapping[str, str]] = {
    "open": "draft",
    "waiting": "waiting",
    "received": "waiting",
    "accepted": "waiting",
    "done": "validated",
    "refused": "refused",
    "withdrawn": "cancelled",
}
CHANNELS: Final[Mapping[str, Any]] = {
    "sftp": "SFTP",
    "rest": "REST",
    "web": pgettext_lazy("channel", "This site"),
}
SURROUNDINGS: Final[Mapping[str, Any]] = {
    "R": pgettext_lazy("environment of a file", "Real"),
    "T": pgettext_lazy("environment of a file", "Test of the circuit"),
    "S": pgettext_lazy("environment of a file", "Simulation of declarations"),
}


def refusal(code: str, reason: str) -> str:
    """Why a file is refused, in the reader's language; the general sentence if it says no more."""
    if reason in REASONS:
        return str(REASONS[reason])
    language = (get_language() or "en").partition("-")[0]
    return CATALOGUE.sentences[code].in_language(language)
