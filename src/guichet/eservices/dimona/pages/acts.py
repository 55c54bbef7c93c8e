"""What the forms about a period say, as messages: OUT, UPDATE, CANCEL, daily registration."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy

from guichet.eservices.dimona import wire
from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.pages.coded import Coded
from guichet.eservices.dimona.pages.forms import day_field
from guichet.eservices.dimona.pages.in_fields import end_field, hour_field, whole_field
from guichet.eservices.dimona.queries import PeriodRecord, RegistrationRecord
from guichet.rules.dimona.kinds import Group, WorkerType, group_of
from guichet.rules.dimona.known import FeatureKey
from guichet.rules.dimona.matrix import MATRIX, Need
from guichet.rules.dimona.message import NO_END, Status, Times
from guichet.rules.dimona.quotas import is_flat_by_day

_ZONES: Final[dict[str, tuple[str, ...]]] = {
    "00910": ("start", "day"), "00911": ("end",), "00777": ("start_hour",),
    "00778": ("end_hour",), "01135": ("planned",), "90480": ("end_hour",),
    "90378-421": ("end",), "90378-341": ("end_hour",), "90378-368": ("end",),
}  # fmt: skip


def group_of_period(one: PeriodRecord) -> Group:
    """The column of the matrix; a flexi-job keeps the one of its IN."""
    if one.worker_type == WorkerType.FLEXI:
        return Group.FLEXI_DAY if one.start_hour else Group.FLEXI_PERIOD
    known = one.worker_type in WorkerType._value2member_map_
    return group_of(WorkerType(one.worker_type) if known else None, Times())


def takes_days(one: PeriodRecord) -> bool:
    """Whether days may be registered in a period: a flexi-job without hours."""
    return group_of_period(one) is Group.FLEXI_PERIOD and not one.is_cancelled


def is_flat(one: PeriodRecord) -> bool:
    """Whether a period stands at the flat rate by the day, which no update changes."""
    key = FeatureKey(one.joint_committee, one.worker_type, user_committee=one.user_committee)
    return is_flat_by_day(key, end_hour=one.end_hour)


class OutForm(Coded):
    """The end of an employment."""

    fields_of = _ZONES
    end = day_field(
        gettext_lazy("Last day"), errors={"required": gettext_lazy("Write the last day.")}
    )

    def body(self, *, one: PeriodRecord) -> wire.Body:
        """The message."""
        act = wire.DimonaOut(period_id=one.id, end_date=self.cleaned_data["end"])
        return wire.Body(employer=wire.Employer(enterprise_number=one.employer), dimona_out=act)


class UpdateForm(Coded):
    """Other days, hours or planned hours: those that the period has."""

    fields_of = _ZONES
    start = day_field(
        gettext_lazy("First day"), errors={"required": gettext_lazy("Write the first day.")}
    )

    def __init__(self, *args: Any, one: PeriodRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        group = group_of_period(one)
        if group is Group.STUDENT:
            del self.fields["start"]
        if one.last_day is not None:  # an open period is closed by an OUT
            self.fields["end"] = end_field()
        if MATRIX["00777", group] is not Need.NEVER:
            self.fields["start_hour"] = hour_field(gettext_lazy("Start hour"))
            self.fields["end_hour"] = hour_field(gettext_lazy("End hour"))
        if MATRIX["01135", group] is not Need.NEVER:
            self.fields["planned"] = whole_field(gettext_lazy("Planned hours"))

    def body(self) -> wire.Body | None:
        """The message with what changes; None when nothing does."""
        data, one = self.cleaned_data, self.one
        found = {
            "start": ("start_date", data.get("start"), one.first_day),
            "end": ("end_date", data.get("end") or NO_END, one.last_day),
            "start_hour": ("start_hour", self.hour("start_hour"), one.start_hour or None),
            "end_hour": ("end_hour", self.hour("end_hour"), one.end_hour or None),
            "planned": ("planned_hours_number", data.get("planned"), one.planned_hours),
        }
        changed: dict[str, Any] = {
            member: new
            for name, (member, new, old) in found.items()
            if name in self.fields and new != old
        }
        if not changed:
            return None
        act = wire.DimonaUpdate(period_id=one.id, **changed)
        return wire.Body(employer=wire.Employer(enterprise_number=one.employer), dimona_update=act)


class DayForm(Coded):
    """The hours of one day within a flexi-job period."""

    fields_of = _ZONES
    day = day_field(gettext_lazy("Day"), errors={"required": gettext_lazy("Write the day.")})

    def __init__(
        self, *args: Any, one: PeriodRecord, registration: RegistrationRecord | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.one, self.registration = one, registration
        if registration is not None:
            del self.fields["day"]
        self.fields["start_hour"] = hour_field(gettext_lazy("Start hour"))
        self.fields["end_hour"] = hour_field(gettext_lazy("End hour"))
        self.fields["end_hour"].help_text = gettext_lazy(
            "As 16:30; an hour before the start is on the next day; empty when not known yet"
        )

    def body(self) -> wire.Body:
        """The message."""
        day: date | None = self.cleaned_data.get("day")
        hours = {"start_hour": self.hour("start_hour"), "end_hour": self.hour("end_hour")}
        if self.registration is None:
            return daily(self.one, Status.CREATE, period_id=self.one.id, start_date=day, **hours)
        number = self.registration.id
        return daily(self.one, Status.MODIFY, registration_id=number, **hours)


def daily(one: PeriodRecord, status: Status, **members: Any) -> wire.Body:
    """The message of a daily registration."""
    return wire.Body(
        employer=wire.Employer(enterprise_number=one.employer),
        daily_registration=wire.DailyRegistration(status=status.value, **members),
    )


def known(one: PeriodRecord) -> dict[str, Any]:
    """The values of a period, as a form begins with them."""
    return {
        "start": one.first_day,
        "end": one.last_day,
        "start_hour": words.hour(one.start_hour),
        "end_hour": words.hour(one.end_hour),
        "planned": one.planned_hours,
    }


def cancelling(one: PeriodRecord) -> wire.Body:
    """The message that takes a period back."""
    return wire.Body(
        employer=wire.Employer(enterprise_number=one.employer),
        dimona_cancel=wire.DimonaCancel(period_id=one.id),
    )
