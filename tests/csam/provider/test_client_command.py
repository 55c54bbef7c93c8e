"""``guichet client`` from the command line."""

import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from guichet.audit.models import Entry
from guichet.csam.provider.clients import relying_party
from guichet.csam.provider.models import Client

pytestmark = pytest.mark.django_db
BACK = "https://party.example.org/back"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("client", *arguments, stdout=out)
    return out.getvalue()


def create(client_id: str = "party", *further: str) -> Any:
    return json.loads(run("create", client_id, "--redirect", BACK, *further, "--json"))


def test_a_new_relying_party_knows_its_secret_and_nobody_else_does() -> None:
    made = create("party", "--name", "The party", "--logout", "https://party.example.org/bye")

    party = relying_party("party")
    assert list(made) == ["clientId", "clientSecret"]
    assert party is not None
    assert party.knows(made["clientSecret"])
    assert (party.name, party.redirect_uris) == ("The party", (BACK,))
    assert party.logout_uris == ("https://party.example.org/bye",)
    kept = Client.objects.get().__dict__ | Entry.objects.latest("id").__dict__
    assert made["clientSecret"] not in repr(kept)
    assert made["clientSecret"] not in run("list", "--json")


def test_a_relying_party_made_again_has_another_secret() -> None:
    first, second = create(), create()

    party = relying_party("party")
    assert party is not None
    assert not party.knows(first["clientSecret"])
    assert party.knows(second["clientSecret"])
    assert Client.objects.count() == 1


def test_the_list_shows_where_they_return_to() -> None:
    assert run("list") == "There is no relying party but the portal.\n"
    create("party-b")
    create("party-a")

    listed = json.loads(run("list", "--json"))["clients"]

    assert [one["clientId"] for one in listed] == ["party-a", "party-b"]
    assert listed[0]["redirectUris"] == [BACK]
    assert run("list").splitlines()[0] == f"party-a  party-a  {BACK}"


def test_a_removed_relying_party_is_known_no_more() -> None:
    create()

    assert json.loads(run("remove", "party", "--json")) == {"clientId": "party", "removed": True}

    assert relying_party("party") is None
    actions = Entry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["csam.client.registered", "csam.client.removed"]
    with pytest.raises(CommandError, match="There is no relying party"):
        run("remove", "party")


@pytest.mark.parametrize(
    ("client_id", "redirect", "sentence"),
    [
        ("a party", BACK, "letters, digits"),
        ("", BACK, "letters, digits"),
        ("p\x00", BACK, "letters, digits"),
        ("party", "http://party.example.org/back", "https"),
        ("party", "javascript:alert(1)", "https://host/path"),
        ("party", BACK + "#here", "without a fragment"),
    ],
)
def test_what_cannot_be_registered_is_one_sentence(
    client_id: str, redirect: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run("create", client_id, "--redirect", redirect)

    assert not Client.objects.exists()


def test_the_portals_own_client_is_neither_replaced_nor_removed() -> None:
    own = settings.ENVIRONMENT.client_id

    for words in (("create", own, "--redirect", BACK), ("remove", own)):
        with pytest.raises(CommandError, match="the portal's own"):
            run(*words)
