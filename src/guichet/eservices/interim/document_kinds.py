"""The document that Interim@Work issues."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register
from guichet.eservices.interim import exports

register(
    Kind(exports.KIND, _("Overview of relations as a temporary worker"), told=exports.told),
)
