"""Programs that read a box: its holder names them and withdraws them, by page and interface."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
import yaml
from django.test import Client
from openapi_schema_validator import OAS30Validator

from guichet.access.models import Channel
from guichet.access.permissions import EBOX_CONSUMER, EBOX_MESSAGES, EBOX_SUMMARY
from guichet.audit.models import Entry, Lookup
from guichet.demo import fixtures
from guichet.ebox import consumers
from guichet.ebox.consumers import MOST, ProgramRefused, UnknownProgram
from guichet.ebox.models import Consumer, Reading
from guichet.platform.db import transaction
from tests.access.machine import Machine, machine, rsa_key
from tests.database import REPOSITORY
from tests.doors import Rest, at_portal, rest
from tests.ebox import boxes as of
from tests.ebox.boxes import FIRM, MANAGER, OTHER_FIRM, PERSONNEL, put
from tests.portal.browsing import NOW, signed_in, text, words
from tests.portal.world import CLERK

__all__ = ["rest"]
pytestmark = [
    pytest.mark.django_db(databases=["default", "audit"]),
    pytest.mark.usefixtures("post_office"),
]
BASE: Final = "/REST/ebox/v2"
CITIZEN: Final = fixtures.W1
CONTRACT: Final = yaml.safe_load((REPOSITORY / "contracts/ebox-v2.yaml").read_text("utf-8"))
EVERY: Final = (EBOX_SUMMARY, EBOX_MESSAGES, EBOX_CONSUMER)
CONSULTED: Final = ("/ebox", "/ebox/messages", "/ebox/messages/{m}", "/ebox/messages/{m}/body",
                    "/ebox/messages/{m}/attachments", "/events")  # fmt: skip
Headed = Callable[[Machine, str], dict[str, str]]


@pytest.fixture
def headed(rest: Rest) -> Headed:
    """The token of a program of an enterprise."""

    def header(known: Machine, enterprise: str) -> dict[str, str]:
        return rest.caller(enterprise, scopes=EVERY, of=known)

    return header


@pytest.fixture(autouse=True)
def _open(post_office: object) -> None:
    """The box of the firm is there before its first message."""
    of.open_of_firm()


@pytest.fixture
def portal(rest: Rest) -> Any:
    """The pages, in a test that also calls as a machine."""
    return at_portal


def program(enterprise: str = FIRM, name: str = "first") -> Machine:
    """A channel that may read e-Boxes."""
    return machine(key=rsa_key(name), enterprise_number=enterprise, permissions=("ebox",))


def asked(path: str, header: Mapping[str, str], status: int = 200) -> Any:
    """An answer of the interface."""
    answer = Client().get(BASE + path, headers=dict(header))
    assert answer.status_code == status, answer.content
    return answer.json()


def allowed(client: Client, known: Machine) -> Any:
    """The holder reads who it is and says yes."""
    place = f"/ebox/programs/allow/?client={known.client_id}"
    assert client.get(place).status_code == 200
    return client.post(place, {"consent": "on"})


def spoil(known: Machine, **values: Any) -> None:
    """The channel of a program is changed behind the back of those who named it."""
    with transaction(actor=of.TESTS):
        Channel.objects.filter(client_id=known.client_id).update(**values)


@pytest.mark.parametrize("path", CONSULTED)
def test_a_program_reads_nothing_until_it_is_named_and_after_it_is_withdrawn(
    path: str, headed: Headed
) -> None:
    place = path.format(m=put(body="Texte"))
    known = program()
    header = headed(known, FIRM)

    assert asked(place, header, 403)["type"] == "urn:problem-type:belgif:missingPermission"
    of.let_read(known.client_id)
    asked(place, header)
    consumers.withdraw(
        box_id=of.reader().box_id, number=Consumer.objects.get().pk, actor=of.TESTS, now=NOW
    )

    assert asked(place, header, 403)["type"] == "urn:problem-type:belgif:missingPermission"


def test_nothing_is_marked_by_a_program_that_was_not_named(headed: Headed) -> None:
    uuid = put()

    answer = Client().patch(
        f"{BASE}/ebox/messages/{uuid}",
        '{"readStatus": "READ"}',
        content_type="application/json",
        headers=headed(program(), FIRM),
    )

    assert answer.status_code == 403
    assert of.message(uuid).read_at is None


def test_the_holder_names_a_program_of_another_firm_on_the_page(
    headed: Headed, portal: Any
) -> None:
    uuid, known = put(niss=CITIZEN, body="Texte"), program(OTHER_FIRM)
    header = headed(known, OTHER_FIRM)
    assert asked("/ebox/boxes", header) == {"items": [], "total": 0}

    with portal():
        done = allowed(signed_in(CITIZEN), known)
        shown = text(signed_in(CITIZEN), "/ebox/programs/")

    assert done["Location"] == "/ebox/programs/"
    boxes = asked("/ebox/boxes", header)
    whole = {"$ref": "#/components/schemas/Boxes", "components": CONTRACT["components"]}
    assert not list(OAS30Validator(whole).iter_errors(boxes))
    [box] = boxes["items"]
    assert set(box) == {"boxId", "eboxType", "namedSince"}
    assert box["eboxType"] == "citizen"
    assert box["boxId"] in shown
    listed = asked(f"/ebox/messages?boxId={box['boxId']}", header)
    assert [one["messageId"] for one in listed["items"]] == [str(uuid)]
    assert asked(f"/ebox?boxId={box['boxId']}", header)["eboxType"] == "citizen"
    [document] = asked(f"/ebox/messages/{uuid}/attachments?boxId={box['boxId']}", header)["items"]
    place = f"/ebox/messages/{uuid}/attachments/{document['attachmentId']}/content"
    answer = Client().get(f"{BASE}{place}?boxId={box['boxId']}", headers=header)
    assert answer.status_code == 200
    assert of.message(uuid).read_at
    with portal():
        assert "Opened something last on" in text(signed_in(CITIZEN), "/ebox/programs/")
    assert Reading.objects.get().client_id == known.client_id


def test_a_key_serves_its_own_program_only_and_dies_with_the_withdrawal(headed: Headed) -> None:
    uuid, known, other = put(niss=CITIZEN), program(OTHER_FIRM), program(OTHER_FIRM, "second")
    of.let_read(known.client_id, CITIZEN)
    key = Consumer.objects.get().key
    places = [f"/ebox?boxId={key}", f"/ebox/messages/{uuid}?boxId={key}", f"/events?boxId={key}"]

    for place in places:
        asked(place, headed(known, OTHER_FIRM))
        asked(place, headed(other, OTHER_FIRM), 404)
        asked(place.replace(str(key), str(uuid4())), headed(known, OTHER_FIRM), 404)
        asked(place.replace(str(key), "x"), headed(known, OTHER_FIRM), 404)
    asked(f"/ebox?boxId={key}&boxId={key}", headed(known, OTHER_FIRM), 400)
    asked(f"/ebox/boxes?boxId={key}", headed(known, OTHER_FIRM), 400)
    consumers.withdraw(
        box_id=of.reader(CITIZEN).box_id, number=Consumer.objects.get().pk,
        actor=of.TESTS, now=NOW,
    )  # fmt: skip

    for place in places:
        asked(place, headed(known, OTHER_FIRM), 404)
    of.let_read(known.client_id, CITIZEN)
    assert Consumer.objects.get(withdrawn_at=None).key != key
    asked(places[0], headed(known, OTHER_FIRM), 404)


def test_the_citizen_sees_that_a_program_read_his_box(headed: Headed) -> None:
    known = program(OTHER_FIRM)
    of.let_read(known.client_id, CITIZEN)

    asked(f"/ebox?boxId={Consumer.objects.get().key}", headed(known, OTHER_FIRM))

    seen = Lookup.objects.using("audit").filter(niss=CITIZEN, purpose="ebox.program").get()
    assert (seen.viewer_kind, seen.viewer_enterprise) == ("client", OTHER_FIRM)


def test_naming_and_withdrawing_leave_a_line_each() -> None:
    known, client = program(), signed_in(MANAGER, FIRM)
    assert allowed(client, known).status_code == 302
    number = Consumer.objects.get().pk

    assert client.get(f"/ebox/programs/{number}/withdraw/").status_code == 200
    assert Consumer.objects.get().withdrawn_at is None
    client.post(f"/ebox/programs/{number}/withdraw/")

    lines = Entry.objects.filter(action__startswith="ebox.program.").order_by("pk")
    assert [one.action for one in lines] == ["ebox.program.named", "ebox.program.withdrawn"]
    assert {one.detail["client"] for one in lines if one.detail} == {known.client_id}
    assert {one.actor_id for one in lines} == {MANAGER}
    assert "read from" in text(client, "/ebox/programs/")
    assert client.post(f"/ebox/programs/{number}/withdraw/").status_code == 404


def test_the_own_channels_are_offered_until_they_read() -> None:
    known, client = program(), signed_in(MANAGER, FIRM)
    assert "Your own software" in text(client, "/ebox/programs/")

    allowed(client, known)

    assert "Your own software" not in text(client, "/ebox/programs/")
    again = client.post(f"/ebox/programs/allow/?client={known.client_id}", {"consent": "on"})

    assert again.status_code == 422
    assert "reads your e-Box already" in words(again.content.decode())


@pytest.mark.parametrize("values", [{"permissions": ["dimona"]}, {"state": "suspended"}])
def test_a_program_that_may_read_no_box_is_no_program(values: dict[str, Any]) -> None:
    known = program()
    spoil(known, **values)

    with pytest.raises(ProgramRefused, match="unknown"):
        of.let_read(known.client_id)
    for client_id in ("nobody", known.client_id):
        answer = signed_in(MANAGER, FIRM).get(f"/ebox/programs/allow/?client={client_id}")
        assert answer.status_code == 422
        assert "No program with this identifier" in words(answer.content.decode())


def test_a_program_that_loses_its_access_stays_named_and_the_page_says_so() -> None:
    known, client = program(), signed_in(MANAGER, FIRM)
    allowed(client, known)

    spoil(known, state="suspended")

    assert "it cannot read now" in text(client, "/ebox/programs/")


@pytest.mark.parametrize("client", ["", "a b", "a" * 129, "é", "<script>", "x/../y"])
def test_an_identifier_that_is_none_is_refused(client: str) -> None:
    answer = signed_in(MANAGER, FIRM).get("/ebox/programs/allow/", {"client": client})

    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_without_a_tick_nothing_is_allowed() -> None:
    known = program()

    answer = signed_in(MANAGER, FIRM).post(f"/ebox/programs/allow/?client={known.client_id}", {})

    assert answer.status_code == 422
    assert not Consumer.objects.exists()


@pytest.mark.parametrize("niss", [CLERK, PERSONNEL])
def test_only_the_holder_names_and_withdraws(niss: str) -> None:
    known = program()
    of.let_read(known.client_id)
    number, client = Consumer.objects.get().pk, signed_in(niss, FIRM)
    place = f"/ebox/programs/allow/?client={known.client_id}"

    assert client.get("/ebox/programs/").status_code == 403
    assert client.post(place, {"consent": "on"}).status_code == 403
    assert client.post(f"/ebox/programs/{number}/withdraw/").status_code == 403
    assert Consumer.objects.get().withdrawn_at is None


def test_a_program_of_another_box_is_a_404() -> None:
    known = program()
    of.let_read(known.client_id, CITIZEN)
    number, client = Consumer.objects.get().pk, signed_in(MANAGER, FIRM)

    for place in (number, number + 1):
        assert client.get(f"/ebox/programs/{place}/withdraw/").status_code == 404
        assert client.post(f"/ebox/programs/{place}/withdraw/").status_code == 404
    with pytest.raises(UnknownProgram):
        consumers.withdraw(box_id=of.reader().box_id, number=number, actor=of.TESTS, now=NOW)


def test_ten_programs_read_a_box_at_most() -> None:
    known = [program(OTHER_FIRM, f"of-many-{number}") for number in range(2)]
    box = of.reader().box_id
    with transaction(actor=of.TESTS):
        Consumer.objects.bulk_create(
            Consumer(box_id=box, client_id=f"c{at}", key=UUID(int=at), named_at=NOW)
            for at in range(MOST - 1)
        )

    of.let_read(known[0].client_id)

    with pytest.raises(ProgramRefused, match="many"):
        of.let_read(known[1].client_id)


def test_identifiers_cannot_be_guessed_at_speed() -> None:
    client = signed_in(MANAGER, FIRM)
    for at in range(20):
        client.get("/ebox/programs/allow/", {"client": f"guess-{at}"})

    answer = client.get("/ebox/programs/allow/", {"client": "guess-21"})

    assert answer.status_code == 422
    assert "Try again in an hour" in words(answer.content.decode())
