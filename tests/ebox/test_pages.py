"""Every page of the e-Box for every role and every foreign object; what a visitor may send."""

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from guichet.access.models import Manager, Right
from guichet.audit.history import acting
from guichet.audit.models import Lookup
from guichet.demo import fixtures
from guichet.ebox import folders, queries
from guichet.ebox.models import Box, Folder, Message, Reading
from guichet.platform.db import transaction
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, MANAGER, OTHER_FIRM, PERSONNEL, TESTS, message, put, reader
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK

pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
OF_ALL: Final = ("", "messages.csv", "activation/", "confirmation/", "preferences/", "address/",
                 "withdraw/", "folders/", "programs/", "programs/allow/")  # fmt: skip
SENT: Final = ("", "do/", "activation/", "confirmation/", "preferences/", "address/", "withdraw/",
               "folders/", "searches/", "programs/allow/")  # fmt: skip
STRANGERS: Final[dict[str, Callable[[], Client]]] = {
    "another citizen": lambda: signed_in(fixtures.W2),
    "a reader of another firm": lambda: signed_in(CLERK, OTHER_FIRM),
    "a reader of the firm, as himself": lambda: signed_in(PERSONNEL),
}


def _places(uuid: Any) -> tuple[str, str]:
    row = message(uuid)
    document = queries.attachments(message_id=row.pk)[0]
    return f"/ebox/messages/{uuid}/", f"/ebox/messages/{uuid}/documents/{document.uuid}/"


def _without_right() -> Client:
    with transaction(), acting(TESTS, now=NOW):
        Right.objects.filter(person__niss=CLERK, service="ebox").update(withdrawn_at=NOW)
    return signed_in(CLERK, FIRM)


@pytest.mark.parametrize("place", OF_ALL)
def test_a_visitor_is_led_to_sign_in(place: str) -> None:
    assert Client().get(f"/ebox/{place}").status_code == 302
    assert "next=%2Febox" in Client().get(f"/ebox/{place}")["Location"]


@pytest.mark.parametrize("place", OF_ALL)
def test_whoever_lacks_the_right_is_refused_every_page(place: str) -> None:
    assert _without_right().get(f"/ebox/{place}").status_code == 403


@pytest.mark.parametrize("place", SENT)
def test_whoever_lacks_the_right_can_send_nothing(place: str) -> None:
    put()

    assert _without_right().post(f"/ebox/{place}").status_code == 403


@pytest.mark.parametrize("place", ["preferences/", "address/", "folders/", "confirmation/"])
def test_only_a_manager_settles_the_box_of_an_enterprise(place: str) -> None:
    put()

    assert signed_in(PERSONNEL, FIRM).get(f"/ebox/{place}").status_code == 403
    assert signed_in(PERSONNEL, FIRM).post(f"/ebox/{place}").status_code == 403
    assert signed_in(MANAGER, FIRM).get(f"/ebox/{place}").status_code == 200


@pytest.mark.parametrize(
    "place", ["preferences/", "address/", "folders/", "programs/", "confirmation/"]
)
def test_the_box_of_an_enterprise_is_settled_before_its_first_message(place: str) -> None:
    manager = signed_in(MANAGER, FIRM)
    assert 'href="/ebox/preferences/"' in manager.get("/ebox/").content.decode()

    assert manager.get(f"/ebox/{place}").status_code == 200
    assert not Box.objects.filter(enterprise__number=FIRM).exists()
    other = signed_in(PERSONNEL, FIRM)
    assert other.get(f"/ebox/{place}")["Location"] == "/ebox/"
    assert 'href="/ebox/preferences/"' not in other.get("/ebox/").content.decode()


def test_what_is_settled_before_the_first_message_is_kept() -> None:
    manager = signed_in(MANAGER, FIRM)
    page = manager.get("/ebox/preferences/").content.decode()
    assert f"manager-{FIRM}@example.org" in page
    assert "not yet" in words(page)

    answer = manager.post("/ebox/preferences/", {"language": "de", "mails": "required"})

    assert answer.status_code == 302
    box = Box.objects.get(enterprise__number=FIRM)
    assert (box.language, box.mails) == ("de", "required")
    assert box.opened_at == NOW
    assert box.email == f"manager-{FIRM}@example.org"


