"""Files of declarations as a client's program writes them."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from guichet.eservices.dimona.batch.layout import LAYOUT, NAMESPACE, Group


def written(
    forms: Iterable[Mapping[str, Any] | str],
    *,
    reference: str = "ours-1",
    own: str = "f",
    dossier: str = "",
) -> bytes:
    """A file of these declarations (as REST v2 writes them), or of forms as XML."""
    inside = []
    for at, one in enumerate(forms, 1):
        text = one if isinstance(one, str) else form(one)
        named = f" dossier={quoteattr(dossier)}" if dossier else ""
        inside.append(f"<Form reference={quoteattr(f'{own}{at}')}{named}>{text}</Form>")
    return whole("".join(inside), reference=reference)


def whole(inside: str, *, reference: str = "ours-1", space: str = NAMESPACE) -> bytes:
    """A file around what stands in it."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<DimonaFile xmlns={quoteattr(space)} reference={quoteattr(reference)}>{inside}"
        "</DimonaFile>"
    ).encode()


def form(body: Mapping[str, Any]) -> str:
    """The inside of a form."""
    return "".join(_elements(body, LAYOUT))


def _elements(found: Mapping[str, Any], layout: Mapping[str, Any]) -> Iterable[str]:
    names = {one.member: (name, one) for name, one in layout.items()}
    for member, value in found.items():
        name, one = names[member]
        for each in value if isinstance(one, Group) and one.is_list else [value]:
            inside = "".join(_elements(each, one.inside)) if isinstance(one, Group) else None
            yield f"<{name}>{escape(str(each)) if inside is None else inside}</{name}>"
