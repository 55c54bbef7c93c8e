"""Two browsers at the same moment leave no file twice, and an officer no file that goes."""

import pytest

from guichet.documents.attachments.models import Attachment
from guichet.eservices.career_break import operations as requests
from guichet.eservices.career_break.files import operations
from guichet.eservices.career_break.files.models import Choice, File
from guichet.eservices.career_break.files.operations import Applied
from guichet.eservices.career_break.models import Part
from guichet.rules.career_break.file_states import FileRefused
from tests.eservices.career_break import world
from tests.eservices.career_break.files import bringing
from tests.eservices.career_break.files.bringing import OFFICER, applied, assistance, chosen
from tests.eservices.career_break.test_at_once import at_once
from tests.eservices.career_break.world import NOW

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "audit"])


def test_the_same_file_chosen_twice_at_once_is_one() -> None:
    world.build()
    row, by = assistance(), bringing.clerk()

    at_once(lambda: chosen(row, by), lambda: chosen(row, by))

    assert Choice.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_two_clerks_who_apply_the_same_file_at_once_leave_one() -> None:
    world.build()
    row = assistance()
    bearers = [bringing.clerk(), bringing.clerk(world.STRANGER)]
    for by in bearers:
        chosen(row, by)

    found = at_once(*(
        lambda by=by: operations.apply(subject=row, by=by, now=NOW) for by in bearers
    ))  # fmt: skip

    assert sorted(len(one.files) for one in found if isinstance(one, Applied)) == [0, 1]
    assert File.objects.count() == 1
    assert Part.objects.count() == 1
    assert Attachment.objects.count() == 1
    assert Choice.objects.count() == 0


def test_applying_twice_at_once_is_one_part() -> None:
    world.build()
    row, by = assistance(), bringing.clerk()
    chosen(row, by)

    at_once(*[lambda: operations.apply(subject=row, by=by, now=NOW)] * 2)

    assert File.objects.count() == 1
    assert Part.objects.count() == 1


def test_a_file_that_is_deleted_while_an_officer_begins_is_gone_or_stays_whole() -> None:
    world.build()
    row, by = assistance(), bringing.clerk()
    [file] = applied(row, by).files
    world.completed(row)

    gone, _taken = at_once(
        lambda: operations.remove(subject=row, attachment=file.attachment, by=by, now=NOW),
        lambda: requests.take(ticket=row.ticket, actor=OFFICER, now=NOW),
    )

    file.refresh_from_db()
    if isinstance(gone, FileRefused):
        assert file.state == "received"
        assert Attachment.objects.count() == 1
    else:
        assert gone is None
        assert file.state == "deleted"
        assert Attachment.objects.count() == 0
