"""Why documents are looked at, in words for the person."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy.purposes import Purpose, register

register({"documents.download": Purpose(gettext_lazy("Official document opened"))})
