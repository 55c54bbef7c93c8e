"""The document that declarations of works issue."""

from django.utils.translation import gettext_lazy as _

from guichet.access.services import Permission
from guichet.documents.kinds import Kind, register
from guichet.eservices.works import posters

register(Kind(posters.KIND, _("Poster of a site"), permission=Permission.WORKS.value))
