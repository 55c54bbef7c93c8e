"""What the pages of channels say: refusals, states, outcomes and steps, in the reader's language.

The sentences of `certificates` and `channels` are English, for the command line; here each refusal
is known by its class, and a test holds the two lists together.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.access import certificates as c
from guichet.access import channels as ch
from guichet.access.chaman import senders, users
from guichet.access.permissions import (
    CAREER_BREAK,
    CHECK_IN_AND_OUT,
    CHECKIN_AT_WORK,
    DIMONA,
    EBOX,
    EBOX_PUBLICATION,
    TEMPORARY_UNEMPLOYMENT,
)

REFUSALS: Final[Mapping[type[Exception], Any]] = {
    c.UnreadableCertificate: gettext_lazy(
        "This is not a certificate that we can read. Send one X.509 certificate in PEM or DER form."
    ),
    c.SeveralCertificates: gettext_lazy(
        "The file holds several certificates. Send the certificate of your own key alone."
    ),
    c.PrivateKeyUploaded: gettext_lazy(
        "This is a private key, or holds one. We did not keep it, but it has left your machine: "
        "consider it compromised, make a new key, and send its certificate alone."
    ),
    c.WeakKey: gettext_lazy("The RSA key has fewer than 2048 bits. Make a longer one."),
    c.UnsupportedKey: gettext_lazy(
        "This kind of key is not accepted. Use RSA of 2048 to 8192 bits, or P-256."
    ),
    c.WeakSignature: gettext_lazy(
        "The certificate is signed with SHA-1 or weaker. Use SHA-256 or stronger."
    ),
    c.AuthorityCertificate: gettext_lazy(
        "This is the certificate of a certification authority. Send the one of your own key."
    ),
    c.ExpiredCertificate: gettext_lazy("The certificate has expired. Send one that is valid."),
    c.CertificateNotYetValid: gettext_lazy(
        "The certificate is not yet valid. Come back on its first day, or check its dates."
    ),
    c.TestCertificate: gettext_lazy(
        "This is a test certificate. A channel for production needs a real one."
    ),
    ch.CertificateTaken: gettext_lazy(
        "This certificate is, or was, registered for a channel. Make a new key and certificate."
    ),
    ch.TwoCertificatesAlready: gettext_lazy(
        "This channel has two active certificates. Withdraw one before you add another."
    ),
    ch.NoCertificate: gettext_lazy("Choose the file of the certificate, or paste its text."),
    ch.UnknownPermission: gettext_lazy("This permission does not exist."),
    ch.UnknownChannel: gettext_lazy("There is no such channel."),
    ch.UnknownCertificate: gettext_lazy("This certificate is not active any more."),
    senders.SenderExists: gettext_lazy("Your enterprise has its sender already."),
    senders.SecondContact: gettext_lazy(
        "Your sender has its technical contact already: there is exactly one. You can change it."
    ),
    senders.UnknownSender: gettext_lazy("Your enterprise has no sender yet."),
    senders.NumbersExhausted: gettext_lazy("No sender number is left. Please contact us."),
    users.UserNameTaken: gettext_lazy("This user name exists already, or did. Choose another one."),
    users.UserCertificateTaken: gettext_lazy(
        "This certificate belongs to a technical user already. Make a new key and certificate."
    ),
    users.UnknownUser: gettext_lazy("There is no such technical user."),
    users.UnknownSenderOfUser: gettext_lazy("Your enterprise has no sender yet."),
}

STATES: Final = {
    "active": ("validated", gettext_lazy("Active")),
    "suspended": ("cancelled", gettext_lazy("Suspended")),
    "withdrawn": ("cancelled", gettext_lazy("Withdrawn")),
    "blocked": ("cancelled", gettext_lazy("Blocked")),
    "expired": ("failed", gettext_lazy("Expired")),
    "ending": ("warning", gettext_lazy("Ends soon")),
}
ENVIRONMENTS: Final = {
    "simulation": gettext_lazy("Simulation"),
    "production": gettext_lazy("Production"),
}
# Official names of the services; where there is one in each language, translated.
PERMISSIONS: Final[Mapping[str, Any]] = {
    CHECK_IN_AND_OUT: "Check In and Out at Work",
    CHECKIN_AT_WORK: "Checkin@Work",
    DIMONA: "Dimona",
    CAREER_BREAK: gettext_lazy("Career break and time credit"),
    TEMPORARY_UNEMPLOYMENT: gettext_lazy("Temporary unemployment"),
    EBOX: "e-Box",
    EBOX_PUBLICATION: "e-Box (publication)",
}

# What the token endpoint answered, as its owner needs to read it.
OUTCOMES: Final = {
    "issued": gettext_lazy("Token issued"),
    "malformed": gettext_lazy("Refused: the assertion cannot be read."),
    "algorithm": gettext_lazy("Refused: the assertion must be signed with RS256 or ES256."),
    "issuer": gettext_lazy("Refused: iss, sub and client_id are not the same."),
    "client": gettext_lazy("Refused: the channel was suspended."),
    "signature": gettext_lazy(
        "Refused: the signature fits no active certificate. The key is another one, or its "
        "certificate was withdrawn or has expired."
    ),
    "audience": gettext_lazy("Refused: aud is not the address of our token endpoint."),
    "time": gettext_lazy(
        "Refused: the assertion had expired, lies ahead, or lives longer than an hour. Check the "
        "clock of your machine."
    ),
    "identifier": gettext_lazy("Refused: jti is missing or too long."),
    "replayed": gettext_lazy(
        "Refused: the assertion was used a second time. Make a new one for each token; if it was "
        "not you, withdraw the certificate."
    ),
    "unauthorized_client": gettext_lazy(
        "Refused: the channel has no permission, or is meant for the other environment."
    ),
    "invalid_scope": gettext_lazy("Refused: a scope is unknown, or not among the permissions."),
    "too_many": gettext_lazy("Refused: too many tokens in one minute. Use a token until it ends."),
}
_STEPS: Final = {
    "access.channel.created": gettext_lazy("Channel created"),
    "access.channel.permitted": gettext_lazy("Permissions changed"),
    "access.channel.suspended": gettext_lazy("Channel suspended"),
    "access.channel.resumed": gettext_lazy("Channel opened again"),
    "access.certificate.added": gettext_lazy("Certificate added"),
    "access.certificate.withdrawn": gettext_lazy("Certificate withdrawn"),
    "access.assertion.replayed": gettext_lazy("An assertion was used a second time"),
}


def refusal(fault: Exception) -> str:
    """The sentence of a refusal in the reader's language; raises KeyError for an unknown one."""
    return str(REFUSALS[type(fault)])


def outcome(code: str) -> str:
    """What the token endpoint answered."""
    return str(OUTCOMES.get(code, code))


def step(action: str) -> str:
    """One line of the trail of a channel."""
    return str(_STEPS.get(action, _("Change")))


def fingerprint(thumbprint: str) -> str:
    """``AB:12:…``, as other tools show it."""
    pairs = zip(thumbprint[::2], thumbprint[1::2], strict=True)
    return ":".join(first + second for first, second in pairs).upper()
