"""Who may manage the access of an enterprise, and what a manager may give.

Pure: plain values in, an answer with reasons out. Deny by default.
Source: pages of the portal of social security on access management (actors, permissions, users).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from guichet.kernel.verdict import Finding, LegalSource, Severity, Verdict

# Who represents an enterprise by the register of enterprises.
REPRESENTATIVES: Final = frozenset({"founder", "manager", "director", "self_employed"})
# The word of the right that opens the pages of access management.
MANAGEMENT: Final = "access_management"
_STUDY: Final = LegalSource("Access management of the social security", "roles and rights")


class State(StrEnum):
    """Of a user of an enterprise."""

    INVITED = "invited"
    ACTIVE = "active"
    BLOCKED = "blocked"
    DELETED = "deleted"


class Step(StrEnum):
    """What happens to a user."""

    ACCEPT = "accept"
    DECLINE = "decline"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DELETE = "delete"


NEXT: Final[Mapping[tuple[State, Step], State]] = MappingProxyType(
    {
        (State.INVITED, Step.ACCEPT): State.ACTIVE,
        (State.INVITED, Step.DECLINE): State.DELETED,
        (State.INVITED, Step.DELETE): State.DELETED,
        (State.ACTIVE, Step.BLOCK): State.BLOCKED,
        (State.ACTIVE, Step.DELETE): State.DELETED,
        (State.BLOCKED, Step.UNBLOCK): State.ACTIVE,
        (State.BLOCKED, Step.DELETE): State.DELETED,
    }
)


class StepRefused(Exception):
    """This step is not open from this state."""


def after(state: State, step: Step) -> State:
    """The state that ``step`` leads to; raises StepRefused."""
    if (state, step) not in NEXT:
        raise StepRefused(f"{step} is not open from {state}")
    return NEXT[state, step]


class Kind(StrEnum):
    """Of a manager: of everything, of qualities, of some services of one quality."""

    MAIN = "main"
    CO = "co"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Post:
    """One appointment in force: the main manager has no quality, a domain has services."""

    kind: Kind
    quality: str | None = None
    services: frozenset[str] = frozenset()

    def covers(self, *, quality: str, service: str) -> bool:
        """Whether a right of this service in this quality lies in the post's domain."""
        if self.kind is Kind.MAIN:
            return True
        if self.quality != quality:
            return False
        return self.kind is Kind.CO or service in self.services


def may_name_main(*, functions: Collection[str], is_sure_enough: bool) -> Verdict[bool]:
    """Whether somebody may name or replace the main access manager.

    ``functions``: his functions in the enterprise today, by the register of enterprises;
    ``is_sure_enough``: whether his sign-in satisfies what such an act asks.
    """
    findings = []
    if not REPRESENTATIVES & set(functions):
        findings.append(_block("not_representative"))
    if not is_sure_enough:
        findings.append(_block("sign_in_too_low"))
    return Verdict(not findings, tuple(findings))


def may_grant(
    *, posts: Collection[Post], quality: str, service: str, offered: Collection[str]
) -> Verdict[bool]:
    """Whether a manager with these posts may give a right of ``service`` in ``quality``.

    ``offered``: the permissions that exist for this quality. The right to manage access is
    given by naming a manager, never as a right.
    """
    findings = []
    if not posts:
        findings.append(_block("not_manager"))
    elif not any(post.covers(quality=quality, service=service) for post in posts):
        findings.append(_block("outside_domain"))
    if service not in offered or service == MANAGEMENT:
        findings.append(_block("not_offered"))
    return Verdict(not findings, tuple(findings))


def may_appoint(*, posts: Collection[Post], kind: Kind, quality: str | None) -> Verdict[bool]:
    """Whether a manager may name a co-manager or a manager of a domain.

    The main manager names both; a co-manager names managers of domains in his own quality.
    """
    kinds = {post.kind for post in posts}
    own = any(post.kind is Kind.CO and post.quality == quality for post in posts)
    if kind is Kind.MAIN:
        allowed = False
    elif Kind.MAIN in kinds:
        allowed = True
    else:
        allowed = kind is Kind.DOMAIN and own
    return Verdict(allowed, () if allowed else (_block("above_own_rights"),))


def may_take(*, step: Step, is_main: bool, is_own: bool, posts: Collection[Post]) -> Verdict[bool]:
    """Whether a manager may block, unblock or delete a user.

    ``is_main``: the user is the main access manager: nobody removes him, the representative
    replaces him; ``is_own``: it is the manager himself.
    """
    findings = []
    if not posts:
        findings.append(_block("not_manager"))
    if is_main and step in (Step.BLOCK, Step.DELETE):
        findings.append(_block("last_manager"))
    elif is_own:
        findings.append(_block("oneself"))
    elif all(post.kind is Kind.DOMAIN for post in posts) and posts:
        findings.append(_block("above_own_rights"))
    return Verdict(not findings, tuple(findings))


def _block(key: str) -> Finding:
    return Finding(f"access.{key}", Severity.BLOCK, _STUDY)
