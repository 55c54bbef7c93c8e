"""The document that proves a remaining credit."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register
from guichet.eservices.career_break.credit import proving

register(Kind(proving.KIND, _("Attestation of the remaining credit of a career break")))
