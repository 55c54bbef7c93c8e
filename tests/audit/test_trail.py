"""The trail stands or falls with the change; looks and refusals stand by themselves."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from guichet.audit import trail
from guichet.audit.actors import Actor, system
from guichet.audit.lookups import looked_up
from guichet.audit.models import Entry, Lookup

NOW = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
CLERK = Actor(kind="person", id="85073100130", enterprise="0712345630")


class Undone(Exception):
    pass


@pytest.mark.django_db
def test_a_line_of_the_trail_says_who_what_when_and_why() -> None:
    trail.record(
        action="works.site.declared",
        actor=CLERK,
        target="1Y103CF8203SZ",
        now=NOW,
        reason="new contract",
        detail={"sector": 1},
    )

    line = Entry.objects.get()
    assert (line.at, line.action, line.target) == (NOW, "works.site.declared", "1Y103CF8203SZ")
    assert (line.actor_kind, line.actor_id, line.actor_enterprise) == (
        "person",
        "85073100130",
        "0712345630",
    )
    assert (line.reason, line.detail) == ("new contract", {"sector": 1})


@pytest.mark.django_db
def test_the_trail_of_a_change_that_is_undone_is_undone() -> None:
    with suppress(Undone), atomic():
        trail.record(action="works.site.declared", actor=CLERK, target="x", now=NOW)
        raise Undone

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_a_refusal_stays_when_the_change_is_undone() -> None:
    with suppress(Undone), atomic():
        trail.record_refusal(
            action="works.site.refused", actor=CLERK, target="x", now=NOW, reason="not yours"
        )
        raise Undone

    assert Entry.objects.get().reason == "not yours"


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_a_look_leaves_its_trace_even_when_the_answer_fails() -> None:
    with suppress(Undone), atomic():
        looked_up(
            viewer=CLERK,
            subjects=["01020312444", "01020312444", "85073100130"],
            purpose="presence.search",
            channel="rest",
            now=NOW,
        )
        raise Undone

    looks = Lookup.objects.order_by("id")
    assert [look.niss for look in looks] == ["01020312444", "85073100130"]
    assert {(look.viewer_id, look.purpose, look.channel, look.at) for look in looks} == {
        ("85073100130", "presence.search", "rest", NOW)
    }


@pytest.mark.django_db(databases=["default", "audit"])
def test_looking_at_nobody_writes_nothing() -> None:
    looked_up(viewer=CLERK, subjects=[], purpose="presence.search", channel="rest", now=NOW)

    assert not Lookup.objects.using("audit").exists()


@pytest.mark.django_db(databases=["default", "audit"])
def test_a_look_without_a_purpose_is_refused() -> None:
    with pytest.raises(IntegrityError, match="audit_lookup_purpose_given"):
        looked_up(viewer=CLERK, subjects=["x"], purpose="", channel="rest", now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["declared", "Works.Site", "works.site declared", "works..x"])
def test_an_action_is_a_dotted_word(action: str) -> None:
    with pytest.raises(IntegrityError, match="audit_entry_action_well_formed"), atomic():
        trail.record(action=action, actor=system("x"), target="x", now=NOW)
