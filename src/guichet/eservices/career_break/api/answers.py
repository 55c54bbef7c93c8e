"""Requests as software reads them: the employer's own part, and where the file is.

Nothing of the worker's part and nothing of a decision stands here.
"""

from datetime import date, datetime
from typing import Any, Final

from guichet.eservices.career_break import addresses, words
from guichet.eservices.career_break.api import findings, wire
from guichet.eservices.career_break.api.wire import camel
from guichet.eservices.career_break.content import Asked, asked_of
from guichet.eservices.career_break.decided import Standing
from guichet.eservices.career_break.models import Notice, Parameters, Part, Request, Version
from guichet.kernel.ticket import TicketNumber
from guichet.rules.career_break.states import Party, State, Step, may

# What the office asks the worker stays between them, and a decision has no content here.
_EVENTS: Final = {"asked": "handled", "answered": "handled", "decided": "closed"}


def summary(row: Request, *, employer: str, state: State) -> dict[str, Any]:
    """One line of a search; ``employer``: ten digits of whose it is; ``state``: as known."""
    return given(
        {
            "ticket": printed(row.ticket),
            "href": place(row) if row.ticket else "",
            "employer": {"enterpriseNumber": employer},
            "worker": {"ssin": row.person.niss},
            "type": camel(row.leave),
            "regime": camel(row.regime),
            "startDate": row.first_day,
            "endDate": row.last_day,
            "status": status(state),
            "office": row.office and {"code": row.office, "name": words.office(row.office)},
            "channel": row.channel,
            "filedAt": row.filed_at,
            "changedAt": row.changed_at,
        }
    )


def request(
    row: Request, versions: list[Version], parts: list[Part], *, known: Standing
) -> dict[str, Any]:
    """A request with what happened to it, oldest first, as far as it is ``known``."""
    asked, by_version = asked_of(row.content), {part.version: part for part in parts}
    state = known.state
    known_versions = known.shown(versions)
    steps = {"modify": Step.MODIFY, "cancel": Step.CANCEL}
    return summary(row, employer=row.employer.number, state=state) | given(
        {
            "content": content(asked),
            "findings": [findings.of_warned(one) for one in asked.warned],
            "versions": [_version(one, by_version.get(one.number)) for one in known_versions],
            "parts": [part_of(one) for one in parts],
            "openSteps": [
                name for name, step in steps.items()
                if may(state=state, step=step, party=Party.EMPLOYER)
            ],
            "noticeTicket": printed(row.notice.ticket) if row.notice else "",
        }
    )  # fmt: skip


def created(row: Request) -> dict[str, Any]:
    """What a call that files a request is answered, however often it comes."""
    first = row.versions.order_by("number").first()
    asked = asked_of(first.content if first else row.content)
    return {
        "ticket": printed(row.ticket),
        "href": place(row),
        "status": camel(State.WAIT_WORKER),
        "filedAt": _plain(row.filed_at),
        "findings": [findings.of_warned(one) for one in asked.warned],
    }


def changed(row: Request, part: Part) -> dict[str, Any]:
    """What a modification or a cancellation is answered: both tickets."""
    version = row.versions.filter(number=part.version).first()
    return given(
        {
            **part_of(part),
            "request": {"ticket": printed(row.ticket), "href": place(row)},
            "status": status(version.state if version else row.state),
            "endDate": version.last_day if version else row.last_day,
        }
    )


def part_of(part: Part) -> dict[str, Any]:
    """A part with a ticket of its own."""
    return {"ticket": printed(part.ticket), "kind": part.kind, "at": _plain(part.at)}


def content(asked: Asked) -> dict[str, Any]:
    """The employer's part as it was sent, less what the summary says already."""
    hours = {
        "contract": asked.contract_minutes,
        "fullTime": asked.full_time_minutes,
        "duringBreak": asked.break_minutes,
    }
    less = {"weeklyMinutes": asked.reduction_minutes, "daysPerYear": asked.reduction_days}
    return given(
        {
            "workerCode": asked.worker_code,
            "jointCommission": asked.committee,
            "emailAddress": asked.worker_email,
            "details": wire.details_of(asked),
            "isAgreed": asked.has_consent,
            "weeks": [{"startDate": _plain(a), "endDate": _plain(b)} for a, b in asked.weeks],
            "weeklyMinutes": given(hours),
            "hasOtherEmployers": asked.has_other_employers,
            "otherEmployers": [
                given(
                    {
                        "enterpriseNumber": one.number, "name": one.name,
                        "contract": one.contract_minutes, "fullTime": one.full_time_minutes,
                        "isReduced": one.reduces,
                    }
                )
                for one in asked.others
            ],
            "noticeDate": asked.notified_on,
            "workingTimeReduction": given(less) if asked.has_reduction else None,
            "comment": asked.comment,
            "reason": asked.reason,
        }
    )  # fmt: skip


def parameters(row: Parameters) -> dict[str, Any]:
    """Whom to ask at an employer."""
    return given(
        {
            "name": row.name,
            "givenName": row.given_name,
            "phoneNumber": row.phone,
            "mobileNumber": row.mobile,
            "emailAddress": row.email,
            "sector": row.sector,
            "authority": camel(row.authority),
            "isNoticeTaken": row.takes_notices,
            "changedAt": row.changed_at,
        }
    )


def status(state: str) -> str:
    """The state as the employer may know it."""
    return camel(State.IN_PROGRESS if state == State.WAIT_DOCUMENTS else state)


def printed(ticket: str) -> str:
    """A ticket as it is printed; empty for a request on paper."""
    return TicketNumber(ticket).formatted() if ticket else ""


def place(row: Request) -> str:
    """The address of a request."""
    return addresses.href(f"/requests/{row.ticket}")


def place_of_notice(row: Notice) -> str:
    """The address of a notice."""
    return addresses.href(f"/notices/{row.ticket}")


def page(items: list[dict[str, Any]], *, what: str, number: int, size: int, total: int) -> Any:
    """A page of a search; ``next`` is absent on the last one."""
    found: dict[str, Any] = {"items": items, "page": number, "pageSize": size, "total": total}
    if number * size < total:
        found["next"] = addresses.href(f"/{what}/search?page={number + 1}&pageSize={size}")
    return found


def _version(one: Version, part: Part | None) -> dict[str, Any]:
    # What came with a completed or decided version is not the employer's.
    comment = one.said.get("comment", "") if one.event == "modified" else ""
    return given(
        {
            "number": one.number,
            "event": _EVENTS.get(one.event, one.event),
            "status": status(one.state),
            "endDate": one.last_day,
            "at": one.at,
            "partTicket": printed(part.ticket) if part else "",
            "comment": comment,
        }
    )


def given(members: dict[str, Any]) -> dict[str, Any]:
    """Without members that have no value; days and moments as texts."""
    return {name: _plain(value) for name, value in members.items() if value not in ("", None)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value
