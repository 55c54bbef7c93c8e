"""Mails about mandates: to the managers of an enterprise and those who manage its mandates."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.access.mandates.models import Mandate
from guichet.access.models import Manager, Member, Right
from guichet.access.rights import in_force
from guichet.access.services import Permission
from guichet.platform import clock, post, wording
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.mandates import Side, tell_until

# A mail for each: an enterprise with hundreds of managers is a mistake, not a mailing list.
_MOST: Final = 20


def tell(mandate: Mandate, side: Side, what: str, *, now: datetime) -> None:
    """Say to one party that something happened; no person is named in the mail."""
    own = mandate.mandator if side is Side.MANDATOR else mandate.mandatary
    other = mandate.mandatary if side is Side.MANDATOR else mandate.mandator
    for member in _reached(own, now):
        with override(member.language):
            name = enterprises.record_of(other).name(member.language)
            post.mail(
                to=member.email,
                subject=_("A mandate between your enterprise and %(name)s") % {"name": name},
                body=f"{_sentence(what, name, now)}\n\n{_closing()}",
                now=now,
                language=member.language,
            )


def _reached(enterprise: Enterprise, now: datetime) -> list[Member]:
    """The active users with an address who manage its access or its mandates."""
    managers = Manager.objects.filter(enterprise=enterprise, withdrawn_at=None).exclude(
        kind=Manager.Kind.DOMAIN
    )
    rights = Right.objects.filter(
        in_force(now), enterprise=enterprise, service=Permission.MANDATES.value
    )
    people = {*managers.values_list("person", flat=True), *rights.values_list("person", flat=True)}
    rows = Member.objects.filter(
        enterprise=enterprise, person__in=people, state=Member.State.ACTIVE
    ).exclude(email="")
    return list(rows.order_by("pk")[:_MOST])


def _sentence(what: str, name: str, now: datetime) -> str:
    day = wording.day_words(tell_until(clock.today(now)))
    return {
        "pending": _("%(name)s has signed a mandate that waits for your signature."),
        "activated": _(
            "The mandate with %(name)s is signed by both and in force from its quarter."
        ),
        "refused": _("%(name)s has refused the mandate."),
        "withdrawn": _("%(name)s has withdrawn the mandate that you were asked to sign."),
        "ended": _("%(name)s has chosen the last quarter of the mandate."),
        "revoked": _(
            "%(name)s has taken the mandate back; you can no longer act by it. Tell the "
            "institution by %(day)s that the relation has ended."
        ),
        "replaced": _(
            "%(name)s has given a domain of your mandate to another mandatary from the next "
            "quarters on. You keep your duty to inform about the past. Tell the institution by "
            "%(day)s that the relation has ended."
        ),
    }[what] % {"name": name, "day": day}


def _closing() -> str:
    return _("Sign in at the counter and open \u201cMandates\u201d to see it.")
