"""An IN judged by itself: the matrix of fields, the values, what belongs together.

Source: glossary of the social-security office, version 2023/3, its blocks and zones. Every
function gives codes of anomalies, in the order in which it looked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from guichet.rules.dimona import identity, kinds
from guichet.rules.dimona.kinds import Group, WorkerType
from guichet.rules.dimona.matrix import MATRIX, ZONES, Need, fault
from guichet.rules.dimona.message import NO_END, Cards, Message, Times, hour_of, whole_number
from guichet.rules.dimona.spells import Quarter, length, with_end

FIRST_START: Final = date(1920, 1, 1)
FIRST_END: Final = date(1999, 1, 1)
YEARS_AHEAD: Final = 10
LAST_PLANNED_DAYS: Final = date(2016, 12, 31)
_DAY: Final = timedelta(days=1)
_IN_ONE_QUARTER: Final = (Group.STUDENT, Group.ARTICLE_17, Group.FLEXI_PERIOD)


def in_faults(message: Message, *, is_public: bool, today: date) -> list[str]:
    """Everything that is wrong with an IN whatever the registers say.

    ``is_public``: the employer is a provincial or local authority.
    """
    found = _features(message, is_public=is_public)
    kind = kinds.worker_type(message.features.worker_type)
    if kind is None:
        return found
    group = kinds.group_of(kind, message.times)
    found += _fields(message, group)
    found += _user(message)
    found += _cards(message, kind)
    found += _small_statutes(message, group)
    found += _workplace(message, group)
    found += planned_faults(message)
    found += ["00911-003"] if message.times.end_date == NO_END else []
    found += time_faults(message.times, group, block="90373", today=today)
    return found


def time_faults(times: Times, group: Group, *, block: str, today: date) -> list[str]:
    """Days and hours: within bounds, in order, no longer than the type allows."""
    found = range_faults(times, today=today) + hour_faults(times)
    if found:
        return found
    times = with_end(times)
    start, end = times.start_date, times.end_date
    if start is None or end is None:
        return []
    if end < start:
        return ["00911-014"]
    return _shape(times, start, end, group, block)


def range_faults(times: Times, *, today: date) -> list[str]:
    """Days outside what a declaration may name."""
    latest = date(today.year + YEARS_AHEAD, 1, 1)
    found = []
    if times.start_date == NO_END:
        found.append("00910-003")
    elif times.start_date is not None and not FIRST_START <= times.start_date < latest:
        found.append("00910-008")
    end = times.end_date
    if end is not None and end != NO_END and not FIRST_END <= end < latest:
        found.append("00911-008")
    return found


def hour_faults(times: Times) -> list[str]:
    """Hours that are no time of a day."""
    hours = {"00777": times.start_hour, "00778": times.end_hour}
    return [f"{zone}-003" for zone, text in hours.items() if text and hour_of(text) is None]


def planned_faults(message: Message) -> list[str]:
    """Planned hours are 1 to 999, whole; planned days 1 to 365."""
    found = []
    for zone, value, most in (
        ("01135", message.planned_hours, 999),
        ("01017", message.planned_days, 365),
    ):
        whole = whole_number(value)
        if value is not None and (whole is None or not 1 <= whole <= most):
            found.append(f"{zone}-003")
    return found


def _shape(times: Times, start: date, end: date, group: Group, block: str) -> list[str]:
    found = []
    if times.start_hour and times.end_hour:
        if start == end and times.end_hour <= times.start_hour:
            return ["00778-345"]
        lasts = length(times)
        if group is Group.FLEXI_DAY and lasts is not None and lasts > _DAY:
            found.append(f"{block}-341")
    if group in _IN_ONE_QUARTER and Quarter.of(start) != Quarter.of(end):
        found.append(f"{block}-421")
    if group is Group.BROADCASTER and end != start:
        found.append("00911-003")
    if group is Group.OCCASIONAL and end - start > _DAY:
        found.append("00910-459")
    return found


def _features(message: Message, *, is_public: bool) -> list[str]:
    features = message.features
    own = kinds.committee(features.joint_committee)
    found = []
    if is_public:
        found += ["00046-005"] if own else []
        if features.sub_entity and not _is_sub_entity(features.sub_entity):
            found.append("00652-003")
    else:
        found += ["00652-005"] if features.sub_entity else []
        if not own:
            found.append("00046-001")
        elif own not in kinds.COMMITTEES:
            found.append("00046-003")
    kind = kinds.worker_type(features.worker_type)
    if kind is None:
        return [*found, "00655-003" if features.worker_type else "00655-001"]
    start = message.times.start_date
    if start is not None and not kinds.exists_on(kind, start):
        found.append("00655-003")
    if own in kinds.COMMITTEES and not found and not kinds.goes_together(message):
        found.append("90374-349")
    return found


def _is_sub_entity(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


def _fields(message: Message, group: Group) -> list[str]:
    times = message.times
    given = {
        "00024": bool(message.worker.ssin),
        "00910": times.start_date is not None,
        "00911": times.end_date is not None,
        "00777": bool(times.start_hour),
        "00778": bool(times.end_hour),
        "01135": message.planned_hours is not None,
        "01017": message.planned_days is not None,
        "00776": message.workplace is not None,
        "01231": bool(message.small_statutes and message.small_statutes.nature),
        "00053": bool(message.small_statutes and message.small_statutes.status),
    }
    faults = [fault(zone, _need(zone, message, group), is_given=given[zone]) for zone in ZONES]
    return [code for code in faults if code is not None]


def _need(zone: str, message: Message, group: Group) -> Need:
    """The matrix, with what depends on more than the group."""
    start = message.times.start_date
    own = kinds.committee(message.features.joint_committee)
    if zone == "00911" and own == kinds.TEMP:
        return Need.MUST
    if zone == "00778" and group is Group.OCCASIONAL and works_in(message) == kinds.HORECA:
        return Need.MAY  # the flat rate by the day
    is_old_student = group is Group.STUDENT and start is not None and start <= LAST_PLANNED_DAYS
    if is_old_student and zone in ("01017", "01135"):
        return Need.MAY
    return MATRIX[zone, group]


def works_in(message: Message) -> str:
    """The committee where the work is done: that of the user for a temp worker."""
    own = kinds.committee(message.features.joint_committee)
    user = message.features.user
    return kinds.committee(user.joint_committee) if own == kinds.TEMP and user else own


def _user(message: Message) -> list[str]:
    own = kinds.committee(message.features.joint_committee)
    user = message.features.user
    if own != kinds.TEMP:
        if user is None:
            return []
        # A committee alone still names a user company.
        number = user.enterprise_number or (not user.name and user.joint_committee)
        given = {"00131": number, "00153": user.name}
        found = [f"{zone}-005" for zone, text in given.items() if text]
        return found + identity.address_faults(user.address, is_needed=False)
    if user is None or not (user.enterprise_number or user.name):
        return ["90107-351"]
    found = ["90107-352"] if user.enterprise_number and user.name else []
    if user.enterprise_number and not identity.is_enterprise(user.enterprise_number):
        found.append("00131-003")
    if len(user.name) > 96:
        found.append("00153-003")
    found += identity.address_faults(user.address, is_needed=not user.enterprise_number)
    return found + _user_committee(message, kinds.committee(user.joint_committee))


# With these the committee of the user may be absent (glossary, block 90375).
_WITHOUT_USER_COMMITTEE: Final = frozenset(
    {
        WorkerType.CONSTRUCTION,
        WorkerType.WITHOUT_DMFA,
        WorkerType.VOCATIONAL_TRAINING,
        WorkerType.TRANSITION_INTERNSHIP,
        WorkerType.STUDENT,
    }
)


def _user_committee(message: Message, where: str) -> list[str]:
    if where:
        return [] if where in kinds.USER_COMMITTEES else ["00046-003"]
    kind = kinds.worker_type(message.features.worker_type)
    return [] if kind in _WITHOUT_USER_COMMITTEE else ["00046-001"]


def _cards(message: Message, kind: WorkerType) -> list[str]:
    """Cards C3.2A: glossary, block 90375."""
    own = kinds.committee(message.features.joint_committee)
    where = works_in(message)
    is_open = own == kinds.TEMP and not where
    must = where == kinds.CONSTRUCTION or (is_open and kind is WorkerType.CONSTRUCTION)
    may = is_open and kind in _WITHOUT_USER_COMMITTEE
    cards = message.cards or Cards()
    given = {"00663": cards.first, "00664": cards.following}
    if not must and (message.cards is None or not may):
        return [f"{zone}-005" for zone, text in given.items() if text]
    found = [f"{zone}-001" for zone, text in given.items() if not text]
    found += [f"{zone}-003" for zone, text in given.items() if text and not _is_card(text)]
    if cards.first and cards.first == cards.following:
        found.append("00664-353")
    return found


def _is_card(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


def _small_statutes(message: Message, group: Group) -> list[str]:
    """Values of the block; whether it must be there is the matrix's question."""
    block = message.small_statutes
    if block is None:
        return []
    if group is not Group.TRAINEE:
        # Of a risk alone the matrix knows nothing: it belongs to the kind of work.
        return ["01231-005"] if block.risk and not block.nature else []
    found = []
    if block.nature and block.nature not in ("EMPLOYEE", "WORKER"):
        found.append("01231-003")
    if block.status and block.status not in ("F1", "F2"):
        found.append("00053-003")
    # Classes of risk that begin with 4 are those of employees (from memory).
    is_clerical = block.risk.startswith("4")
    if block.risk and not found and is_clerical is not (block.nature == "EMPLOYEE"):
        found.append("00041-521")
    return found


def _workplace(message: Message, group: Group) -> list[str]:
    place = message.workplace
    if place is None or group is not Group.STUDENT:
        return []
    found = [] if place.name else ["00776-001"]
    if len(place.name) > 96:
        found.append("00776-003")
    return found + identity.address_faults(place.address, is_needed=True)
