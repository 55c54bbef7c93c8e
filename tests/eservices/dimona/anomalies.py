"""For each anomaly that a message can cause, a message that causes it.

A value is what is sent; a function is called first and may declare something that the message is
about. `CITY` is a public employer, `STOPPED` one that the repertory calls stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from guichet.eservices.dimona import operations
from guichet.eservices.dimona.queries import DeclarationRecord
from tests.eservices.dimona import world
from tests.eservices.dimona.world import (
    ADDRESS,
    CARDS,
    CITY,
    FIRM,
    KARIM,
    LOTTE,
    NOW,
    OTHER,
    SMALL,
    an_in,
    cancel,
    daily,
    day,
    features,
    flexi,
    flexi_period,
    occasional,
    opened,
    out,
    said,
    student,
    temp,
    update,
)

Cause = Callable[[], DeclarationRecord]
LONG: Final = "x" * 100
HOURS: Final = {"startDate": day(1), "startHour": "1800", "endDate": day(1), "endHour": "2200"}
USER_302: Final = {"enterpriseNumber": world.USER, "jointCommissionNumber": "302"}


def a(message: Mapping[str, Any], **more: Any) -> Cause:
    """A message that says it all by itself."""
    return lambda: said(message, **more)


def described(**changed: Any) -> Cause:
    """An IN for somebody who is numbered and described."""
    message = an_in()
    message["worker"] = {"ssin": KARIM, **changed}
    return a(message)


def placed(**changed: Any) -> Cause:
    """A student at a place whose address has other members."""
    return a(student(studentPlaceOfWork={"name": "Shop", "address": {**ADDRESS, **changed}}))


def with_user(**changed: Any) -> Cause:
    """Temp work for the known user, described as well."""
    return a(temp(user={**USER_302, **changed}))


def trainee(**block: Any) -> Cause:
    return a(an_in("IVT", endDate=day(30), smallStatutesInformation={**SMALL, **block}))


def builder(**cards: Any) -> Cause:
    given = {**CARDS, **cards}
    return a(an_in("BCW", committee=124, constructionControlCards=given))


def on(opening: Mapping[str, Any], act: Callable[[int], Mapping[str, Any]], **more: Any) -> Cause:
    """Open a period, then act on it."""
    return lambda: said(act(opened(opening)), **more)


def registered(act: Callable[[int, int], Mapping[str, Any]], **more: Any) -> Cause:
    """Register a day of a flexi-job period, then act on the period or the registration."""

    def cause() -> DeclarationRecord:
        period = opened(flexi_period())
        number = said(daily("0", periodId=period, **HOURS)).registration_id
        assert number is not None
        return said(act(period, number), **more)

    return cause


def after(*earlier: Mapping[str, Any], then: Mapping[str, Any]) -> Cause:
    """Declare something first."""

    def cause() -> DeclarationRecord:
        for message in earlier:
            said(message)
        return said(then)

    return cause


def chose(message: Mapping[str, Any], *, is_secured: bool, **choice: bool) -> Cause:
    """The employer chose something first."""

    def cause() -> DeclarationRecord:
        given = {"secured_only": False, "daily_registration": True} | choice
        operations.choose(enterprise=FIRM, actor=world.ACTOR, now=NOW, **given)
        return said(message, is_secured=is_secured)

    return cause


def not_daily() -> DeclarationRecord:
    period = opened(flexi_period())
    operations.choose(
        enterprise=FIRM,
        secured_only=False,
        daily_registration=False,
        actor=world.ACTOR,
        now=NOW,
    )
    return said(daily("0", periodId=period, **HOURS))


def twice_cancelled() -> DeclarationRecord:
    period = opened(an_in())
    said(cancel(period))
    return said(cancel(period))


def registration_gone() -> DeclarationRecord:
    period = opened(flexi_period())
    number = said(daily("0", periodId=period, **HOURS)).registration_id
    said(daily("3", registrationId=number))
    return said(daily("3", registrationId=number))


def locked() -> DeclarationRecord:
    period = opened(an_in())
    operations.lock_period(
        period=period, is_locked=True, reason="Inquiry", actor=world.ACTOR, now=NOW
    )
    return said(out(period))


def closed_twice() -> DeclarationRecord:
    period = opened(an_in())
    said(out(period))
    return said(out(period))


def full_house() -> DeclarationRecord:
    """Two hundred days of occasional work of one employer."""
    people = [
        world.numbers.niss(born_on=world.date(1970, 1, 1) + timedelta(days=at), is_female=True)
        for at in range(5)
    ]
    world.add_people(people)
    for at in range(200):
        start = day(2 + 3 * (at // 5))
        said(occasional(ssin=people[at % 5], startDate=start))
    return said(occasional(startDate=day(1)))


def worn_out() -> DeclarationRecord:
    """Fifty days of occasional work of one worker."""
    for at in range(50):
        said(occasional(employer=(FIRM, OTHER)[at % 2], startDate=day(3 * at + 1)))
    return said(occasional(startDate=day(200)))


def moved_onto(**second: Any) -> Callable[..., Cause]:
    """Two periods of the same features, then an update of the second one."""

    def make(**changes: Any) -> Cause:
        def cause() -> DeclarationRecord:
            said(an_in(startDate=day(1), endDate=day(5)))
            period = opened(an_in(**second))
            return said(update(period, **changes))

        return cause

    return make


def number_of(employer: Mapping[str, Any]) -> Cause:
    return a(an_in(employer=employer))


def foreign(employer: Mapping[str, Any] | str) -> Cause:
    """Somebody else's period."""
    return on(an_in(), lambda period: out(period, employer=employer))


