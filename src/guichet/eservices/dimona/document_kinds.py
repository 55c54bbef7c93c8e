"""The document that Dimona issues."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register

register(
    Kind(
        "dimona.personnel",
        _("Personnel file of an employer"),
        Permission.DIMONA_CONSULT,
        Permission.DIMONA_DECLARE,
    )
)
