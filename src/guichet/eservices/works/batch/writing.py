"""What the sender of a file gets back: a receipt, and a notification for each form.

Pure: plain values in, XML in UTF-8 out. A refused form shows no value of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from guichet.eservices.works.batch.layout import NAMESPACE
from guichet.eservices.works.models import FileForm
from guichet.registers.exchanges.queries import FileRecord

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def receipt(file: FileRecord, *, words: str) -> bytes:
    """The receipt of a file; ``words``: its fault in the sender's language, empty without one."""
    facts: dict[str, object] = {
        "xmlns": NAMESPACE,
        "file": file.number,
        "reference": file.reference,
        "receivedAt": file.received_at.isoformat(timespec="milliseconds"),
        "state": file.state,
    }
    if file.state == "accepted":
        facts |= {"forms": file.forms, "refusedForms": file.refused_forms}
    inside = _element("Fault", {"code": file.fault}, escape(words)) if file.fault else ""
    return (_HEAD + _element("Receipt", facts, inside) + "\n").encode()


def notifications(
    file: FileRecord, forms: Iterable[FileForm], *, is_complete: bool
) -> Iterator[bytes]:
    """The notifications of a file in the order of its forms, piece by piece."""
    facts = {
        "file": file.number,
        "reference": file.reference,
        "complete": "true" if is_complete else "false",
    }
    attributes = "".join(f" {name}={quoteattr(text)}" for name, text in facts.items())
    yield f"{_HEAD}<Notifications xmlns={quoteattr(NAMESPACE)}{attributes}>\n".encode()
    for form in forms:
        yield (_notification(form) + "\n").encode()
    yield b"</Notifications>\n"


def _notification(form: FileForm) -> str:
    facts: dict[str, object] = {
        "position": form.position,
        "form": form.reference,
        "result": form.result,
    }
    row = form.declaration
    inside = ""
    if row is not None:
        numbers = {
            "AVWDDTId": row.number,
            "WorksContractId": row.contract_number,
            "WorksPlaceId": row.site_reference,
        }
        inside = _element("AVWDDTImpactReport", numbers)
    inside += "".join(
        _element("Anomaly", {"code": code, "field": field}) for code, field in form.anomalies
    )
    return _element("Notification", facts, inside)


def _element(name: str, facts: dict[str, object] | dict[str, str], inside: str = "") -> str:
    attributes = "".join(f" {key}={quoteattr(str(value))}" for key, value in facts.items())
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"
