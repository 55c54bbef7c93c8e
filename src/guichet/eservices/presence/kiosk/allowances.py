"""What may be attached to an alternative method: the proof of its guarantees."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.documents.attachments.allowances import MEGABYTE, Allowance, register

# A description of the system, an audit report: a handful of documents.
PROOF: Final = Allowance(
    "presence-method",
    _("Alternative method of registration"),
    largest=10 * MEGABYTE,
    most_files=5,
    most_bytes=25 * MEGABYTE,
)
register(PROOF)
