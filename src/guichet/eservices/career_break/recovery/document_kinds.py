"""The letters of recoveries."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register
from guichet.eservices.career_break.recovery import letters

register(Kind(letters.INVITATION, _("Invitation of ONEM to be heard about a break allowance")))
register(Kind(letters.DECISION, _("Decision of ONEM on a break allowance that was paid too much")))
