"""What may be attached to a report about a relation."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.documents.attachments.allowances import MEGABYTE, Allowance, register
from guichet.platform.files import Kind

# A contract, a roster, a photograph of one: a handful of pages.
REPORT: Final = Allowance(
    "interim-report",
    _("Report about a relation"),
    kinds=frozenset(Kind),
    largest=10 * MEGABYTE,
    most_files=5,
    most_bytes=25 * MEGABYTE,
)
register(REPORT)
