"""What is joined to a registered letter: its scan, and the proof of a failure."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.documents.attachments.allowances import MEGABYTE, Allowance, register
from guichet.platform.files import Kind

PROOF: Final = Allowance(
    "temporary-unemployment-paper",
    _("Registered letter about temporary unemployment"),
    kinds=frozenset(Kind),
    largest=10 * MEGABYTE,
    most_files=10,
    most_bytes=40 * MEGABYTE,
)
register(PROOF)
