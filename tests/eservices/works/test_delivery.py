"""What parties are told really comes into their e-Boxes."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.ebox import jobs, senders
from guichet.ebox.models import Message
from guichet.kernel.label import Label
from guichet.platform import clock
from guichet.platform.db import transaction
from tests.ebox.boxes import manage
from tests.eservices.works import world
from tests.eservices.works.world import BUILDER, NOW, OTHER, filed

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_p85_the_e_box_of_a_declarant_says_that_his_site_became_obliged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.build()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with transaction():
        senders.connect(
            number=world.OWNER, name=Label(*["Office"] * 4), actor=world.sender().actor, now=NOW,
            applications={"works": Label(*["Works"] * 4)},
        )  # fmt: skip
    manage(world.CLERK, BUILDER, now=NOW)
    first = filed(cents=50_000_000, chain=())
    filed(enterprise=OTHER, site=first.site_reference, cents=1, chain=())

    for job in ProcrastinateJob.objects.filter(task_name="ebox.publish").order_by("id"):
        jobs.publish(**job.args)

    subjects = list(Message.objects.order_by("pk").values_list("subject", flat=True))
    assert len(subjects) == 2
    assert "Campus De Wulp" in subjects[0]
    assert subjects[1].startswith("Les présences sont désormais enregistrées")
