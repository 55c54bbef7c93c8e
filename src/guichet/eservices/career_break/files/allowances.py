"""What may be attached to a request for a career break or to a notice: PDF and JPG.

It is not registered with the general pages of attachments: a file of a break is chosen for one of
its documents, which only the pages of breaks ask.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from guichet.documents.attachments.allowances import MEGABYTE, Allowance
from guichet.rules.career_break.attachments import largest_file

# Somebody who handles breaks for a large employer has files of several requests pending at once.
FILES: Final = Allowance(
    "career-break",
    _("Career break and time credit"),
    most_files=30,
    most_bytes=60 * MEGABYTE,
)


def allowance(*, on: date) -> Allowance:
    """The allowance with the largest file of a day."""
    return replace(FILES, largest=largest_file(on=on))
