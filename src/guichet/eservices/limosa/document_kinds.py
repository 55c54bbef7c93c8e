"""The document that Limosa declarations issue."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.limosa import proofs

register(Kind(proofs.KIND, _("L1 of a Limosa declaration"), permission=Permission.LIMOSA.value))
