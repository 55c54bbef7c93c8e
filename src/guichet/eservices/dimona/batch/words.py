"""The words of files: what is wrong with one, what is wrong with a form, and the repair."""

from typing import Any, Final

from django.utils.translation import gettext_lazy, override, pgettext_lazy

from guichet.eservices.dimona.batch.operations import NOT_MANDATED
from guichet.eservices.dimona.batch.reading import FileFault, FormFault

FILE_FAULTS: Final[dict[str, Any]] = {
    FileFault.UNKNOWN_SCHEMA: gettext_lazy(
        "The file does not follow the schema of a file of declarations. Use dimona-batch-v1.xsd."
    ),
    FileFault.TOO_MANY_FORMS: gettext_lazy(
        "The file holds more than 10 000 declarations. Send it in parts."
    ),
    FileFault.NOT_XML: gettext_lazy(
        "The file is not well-formed XML. Send it as your program wrote it, in UTF-8."
    ),
    FileFault.FORBIDDEN: gettext_lazy(
        "The file holds a document type, an entity, an instruction or elements nested too deep. "
        "Leave them out."
    ),
    FileFault.TOO_LARGE: gettext_lazy("The file is larger than 10 MB. Send it in parts."),
    FileFault.NO_REFERENCE: gettext_lazy(
        "The file has no reference of yours. Give the attribute reference of the first element."
    ),
    FileFault.NO_FORM: gettext_lazy("The file holds no declaration."),
}
FORM_FAULTS: Final[dict[str, Any]] = {
    FormFault.UNKNOWN: gettext_lazy("An element that the schema does not know"),
    FormFault.TWICE: gettext_lazy("An element that may stand there once only"),
    FormFault.TEXT: gettext_lazy("A text where elements are expected"),
    FormFault.MISSING_TEXT: gettext_lazy("An element without its text"),
    FormFault.NOT_A_NUMBER: gettext_lazy("A text that is not a number"),
    FormFault.TOO_LONG: gettext_lazy("A text that is too long"),
    FormFault.VALUE: gettext_lazy("A value that is not allowed there"),
    FormFault.NOT_ONE_ACT: gettext_lazy("No declaration, or several in one form"),
    FormFault.NO_REFERENCE: gettext_lazy("The form has no reference"),
    FormFault.REFERENCE_TWICE: gettext_lazy("The reference of another form of the file"),
    FormFault.NO_DOSSIER: gettext_lazy("Not the number of a dossier of this employer"),
    NOT_MANDATED: gettext_lazy("You hold no mandate of this employer"),
}
STATES: Final = {
    "received": gettext_lazy("Received, not read yet"),
    "accepted": pgettext_lazy("a file", "Accepted"),
    "refused": gettext_lazy("Refused as a whole"),
}
STATE_LOOKS: Final = {"received": "waiting", "accepted": "validated", "refused": "refused"}


def file_fault(code: str, *, language: str) -> str:
    """What is wrong with a file, in a language; empty for a file without fault."""
    if not code:
        return ""
    with override(language):
        return str(FILE_FAULTS[code])


def form_fault(code: str) -> str:
    """What is wrong with a form, in the reader's language."""
    return str(FORM_FAULTS[code])
