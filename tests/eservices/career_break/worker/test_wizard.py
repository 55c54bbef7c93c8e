"""The ten steps: kept, resumed, gone back over, checked and sent once."""

from datetime import date

import pytest
from django.test import Client

from guichet.audit.actors import Actor
from guichet.audit.models import Entry
from guichet.eservices.career_break import dossier, operations
from guichet.eservices.career_break.models import WorkerPart
from guichet.eservices.career_break.worker import parts, reading, sending
from guichet.eservices.career_break.worker.sending import Incomplete, PapersMissing
from guichet.rules.career_break.states import StepRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.walk import day, said
from tests.eservices.career_break.worker import mine
from tests.eservices.career_break.worker.mine import himself, place
from tests.eservices.career_break.world import LUC, NADIA, NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("firm"),
]
ME = Actor("person", LUC)


def test_c66_who_leaves_at_step_five_finds_everything_the_next_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = world.filed()
    client = himself()
    for step in parts.STEPS[:4]:
        client.post(place(row, f"{step}/"), mine.TYPED[step])
    left = client.post(
        place(row, "household/"), mine.TYPED["household"] | {"do": "later"}, follow=True
    )
    assert "Kept." in said(left)

    monkeypatch.setattr("guichet.platform.clock.now", lambda: NOW + world.DAY)
    again = himself()
    page = again.get(place(row, "household/")).content.decode()

    assert 'value="Zoé"' in page
    assert 'value="2022"' in page
    assert "Go on: Other activities" in said(again.get("/career-break/mine/"))
    assert 'value="Zoé Vandermeulen"' in again.get(place(row, "person/")).content.decode()


def test_the_country_is_named_in_the_language_of_the_page() -> None:
    row = world.filed()

    page = himself().get(place(row, "identity/"), headers={"accept-language": "fr"})

    assert "Belgique" in said(page)


def test_going_back_keeps_what_cannot_be_right_too() -> None:
    row = world.filed()
    client = himself()

    answer = client.post(place(row, "payment/"), {"iban": "BE1", "do": "back"})

    assert answer["Location"] == place(row, "pension/")
    assert 'value="BE1"' in client.get(place(row, "payment/")).content.decode()


@pytest.mark.parametrize(
    "iban", ["BE68539007547035", "BE21001234567804", "US12345678901234", "BE685390075470", ""]
)
def test_c67_an_account_that_cannot_be_is_refused_at_its_field(iban: str) -> None:
    row = world.filed()

    answer = himself().post(place(row, "payment/"), {"iban": iban, "holder": "Luc"})

    assert answer.status_code == 422
    assert 'id="id_iban-error"' in answer.content.decode()
    assert "Error:" in answer.content.decode().split("</title>")[0]


@pytest.mark.parametrize(
    "iban",
    [
        "BE68 5390 0754 7034",
        "be21 0012 3456 7803",
        "BE54000000009797",
        "FR1420041010050500013M02606",
    ],
)
def test_an_account_of_a_sepa_country_is_taken(iban: str) -> None:
    row = world.filed()

    answer = himself().post(place(row, "payment/"), {"iban": iban, "holder": "Luc"})

    assert answer["Location"] == place(row, "documents/")


def test_c68_medical_assistance_without_its_attestation_is_not_sent() -> None:
    row = world.filed(leave="medical_assistance", details={"relation": "family"})
    client = himself()
    mine.walked(client, row, person=mine.PATIENT)

    page = client.get(place(row, "check/"))
    answer = client.post(place(row, "check/"), {"certified": "on"})

    assert "Medical attestation" in said(page)
    assert 'value="send"' not in page.content.decode()
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.state == "wait_worker"
    with pytest.raises(PapersMissing, match="medical_attestation"):
        sending.send(ticket=row.ticket, actor=ME, now=NOW)


def test_c68_with_its_attestation_it_is_sent() -> None:
    row = world.filed(leave="medical_assistance", details={"relation": "family"})
    client = himself()
    mine.walked(client, row, person=mine.PATIENT)
    bringing.applied(row, bringing.worker())

    answer = client.post(place(row, "check/"), {"certified": "on"})

    assert answer["Location"] == place(row, "receipt/")
    row.refresh_from_db()
    assert row.state == "wait_onem"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"bond": "cohabiting_parent"}, ""),
        ({"bond": "cohabiting_parent", "nobody_before": "no"}, ""),
        ({"bond": "other_parent"}, "nobody_before"),
        ({"bond": "relative", "nobody_before": "yes"}, ""),
        ({"bond": "brother"}, "bond"),
        ({}, "bond"),
    ],
)
def test_with_a_child_in_hospital_the_worker_says_who_comes_first(
    given: dict[str, str], wrong: str
) -> None:
    row = world.filed(
        leave="medical_assistance", details={"relation": "hospital"}, regime="full",
        last_day=date(2025, 4, 7),
    )  # fmt: skip
    answer = himself().post(
        place(row, "person/"), {"name": "Zoé", **day("born_on", "3/5/2022"), **given}
    )

    assert answer.status_code == (422 if wrong else 302)
    if wrong:
        assert f'href="#id_{wrong}' in answer.content.decode()
        return
    person = parts.said_in(reading.case(row, today=date(2025, 1, 10))).person
    assert (person.bond, person.relation) == (given["bond"], "")
    assert person.nobody_before is (True if given["bond"] == "relative" else None)


