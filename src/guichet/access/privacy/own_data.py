"""What the registers, the rights, the sessions and the trail hold about a person."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from guichet.access.identification import queries as identification
from guichet.access.models import Right
from guichet.access.privacy import lookups
from guichet.access.privacy.models import TermsAcceptance
from guichet.access.privacy.sections import Row, Section, register
from guichet.access.sessions import Acting, enterprise_name
from guichet.audit.models import Entry
from guichet.registers.addresses import Address
from guichet.registers.employments.models import Period
from guichet.registers.persons.models import Person
from guichet.registers.postings.models import Limosa

_DAYS = {
    "firstDay": gettext_lazy("From"),
    "lastDay": gettext_lazy("To"),
}


def _person(acting: Acting, now: datetime) -> list[Row]:
    person = Person.objects.get(pk=acting.person_id)
    return [
        {
            "ssin": person.niss,
            "givenName": person.given_name,
            "familyName": person.family_name,
            "birthDate": person.birth_date,
            "address": Address.of(person).in_one_line(),
            "language": person.language,
            "email": person.email,
        }
    ]


def _employments(acting: Acting, now: datetime) -> list[Row]:
    found = Period.objects.filter(relation__person_id=acting.person_id)
    return [
        {
            "employer": enterprise_name(one.relation.employer),
            "jointCommittee": one.relation.joint_committee,
            "workerType": one.relation.worker_type,
            "dimona": one.dimona_id,
            "state": one.state,
            "firstDay": one.first_day,
            "lastDay": one.last_day,
        }
        for one in found.select_related("relation__employer").order_by("first_day", "pk")
    ]


def _postings(acting: Acting, now: datetime) -> list[Row]:
    found = Limosa.objects.filter(person_id=acting.person_id).order_by("first_day", "pk")
    return [
        {
            "number": one.number,
            "kind": one.kind,
            "state": one.state,
            "firstDay": one.first_day,
            "lastDay": one.last_day,
        }
        for one in found
    ]


def _rights(acting: Acting, now: datetime) -> list[Row]:
    found = Right.objects.filter(person_id=acting.person_id).select_related("enterprise")
    return [
        {
            "enterprise": enterprise_name(one.enterprise),
            "quality": one.quality,
            "service": one.service,
            "firstDay": one.first_day,
            "lastDay": one.last_day,
        }
        for one in found.order_by("first_day", "pk")
    ]


def _sessions(acting: Acting, now: datetime) -> list[Row]:
    found = identification.sessions(person_id=acting.person_id, own_key="", now=now)
    return [
        {
            "openedAt": one.opened_at,
            "lastSeenAt": one.last_seen_at,
            "device": one.device,
            "address": one.address,
            "means": one.means,
        }
        for one in found
    ]


def _terms(acting: Acting, now: datetime) -> list[Row]:
    found = TermsAcceptance.objects.filter(person_id=acting.person_id).order_by("accepted_at")
    return [
        {"group": one.group, "version": one.version, "acceptedAt": one.accepted_at} for one in found
    ]


def _actions(acting: Acting, now: datetime) -> list[Row]:
    found = Entry.objects.filter(actor_kind="person", actor_id=acting.niss).order_by("at", "id")
    return [
        {
            "at": one.at,
            "action": one.action,
            "enterprise": one.actor_enterprise,
            "result": one.result,
        }
        for one in found
    ]


def _lookups(acting: Acting, now: datetime) -> list[Row]:
    rows = lookups.grouped(niss=acting.niss, now=now)
    return [
        {
            "lastAt": one.last_at,
            "organisation": one.organisation,
            "purpose": one.purpose,
            "by": one.door,
            "times": one.times,
        }
        for one in lookups.consultations(rows)
    ]


register(
    Section(
        "person",
        gettext_lazy("Register of persons"),
        {
            "ssin": gettext_lazy("Person's number (NISS)"),
            "givenName": gettext_lazy("Given name"),
            "familyName": gettext_lazy("Family name"),
            "birthDate": gettext_lazy("Date of birth"),
            "address": gettext_lazy("Address"),
            "language": gettext_lazy("Language"),
            "email": gettext_lazy("E-mail address"),
        },
        _person,
    )
)
register(
    Section(
        "employments",
        gettext_lazy("Employments (Dimona)"),
        {
            "employer": gettext_lazy("Employer"),
            "jointCommittee": gettext_lazy("Joint committee"),
            "workerType": gettext_lazy("Type of worker"),
            "dimona": gettext_lazy("Dimona number"),
            "state": gettext_lazy("State"),
            **_DAYS,
        },
        _employments,
    )
)
register(
    Section(
        "postings",
        gettext_lazy("Postings (Limosa)"),
        {
            "number": gettext_lazy("Number"),
            "kind": gettext_lazy("Kind"),
            "state": gettext_lazy("State"),
            **_DAYS,
        },
        _postings,
    )
)
register(
    Section(
        "rights",
        gettext_lazy("Rights to act for enterprises"),
        {
            "enterprise": gettext_lazy("Enterprise"),
            "quality": gettext_lazy("Quality"),
            "service": gettext_lazy("Service"),
            **_DAYS,
        },
        _rights,
    )
)
register(
    Section(
        "sessions",
        gettext_lazy("Sessions that are open"),
        {
            "openedAt": gettext_lazy("Opened"),
            "lastSeenAt": gettext_lazy("Last used"),
            "device": gettext_lazy("Device"),
            "address": gettext_lazy("Network"),
            "means": gettext_lazy("Signed in with"),
        },
        _sessions,
    )
)
register(
    Section(
        "terms",
        gettext_lazy("Terms of use that you accepted"),
        {
            "group": gettext_lazy("For"),
            "version": gettext_lazy("Version"),
            "acceptedAt": gettext_lazy("Accepted"),
        },
        _terms,
    )
)
register(
    Section(
        "actions",
        gettext_lazy("What you did, signing in included"),
        {
            "at": gettext_lazy("Moment"),
            "action": gettext_lazy("Action"),
            "enterprise": gettext_lazy("Enterprise"),
            "result": gettext_lazy("Result"),
        },
        _actions,
    )
)
register(
    Section(
        "lookups",
        gettext_lazy("Who consulted my data?"),
        {
            "lastAt": gettext_lazy("Last time"),
            "organisation": gettext_lazy("Organisation"),
            "purpose": gettext_lazy("Reason"),
            "by": gettext_lazy("By"),
            "times": gettext_lazy("Times that day"),
        },
        _lookups,
    )
)
