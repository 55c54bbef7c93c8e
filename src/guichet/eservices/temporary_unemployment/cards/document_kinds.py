"""The document that a control card becomes once it is sent."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register
from guichet.eservices.temporary_unemployment.cards import receipts

register(Kind(receipts.KIND, _("Control card of temporary unemployment")))