def test_c45_step_nine_asks_for_the_declaration_of_the_other_employer() -> None:
    row = world.filed(has_other_employers=True)
    client = himself()
    others = {"activity": "employee", "others_reduce": "no", **day("activity_since", "1/1/2020")}
    mine.walked(client, row, activities=others)

    page = said(client.get(place(row, "documents/")))
    refused = client.post(place(row, "check/"), {"certified": "on"})

    assert "Declaration of occupation" in page
    assert refused.status_code == 422
    bringing.applied(row, bringing.worker(), "occupation_elsewhere")
    assert client.post(place(row, "check/"), {"certified": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "wait_onem"


def test_c69_a_complete_part_goes_to_the_office_of_the_residence() -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row)

    answer = client.post(
        place(row, "check/"), {"certified": "on", "ebox_for_all": "on"}, follow=True
    )

    row.refresh_from_db()
    assert row.state == "wait_onem"
    assert row.completed_at == NOW
    assert row.office == "MON"  # 7000 Mons
    page = said(answer)
    assert "Your part is with ONEM" in page
    assert "Office of ONEM: Mons" in page
    told = dossier.said_in(row)
    assert told is not None
    assert told.iban == "BE68539007547034"
    assert told.person.name == "Zoé Vandermeulen"
    assert told.person.born_on == date(2022, 5, 3)
    assert told.ebox_for_all
    assert told.children[0].born_on == date(2022, 5, 3)
    assert WorkerPart.objects.get().document
    assert Entry.objects.filter(action="careerBreak.request.completed").count() == 1


def test_c69_who_moved_abroad_is_with_the_office_of_the_employer() -> None:
    row = world.filed()
    mine.typed(row)
    row.person.country, row.person.postcode = "FR", "59000"
    row.employer.postcode = "1000"
    with world.transaction(actor=world.ACTOR):
        row.person.save()
        row.employer.save()

    done = sending.send(ticket=row.ticket, actor=ME, now=NOW)

    assert done.office == "BRU"


def test_c38_nothing_is_sent_without_the_box() -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row)

    answer = client.post(place(row, "check/"), {})

    assert answer.status_code == 422
    assert 'id="id_certified-error"' in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "wait_worker"


def test_a_second_press_of_send_leads_to_the_same_receipt() -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row)
    first = client.post(place(row, "check/"), {"certified": "on"})
    document = WorkerPart.objects.get().document

    second = client.post(place(row, "check/"), {"certified": "on"})

    assert first["Location"] == second["Location"] == place(row, "receipt/")
    assert sending.send(ticket=row.ticket, actor=ME, now=NOW).pk == row.pk
    assert WorkerPart.objects.get().document == document
    assert row.versions.count() == 2


@pytest.mark.parametrize("step", parts.TYPED)
def test_a_part_of_which_a_step_is_missing_is_not_sent(step: str) -> None:
    row = mine.typed(world.filed())
    part = WorkerPart.objects.get()
    del part.typed[step]
    part.save()
    if step == "earlier":  # nothing has to be said of breaks that nobody took
        assert sending.send(ticket=row.ticket, actor=ME, now=NOW).state == "wait_onem"
        return

    with pytest.raises(Incomplete, match=step):
        sending.send(ticket=row.ticket, actor=ME, now=NOW)
    page = himself().get(place(row, "check/"))

    assert f"{place(row, f'{step}/')}" in page.content.decode()
    assert "cannot be sent yet" in said(page)


def test_a_part_is_sent_for_the_request_that_was_read_not_for_one_changed_meanwhile() -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row)
    read = {"certified": "on", "version": mine.version_on(client.get(place(row, "check/")))}
    world.modified(row)

    answer = client.post(place(row, "check/"), read, follow=True)

    assert "Your employer changed this request meanwhile" in said(answer)
    assert "31/05/2025" in said(answer)
    assert WorkerPart.objects.get().content is None
    again = {"certified": "on", "version": mine.version_on(client.get(place(row, "check/")))}
    assert client.post(place(row, "check/"), again)["Location"] == place(row, "receipt/")


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 40, "-1"])
def test_a_version_that_is_none_sends_nothing_twice_and_breaks_nothing(version: str) -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row)

    answer = client.post(place(row, "check/"), {"certified": "on", "version": version})

    wanted = "employer/" if version == "0" else "receipt/"
    assert answer["Location"] == place(row, wanted)


