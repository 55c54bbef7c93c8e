"""The documents that the e-Box issues."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.ebox.proofs import KIND

register(Kind(KIND, _("Proof of dispatch of a registered message"), permission=Permission.EBOX))
