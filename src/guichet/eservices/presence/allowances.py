"""What may be attached to a request for a correction."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.documents.attachments.allowances import MEGABYTE, Allowance, register
from guichet.platform.files import Kind

# A signed sheet, a roster, a photograph of the poster: a handful of pages.
CORRECTION: Final = Allowance(
    "presence-correction",
    _("Request for a correction"),
    kinds=frozenset(Kind),
    largest=10 * MEGABYTE,
    most_files=5,
    most_bytes=25 * MEGABYTE,
)
register(CORRECTION)

# The agreement itself, signed, with its annexes.
ARRANGEMENT: Final = Allowance(
    "presence-arrangement",
    _("Agreement on how people are registered"),
    largest=10 * MEGABYTE,
    most_files=5,
    most_bytes=25 * MEGABYTE,
)
register(ARRANGEMENT)
