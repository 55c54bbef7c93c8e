"""The terms of use: versions with a date, in our own words, and who accepted which.

A new version is added at the end of its list and never changed: what somebody accepted must stay
readable. Sources: the users' regulations of the portal of social security, for citizens
(26 May 2021) and for enterprises; law of 30 July 2018 on personal data. To be read by a lawyer.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, cast

from django.utils.translation import gettext_lazy

from guichet.access.privacy.models import TermsAcceptance
from guichet.access.sessions import Acting
from guichet.audit import trail
from guichet.platform import clock
from guichet.platform.db import transaction

Group = Literal["citizen", "enterprise"]
_SESSION_KEY: Final = "terms"


@dataclass(frozen=True, slots=True)
class Version:
    """In force from ``first_day`` until the next one; pairs of a heading and a paragraph."""

    first_day: date
    parts: tuple[tuple[Any, Any], ...]

    @property
    def name(self) -> str:
        """The day, as it is kept with who accepted it."""
        return self.first_day.isoformat()


_BOTH: Final = (
    (
        gettext_lazy("What is noted"),
        gettext_lazy(
            "Each sign-in, each change and each look at the data of a person is noted with its "
            "moment, kept for ten years and sealed. Persons can see which organisation looked at "
            "their data and why."
        ),
    ),
    (
        gettext_lazy("When it does not work"),
        gettext_lazy(
            "We keep the service open day and night as far as we can, and announce the times when "
            "it closes. A term that the law sets does not stop because a page was closed: help "
            "and contact tell the other ways."
        ),
    ),
    (
        gettext_lazy("When these terms change"),
        gettext_lazy(
            "A new version has a date, and you are asked again. Who misuses the service can lose "
            "access to it; what the law says about that goes before these terms."
        ),
    ),
)
VERSIONS: Final[Mapping[Group, tuple[Version, ...]]] = {
    "citizen": (
        Version(
            date(2026, 11, 1),
            (
                (
                    gettext_lazy("You are yourself"),
                    gettext_lazy(
                        "You sign in with a means of your own and lend it to nobody, not to your "
                        "employer either. If you lose it or somebody else knows it, withdraw it "
                        "at once."
                    ),
                ),
                (
                    gettext_lazy("What you tell is true"),
                    gettext_lazy(
                        "What you register or send here counts as signed by you. Whoever tells "
                        "untrue things knowingly can be punished."
                    ),
                ),
                *_BOTH,
            ),
        ),
    ),
    "enterprise": (
        Version(
            date(2026, 11, 1),
            (
                (
                    gettext_lazy("You act for an enterprise"),
                    gettext_lazy(
                        "You act within the rights that the enterprise gave you, and no longer "
                        "than it does. What you send binds it. Its access manager takes rights "
                        "away as soon as somebody leaves or changes tasks."
                    ),
                ),
                (
                    gettext_lazy("Data of other people"),
                    gettext_lazy(
                        "You look at data of people only for the task for which you got the "
                        "right, tell nobody else, and keep copies no longer than needed. You "
                        "never look out of curiosity: it is noted, and the person can see it."
                    ),
                ),
                (
                    gettext_lazy("Your software"),
                    gettext_lazy(
                        "What software does with a certificate of the enterprise, the enterprise "
                        "does. It keeps private keys secret and withdraws a certificate at once "
                        "when its key may be known to others."
                    ),
                ),
                *_BOTH,
            ),
        ),
    ),
}


def group_of(acting: Acting | None) -> Group:
    """Whose terms count: those of enterprises when he acts for one."""
    return "enterprise" if acting is not None and acting.enterprise_number else "citizen"


def known_group(text: str) -> Group | None:
    """The group of that name, or None."""
    return next((group for group in VERSIONS if group == text), None)


def current(group: Group, *, today: date) -> Version:
    """The version in force on that day: the last that has begun."""
    begun = [version for version in VERSIONS[group] if version.first_day <= today]
    return begun[-1] if begun else VERSIONS[group][0]


def is_accepted(*, acting: Acting, session: MutableMapping[str, Any], now: datetime) -> bool:
    """Whether nothing is to be asked; after the first time the session knows, without a query."""
    group = group_of(acting)
    version = current(group, today=clock.today(now)).name
    remembered = cast(dict[str, str], session.get(_SESSION_KEY, {}))
    if remembered.get(group) == f"{acting.person_id} {version}":
        return True
    found = TermsAcceptance.objects.filter(
        person_id=acting.person_id, group=group, version=version
    ).exists()
    if found:
        _remember(session, group, acting, version)
    return found


def accept(
    *, acting: Acting, version: str, session: MutableMapping[str, Any], now: datetime
) -> bool:
    """Accept the version in force; False when it is not the one that was read."""
    group = group_of(acting)
    in_force = current(group, today=clock.today(now)).name
    if version != in_force:
        return False
    with transaction():
        _, is_new = TermsAcceptance.objects.get_or_create(
            person_id=acting.person_id,
            group=group,
            version=version,
            defaults={"accepted_at": now},
        )
        if is_new:
            trail.record(
                action="access.terms.accepted",
                actor=acting.actor,
                target=f"person/{acting.person_id}",
                now=now,
                detail={"group": group, "version": version},
            )
    _remember(session, group, acting, version)
    return True


def _remember(
    session: MutableMapping[str, Any], group: Group, acting: Acting, version: str
) -> None:
    kept = cast(dict[str, str], session.get(_SESSION_KEY, {}))
    session[_SESSION_KEY] = kept | {group: f"{acting.person_id} {version}"}
