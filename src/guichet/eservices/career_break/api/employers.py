"""REST careerBreak v1, the parameters of an employer: whom to ask, the sector, notices."""

from django.http import HttpResponse

from guichet.access.guard import CallerRequest
from guichet.eservices.career_break import operations, queries, rights
from guichet.eservices.career_break.api import answers, calling, wire
from guichet.eservices.career_break.api.calling import READERS, WRITERS, as_json, by_verb, call
from guichet.eservices.career_break.operations import Refused
from guichet.kernel import problem as documents
from guichet.platform import clock
from guichet.platform.problems import ProblemRaised, decoded, only_query
from guichet.registers.enterprises.models import Enterprise
from guichet.rules.career_break.employers import Parameters, authority_fault, parameter_faults


@call("GET", READERS)
def read(request: CallerRequest, number: str) -> HttpResponse:
    """GET /employers/{enterpriseNumber}/parameters"""
    only_query(request)
    found = queries.parameters(employer=_employer(request, number))
    if found is None:
        raise ProblemRaised(_unknown())
    return as_json(answers.parameters(found))


@call("PUT", WRITERS)
def keep(request: CallerRequest, number: str) -> HttpResponse:
    """PUT /employers/{enterpriseNumber}/parameters"""
    only_query(request)
    given = decoded(request, wire.Parameters, limit=calling.LARGEST)
    employer = _employer(request, number)
    faults = parameter_faults(
        Parameters(
            name=given.name, phone=given.phone_number, mobile=given.mobile_number,
            mail=given.email_address, sector=given.sector, takes_notices=given.is_notice_taken,
        )
    )  # fmt: skip
    public = authority_fault(sector=given.sector, authority=wire.snake(given.authority or ""))
    if public is not None:
        faults = (*faults, public)
    if faults:
        raise Refused(faults)
    row = operations.keep_parameters(
        contact=wire.contact_of(given), sender=calling.sender_of(request, employer),
        now=clock.now(),
    )  # fmt: skip
    return as_json(answers.parameters(row))


parameters = by_verb(GET=read, PUT=keep)


def _employer(request: CallerRequest, number: str) -> str:
    """An employer for whom the caller may act; another's and none are the same 404."""
    own, on = request.caller.enterprise_number, clock.today(clock.now())
    is_number = len(number) == 10 and number.isascii() and number.isdigit()
    if is_number and rights.may_act_for(employer=number, enterprise=own, on=on):
        known = Enterprise.objects.filter(number=number).exists()
        if known:
            return number
    raise ProblemRaised(_unknown())


def _unknown() -> documents.Problem:
    return documents.resource_not_found(name="enterpriseNumber")
