"""Why Limosa declarations are looked at, in words for the worker."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register({"limosa.own": Purpose(gettext_lazy("Limosa declaration of who declared it"))})
