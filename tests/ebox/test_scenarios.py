"""The e-Box scenarios of temporary unemployment, SC81 to SC94, and what surrounds them."""

from datetime import date, timedelta

import pytest

from guichet.demo import fixtures
from guichet.ebox import boxes, publishing, queries, reading, upkeep
from guichet.ebox.boxes import CodeRefused
from guichet.ebox.models import Box, Content, Event, Message, Publication
from guichet.ebox.publishing import NoDigitalUser, ReferenceReused, UnknownSender
from guichet.ebox.queries import Wanted
from guichet.ebox.reading import UnknownMessage
from guichet.platform import clock
from guichet.platform.models import Dispatch
from guichet.rules.ebox import Act, ActRefused, Key
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, TESTS, at, draft, message, put, reader
from tests.portal.browsing import NOW

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
DAY = date(2026, 11, 24)


def _events(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def _mails() -> list[str]:
    rows = Dispatch.objects.order_by("pk").values_list("subject", "body")
    return [f"{subject}\n{body}" for subject, body in rows if "digit" not in subject]


def _open_main(uuid: object, *, now: object = NOW, holder: str = FIRM) -> bytes:
    row = message(uuid)  # type: ignore[arg-type]
    main = queries.attachments(message_id=row.pk)[0]
    return reading.open_document(
        reader=reader(holder), message=row.uuid, document=main.uuid, actor=TESTS,
        now=now,  # type: ignore[arg-type]
    ).data  # fmt: skip


def test_sc81_a_message_valid_for_six_months_expires_on_the_last_day_of_february() -> None:
    uuid = put(type="message.general", now=at(date(2025, 8, 31)))

    assert message(uuid).expires_on == date(2026, 2, 28)
    assert upkeep.expire(now=at(date(2026, 2, 27), "23:59")) == 0
    assert upkeep.expire(now=at(date(2026, 2, 28), "00:00")) == 1
    assert not Message.objects.exists()
    assert not Content.objects.exists()
    assert Publication.objects.get().removed_at == at(date(2026, 2, 28), "00:00")


def test_sc82_an_unread_message_is_called_to_mind_once_and_a_read_one_never() -> None:
    put(now=at(DAY))
    read = put(now=at(DAY))
    _open_main(read, now=at(DAY + timedelta(days=14)))

    for days in (14, 15, 16):
        upkeep.night(now=at(DAY + timedelta(days=days), "02:06"))

    assert _events("newDocumentReminder") == 1


def test_sc83_what_is_read_the_same_evening_is_not_mailed_in_the_night() -> None:
    before = Dispatch.objects.count()
    uuid = put(now=at(DAY, "10:00"))
    _open_main(uuid, now=at(DAY, "18:00"))

    upkeep.night(now=at(DAY + timedelta(days=1), "02:06"))

    assert Dispatch.objects.count() == before


def test_the_mail_leaves_in_the_night_once_and_never_before_two() -> None:
    before = Dispatch.objects.count()
    uuid = put(now=at(DAY, "10:00"))

    sent = [
        upkeep.night(now=at(DAY, "23:06")),
        upkeep.night(now=at(DAY + timedelta(days=1), "01:06")),
        upkeep.night(now=at(DAY + timedelta(days=1), "02:06")),
        upkeep.night(now=at(DAY + timedelta(days=1), "03:06")),
        upkeep.night(now=at(DAY + timedelta(days=2), "02:06")),
    ]

    assert sent == [0, 0, 1, 0, 0]
    assert Dispatch.objects.count() == before + 1
    publication = Publication.objects.get(uuid=uuid)
    assert publication.notified_at == at(DAY + timedelta(days=1), "02:06")


def test_sc84_a_list_leaves_a_message_unread_and_the_main_document_makes_it_read() -> None:
    uuid = put(documents=(of.document(), of.document("annexe.pdf", b"%PDF-1.4 annex")))
    queries.page(reader=reader(), wanted=Wanted(), number=1, size=25, now=NOW)
    reading.open_message(reader=reader(), message=uuid, actor=TESTS, now=NOW)
    second = queries.attachments(message_id=message(uuid).pk)[1]
    reading.open_document(reader=reader(), message=uuid, document=second.uuid, actor=TESTS, now=NOW)
    assert message(uuid).read_at is None

    assert _open_main(uuid) == of.PDF

    assert message(uuid).read_at == NOW
    assert Publication.objects.get().consulted_at == NOW
    assert _events("readDocument") == 1


def test_sc85_level_two_is_neither_in_the_list_nor_in_the_counts_without_the_service() -> None:
    uuid = put(type="decision.unemployment")
    without = reader(services=frozenset({"ebox"}))
    holder = reader(services=frozenset({"ebox", "temporary_unemployment"}))

    assert queries.page(reader=without, wanted=Wanted(), number=1, size=25, now=NOW) == ([], 0)
    assert queries.counts(reader=without, now=NOW).total == 0
    assert queries.message(reader=without, uuid=uuid, now=NOW) is None
    assert queries.counts(reader=holder, now=NOW).total == 1


def test_sc89_a_box_never_opened_takes_nothing_and_the_sender_is_told() -> None:
    with pytest.raises(NoDigitalUser):
        put(niss=fixtures.W3)

    assert not Publication.objects.exists()
    assert not Content.objects.exists()


def test_sc90_the_consent_is_not_active_until_the_six_digits_are_confirmed() -> None:
    box = of.ask(fixtures.W3, now=NOW)
    with pytest.raises(NoDigitalUser):
        put(niss=fixtures.W3)
    assert boxes.state_of(box) is Key.NEVER_OPENED

    boxes.confirm(box_id=box.pk, code=of.code(), actor=of.himself(fixtures.W3), now=NOW)

    assert boxes.state_of(Box.objects.get(pk=box.pk)) is Key.OPEN
    assert put(niss=fixtures.W3)


@pytest.mark.parametrize("holder", [FIRM, fixtures.W1])
def test_sc91_the_mail_says_neither_from_whom_nor_what(holder: str) -> None:
    given = {"niss": holder} if len(holder) == 11 else {}
    put(
        subject="Décision Zwartberg",
        documents=(of.document("zwartberg.pdf"),),
        now=at(DAY),
        **given,
    )

    upkeep.night(now=at(DAY + timedelta(days=1), "02:06"))

    mail = _mails()[-1]
    names = (*of.NAME.as_mapping().values(), "Zwartberg", "zwartberg", "http", holder)
    assert not [name for name in names if name in mail]
    assert "e-Box" in mail


def test_sc93_an_overview_sent_by_its_person_is_in_the_box_at_once() -> None:
    from guichet.ebox import jobs

    jobs.publish(
        sender_number=of.SENDER, reference="overview-1", message_type="employment.overview",
        language="fr", subject="Aperçu", niss=fixtures.W1,
        documents=[{"file_name": "apercu.pdf", "media_type": "application/pdf",
                    "content": "JVBERi0xLjcgZnVsbA=="}],
    )  # fmt: skip

    [row] = queries.page(reader=reader(fixtures.W1), wanted=Wanted(), number=1, size=25, now=NOW)[0]
    assert row.documents == 1
    assert row.published_at - NOW < timedelta(minutes=1)


def test_sc94_a_folder_with_readers_of_its_own_is_invisible_to_the_others() -> None:
    from guichet.ebox import folders

    uuid = put()
    box = reader().box_id
    made = {
        name: folders.make(box_id=box, name=name, is_restricted=True, actor=TESTS, now=NOW).pk
        for name in ("Personnel", "Comptabilité")
    }
    me = of.person(of.PERSONNEL).pk
    folders.name_readers(box_id=box, folder=made["Personnel"], people=[me], actor=TESTS, now=NOW)
    reading.carry_out(
        reader=reader(), messages=[uuid], act=Act.FILE, folder=made["Comptabilité"],
        actor=TESTS, now=NOW,
    )  # fmt: skip
    mine = reader(person_id=me, is_manager=False)

    assert queries.counts(reader=mine, now=NOW).total == 0
    assert queries.message(reader=mine, uuid=uuid, now=NOW) is None
    with pytest.raises(UnknownMessage):
        reading.open_message(reader=mine, message=uuid, actor=TESTS, now=NOW)
    with pytest.raises(reading.UnknownFolder):
        reading.carry_out(
            reader=mine, messages=[put()], act=Act.FILE, folder=made["Comptabilité"],
            actor=TESTS, now=NOW,
        )  # fmt: skip
    with pytest.raises(folders.FolderRefused, match="not_empty"):
        folders.remove(box_id=box, folder=made["Comptabilité"], actor=TESTS, now=NOW)


def test_a_reference_used_again_is_the_same_message_or_a_refusal() -> None:
    first = draft(reference="one")
    again = [publishing.publish(message=first, actor=TESTS, now=NOW) for _ in range(2)]

    assert [one.is_new for one in again] == [True, False]
    assert again[0].uuid == again[1].uuid
    assert Message.objects.count() == _events("newDocument") == 1
    with pytest.raises(ReferenceReused):
        put(reference="one", subject="Autre chose")


def test_an_organisation_that_is_not_connected_publishes_nothing() -> None:
    with pytest.raises(UnknownSender):
        put(sender_number=fixtures.E1)


def test_withdrawn_consent_closes_the_box_to_new_messages_and_keeps_the_old_ones() -> None:
    uuid = put(niss=fixtures.W1)
    boxes.withdraw(box_id=reader(fixtures.W1).box_id, actor=of.himself(fixtures.W1), now=NOW)

    with pytest.raises(NoDigitalUser):
        put(niss=fixtures.W1)
    assert queries.message(reader=reader(fixtures.W1), uuid=uuid, now=NOW)


def test_the_box_of_an_enterprise_opens_by_itself_and_stays_open() -> None:
    assert not Box.objects.filter(enterprise__number=FIRM).exists()
    put()

    box = Box.objects.get(enterprise__number=FIRM)
    assert box.email == f"manager-{FIRM}@example.org"
    with pytest.raises(boxes.NoConsentToWithdraw):
        boxes.withdraw(box_id=box.pk, actor=TESTS, now=NOW)


def test_a_code_is_good_for_half_an_hour() -> None:
    box = of.ask(fixtures.W3, now=NOW)
    digits = of.code()

    with pytest.raises(CodeRefused, match="late"):
        boxes.confirm(box_id=box.pk, code=digits, actor=TESTS, now=NOW + timedelta(minutes=30))
    boxes.confirm(box_id=box.pk, code=digits, actor=TESTS, now=NOW + timedelta(minutes=29))


def test_a_code_may_be_tried_five_times_and_the_old_address_serves_meanwhile() -> None:
    box = Box.objects.get(person__niss=fixtures.W1)
    boxes.change_address(box_id=box.pk, email="new@example.org", actor=TESTS, now=NOW)
    right = of.code()
    wrong = "000000" if right != "000000" else "000001"

    for _ in range(5):
        with pytest.raises(CodeRefused, match="wrong"):
            boxes.confirm(box_id=box.pk, code=wrong, actor=TESTS, now=NOW)
    with pytest.raises(CodeRefused, match="tries"):
        boxes.confirm(box_id=box.pk, code=right, actor=TESTS, now=NOW)

    assert Box.objects.get(pk=box.pk).email == "somebody@example.org"


@pytest.mark.parametrize("deleted", [False, True])
@pytest.mark.parametrize("registered", [False, True])
@pytest.mark.parametrize("act", list(Act))
def test_every_act_in_every_state(act: Act, registered: bool, deleted: bool) -> None:
    if registered and deleted:
        return  # a registered message is never deleted: the database refuses it
    uuid = put(type="letter.registered" if registered else "letter.official", registered=registered)
    if deleted:
        Message.objects.filter(uuid=uuid).update(deleted_at=NOW)
    is_open = deleted == (act is Act.RESTORE) and not (registered and act is Act.DELETE)

    try:
        reading.carry_out(
            reader=reader(), messages=[uuid], act=act, label="Urgent", actor=TESTS, now=NOW
        )
    except ActRefused:
        assert not is_open
    else:
        assert is_open


def test_a_deleted_message_comes_back_until_its_expiry_and_never_after() -> None:
    uuid = put(type="reminder.deadline", now=at(DAY))
    reading.carry_out(reader=reader(), messages=[uuid], act=Act.DELETE, actor=TESTS, now=at(DAY))
    end = message(uuid).expires_on

    with pytest.raises(UnknownMessage):
        reading.carry_out(
            reader=reader(), messages=[uuid], act=Act.RESTORE, actor=TESTS, now=at(end, "00:00")
        )
    last = at(end - timedelta(days=1), "23:59")
    reading.carry_out(reader=reader(), messages=[uuid], act=Act.RESTORE, actor=TESTS, now=last)
    assert message(uuid).deleted_at is None
    assert clock.today(last) < end


def test_a_document_is_stored_once_however_often_it_is_sent() -> None:
    first, second = put(type="reminder.deadline", now=at(DAY)), put(niss=fixtures.W1, now=at(DAY))
    assert Content.objects.count() == 1

    upkeep.expire(now=at(message(first).expires_on, "00:04"))

    assert Content.objects.count() == 1
    assert _open_main(second, holder=fixtures.W1) == of.PDF
