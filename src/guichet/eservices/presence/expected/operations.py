"""Planning a crew, and reminding somebody once a day: nothing here registers anybody."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from guichet.audit import trail
from guichet.audit.actors import Actor
from guichet.ebox import boxes, senders
from guichet.eservices.presence.expected.board import Line
from guichet.eservices.presence.office_models import Nudge, PlannedMember
from guichet.platform import wording
from guichet.platform.clock import brussels
from guichet.platform.db import transaction
from guichet.registers.enterprises import queries as enterprises
from guichet.rules.ebox import Key

_APPLICATION: Final = "presence"
_TYPE: Final = "presence.reminder"


class AlreadyNudged(Exception):
    """He was reminded today, by whomever."""


class NotToBeNudged(Exception):
    """He is not late, not own staff, or at work elsewhere."""


class NoBox(Exception):
    """He has not opened his e-Box, or nobody sends there: somebody has to call him."""


class UnknownMember(LookupError):
    """Nobody of this number in the plan of this enterprise on this site."""


def plan(
    *,
    enterprise: str,
    reference: str,
    people: Collection[int],
    weekdays: Collection[int],
    starts_at: time,
    actor: Actor,
    now: datetime,
) -> int:
    """Expect these persons (rows) on these weekdays (Monday 0); who is planned already changes."""
    with transaction(actor=actor):
        for person in sorted(people):
            PlannedMember.objects.update_or_create(
                enterprise_number=enterprise,
                works_reference=reference,
                person_id=person,
                defaults={
                    "weekdays": sorted(weekdays), "starts_at": starts_at, "planned_at": now,
                },
            )  # fmt: skip
        trail.record(
            action="presence.crew.planned", actor=actor, target=reference, now=now,
            detail={"people": len(people)},
        )  # fmt: skip
    return len(people)


def unplan(*, enterprise: str, reference: str, member: int, actor: Actor, now: datetime) -> None:
    """Take somebody (the row of the plan) out of it; raises UnknownMember."""
    with transaction(actor=actor):
        rows = PlannedMember.objects.filter(
            pk=member, enterprise_number=enterprise, works_reference=reference
        )
        if not rows.delete()[0]:
            raise UnknownMember
        trail.record(action="presence.crew.unplanned", actor=actor, target=reference, now=now)


def nudge(*, line: Line, enterprise: str, actor: Actor, now: datetime) -> None:
    """Remind somebody who is late, by a message in his e-Box; once a day.

    Raises NotToBeNudged, AlreadyNudged, NoBox.
    """
    if line.nudged_at is not None:
        raise AlreadyNudged
    if not line.may_be_nudged or line.person_id is None:
        raise NotToBeNudged
    box, sender = boxes.of_person(person_id=line.person_id), _sender()
    if box is None or boxes.state_of(box) is not Key.OPEN or not sender:
        raise NoBox
    day = brussels(now).date()
    try:
        with transaction(actor=actor):
            row = Nudge.objects.create(
                enterprise_number=enterprise, works_reference=line.works_reference,
                person_id=line.person_id, day=day, sent_at=now,
            )  # fmt: skip
            trail.record(
                action="presence.worker.nudged", actor=actor, target=line.works_reference, now=now,
                detail={"nudge": row.pk},
            )  # fmt: skip
            with override(box.language):
                app.configure_task(name="ebox.publish").defer(
                    sender_number=sender, reference=f"presence-nudge-{row.pk}",
                    message_type=_TYPE, language=box.language, niss=line.ssin,
                    subject=_("Your registration of today"), body=_body(line, enterprise),
                    application=_APPLICATION,
                )  # fmt: skip
    except IntegrityError:  # two people pressed at the same moment
        raise AlreadyNudged from None


def _sender() -> str:
    return senders.number_of(_APPLICATION)


def _body(line: Line, enterprise: str) -> str:
    firm = enterprises.enterprise(number=enterprise)
    name = firm.name(firm.language) if firm else enterprise
    said = {
        "employer": name,
        "site": line.site_name or line.works_reference,
        "hour": wording.hour(line.due_at),
        "place": f"{settings.ENVIRONMENT.url}{reverse('presence:clock')}",
    }
    return (
        _(
            "%(employer)s expected you at %(hour)s at %(site)s and sees no registration of yours "
            "yet.\n\nIf you are at work, register now: %(place)s\n\n"
            "If you are not, tell your employer. Nobody can register in your place."
        )
        % said
    )