def test_an_enterprise_that_nobody_manages_has_no_box_to_settle() -> None:
    with transaction(), acting(TESTS, now=NOW):
        Manager.objects.filter(enterprise__number=FIRM).update(withdrawn_at=NOW)
    manager = signed_in(MANAGER, FIRM)

    for answer in (manager.get("/ebox/preferences/"), manager.post("/ebox/preferences/")):
        assert answer["Location"] == "/ebox/"
    assert not Box.objects.filter(enterprise__number=FIRM).exists()


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("holder", ["firm", "citizen"])
def test_a_foreign_message_and_none_are_the_same_404(holder: str, stranger: str) -> None:
    uuid = put(**({"niss": fixtures.W1} if holder == "citizen" else {}))
    put(niss=fixtures.W2)
    put(enterprise_number=OTHER_FIRM)
    client = STRANGERS[stranger]()
    if stranger.endswith("himself"):
        of.open_box(PERSONNEL, now=NOW)
    unknown = uuid4()

    for place in _places(uuid):
        assert client.get(place).status_code == 404
        assert client.get(place.replace(str(uuid), str(unknown))).status_code == 404
    sent = {"act": "delete", "messages": str(uuid)}
    assert client.post("/ebox/do/", sent).status_code == 404
    assert message(uuid).deleted_at is None
    assert not Reading.objects.exists()


def test_a_message_of_level_two_is_a_404_for_a_reader_without_its_service() -> None:
    uuid = put(type="decision.unemployment")
    without = signed_in(MANAGER, FIRM)

    assert [without.get(place).status_code for place in _places(uuid)] == [404, 404]
    assert "0 unread" in text(without, "/ebox/")
    assert "One unread message" in text(signed_in(PERSONNEL, FIRM), "/ebox/")


def test_the_list_leaves_it_unread_and_the_download_makes_it_read() -> None:
    uuid = put(niss=fixtures.W1)
    client = signed_in(fixtures.W1)
    assert "One unread message" in text(client, "/ebox/")
    page, document = _places(uuid)
    assert "not yet" in text(client, page)

    answer = client.get(document)

    assert answer.content == of.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="lettre.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert message(uuid).read_at == NOW
    assert client.head(document).status_code == 405


def test_the_history_names_who_opened_it_and_leaves_a_trace() -> None:
    uuid = put(attention_niss=fixtures.W3, attention_name="Somebody")
    page, document = _places(uuid)
    signed_in(PERSONNEL, FIRM).get(document)

    said = text(signed_in(MANAGER, FIRM), page)

    assert "Who opened it" in said
    assert of.person(PERSONNEL).family_name in said
    assert "Somebody" in said
    purposes = set(Lookup.objects.using("audit").values_list("purpose", "niss"))
    assert {("ebox.history", PERSONNEL), ("ebox.message", fixtures.W3)} <= purposes


def test_a_citizen_activates_his_box_with_terms_address_and_code() -> None:
    client = signed_in(fixtures.W3)
    assert client.get("/ebox/")["Location"] == "/ebox/activation/"
    assert "same effect as a letter on paper" in text(client, "/ebox/activation/")
    refused = client.post("/ebox/activation/", {"email": "x", "language": "fr"})
    assert refused.status_code == 422
    assert "Tick the box to consent" in words(refused.content.decode())

    good = {"email": "w3@example.org", "language": "fr", "consent": "on"}
    assert client.post("/ebox/activation/", good)["Location"] == "/ebox/confirmation/"
    assert "takes nothing new" in text(client, "/ebox/")
    wrong = client.post("/ebox/confirmation/", {"code": "abc"})
    assert wrong.status_code == 422
    code = of.code()
    answer = client.post("/ebox/confirmation/", {"code": f"{code[:3]} {code[3:]}"})

    assert answer["Location"] == "/ebox/"
    assert Box.objects.get(person__niss=fixtures.W3).email == "w3@example.org"


def test_a_citizen_takes_his_consent_back() -> None:
    client = signed_in(fixtures.W1)
    assert "stays readable" in text(client, "/ebox/withdraw/")

    assert client.post("/ebox/withdraw/").status_code == 302

    assert Box.objects.get(person__niss=fixtures.W1).withdrawn_at == NOW
    assert "takes nothing new" in text(client, "/ebox/")


def test_an_enterprise_cannot_withdraw() -> None:
    put()

    assert signed_in(MANAGER, FIRM).post("/ebox/withdraw/").status_code == 403


def test_preferences_are_kept_and_an_address_waits_for_its_code() -> None:
    put()
    client = signed_in(MANAGER, FIRM)
    given = {"mails": "required", "language": "de", "code_word": "Apfelbaum"}
    assert client.post("/ebox/preferences/", given).status_code == 302
    assert client.post("/ebox/address/", {"email": "new@example.org"}).status_code == 302
    box = Box.objects.get(enterprise__number=FIRM)
    assert (box.mails, box.language, box.code_word) == ("required", "de", "Apfelbaum")
    assert box.email.startswith("manager-")

    client.post("/ebox/confirmation/", {"code": of.code()})

    assert Box.objects.get(pk=box.pk).email == "new@example.org"


