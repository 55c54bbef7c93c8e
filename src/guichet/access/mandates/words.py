"""The words of mandates: statuses, refusals, what happened, ways to sign."""

from typing import Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from guichet.access.mandates import domains
from guichet.access.means_in_words import MEANS_IN_WORDS
from guichet.kernel.verdict import Finding
from guichet.rules.mandates import Quarter

__all__ = ["MEANS_IN_WORDS"]

STATUSES: Final = {
    "to_finalise": gettext_lazy("To finalise"),
    "pending": pgettext_lazy("mandate", "Waiting for a signature"),
    "active": pgettext_lazy("mandate", "Active"),
    "rejected": pgettext_lazy("mandate", "Rejected"),
    "closed": pgettext_lazy("mandate", "Closed"),
}
LOOKS: Final = {
    "to_finalise": "waiting-worker",
    "pending": "waiting-worker",
    "active": "validated",
    "rejected": "refused",
    "closed": "cancelled",
}
CLOSINGS: Final = {
    "": "",
    "refused": gettext_lazy("refused by the other party"),
    "withdrawn": gettext_lazy("withdrawn before it was signed by both"),
    "ended": gettext_lazy("ended with its last quarter"),
    "revoked": gettext_lazy("taken back by the employer"),
    "replaced": gettext_lazy("replaced by another mandate"),
}
SIDES: Final = {
    "mandator": pgettext_lazy("party of a mandate", "Employer"),
    "mandatary": pgettext_lazy("party of a mandate", "Mandatary"),
}
HAPPENED: Final = {
    "made": gettext_lazy("Prepared"),
    "signed": gettext_lazy("Signed"),
    "activated": gettext_lazy("Signed by both: in force from its first quarter"),
    "refused": gettext_lazy("Refused"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "ended": gettext_lazy("End chosen"),
    "revoked": gettext_lazy("Taken back"),
    "replaced": gettext_lazy("Replaced, or partly replaced"),
}
REFUSALS: Final = {
    "same_enterprise": gettext_lazy("An enterprise cannot give a mandate to itself."),
    "not_provider": gettext_lazy(
        "No provider of social services has this number in that quarter. Check the ten digits."
    ),
    "not_enterprise": gettext_lazy("No enterprise has this number. Check the ten digits."),
    "no_domain": gettext_lazy("Choose at least one domain."),
    "quarter": gettext_lazy("Choose the current quarter or one of the next four."),
    "already_held": gettext_lazy("The mandatary has a mandate for this already: %(domain)s."),
    "taken": gettext_lazy(
        "Another mandatary begins in that quarter or later: %(domain)s. End that mandate first."
    ),
    "next_quarter": gettext_lazy(
        "Another mandatary has the current quarter: %(domain)s. A transfer happens at the change "
        "of quarter: choose the next one."
    ),
    "not_representative": gettext_lazy(
        "Only a legal representative whom the register of enterprises names may sign for the "
        "employer."
    ),
    "not_signatory": gettext_lazy(
        "Only a legal representative or the access manager of the mandatary may sign for it."
    ),
    "sign_in_too_low": gettext_lazy(
        "This act asks for a surer sign-in: an identity card, itsme or a European means."
    ),
    "too_late": gettext_lazy(
        "The first quarter is over: this mandate can no longer be signed. Make a new one."
    ),
    "last_quarter": gettext_lazy("Choose one of the quarters in the list."),
    "not_manager": gettext_lazy("You do not manage the mandates of this enterprise."),
    "step": gettext_lazy("This is no longer possible; look at the page again."),
    "unknown": gettext_lazy("This no longer exists."),
    # A document that was sent in
    "too_big": gettext_lazy("The file is larger than two megabytes. Send the signed mandate only."),
    "not_pdf": gettext_lazy("This file is not a PDF, or it is damaged."),
    "encrypted": gettext_lazy("The PDF is protected with a password. Send it without."),
    "other_document": gettext_lazy(
        "This is not the document of this mandate as it stands here. Download it again, sign "
        "that file and send it in."
    ),
    "not_signed": gettext_lazy("The document carries no new signature."),
    "other_field": gettext_lazy(
        "The signature does not stand in the field of your party. Download the document again and "
        "sign in your field."
    ),
    "changed": gettext_lazy("The document was changed, before or after it was signed."),
    "signature_invalid": gettext_lazy("The signature does not fit the document."),
    "issuer_unknown": gettext_lazy(
        "The certificate of the signature was not issued for an identity card that we accept."
    ),
    "not_for_signing": gettext_lazy(
        "The certificate is not the one with which the card signs documents."
    ),
    "card_expired": gettext_lazy("The card was not valid at this moment."),
    "card_revoked": gettext_lazy("The card was revoked or suspended."),
    "status_unavailable": gettext_lazy(
        "At this moment nobody can tell whether the card was revoked. Try again later."
    ),
    "card_unreadable": gettext_lazy("The certificate of the signature cannot be read."),
    "wrong_person": gettext_lazy(
        "Whoever signed the document may not sign for this party: neither its legal representative "
        "nor, for a mandatary, its access manager."
    ),
}


def refusal(key: str, domain: str = "") -> str:
    """A refusal as a sentence."""
    text = str(REFUSALS[key])
    return text % {"domain": domains.name(domain)} if domain else text


def finding(one: Finding) -> str:
    """The sentence of a finding of the rules that blocks."""
    return refusal(one.key.removeprefix("mandates."), str(one.inputs.get("domain", "")))


def quarter(one: Quarter) -> str:
    """A quarter as it is written in the language of the page."""
    word = {"fr": "T", "nl": "K", "de": "Q"}.get((get_language() or "en")[:2], "Q")
    return f"{word}{one.number} {one.year}"
