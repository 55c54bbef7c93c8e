"""What the sender of a file gets back: one receipt, and a notification for each form.

Pure: plain values in, XML in UTF-8 out. A refused form shows no value of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from guichet.eservices.dimona.batch import idflux
from guichet.eservices.dimona.batch.layout import NAMESPACE
from guichet.eservices.dimona.batch.queries import FormRecord, Progress
from guichet.registers.exchanges.queries import FileRecord
from guichet.rules.dimona.catalogue import ANOMALIES

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
RECEIPT: Final = "Receipt"
NOTIFICATIONS: Final = "Notifications"


def receipt(file: FileRecord, *, words: str) -> bytes:
    """The receipt of a file: accepted, refused with its code, or not read yet.

    ``words``: the fault in the sender's language, empty without one.
    """
    facts: dict[str, str | int] = {
        "file": file.number,
        "reference": file.reference,
        "receivedAt": _moment(file.received_at),
        "state": file.state,
    }
    if file.state == "accepted":
        facts |= {"forms": file.forms, "refusedForms": file.refused_forms}
    inside = _element("Fault", {"code": file.fault}, words) if file.fault else ""
    return (_HEAD + _element(RECEIPT, {"xmlns": NAMESPACE, **facts}, raw=inside) + "\n").encode()


def notifications(
    file: FileRecord, forms: Iterable[FormRecord], *, progress: Progress, language: str
) -> Iterator[bytes]:
    """The notifications of a file in the order of its forms, piece by piece.

    A form that is not decided yet is ``pending``: the document is complete once its attribute
    says so.
    """
    complete = "true" if progress.is_complete and file.state == "accepted" else "false"
    facts = {"file": file.number, "reference": file.reference, "complete": complete}
    attributes = "".join(f" {name}={quoteattr(text)}" for name, text in facts.items())
    yield f"{_HEAD}<{NOTIFICATIONS} xmlns={quoteattr(NAMESPACE)}{attributes}>\n".encode()
    for form in forms:
        yield (_notification(form, language) + "\n").encode()
    yield f"</{NOTIFICATIONS}>\n".encode()


def _notification(form: FormRecord, language: str) -> str:
    facts: dict[str, str | int] = {"position": form.position, "form": form.reference}
    if form.fault:
        inside = _element("Fault", {"code": form.fault, "element": form.element})
        return _element("Notification", {**facts, "result": "refused"}, raw=inside)
    facts |= {"declaration": form.declaration or 0, "result": form.result or "pending"}
    if form.period is not None and form.result in ("A", "W"):
        facts["period"] = form.period
    inside = "".join(
        _element("Anomaly", {"code": code}, ANOMALIES[code].label.in_language(language))
        for code in form.anomalies
    )
    if form.changed is not None:
        inside += idflux.message(form.changed)
    return _element("Notification", facts, raw=inside)


def _element(
    name: str, facts: dict[str, str | int], text: str = "", *, raw: str | None = None
) -> str:
    attributes = "".join(f" {key}={quoteattr(str(value))}" for key, value in facts.items())
    inside = escape(text) if raw is None else raw
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
