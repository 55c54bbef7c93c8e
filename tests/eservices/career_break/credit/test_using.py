"""A worker's code in the steps of his request: opened there, shown, and kept with the request."""

from typing import Any

import pytest
from django.test import Client

from guichet.eservices.career_break.content import asked_of
from guichet.eservices.career_break.credit.models import Attestation
from guichet.eservices.career_break.models import Draft, Request
from guichet.kernel.credit_code import CreditCode
from guichet.platform.models import Dispatch
from tests.eservices.career_break import walk
from tests.eservices.career_break.walk import said
from tests.eservices.career_break.world import LUC, NADIA, clerk
from tests.portal.browsing import signed_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]


def made(niss: str = LUC) -> Attestation:
    place = "/career-break/credit/codes/new/"
    answer = signed_in(niss).post(place, {"pots": ["parental-other"]})
    return Attestation.objects.get(key=str(answer["Location"]).split("/")[-2])


def begun(client: Client) -> str:
    place = walk.begun(client)
    client.post(f"{place}type/", {"leave": "parental"})
    return place


def test_a_code_is_opened_in_the_steps_shown_and_kept_with_the_request() -> None:
    row, client = made(), clerk()
    place = begun(client)

    typed = {"credit_code": CreditCode(row.code).formatted().lower()}
    answer = client.post(f"{place}details/", typed, follow=True)

    page = said(answer)
    assert answer.redirect_chain[-1][0] == f"{place}characteristics/"
    assert "Remaining credit" in page
    assert "Full interruption: 4 months" in page
    row.refresh_from_db()
    assert row.used_by is not None
    assert row.code not in str(Draft.objects.get().typed)
    client.post(f"{place}characteristics/", walk.characteristics(seen="1"))
    client.post(f"{place}reduction/", {"has_reduction": "no"})
    assert "By the code of the worker, as it was on 28/01/2025" in said(
        client.get(f"{place}check/")
    )
    client.post(f"{place}check/", {"certified": "on"})
    request = Request.objects.get()
    details = asked_of(request.content).details
    assert details["credit_attestation"] == str(row.key)
    assert "3 months" not in str(request.content)
    answer = client.get(f"/career-break/requests/{request.ticket}/")
    assert "By the code of the worker" in said(answer)
    assert f"/career-break/attestations/{row.key}/" in answer.content.decode()
    assert not Dispatch.objects.exists()


def test_going_back_keeps_the_attestation_and_a_second_code_replaces_it() -> None:
    first, second, client = made(), made(), clerk()
    place = begun(client)
    client.post(f"{place}details/", {"credit_code": first.code})

    client.post(f"{place}details/", {"credit_code": "", "do": "back"})
    assert Draft.objects.get().typed["details"]["credit_attestation"] == str(first.key)
    client.post(f"{place}details/", {"credit_code": second.code})

    assert Draft.objects.get().typed["details"]["credit_attestation"] == str(second.key)


def test_the_code_of_somebody_else_is_unknown_and_stays_unopened() -> None:
    row, client = made(NADIA), clerk()
    place = begun(client)

    foreign = client.post(f"{place}details/", {"credit_code": row.code})
    none = client.post(f"{place}details/", {"credit_code": CreditCode.of(7).signs})

    assert foreign.status_code == none.status_code == 422
    assert errors(foreign) == errors(none) != []
    row.refresh_from_db()
    assert row.used_at is None
    assert Draft.objects.get().typed["details"]["credit_code"] == CreditCode.of(7).signs


def test_a_mistyped_code_is_told_apart_and_an_attestation_cannot_be_forged() -> None:
    row, client = made(NADIA), clerk()
    clerk().post("/career-break/attestations/", {"code": row.code})
    place = begun(client)
    wrong = row.code[:-1] + ("0" if row.code[-1] != "0" else "1")

    answer = client.post(f"{place}details/", {"credit_code": wrong})
    assert answer.status_code == 422
    assert "mistyped" in said(answer)
    forged = {"credit_code": "", "credit_attestation": str(row.key), "credit_attested_on": "x"}
    client.post(f"{place}details/", forged)

    assert "credit_attestation" not in Draft.objects.get().typed["details"]


def test_guessing_is_stopped_in_the_steps_too() -> None:
    client = clerk()
    place = begun(client)
    typed = {"credit_code": CreditCode.of(7).signs}

    answers = [client.post(f"{place}details/", typed).status_code for _try in range(31)]

    assert answers[:30] == [422] * 30
    assert answers[30] == 429


def test_a_revoked_code_is_shown_no_more_and_the_day_stays() -> None:
    row, client = made(), clerk()
    place = begun(client)
    client.post(f"{place}details/", {"credit_code": row.code})
    signed_in(LUC).post(f"/career-break/credit/codes/{row.key}/revoke/")

    assert "Full interruption: 4 months" not in said(client.get(f"{place}characteristics/"))
    ready = walk.characteristics(seen="1")
    client.post(f"{place}characteristics/", ready)
    client.post(f"{place}reduction/", {"has_reduction": "no"})
    client.post(f"{place}check/", {"certified": "on"})
    request = Request.objects.get()
    answer = client.get(f"/career-break/requests/{request.ticket}/")
    assert "By the code of the worker" in said(answer)
    assert str(row.key) not in answer.content.decode()


def errors(answer: Any) -> list[str]:
    text = answer.content.decode()
    return [one.split("</p>")[0] for one in text.split('class="govuk-error-message"')[1:]]
