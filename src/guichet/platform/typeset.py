"""Documents as PDF: a typst template and plain data in, PDF/A-3a and PDF/UA-1 at once out.

A template is ``NAME.typ`` in some ``typst`` folder of the package; it begins with
``#import "/platform/typst/base.typ": *`` and ``#show: house``, and finds its values in ``data``.
The same values travel inside the file as JSON. In simulation every page carries a mark.
"""

import functools
import json
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.platform import clock, line_ends

if TYPE_CHECKING:
    import typst

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_STANDARDS: Final = ["a-3a", "ua-1"]


class UnknownTemplate(LookupError):
    """No template of this name, or two of them."""


class NotTypeset(RuntimeError):
    """The template does not fit the data; the text names the place, never a value."""


def pdf(
    *,
    template: str,
    data: Mapping[str, Any],
    language: str,
    title: str,
    made_at: datetime | None = None,
    inputs: Mapping[str, str] | None = None,
) -> bytes:
    """The document; ``data`` is plain JSON, ``language`` one of nl, fr, de, en.

    ``made_at`` (now when absent) stands in the file's description: the same moment and the same
    data give the same bytes. ``inputs``: further texts for the template that are not attached (a
    picture, say), as ``sys.inputs``. Raises UnknownTemplate, NotTypeset.
    """
    with override(language):
        specimen = _("Specimen: fictitious data, not an official document.")
        mark = _("SPECIMEN")
    is_real = not settings.ENVIRONMENT.simulation
    about = {
        "title": title,
        "language": language,
        "specimen": "" if is_real else specimen,
        "mark": mark,
    }
    import typst  # noqa: PLC0415  # seven megabytes that only who sets a page needs

    moment = made_at or clock.now()
    try:
        # The stub of typst cannot tell the type of the paths that are left out.
        made, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            str(_place(template)),
            root=str(_PACKAGE),
            font_paths=_fonts(),
            sys_inputs={**(inputs or {}), "data": json.dumps(data), "about": json.dumps(about)},
            format="pdf",
            pdf_standards=_STANDARDS,
            timestamp=math.floor(moment.timestamp()),
        )
    except typst.TypstError as fault:
        raise NotTypeset(f"{template}: {fault.message}") from None
    if warnings:  # a font that is missing is only a warning, and a page in another face
        raise NotTypeset(f"{template}: {warnings[0].message}")
    # A seal or a signature adds objects after the end, and each begins on a line of its own.
    return line_ends.told_apart(bytes(made)) + b"\n"


@functools.cache
def _place(name: str) -> Path:
    found = list(_PACKAGE.glob(f"**/typst/{name}.typ"))
    if len(found) != 1:
        raise UnknownTemplate(name)
    return found[0]


@functools.cache
def _fonts() -> "typst.Fonts":
    """Only our own: a document must not depend on what this machine has installed."""
    import typst  # noqa: PLC0415  # as above

    folder = settings.ENVIRONMENT.fonts
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