def city(**changed: Any) -> dict[str, Any]:
    given = {"workerType": "OTH", **changed}
    return an_in(employer=CITY, features=given)


PROVISIONAL: Final = {"employerId": int(world.PROVISIONAL)}
FIRST_ONSS: Final = {"employerId": int(world.ONSS[OTHER])}
_SECOND: Final = moved_onto(startDate=day(10), endDate=day(12))

CAUSES: Final[Mapping[str, Cause]] = {
    "00011-003": number_of({"employerId": 123456789}),
    "00014-003": number_of({"enterpriseNumber": "0123456789"}),
    "00948-003": number_of({"employerId": 5_000_000_121}),
    "00011-235": number_of({"employerId": 100006}),
    "00014-235": number_of({"enterpriseNumber": world.UNKNOWN}),
    "00948-235": number_of({"employerId": 5_123_456_773}),
    "00011-347": foreign(FIRST_ONSS),
    "00948-347": foreign(PROVISIONAL),
    "00014-347": foreign(OTHER),
    "00014-022": a(an_in(employer=world.STOPPED)),
    "90256-364": number_of({}),
    "90256-342": chose(an_in(), is_secured=False, secured_only=True),
    "90256-155": a(an_in(), sender=OTHER),
    "90256-369": full_house,
    "00024-001": a(occasional(ssin=None)),
    "00024-003": described(ssin="85073199901"),
    "00024-347": on(an_in(), lambda period: {**out(period), "worker": {"ssin": LOTTE}}),
    "00025-003": described(lastName=LONG),
    "00025-348": described(lastName="Peeters"),
    "00026-003": described(firstName=LONG),
    "00026-348": described(lastName="Lemaire", firstName="Jan"),
    "00027-003": described(initial="12"),
    "00028-003": described(birthDate="1985-13-01"),
    "00028-348": described(birthDate="1985-07-30"),
    "00029-003": described(gender="3"),
    "00029-348": described(gender="2"),
    "00030-003": described(address={"street": LONG}),
    "00031-003": described(address={"houseNumber": LONG}),
    "00032-003": described(address={"boxNumber": LONG}),
    "00033-003": described(address={"postCode": LONG}),
    "00034-003": described(address={"municipality": {"name": LONG}}),
    "00035-003": described(address={"country": 1}),
    "00119-003": described(nationality=1),
    "00168-003": described(placeOfBirth=LONG),
    "00169-003": described(countryOfBirth=1),
    "90017-151": a(an_in(ssin=world.NOT_KNOWN)),
    "90017-363": a(an_in(ssin=None)),
    "90017-369": worn_out,
    "90017-058": a(flexi(ssin=KARIM)),
    "90017-510": a(flexi(employer=world.USER)),
    "90017-514": a(an_in(ssin=world.YOUNG)),
    "90017-515": lambda: said(an_in(ssin=world.add_ageless())),
    "00046-001": a(an_in(committee=None)),
    "00046-003": a(an_in(committee=200)),
    "00046-005": a(city(jointCommissionNumber="XXX")),
    "00652-003": a(city(subEntityNumber="1234567")),
    "00652-005": a(an_in(features=features("OTH", subEntityNumber="1"))),
    "00655-001": a(an_in(features={"jointCommissionNumber": "XXX"})),
    "00655-003": a(an_in("ZZZ")),
    "00655-350": a(an_in("PMP")),
    "90374-349": a(an_in("T17", committee=302, endDate=day(1))),
    "00131-003": with_user(enterpriseNumber="0123456789"),
    "00131-005": a(an_in(features=features("OTH", usingEmployer=USER_302))),
    "00131-235": with_user(enterpriseNumber=world.UNKNOWN),
    "00153-003": with_user(enterpriseNumber=None, name=LONG, address=ADDRESS),
    "00153-005": a(an_in(features=features("OTH", usingEmployer={"name": "Usine"}))),
    "90107-351": a(temp(user={"jointCommissionNumber": "302"})),
    "90107-352": with_user(name="Usine"),
    "00041-521": trainee(activityWithRisk="401"),
    "00053-001": trainee(workerStatus=None),
    "00053-003": trainee(workerStatus="F3"),
    "00053-005": a(an_in(smallStatutesInformation=SMALL)),
    "01231-001": trainee(employmentNature=None),
    "01231-003": trainee(employmentNature="BOTH"),
    "01231-005": a(an_in(smallStatutesInformation=SMALL)),
    "00663-001": builder(firstMonthNumber=None),
    "00663-003": builder(firstMonthNumber="1"),
    "00663-005": a(an_in(constructionControlCards=CARDS)),
    "00664-001": builder(nextMonthNumber=None),
    "00664-003": builder(nextMonthNumber="1"),
    "00664-005": a(an_in(constructionControlCards=CARDS)),
    "00664-353": builder(nextMonthNumber=CARDS["firstMonthNumber"]),
    "00776-001": a(student(studentPlaceOfWork={"address": ADDRESS})),
    "00776-003": a(student(studentPlaceOfWork={"name": LONG, "address": ADDRESS})),
    "00776-005": a(an_in(studentPlaceOfWork={"name": "Shop", "address": ADDRESS})),
    "00517-001": placed(street=None),
    "00518-001": placed(houseNumber=None),
    "00520-001": placed(postCode=None),
    "00522-001": placed(municipality=None),
    "00523-001": placed(country=None),
    "00517-003": placed(street=LONG),
    "00518-003": placed(houseNumber=LONG),
    "00519-003": placed(boxNumber=LONG),
    "00520-003": placed(postCode=LONG),
    "00522-003": placed(municipality={"name": LONG}),
    "00523-003": placed(country=1),
    "00517-005": with_user(address={"street": "Rue"}),
    "00518-005": with_user(address={"houseNumber": "1"}),
    "00519-005": with_user(address={"boxNumber": "1"}),
    "00520-005": with_user(address={"postCode": "1000"}),
    "00522-005": with_user(address={"municipality": {"name": "Bruxelles"}}),
    "00523-005": with_user(address={"country": 150}),
    "00222-001": a({**an_in(), "references": [{"type": "1"}]}),
    "00222-003": a({**an_in(), "references": [{"type": "1", "number": LONG}]}),
    "00221-003": a({**an_in(), "references": [{"type": "2", "number": "A"}]}),
    "90082-006": a({**an_in(), "references": [{"type": 1, "number": "A"}] * 2}),
    "00777-001": a(flexi(startHour=None)),
    "00777-003": a(flexi(startHour="2560")),
    "00777-005": a(an_in(startHour="0800")),
    "00778-001": a(flexi(endHour=None)),
    "00778-003": a(flexi(endHour="late")),
    "00778-005": a(an_in(endHour="0800")),
    "00778-345": a(flexi(endHour="1700", endDate=day(1))),
    "00910-001": a(an_in(startDate=None)),
    "00910-003": a(an_in(startDate="9999-12-31")),
    "00910-005": on(student(), lambda period: update(period, startDate=day(2))),
    "00910-008": a(an_in(startDate="1919-12-31")),
    "00910-344": on(
        an_in(startDate=day(0), endDate=day(9)),
        lambda period: update(period, startDate=day(5)),
        now=NOW + timedelta(days=2),
    ),
    "00910-459": a(occasional(endDate=day(3))),
    "00910-462": on(
        flexi_period(),
        lambda period: daily("0", periodId=period, startDate=day(0), startHour="1000"),
    ),
    "00911-001": a(student(endDate=None)),
    "00911-003": a(an_in(endDate="9999-12-31")),
    "00911-005": registered(lambda _, number: daily("1", registrationId=number, endDate=day(2))),
    "00911-008": a(an_in(endDate="2090-01-01")),
    "00911-014": a(an_in(endDate=day(0))),
    "00911-344": on(
        flexi_period(endDate="2026-03-20"), lambda period: update(period, endDate=day(20))
    ),
    "00911-462": on(
        flexi_period(),
        lambda period: daily(
            "0", periodId=period, **{**HOURS, "startDate": day(29), "endDate": "2026-04-03"}
        ),
    ),
    "00913-001": a(cancel(None)),
    "00913-003": a(cancel(0)),
    "00913-181": on(an_in(), cancel, now=NOW + timedelta(days=5)),
    "00913-354": a(cancel(600027876089)),
    "00913-355": twice_cancelled,
    "00913-356": closed_twice,
    "00913-359": on(an_in(), lambda period: update(period, endDate=day(9))),
    "00913-362": locked,
    "00913-461": not_daily,
    "00913-462": on(an_in(), lambda period: daily("0", periodId=period, **HOURS)),
    "01017-003": a(student(startDate="2016-05-02", endDate="2016-05-02", plannedDaysNumber=0)),
    "01017-005": a(an_in(plannedDaysNumber=3)),
    "01135-001": a(student(None)),
    "01135-003": a(student(0)),
    "01135-005": a(an_in(plannedHoursNumber=8)),
    "00110-001": a(daily(None, periodId=600027876089)),
    "00110-003": a(daily("2", periodId=600027876089)),
    "01085-001": a(daily("1")),
    "01085-003": a(daily("1", registrationId=0)),
    "01085-181": registered(
        lambda _, number: daily("3", registrationId=number), now=NOW + timedelta(days=60)
    ),
    "01085-354": a(daily("3", registrationId=600027876089)),
    "01085-355": registration_gone,
    "90480-003": registered(lambda _, number: daily("1", registrationId=number, endHour="1800")),
    "90480-260": on(
        flexi_period(),
        lambda period: daily("0", periodId=period, **{**HOURS, "endDate": day(3)}),
    ),
    "90480-334": registered(lambda period, _: daily("0", periodId=period, **HOURS)),
    "90480-444": registered(lambda _, number: daily("1", registrationId=number, endHour="2200")),
    "90373-333": after(an_in(endDate=day(5)), then=an_in(endDate=day(5))),
    "90373-334": after(an_in(endDate=day(5)), then=an_in(endDate=day(6))),
    "90373-341": a(flexi(startHour="0800", endHour="0900", endDate=day(2))),
    "90373-343": a(an_in(startDate="2010-01-04")),
    "90373-421": a(student(endDate="2026-04-01")),
    "90373-460": a(an_in(startDate=day(-1))),
    "90378-333": _SECOND(startDate=day(1), endDate=day(5)),
    "90378-334": _SECOND(startDate=day(4)),
    "90378-341": on(flexi(), lambda period: update(period, endDate=day(3))),
    "90378-343": on(an_in(), lambda period: update(period, startDate="2010-01-04")),
    "90378-360": on(an_in(), update),
    "90378-361": on(flexi(), update),
    "90378-368": on(student(), lambda period: update(period, endDate="9999-12-31")),
    "90378-421": on(student(), lambda period: update(period, endDate="2026-04-01")),
    "90378-444": on(an_in(endDate=day(5)), lambda period: update(period, endDate=day(5))),
    "90378-460": on(an_in(), lambda period: out(period, day(1)), now=NOW + timedelta(days=9)),
}
