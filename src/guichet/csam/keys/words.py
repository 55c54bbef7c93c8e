"""Kinds, states and levels of keys in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guichet.csam.keys.notices import KINDS
from guichet.rules.assurance import Means
from guichet.rules.digital_keys import State

__all__ = ["KINDS", "LEVELS", "LOOKS", "MEANS", "STATES", "masked"]

STATES: Final[dict[str, Promise]] = {
    State.ACTIVE: _("Active"),
    State.LOCKED: _("Locked"),
    State.REVOKED: _("Withdrawn"),
}
# The tag of a state: none for what is normal.
LOOKS: Final = {State.LOCKED: "failed", State.REVOKED: "cancelled"}
LEVELS: Final[dict[int, Promise]] = {
    500: _("High (500)"),
    450: _("High, itsme (450)"),
    400: _("Substantial (400)"),
    300: _("Limited (300)"),
    200: _("Low (200)"),
    100: _("Very low (100)"),
}
MEANS: Final[dict[str, Promise | str]] = {
    **KINDS,
    Means.EID: _("identity card"),
    Means.ITSME: "itsme",
    Means.EIDAS: _("European identification (eIDAS)"),
    Means.PASSWORD: _("user name and password"),
}


def masked(address: str) -> str:
    """An address as its owner recognises it: ``l…@example.be``."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
