"""The document that Interim@Work issues."""

from django.utils.translation import gettext_lazy as _

from guichet.documents.kinds import Kind, register

register(Kind("interim.overview", _("Overview of relations as a temporary worker")))
