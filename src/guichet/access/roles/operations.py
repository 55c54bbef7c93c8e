"""Changing who may do what: each one transaction, a line in the trail, a notice to the person."""

from datetime import datetime

from guichet.access.models import Manager, Member, Right
from guichet.access.roles import changing, queries
from guichet.access.roles.changing import AccessRefused, Contact, UnknownUser, Wanted
from guichet.access.roles.offered import permissions
from guichet.audit.actors import Actor
from guichet.audit.history import acting
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.rules import access_management as rules
from guichet.rules.access_management import MANAGEMENT, Kind, State, Step

__all__ = ["AccessRefused", "Contact", "UnknownUser", "Wanted"]

_PAST = {Step.BLOCK: "blocked", Step.UNBLOCK: "unblocked", Step.DELETE: "deleted"}


def name_main(
    *,
    enterprise_number: str,
    niss: str,
    contact: Contact,
    by: Actor,
    is_sure_enough: bool,
    now: datetime,
    posts_codes: bool = False,
) -> Manager:
    """The legal representative names, or replaces, the main access manager.

    Who is replaced has no right left in the enterprise from this moment; the users keep theirs.
    Raises AccessRefused (not_representative, sign_in_too_low, person_unknown, same_person).
    """
    today = clock.today(now)
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        functions = changing.functions_of(enterprise_number, by.id, today)
        changing.require(rules.may_name_main(functions=functions, is_sure_enough=is_sure_enough))
        person = changing.person_of(niss)
        former = Manager.objects.filter(
            enterprise=enterprise, kind=Kind.MAIN, withdrawn_at=None
        ).first()
        if former is not None:
            if former.person_id == person.pk:
                raise AccessRefused("same_person")
            changing.end_all(former.person_id, enterprise, by=by, now=now, reason="replaced")
        is_himself = person.niss == by.id
        manager = changing.appointed(
            enterprise, person, Kind.MAIN, None, (), by=by, now=now, at_once=is_himself
        )
        changing.user_of(enterprise, person, contact, by=by, now=now, is_active=is_himself)
        for quality in queries.qualities_of(enterprise_number=enterprise_number, on=today):
            changing.give_managed(
                enterprise,
                person,
                quality,
                permissions(quality),
                by=by,
                now=now,
                is_accepted=is_himself,
            )
        changing.record("named", enterprise, person.pk, by=by, now=now, kind="main")
        changing.tell(contact, enterprise, now)
        if posts_codes:
            changing.post_codes(person, contact, enterprise_number)
    return manager


def appoint(
    *,
    enterprise_number: str,
    member: int,
    kind: Kind,
    quality: str,
    services: tuple[str, ...],
    by: Actor,
    now: datetime,
) -> Manager:
    """Name a user co-manager of a quality, or manager of some of its services."""
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        posts = changing.posts_of(by, enterprise_number)
        changing.require(rules.may_appoint(posts=posts, kind=kind, quality=quality))
        row = changing.member_of(enterprise, member)
        offered = permissions(quality)
        chosen = tuple(one for one in offered if one in services)
        if kind is Kind.DOMAIN and not chosen:
            raise AccessRefused("not_offered")
        if Manager.objects.filter(
            enterprise=enterprise, person=row.person, kind=kind, quality=quality, withdrawn_at=None
        ).exists():
            raise AccessRefused("already_manager")
        domain = chosen if kind is Kind.DOMAIN else ()
        made = changing.appointed(
            enterprise, row.person, kind, quality, domain, by=by, now=now, at_once=True
        )
        given = chosen if kind is Kind.DOMAIN else offered
        is_active = row.state == State.ACTIVE
        changing.give_managed(
            enterprise, row.person, quality, given, by=by, now=now, is_accepted=is_active
        )
        changing.record("named", enterprise, row.person_id, by=by, now=now, kind=kind.value)
        changing.tell(Contact(row.email, row.phone, row.language), enterprise, now)
    return made


def dismiss(*, enterprise_number: str, manager: int, by: Actor, now: datetime) -> None:
    """End the appointment of a co-manager or of a domain; he stays a user with his rights.

    The main manager is replaced by the representative, never dismissed.
    """
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        row = Manager.objects.filter(enterprise=enterprise, pk=manager, withdrawn_at=None).first()
        if row is None:
            raise UnknownUser
        if row.kind == Kind.MAIN:
            raise AccessRefused("last_manager")
        posts = changing.posts_of(by, enterprise_number)
        changing.require(rules.may_appoint(posts=posts, kind=Kind(row.kind), quality=row.quality))
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        others = Manager.objects.filter(
            enterprise=enterprise, person=row.person_id, withdrawn_at=None
        )
        if not others.filter(quality=row.quality).exists():
            Right.objects.filter(
                enterprise=enterprise, person=row.person_id, quality=row.quality or "employer",
                service=MANAGEMENT, withdrawn_at=None,
            ).update(withdrawn_at=now)  # fmt: skip
        changing.record("dismissed", enterprise, row.person_id, by=by, now=now, kind=row.kind)