def test_the_words_that_somebody_looks_for_stay_out_of_the_address() -> None:
    put(subject="IMPÔT 2025")
    put(subject="Autre chose")
    client = signed_in(MANAGER, FIRM)

    answer = client.post("/ebox/", {"text": "impot"})

    assert "impot" not in answer["Location"]
    said = text(client, answer["Location"])
    assert "IMPÔT 2025" in said
    assert "Autre chose" not in said


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=99999", "page=x", "size=7", "sort=drop", "folder=999999999999999999999",
     "folder=x", "place=x", "read=maybe", "first=2026-13-40", "sender=1", "text=unknown",
     "first=2026-11-20&last=2026-11-01"],
)  # fmt: skip
def test_a_strange_address_gives_a_page(query: str) -> None:
    put()

    assert signed_in(MANAGER, FIRM).get(f"/ebox/?{query}").status_code in (200, 422)


@pytest.mark.parametrize(
    "sent",
    [{"act": "explode", "messages": "x"}, {"act": "delete", "messages": "x"},
     {"act": "delete", "messages": "' OR 1=1"}, {}],
)  # fmt: skip
def test_a_strange_act_is_a_404(sent: dict[str, str]) -> None:
    put()

    assert signed_in(MANAGER, FIRM).post("/ebox/do/", sent).status_code == 404


def test_nothing_ticked_changes_nothing_and_a_foreign_way_back_is_not_taken() -> None:
    put()
    client = signed_in(MANAGER, FIRM)

    answer = client.post("/ebox/do/", {"act": "delete", "back": "https://elsewhere.example/"})

    assert answer["Location"] == "/ebox/"
    assert Message.objects.get().deleted_at is None


def test_several_messages_are_filed_deleted_and_restored() -> None:
    uuids = [put(), put()]
    client = signed_in(MANAGER, FIRM)
    client.post("/ebox/folders/", {"name": "Comptabilité", "is_restricted": "on"})
    folder = Folder.objects.get()
    ticked = {"messages": [str(one) for one in uuids]}

    client.post("/ebox/do/", ticked | {"act": "file", "folder": str(folder.pk)})
    assert Message.objects.filter(folder=folder).count() == 2
    assert "No message" in text(signed_in(PERSONNEL, FIRM), "/ebox/")
    place = f"/ebox/folders/{folder.pk}/"
    client.post(place, {"people": [str(of.person(PERSONNEL).pk)]})
    assert "2 unread messages" in text(signed_in(PERSONNEL, FIRM), "/ebox/")
    assert client.post(place, {"people": ["1"]}).status_code == 422
    assert "Only an empty folder" in _after(client, client.post(f"{place}remove/"))
    client.post("/ebox/do/", ticked | {"act": "delete"})
    assert "2 unread" not in text(client, "/ebox/")
    client.post("/ebox/do/", ticked | {"act": "restore"})

    assert "2 unread messages" in text(client, "/ebox/")


def _after(client: Client, answer: Any) -> str:
    return client.get(answer["Location"]).content.decode()


def test_a_folder_of_another_box_is_a_404() -> None:
    put()
    put(enterprise_number=OTHER_FIRM)
    folder = folders.make(
        box_id=reader(OTHER_FIRM).box_id, name="x", is_restricted=True, actor=TESTS, now=NOW
    )
    client = signed_in(MANAGER, FIRM)

    for place in (folder.pk, folder.pk + 1):
        assert client.get(f"/ebox/folders/{place}/").status_code == 404
        assert client.post(f"/ebox/folders/{place}/remove/").status_code == 404


def test_a_hostile_text_is_shown_as_text() -> None:
    uuid = put(subject="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    client = signed_in(MANAGER, FIRM)

    for place in ("/ebox/", f"/ebox/messages/{uuid}/"):
        page = client.get(place).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_an_address_of_this_site_in_a_text_is_a_link_and_no_other_is() -> None:
    own = f"{settings.ENVIRONMENT.url}/interim/reports/1/"
    uuid = put(body=f"Here: {own}.\nhttps://evil.example/x {settings.ENVIRONMENT.url}.evil/ <b>")
    page = signed_in(MANAGER, FIRM).get(f"/ebox/messages/{uuid}/").content.decode()

    body = page.split('class="eb-body"')[1].split("</div>")[0]
    assert f'<a href="{own}">{own}</a>.' in body
    assert body.count("<a ") == 1
    assert "&lt;b&gt;" in body


def test_the_export_gives_the_list_and_no_formula() -> None:
    put(subject="=1+1")

    answer = signed_in(MANAGER, FIRM).get("/ebox/messages.csv")

    assert "'=1+1" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_the_start_page_tells_of_what_is_unread() -> None:
    put(niss=fixtures.W1)

    assert "One message in the e-Box is unread" in text(signed_in(fixtures.W1), "/")


def test_every_form_asks_for_its_token() -> None:
    put()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(MANAGER, FIRM).cookies

    assert {strict.post(f"/ebox/{place}").status_code for place in SENT} == {403}
