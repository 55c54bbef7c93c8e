"""The document that notices issue."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register
from guichet.eservices.career_break.notices import receipts

register(Kind(receipts.KIND, _("Notice of a career break to an employer")))