def invite(
    *,
    enterprise_number: str,
    niss: str,
    contact: Contact,
    wanted: Wanted | None,
    by: Actor,
    now: datetime,
    posts_codes: bool = False,
) -> Member:
    """Invite a person to be a user; he has nothing until he accepts.

    Raises AccessRefused (not_manager, outside_domain, not_offered, person_unknown, already_user).
    """
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        posts = changing.posts_of(by, enterprise_number)
        if not posts:
            raise AccessRefused("not_manager")
        person = changing.person_of(niss)
        known = Member.objects.filter(enterprise=enterprise, person=person)
        if known.exclude(state=State.DELETED).exists():
            raise AccessRefused("already_user")
        row = changing.user_of(enterprise, person, contact, by=by, now=now, is_active=False)
        if wanted is not None:
            changing.give(enterprise, person, wanted, posts, by=by, now=now)
        changing.record("invited", enterprise, person.pk, by=by, now=now)
        changing.tell(contact, enterprise, now)
        if posts_codes:
            changing.post_codes(person, contact, enterprise_number)
    return row


def grant(*, enterprise_number: str, member: int, wanted: Wanted, by: Actor, now: datetime) -> None:
    """Give a user rights; they open something as soon as he accepts them."""
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        row = changing.member_of(enterprise, member)
        changing.give(
            enterprise, row.person, wanted, changing.posts_of(by, enterprise_number), by=by, now=now
        )
        changing.tell(Contact(row.email, row.phone, row.language), enterprise, now)


def withdraw(*, enterprise_number: str, right: int, by: Actor, now: datetime) -> None:
    """Take a right away, at once."""
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        row = Right.objects.filter(enterprise=enterprise, pk=right, withdrawn_at=None).first()
        if row is None or row.service == MANAGEMENT:
            raise UnknownUser
        posts = changing.posts_of(by, enterprise_number)
        offered = permissions(row.quality)
        changing.require(
            rules.may_grant(posts=posts, quality=row.quality, service=row.service, offered=offered)
        )
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        changing.record("withdrawn", enterprise, row.person_id, by=by, now=now, service=row.service)


def change_user(
    *, enterprise_number: str, member: int, step: Step, by: Actor, now: datetime
) -> None:
    """Block, unblock or delete a user; who is blocked or deleted is out at his next click."""
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        row = changing.member_of(enterprise, member)
        is_main = Manager.objects.filter(
            enterprise=enterprise, person=row.person_id, kind=Kind.MAIN, withdrawn_at=None
        ).exists()
        posts = changing.posts_of(by, enterprise_number)
        is_own = row.person.niss == by.id
        changing.require(rules.may_take(step=step, is_main=is_main, is_own=is_own, posts=posts))
        try:
            row.state = rules.after(State(row.state), step)
        except rules.StepRefused:
            raise AccessRefused("step") from None
        row.save(update_fields=["state"])
        if step is Step.DELETE:
            changing.end_all(row.person_id, enterprise, by=by, now=now, reason="deleted")
        changing.record(_PAST[step], enterprise, row.person_id, by=by, now=now)
        changing.tell(Contact(row.email, row.phone, row.language), enterprise, now)


def answer(*, enterprise_number: str, accepts: bool, by: Actor, now: datetime) -> None:
    """The person accepts what an enterprise gave him, or declines all of it.

    Raises UnknownUser when nothing waits for him there.
    """
    with transaction(), acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        person = changing.person_of(by.id)
        row = (
            Member.objects.filter(enterprise=enterprise, person=person)
            .exclude(state=State.DELETED)
            .first()
        )
        waiting = Right.objects.filter(
            enterprise=enterprise, person=person, accepted_at=None, withdrawn_at=None
        )
        is_invited = row is not None and row.state == State.INVITED
        if not is_invited and not waiting.exists():
            raise UnknownUser
        if accepts:
            waiting.update(accepted_at=now)
        else:
            waiting.update(withdrawn_at=now)
        if row is not None and is_invited:
            step = Step.ACCEPT if accepts else Step.DECLINE
            row.state, row.answered_at = rules.after(State.INVITED, step), now
            row.save(update_fields=["state", "answered_at"])
        if accepts:
            Manager.objects.filter(
                enterprise=enterprise, person=person, withdrawn_at=None, activated_at=None
            ).update(activated_at=now)
        changing.record(
            "accepted" if accepts else "declined", enterprise, person.pk, by=by, now=now
        )


def activate_manager(
    *, niss: str, enterprise_number: str, email: str, phone: str, language: str, now: datetime
) -> None:
    """The first connection of an access manager activates his enterprise's access.

    Part of the caller's transaction. Who was not named before, but received codes for the
    enterprise, becomes its main manager where it has none.
    """
    by = Actor(kind="person", id=niss, enterprise=enterprise_number)
    contact = Contact(email, phone, language)
    with acting(by, now=now):
        enterprise = changing.locked(enterprise_number)
        person = changing.person_of(niss)
        mine = Manager.objects.filter(enterprise=enterprise, person=person, withdrawn_at=None)
        has_main = Manager.objects.filter(
            enterprise=enterprise, kind=Kind.MAIN, withdrawn_at=None
        ).exists()
        if not mine.exists() and not has_main:
            changing.appointed(
                enterprise, person, Kind.MAIN, None, (), by=by, now=now, at_once=True
            )
            today = clock.today(now)
            for quality in queries.qualities_of(enterprise_number=enterprise_number, on=today):
                changing.give_managed(
                    enterprise,
                    person,
                    quality,
                    permissions(quality),
                    by=by,
                    now=now,
                    is_accepted=True,
                )
        mine.filter(activated_at=None).update(activated_at=now)
        Right.objects.filter(
            enterprise=enterprise, person=person, accepted_at=None, withdrawn_at=None
        ).update(accepted_at=now)
        changing.user_of(enterprise, person, contact, by=by, now=now, is_active=True)
        changing.record("activated", enterprise, person.pk, by=by, now=now)
