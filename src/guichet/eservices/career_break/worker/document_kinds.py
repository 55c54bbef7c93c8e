"""The document that a worker's part becomes."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register
from guichet.eservices.career_break.worker import receipts

register(Kind(receipts.KIND, _("Receipt of the part of a worker in a career break")))
