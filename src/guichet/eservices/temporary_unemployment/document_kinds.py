"""The documents that communications of temporary unemployment issue."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.temporary_unemployment import papers

_RIGHT = Permission.TEMPORARY_UNEMPLOYMENT.value

register(Kind(papers.RECEIPT, _("Receipt of a communication of temporary unemployment"),
              permission=_RIGHT))  # fmt: skip
register(Kind(papers.POSTER, _("Notice of temporary unemployment"), permission=_RIGHT))
register(Kind(papers.COUNCIL, pgettext_lazy("document", "Letter to the works council"),
              permission=_RIGHT))  # fmt: skip
