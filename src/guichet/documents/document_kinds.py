"""The kind of document that every service may issue."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register

ATTESTATION = Kind("documents.attestation", _("Attestation"))
register(ATTESTATION)
