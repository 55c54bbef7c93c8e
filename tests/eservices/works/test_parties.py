"""A site that becomes obliged, what the parties are told, presences that are judged again."""

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.audit.models import Entry
from guichet.demo import fixtures
from guichet.ebox import senders
from guichet.eservices.works import operations
from guichet.eservices.works.models import Declaration
from guichet.eservices.works.operations import Refused
from guichet.kernel.label import Label
from guichet.platform import clock
from guichet.platform.db import transaction
from guichet.platform.models import Change, Dispatch
from guichet.registers.works import queries as register
from guichet.rules.works.declared import Contact, Party
from tests.eservices.works import world
from tests.eservices.works.world import BUILDER, NOW, OTHER, OWNER, PAINTER, ROOFER, filed

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture(autouse=True)
def _registers(monkeypatch: pytest.MonkeyPatch) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with transaction():
        senders.connect(
            number=world.UNKNOWN, name=Label(*["Office"] * 4), actor=world.sender().actor, now=NOW,
            applications={"works": Label(*["Works"] * 4)},
        )  # fmt: skip


def told() -> list[dict[str, str]]:
    """What was sent to e-Boxes since the last look, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id")
    return [job.args for job in jobs]


def obliged(row: Declaration) -> bool:
    site = register.site(reference=row.site_reference)
    assert site is not None
    return site.is_obliged


def test_p84_all_parties_are_told_each_in_its_language() -> None:
    row = filed(contact=Contact(first_name="I", name="D", phone="1", email="ines@example.org"))

    messages = told()

    numbers = [one["enterprise_number"] for one in messages]
    assert numbers == [BUILDER, OWNER, ROOFER, PAINTER]
    assert [one["language"] for one in messages] == ["fr", "fr", "nl", "de"]
    for one in messages:
        assert row.number in one["body"]
        assert f"/s/{row.site_reference}/" in one["body"]
        assert "Delvaux" not in one["body"]
    [mail] = Dispatch.objects.all()
    assert mail.recipient == "ines@example.org"


def test_p85_a_later_contract_makes_the_site_obliged_and_all_parties_are_told() -> None:
    first = filed(cents=50_000_000, chain=())
    assert not obliged(first)
    before = len(told())

    second = filed(enterprise=OTHER, site=first.site_reference, cents=1, chain=(), work_type=6)

    assert second.site_reference == first.site_reference
    assert obliged(first)
    new = told()[before:]
    assert {one["enterprise_number"] for one in new} == {OTHER, OWNER, BUILDER}
    to_builder = [one for one in new if one["enterprise_number"] == BUILDER]
    assert len(to_builder) == 1
    assert first.number in to_builder[0]["body"]


def test_a_contract_that_is_cancelled_lifts_the_obligation_of_the_others() -> None:
    first = filed(cents=50_000_000, chain=())
    second = filed(enterprise=OTHER, site=first.site_reference, cents=1, chain=())
    before = len(told())

    operations.cancel(number=second.number, reason="x", sender=world.sender(OTHER), now=NOW)

    assert not obliged(first)
    assert BUILDER in {one["enterprise_number"] for one in told()[before:]}


def test_a_change_of_the_amount_makes_the_site_obliged() -> None:
    row = filed(cents=50_000_000)

    operations.change(
        number=row.number, declared=world.works(cents=50_000_001), version=1,
        sender=world.sender(), now=NOW,
    )  # fmt: skip

    assert obliged(row)
    actions = (
        Entry.objects.filter(target=row.number).order_by("id").values_list("action", flat=True)
    )
    assert list(actions) == ["works.declaration.filed", "works.declaration.changed"]


def test_a_site_of_another_principal_is_not_joined() -> None:
    first = filed(chain=())

    with pytest.raises(Refused) as refusal:
        filed(
            enterprise=OTHER, site=first.site_reference, principal=Party(number=BUILDER), chain=()
        )

    assert [one.code for one in refusal.value.anomalies] == ["WorksPlaceId-008"]
    assert Declaration.objects.count() == 1


def test_a_link_that_moves_to_another_employer_is_a_new_intervention() -> None:
    row = filed()
    former = register.contract(declaration_number=row.number)
    assert former is not None
    [roofer, painter] = former.interventions
    declared = operations.declared_of(row.content)
    moved = (declared.chain[0], world.link(PAINTER, None, known_as=painter.id))

    operations.change(
        number=row.number, declared=world.works(chain=moved), version=1,
        sender=world.sender(), now=NOW,
    )  # fmt: skip

    now = register.contract(declaration_number=row.number)
    assert now is not None
    assert now.interventions[0].id == roofer.id
    assert now.interventions[1].id != painter.id
    assert now.interventions[1].employed_by is None


def test_p52_a_subcontractor_added_here_is_noted_for_the_presences_of_his_days() -> None:
    row = filed(chain=())
    Change.objects.all().delete()

    operations.change(
        number=row.number, declared=world.works(chain=(world.link(ROOFER),)), version=1,
        sender=world.sender(), now=NOW,
    )  # fmt: skip

    [change] = Change.objects.filter(works_reference=row.site_reference)
    assert (change.kind, change.first_day) == ("works", world.TODAY + world.DAY)


def test_the_command_takes_over_what_a_load_brought(capsys: pytest.CaptureFixture[str]) -> None:
    fixtures.load_fixtures(today=world.TODAY, now=NOW)

    call_command("works_take_over")
    call_command("works_take_over")

    assert capsys.readouterr().out.splitlines() == [
        "4 contracts have a declaration now",
        "0 contracts have a declaration now",
    ]
