"""The room of a seal is found out once; later seals take the same and are as whole."""

import pytest

from guichet.documents import queries, rendering, seal_check, verification
from guichet.documents.seal_check import Seal
from guichet.documents.sealing import _room_of
from tests.documents import papers
from tests.portal.world import World
from tests.standards import breaches

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_later_seals_take_the_room_of_the_first_and_are_whole(world: World) -> None:
    sealed = [
        queries.sealed_pdf(reference=papers.issued(rows=rows, language=language)) or b""
        for rows, language in ((0, "fr"), (3, "nl"), (40, "de"))
    ]

    assert len({_room_of(pdf) for pdf in sealed}) == 1
    assert rendering._sealer().room == _room_of(sealed[0])
    for pdf in sealed:
        assert seal_check.examined(pdf, trusted=verification._trusted()).seal is Seal.WHOLE
        assert breaches(pdf) == []
