"""The letters that the office issues."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.career_break.office import letters

register(Kind(letters.DECISION, _("Decision of ONEM on a career break (C62)"), held=letters.held))
register(
    Kind(
        letters.QUESTION,
        _("Question of ONEM about a request for a career break"),
        permission=Permission.CAREER_BREAK.value,
    )
)
