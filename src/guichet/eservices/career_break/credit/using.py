"""A worker's code used while his request is filled in: opened, and kept with the draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from guichet.eservices.career_break import drafting
from guichet.eservices.career_break.credit import attesting, queries
from guichet.eservices.career_break.credit.attesting import Opener
from guichet.eservices.career_break.credit.models import Attestation
from guichet.eservices.career_break.forms.request import HELD
from guichet.eservices.career_break.models import Draft
from guichet.eservices.career_break.operations import Sender
from guichet.kernel.credit_code import CreditCode
from guichet.platform import clock
from guichet.platform.db import transaction


def attach(
    *, draft: Draft, code: CreditCode, step: str, typed: Mapping[str, Any], sender: Sender,
    now: datetime,
) -> Draft:  # fmt: skip
    """Open the code of the draft's worker and keep what was typed, with the attestation.

    The code of somebody else is as unknown as none, and stays unopened. Raises
    attesting.UnknownCode, steps.UnknownRequest.
    """
    opener = Opener(sender.actor, sender.employer)
    with transaction(actor=sender.actor):
        row = attesting.opened(code=code, opener=opener, niss=draft.person.niss, now=now)
        return drafting.kept(
            key=draft.pk, step=step, typed={**typed, **held(row)}, sender=sender, now=now
        )


def held(row: Attestation) -> dict[str, str]:
    """What a draft keeps of an attestation: no figure, they are read where they stand."""
    return dict(zip(HELD, (str(row.key), clock.today(row.made_at).isoformat()), strict=True))


def attested(details: Mapping[str, str], *, employer: str, now: datetime) -> Attestation | None:
    """The attestation of a draft or a request, as long as the employer may read it."""
    key = details.get(HELD[0], "")
    if not key:
        return None
    return queries.one_opened_by(key=UUID(key), enterprise=employer, on=clock.today(now))
