"""The document that presence issues."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.presence.kit import operations

register(
    Kind(
        operations.KIND,
        _("Leaflet and poster on registering at a site"),
        permission=Permission.PRESENCE.value,
    )
)
