"""The letters that the office issues."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.temporary_unemployment.office import letters

register(
    Kind(
        letters.DECISION,
        _("Decision of ONEM on temporary unemployment"),
        permission=Permission.TEMPORARY_UNEMPLOYMENT.value,
        held=letters.held,
    )
)
