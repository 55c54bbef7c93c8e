"""Why a worker's own file is looked at, in words for him."""

from django.utils.translation import gettext_lazy

from guichet.access.privacy import purposes
from guichet.access.privacy.purposes import Purpose

purposes.register({"careerBreak.mine": Purpose(gettext_lazy("My own career break file"))})
