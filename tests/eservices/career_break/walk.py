"""Short ways through the steps of a new request."""

from __future__ import annotations

import re
from typing import Any, Final

from django.test import Client

from guichet.eservices.career_break.models import Request
from tests.eservices.career_break.world import LUC
from tests.portal.browsing import words

WORKER: Final = {"niss": LUC, "worker_code": "blue", "committee": "121", "worker_email": ""}
DETAILS: Final = {
    "time_credit": {"kind": "time_credit", "motive": "disabled_child"},
    "parental": {},
    "medical_assistance": {"relation": "family"},
    "palliative": {"attested_on_0": "27", "attested_on_1": "01", "attested_on_2": "2025",
                   "period": "first"},
    "informal_carer": {},
    "ordinary": {"statute": "statutory"},
}  # fmt: skip


def day(name: str, value: str) -> dict[str, str]:
    """``1/4/2025`` in three boxes."""
    return {f"{name}_{at}": part for at, part in enumerate(value.split("/"))}


def hours(name: str, value: str) -> dict[str, str]:
    """``38:00`` in two boxes."""
    return {f"{name}_{at}": part for at, part in enumerate(value.split(":"))}


def characteristics(
    *,
    regime: str = "full",
    first: str = "1/4/2025",
    last: str = "30/4/2025",
    contract: str = "40:00",
    full: str = "40:00",
    during: str = "",
    notified: str = "20/1/2025",
    **given: str,
) -> dict[str, str]:
    """A full parental leave of a month, as the manual shows it."""
    return {
        "regime": regime,
        **day("first_day", first),
        **day("last_day", last),
        **hours("contract_minutes", contract),
        **hours("full_time_minutes", full),
        **hours("break_minutes", during),
        **day("notified_on", notified),
        **given,
    }


def begun(client: Client, worker: dict[str, str] = WORKER) -> str:
    """A draft; the start of its addresses."""
    answer = client.post("/career-break/new/", worker)
    assert answer.status_code == 302, said(answer)
    return re.sub(r"type/$", "", str(answer["Location"]))


def asked(client: Client, leave: str = "parental", **given: str) -> Any:
    """The answer to the characteristics of a new draft; ``place``: its address."""
    place = begun(client)
    for step, typed in (("type", {"leave": leave}), ("details", DETAILS[leave])):
        done = client.post(f"{place}{step}/", typed)
        assert done.status_code == 302, said(done)
    answer: Any = client.post(f"{place}characteristics/", characteristics(**given))
    answer.place = place
    return answer


def drafted(client: Client, leave: str = "parental", **given: str) -> str:
    """A draft that only waits for its confirmation; warnings were seen."""
    answer = asked(client, leave, seen="1", **given)
    assert answer.status_code == 302, said(answer)
    place: str = answer.place
    answer = client.post(f"{place}reduction/", {"has_reduction": "no"})
    assert answer.status_code == 302, said(answer)
    return place


def confirmed(client: Client, leave: str = "parental", **given: str) -> Request:
    """A request that was made on the pages."""
    place = drafted(client, leave, **given)
    answer = client.post(f"{place}check/", {"certified": "on"})
    assert answer.status_code == 302, said(answer)
    return Request.objects.get(ticket=str(answer["Location"]).split("/")[3])


def said(answer: Any) -> str:
    """The words of a page."""
    return words(answer.content.decode())
