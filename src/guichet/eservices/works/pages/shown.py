"""Where an anomaly belongs on the pages: its step, and its field there."""

from collections.abc import Iterable, Sequence

from django import forms

from guichet.eservices.works import words
from guichet.rules.works.finding import Anomaly

_OF_WHO = ("principal", "contact")


def step_of(anomaly: Anomaly) -> str:
    """The step in which it is repaired."""
    head = anomaly.field.partition(".")[0]
    if head in _OF_WHO:
        return "who"
    if head in ("places", "chain"):
        return head
    return "places" if head == "address_details" else "works"


def put(form: forms.Form, rows: Sequence[forms.Form], found: Iterable[Anomaly]) -> bool:
    """Say at each field of a step what blocks; whether anything did."""
    blocks = False
    for one in found:
        if not one.blocks:
            continue
        blocks = True
        target, name = _target(form, rows, one)
        if name is None or name not in target.errors:
            target.add_error(name, words.anomaly(one))
    return blocks


def _target(
    form: forms.Form, rows: Sequence[forms.Form], one: Anomaly
) -> tuple[forms.Form, str | None]:
    head, _dot, rest = one.field.partition(".")
    if head in ("places", "chain"):
        at, _dot, name = rest.partition(".")
        if not at or int(at) >= len(rows):
            return form, None
        row = rows[int(at)]
        name = "firm" if name in ("number", "vat_number") else name
        return row, name if name in row.fields else None
    name = f"{head}_{rest}" if rest else head
    name = "principal_vat" if name == "principal_vat_number" else name
    return form, name if name in form.fields else None
