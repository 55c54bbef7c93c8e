"""What is said of attachments and of those that are refused."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.documents.attachments.allowances import MEGABYTE, Allowance
from guichet.platform.files import Kind

_KINDS: Final = {Kind.PDF: "PDF", Kind.JPEG: "JPG", Kind.PNG: "PNG"}
_REFUSALS: Final = {
    "empty": gettext_lazy("The file is empty. Choose another one."),
    "renamed": gettext_lazy(
        "The content of the file is not what the end of its name says. It was renamed, perhaps by "
        "mistake: save it anew in a program that opens it."
    ),
    "damaged": gettext_lazy("The file is damaged. Save it anew."),
    "active": gettext_lazy(
        "The PDF holds a program, a form that sends itself or another file. Print it as PDF and "
        "attach that."
    ),
    "encrypted": gettext_lazy("The PDF is locked. Save it without a password."),
    "bomb": gettext_lazy("The file grows beyond measure when it is opened. Save it anew."),
    "virus": gettext_lazy("The virus scanner found something in the file. It was not kept."),
    "scanner_away": gettext_lazy(
        "The virus scanner does not answer, so the file was not kept. Try again in some minutes."
    ),
    "part": gettext_lazy("Something of the file is missing. Attach it again."),
}


def kinds(allowance: Allowance) -> str:
    """``PDF, JPG``."""
    return ", ".join(text for kind, text in _KINDS.items() if kind in allowance.kinds)


def megabytes(count: int) -> str:
    """``10``."""
    return f"{count / MEGABYTE:g}"


def refusal(code: str, allowance: Allowance) -> str:
    """Why a file was refused, in a sentence."""
    limits = {
        "too_large": _("The file is larger than %(largest)s MB."),
        "type": _("The file is of another kind. These are accepted: %(kinds)s."),
        "quota_files": _("You have %(files)s files here already. Remove one first."),
        "quota_bytes": _(
            "Your files would have more than %(bytes)s MB together. Remove one first."
        ),
    }
    facts = {
        "largest": megabytes(allowance.largest),
        "kinds": kinds(allowance),
        "files": str(allowance.most_files),
        "bytes": megabytes(allowance.most_bytes),
    }
    return limits[code] % facts if code in limits else str(_REFUSALS[code])
