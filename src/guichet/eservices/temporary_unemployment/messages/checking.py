"""Checking a set that is complete: signature, frame; then it is accepted or refused as a whole."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from cryptography import x509
from django.conf import settings
from procrastinate.contrib.django import app

from guichet.access.chaman import signers
from guichet.access.permissions import TEMPORARY_UNEMPLOYMENT
from guichet.audit import trail
from guichet.audit.actors import system
from guichet.eservices.temporary_unemployment.messages import (
    answering,
    contents,
    frames,
    limits,
    operations,
    signature,
)
from guichet.eservices.temporary_unemployment.messages.frames import FrameRefused
from guichet.eservices.temporary_unemployment.messages.models import Delivery, Piece
from guichet.eservices.temporary_unemployment.messages.naming import Surrounding
from guichet.eservices.temporary_unemployment.messages.signature import (
    SignatureFault,
    SignatureRefused,
)
from guichet.platform.db import transaction

_LOG: Final = logging.getLogger(__name__)


def check(*, delivery: int, now: datetime) -> None:
    """Accept or refuse a set that waits to be checked, and lay down its receipt.

    Does nothing for one that was checked already.
    """
    with transaction():
        row = Delivery.objects.select_for_update().filter(pk=delivery, state="received").first()
        if row is None:
            return
        pieces = list(row.pieces.filter(prefix="FI").order_by("part"))
        try:
            if Surrounding(row.surrounding).needs_signature:
                _check_signatures(row, pieces)
            count = _forms(pieces)
        except SignatureRefused as refusal:
            operations.refuse(row, code="CTW-093", reason=refusal.why.value, now=now)
        except FrameRefused as refusal:
            # What stands in the file is never written down, only where it breaks.
            _LOG.warning("file %s refused: %s, line %d", row.ticket, refusal.why, refusal.line)
            operations.refuse(
                row,
                code=refusal.why.code,
                reason=refusal.why.value,
                line=refusal.line,
                path=refusal.path,
                now=now,
            )
        else:
            _accept(row, count, now)


def _accept(row: Delivery, count: int, now: datetime) -> None:
    row.state, row.forms, row.checked_at = "accepted", count, now
    row.save(update_fields=["state", "forms", "checked_at"])
    trail.record(
        action=f"{operations.SERVICE}.file.accepted",
        actor=system("temporary_unemployment.files"),
        target=row.ticket,
        now=now,
        detail={"forms": count},
    )
    answering.receipt(delivery=row, now=now)
    app.configure_task(name="temporary_unemployment_messages.process").defer(delivery=row.pk)


def _forms(pieces: list[Piece]) -> int:
    bounds = limits.of_files()
    total = 0
    for piece in pieces:
        piece.forms = frames.checked(contents.pieces(piece.content_id), limits=bounds)
        piece.save(update_fields=["forms"])
        total += piece.forms
    if total > bounds.most_forms:
        raise FrameRefused(frames.FrameFault.TOO_MANY_FORMS)
    return total


def _check_signatures(row: Delivery, pieces: list[Piece]) -> None:
    pems = signers.certificates(
        enterprise=row.enterprise,
        permission=TEMPORARY_UNEMPLOYMENT,
        environment=settings.ENVIRONMENT.environment,
    )
    at = operations.received_at(row)
    known = [x509.load_pem_x509_certificate(pem.encode("ascii")) for pem in pems]
    for piece in pieces:
        beside = row.pieces.filter(prefix="FS", part=piece.part).first()
        if beside is None:
            raise SignatureRefused(SignatureFault.MISSING)
        data = contents.part(beside.content_id, 0) or b""
        read = signature.read(data)
        digest = contents.digest(piece.content_id, name=read.digest_name)
        read.verify(digest=digest, certificates=known, at=at)