def test_c50_what_the_employer_cancelled_meanwhile_is_not_sent() -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row)
    operations.cancel(ticket=row.ticket, sender=world.sender(), now=NOW)

    answer = client.post(place(row, "check/"), {"certified": "on"})

    assert answer.status_code == 409
    assert "cancelled meanwhile" in said(answer)
    part = WorkerPart.objects.get()
    assert part.content is None
    with pytest.raises(StepRefused):
        sending.save_step(ticket=row.ticket, step="identity", typed={}, actor=ME, now=NOW)


def test_what_somebody_else_typed_or_sent_is_not_there() -> None:
    row = world.filed(NADIA)
    client = himself()
    acts = (
        "", "receipt/", "wrong/", "withdraw/", "decisions/1/", "changes/address/",
        *(f"{step}/" for step in parts.STEPS),
    )  # fmt: skip
    unknown = place(row).replace(row.ticket, "04W002ZS8XNMZ")
    for act in acts:
        foreign, none = client.get(place(row, act)), client.get(f"{unknown}{act}")
        assert foreign.status_code == none.status_code == 404, act
        assert said(foreign) == said(none)
        assert client.post(place(row, act), {"certified": "on"}).status_code in (404, 405), act
    assert not WorkerPart.objects.exists()


@pytest.mark.parametrize("act", ["", "changes/"])
def test_a_visitor_is_led_to_the_sign_in(act: str) -> None:
    assert Client().get(f"/career-break/mine/{act}").status_code == 302


def test_rows_of_children_are_added_and_hostile_counts_ignored() -> None:
    row = world.filed()
    client = himself()

    page = client.post(place(row, "household/"), {"household": "alone", "do": "add"})
    assert 'name="child_1_name"' in page.content.decode()
    hostile = {"household": "alone", "rows": "999999", "child_0_born_on_0": "\0<script>"}
    answer = client.post(place(row, "household/"), hostile)

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert answer.content.decode().count("_name") < 100


def test_who_lives_only_with_children_names_one() -> None:
    row = world.filed()

    answer = himself().post(place(row, "household/"), {"household": "with_children"})

    assert answer.status_code == 422
    assert 'id="id_child_0_born_on-error"' in answer.content.decode()


def test_both_answers_stand_before_sending_and_warn_only() -> None:
    row = world.filed()
    client = himself()
    mine.walked(client, row, pension={"pension": "other"}, payment={
        "iban": mine.GOOD_IBAN, "holder": "Somebody Else",
    })  # fmt: skip

    page = said(client.get(place(row, "check/")))

    assert "Right to the interruption" in page
    assert "Allowance of ONEM" in page
    assert "2 warnings. You can go on." in page
    done = client.post(place(row, "check/"), {"certified": "on", "reason": "Compte commun"})
    assert done["Location"] == place(row, "receipt/")
    told = dossier.said_in(row)
    assert told is not None
    assert told.reason == "Compte commun"


def test_for_whom_an_earlier_leave_was_changes_what_is_left() -> None:
    first = mine.sent(world.filed())
    row = world.filed(first_day=date(2025, 6, 1), last_day=date(2025, 6, 30))
    client = himself()

    page = said(client.get(place(row, "person/")))

    assert "Zoé Vandermeulen, born on 03/05/2022" in page
    answer = client.post(place(row, "person/"), {
        "who": first.ticket, "parentage": "biological", "is_disabled": "no",
    })  # fmt: skip
    assert answer.status_code == 302
    case_part = WorkerPart.objects.get(request=row)
    assert case_part.typed["person"]["who"] == first.ticket


def test_palliative_care_asks_nothing_of_the_patient() -> None:
    row = world.filed(
        leave="palliative", details={"period": "first"}, first_day=date(2025, 2, 3),
        last_day=date(2025, 3, 2), notified_on=date(2025, 1, 28),
    )  # fmt: skip

    page = himself().get(place(row, "person/"))

    assert "Nothing is asked about the patient" in said(page)
    assert 'name="name"' not in page.content.decode()
    assert himself().post(place(row, "person/"), {})["Location"] == place(row, "earlier/")


@pytest.mark.parametrize(
    ("chosen", "motive"),
    [("time_credit:child", "child"), ("time_credit:none", ""), ("time_credit", None)],
)
def test_of_an_earlier_time_credit_the_motive_is_told(chosen: str, motive: str | None) -> None:
    row = world.filed()
    first, last = day("row_0_first_day", "1/1/2016"), day("row_0_last_day", "31/12/2016")
    typed = {"row_0_leave": chosen, "row_0_regime": "fifth", "row_0_for": "other", **first, **last}

    answer = himself().post(place(row, "earlier/"), typed)

    assert answer.status_code == (422 if motive is None else 302)
    if motive is None:
        return
    [told] = parts.said_in(reading.case(row, today=date(2025, 1, 10))).earlier
    assert (told.leave, told.motive) == ("time_credit", motive)
