"""What a technical channel may do: permissions ticked by its manager, and the scopes they give.

A permission is a word of our interface, a scope is what a token carries. No Django here.
"""

from collections.abc import Iterable, Mapping
from typing import Final

ENTERPRISE: Final = "check-in-and-out-work-rest:enterprise"
PROFESSIONAL: Final = "check-in-and-out-work-rest:professional"
OWN_ACTS: Final = "check-in-and-out-work-rest:own"
DIMONA_DECLARANT: Final = "dimona:declaration:declarant"
DIMONA_CONSULT: Final = "dimona:declaration:consult"
CAREER_BREAK_DECLARANT: Final = "career-break:request:declarant"
CAREER_BREAK_CONSULT: Final = "career-break:request:consult"
TEMPORARY_UNEMPLOYMENT_DECLARANT: Final = "temporary-unemployment:communication:declarant"
TEMPORARY_UNEMPLOYMENT_CONSULT: Final = "temporary-unemployment:communication:consult"
EBOX_SUMMARY: Final = "ws-eboxrestentreprise:summaryownebox"
EBOX_MESSAGES: Final = "ws-eboxrestentreprise:messagesfull"
EBOX_CONSUMER: Final = "ws-eboxrestentreprise:documentconsumer"
EBOX_SENDER: Final = "ws-eboxrestentreprise:publicationsender"
EBOX_REGISTERED: Final = "ws-eboxrestentreprise:registeredmailsender"
EBOX_REGISTRY: Final = "ws-eboxrestentreprise:federationregistry"

CHECK_IN_AND_OUT: Final = "check-in-and-out-at-work"
# The web service of Checkin@Work: messages are signed with the certificate, no token is asked.
CHECKIN_AT_WORK: Final = "checkin-at-work"
DIMONA: Final = "dimona"
CAREER_BREAK: Final = "career-break"
TEMPORARY_UNEMPLOYMENT: Final = "temporary-unemployment"
EBOX: Final = "ebox"
EBOX_PUBLICATION: Final = "ebox-publication"

# Only the endings of the presence scopes are public; the beginning is ours and a deployment
# may choose another one, so resource servers compare endings.
PRESENCE_PREFIX: Final = "scope:guichet:presence:"
_OURS: Final = "scope:guichet:"
_EBOX_PREFIX: Final = "scope:document:management:consult:"

# permission -> (beginning, ending) of each scope that it gives
_SCOPES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    CHECK_IN_AND_OUT: ((PRESENCE_PREFIX, ENTERPRISE), (PRESENCE_PREFIX, PROFESSIONAL)),
    CHECKIN_AT_WORK: (),
    DIMONA: (("scope:", DIMONA_DECLARANT), ("scope:", DIMONA_CONSULT)),
    # Ours: there is no public list of the scopes of this service.
    CAREER_BREAK: (
        (_OURS, CAREER_BREAK_DECLARANT),
        (_OURS, CAREER_BREAK_CONSULT),
    ),
    # Files by SFTP and over REST; ours too.
    TEMPORARY_UNEMPLOYMENT: (
        (_OURS, TEMPORARY_UNEMPLOYMENT_DECLARANT),
        (_OURS, TEMPORARY_UNEMPLOYMENT_CONSULT),
    ),
    EBOX: (
        (_EBOX_PREFIX, EBOX_SUMMARY),
        (_EBOX_PREFIX, EBOX_MESSAGES),
        (_EBOX_PREFIX, EBOX_CONSUMER),
    ),
    EBOX_PUBLICATION: (
        (_EBOX_PREFIX, EBOX_SENDER),
        (_EBOX_PREFIX, EBOX_REGISTERED),
        (_EBOX_PREFIX, EBOX_REGISTRY),
    ),
}
PERMISSIONS: Final = tuple(_SCOPES)


def scopes(permissions: Iterable[str]) -> tuple[str, ...]:
    """The full scopes that these permissions give, in a fixed order; unknown words give none."""
    held = set(permissions)
    return tuple(
        beginning + ending
        for permission, pairs in _SCOPES.items()
        if permission in held
        for beginning, ending in pairs
    )


def endings(permissions: Iterable[str]) -> frozenset[str]:
    """The endings of the scopes that these permissions give."""
    held = set(permissions)
    return frozenset(
        ending for permission, pairs in _SCOPES.items() if permission in held for _, ending in pairs
    )


def full_scopes(suffixes: Iterable[str]) -> tuple[str, ...]:
    """The full names of scopes known by their endings, for an answer that names them."""
    full = {ending: beginning + ending for pairs in _SCOPES.values() for beginning, ending in pairs}
    return tuple(full.get(suffix, suffix) for suffix in suffixes)
