"""The document that requests for career breaks issue."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.career_break import receipts

register(
    Kind(
        receipts.KIND,
        _("Part of the employer of a request for a career break"),
        permission=Permission.CAREER_BREAK.value,
    )
)
