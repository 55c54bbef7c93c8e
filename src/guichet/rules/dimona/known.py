"""What the registers know when a declaration is decided: plain figures, read by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.rules.dimona import kinds
from guichet.rules.dimona.kinds import Group
from guichet.rules.dimona.message import Features, Times


@dataclass(frozen=True, slots=True)
class EmployerKnown:
    """An employer of the repertory; without a first day he never was one.

    ``may_act``: the sender is the employer, or holds a mandate in force. ``daily_registration``:
    Dimona is his system for attendance.
    """

    number: str
    onss_number: str = ""
    first_day: date | None = None
    last_day: date | None = None
    stopped_on: date | None = None
    is_public: bool = False
    secured_only: bool = False
    daily_registration: bool = True
    may_act: bool = True

    def is_active(self, day: date) -> bool:
        """Whether the employer is registered on a day."""
        after_first = self.first_day is not None and self.first_day <= day
        return after_first and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """The person under the number that is valid now. ``differs``: zones of the identity given
    that contradict the register."""

    niss: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeatureKey:
    """The features as they are compared; ``user``: number, or name, of the user company."""

    joint_committee: str
    worker_type: str
    sub_entity: str = ""
    user: str = ""
    user_committee: str = ""

    @classmethod
    def of(cls, features: Features) -> FeatureKey:
        """The key of the features of a message."""
        user = features.user
        digits = "" if user is None else _digits(user.enterprise_number)
        return cls(
            kinds.committee(features.joint_committee) or kinds.ANY_OTHER,
            features.worker_type,
            features.sub_entity,
            "" if user is None else digits or user.name,
            "" if user is None else kinds.committee(user.joint_committee),
        )

    @property
    def works_in(self) -> str:
        """The committee where the work is done."""
        return self.user_committee if self.joint_committee == kinds.TEMP else self.joint_committee


@dataclass(frozen=True, slots=True)
class PeriodKnown:
    """A Dimona period as it stands.

    ``is_late_in``: its IN came too late, so that it reserves no hours of a quota; ``is_late``: the
    IN, or something after it. ``excess``: quota and amount that it was told to exceed.
    """

    id: int
    employer: str
    niss: str = field(repr=False)
    features: FeatureKey
    times: Times
    planned_hours: int | None = None
    is_late: bool = False
    is_locked: bool = False
    is_cancelled: bool = False
    is_late_in: bool = False
    excess: tuple[tuple[str, int], ...] = ()

    @property
    def group(self) -> Group:
        """The column of the matrix; a period keeps the one of its IN."""
        kind = kinds.worker_type(self.features.worker_type)
        if kind is kinds.WorkerType.FLEXI:
            return Group.FLEXI_DAY if self.times.start_hour else Group.FLEXI_PERIOD
        return kinds.group_of(kind, self.times)

    def with_times(self, times: Times, planned_hours: int | None, *, is_late: bool) -> PeriodKnown:
        """The same period after an update; late once is late for ever (ours)."""
        return replace(
            self, times=times, planned_hours=planned_hours, is_late=self.is_late or is_late
        )


@dataclass(frozen=True, slots=True)
class RegistrationKnown:
    """A daily registration as it stands."""

    id: int
    period_id: int
    times: Times
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Everything beside the message.

    ``periods``: all periods of the worker, of every employer, that matter; ``period``: the one
    the message names; ``horeca_days``: days of occasional work that the employer (the user, for a
    temp worker) has used this year, those of other workers too. ``late_cancel_is_refused``: a
    choice of the installation. ``misplaced``: zones of addresses in Belgium whose postcode no town
    has, or whose town has another one.
    """

    received_at: datetime
    is_secured: bool = True
    employer: EmployerKnown | None = None
    is_user_known: bool = True
    person: PersonKnown | None = None
    periods: Sequence[PeriodKnown] = ()
    period: PeriodKnown | None = None
    registration: RegistrationKnown | None = None
    registrations: Sequence[RegistrationKnown] = ()
    horeca_days: int = 0
    misplaced: tuple[str, ...] = ()


def _digits(text: str) -> str:
    """A number as the register keeps it, whoever wrote it; nothing for what is no number."""
    try:
        return EnterpriseNumber.parse(text).digits
    except InvalidEnterpriseNumber:
        return ""
