"""The words of access management: kinds, states, refusals, what happened."""

from typing import Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from guichet.access.permission_names import PERMISSION_NAMES
from guichet.access.services import Permission

KINDS: Final = {
    "main": gettext_lazy("Main access manager"),
    "co": gettext_lazy("Co-manager"),
    "domain": gettext_lazy("Access manager of a domain"),
}
STATES: Final = {
    "invited": gettext_lazy("Invited"),
    "active": pgettext_lazy("user of an enterprise", "Active"),
    "blocked": gettext_lazy("Blocked"),
    "deleted": gettext_lazy("Deleted"),
}
LOOKS: Final = {
    "invited": "waiting-worker",
    "active": "validated",
    "blocked": "refused",
    "deleted": "cancelled",
}
REFUSALS: Final = {
    "not_representative": gettext_lazy(
        "Only a legal representative whom the register of enterprises names may do this."
    ),
    "sign_in_too_low": gettext_lazy(
        "This act asks for a surer sign-in: an identity card, itsme or a European means."
    ),
    "person_unknown": gettext_lazy("No register knows this person's number."),
    "same_person": gettext_lazy("This person is the main access manager already."),
    "not_manager": gettext_lazy("You do not manage the access of this enterprise."),
    "outside_domain": gettext_lazy(
        "This lies outside what you manage: you cannot give more than your own domain."
    ),
    "not_offered": gettext_lazy("Choose at least one service that exists for this quality."),
    "above_own_rights": gettext_lazy("Only a manager above you may do this."),
    "last_manager": gettext_lazy(
        "The main access manager cannot be removed or blocked; a legal representative replaces him."
    ),
    "oneself": gettext_lazy("You cannot do this to yourself; ask another manager."),
    "already_user": gettext_lazy("This person is a user of the enterprise already."),
    "already_manager": gettext_lazy("This person has this appointment already."),
    "step": gettext_lazy("This is no longer possible; look at the page again."),
    "unknown": gettext_lazy("This no longer exists."),
}
HAPPENED: Final = {
    "named": gettext_lazy("named manager"),
    "dismissed": gettext_lazy("no longer manager"),
    "invited": gettext_lazy("invited"),
    "granted": gettext_lazy("right given"),
    "withdrawn": gettext_lazy("right taken away"),
    "blocked": gettext_lazy("blocked"),
    "unblocked": gettext_lazy("unblocked"),
    "deleted": gettext_lazy("deleted"),
    "accepted": gettext_lazy("accepted"),
    "declined": gettext_lazy("declined"),
    "activated": gettext_lazy("access activated"),
}


def service_name(word: str) -> str:
    """A permission in the language of the page; a word that we do not know as it is."""
    if word not in set(Permission):
        return word
    return PERMISSION_NAMES[Permission(word)].in_language(get_language() or "en")
