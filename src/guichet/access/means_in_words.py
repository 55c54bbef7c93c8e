"""The means of identification in words, within a sentence; both origins say the same."""

from typing import Final

from django.utils.translation import gettext_lazy

MEANS_IN_WORDS: Final = {
    "eid": gettext_lazy("identity card and reader"),
    "itsme": gettext_lazy("itsme"),
    "eidas": gettext_lazy("recognised European means of identification"),
    "app": gettext_lazy("user name, password and code of an app"),
    "mail": gettext_lazy("user name, password and code by e-mail"),
    "card": gettext_lazy("user name, password and paper card"),
    "passkey": gettext_lazy("passkey"),
    "password": gettext_lazy("user name and password"),
    "persona": gettext_lazy("choice of the demonstration"),
}
