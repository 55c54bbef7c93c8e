"""Every anomaly of the catalogue that a message can cause is caused by one."""

from __future__ import annotations

import pytest

from guichet.rules.dimona.catalogue import ANOMALIES, Class, Origin
from tests.eservices.dimona import world
from tests.eservices.dimona.anomalies import CAUSES

pytestmark = pytest.mark.django_db

FROM_MESSAGES = sorted(
    code for code, anomaly in ANOMALIES.items() if anomaly.origin is Origin.MESSAGE
)


@pytest.mark.parametrize("code", FROM_MESSAGES)
def test_a_message_causes_it_and_its_class_decides_the_letter(code: str) -> None:
    world.build()

    record = CAUSES[code]()

    assert code in record.anomalies
    if ANOMALIES[code].anomaly_class is Class.BLOCKING:
        assert record.result == "B"
        assert record.after is None
    elif len(record.anomalies) == 1:
        assert record.result == "W"


def test_nothing_is_caused_that_the_catalogue_does_not_expect() -> None:
    assert sorted(CAUSES) == FROM_MESSAGES
