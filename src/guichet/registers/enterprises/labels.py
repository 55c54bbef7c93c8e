"""Labels of the enterprise register's official codes, from the package bce-codes-to-label.

Its lists are read one by one: importing the package itself would read all nine megabytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path


def legal_form(code: str, *, language: str) -> str:
    """``610`` in French: ``Société à responsabilité limitée``; the code when it is unknown."""
    return _label("legal_forms", code, language)


def joint_committee(code: str, *, language: str) -> str:
    """``121`` in Dutch: ``PC voor de schoonmaak``; ``322.01`` and ``32201`` are one."""
    return _label("joint_committees", code.replace(".", ""), language, shown=code)


def mandate(code: str, *, language: str) -> str:
    """The function of a mandatary; the code when it is unknown."""
    return _label("mandate_functions", code, language)


def postcode_labels() -> Mapping[str, Mapping[str, str]]:
    """The names of places by postcode, as ``label_nl``, ``label_fr``, ``label_de``."""
    return _codes("postal_codes")


def _label(name: str, code: str, language: str, shown: str | None = None) -> str:
    labels = _codes(name).get(code, {})
    wanted = (language[:2].lower(), "fr", "nl")
    found = (labels.get(f"label_{each}") for each in wanted)
    return next((label for label in found if label), shown or code)


@cache
def _codes(name: str) -> Mapping[str, Mapping[str, str]]:
    package = find_spec("bce_codes_to_label")
    if package is None or package.origin is None:
        return {}
    file = Path(package.origin).parent / "data" / f"{name}.json"
    codes: Mapping[str, Mapping[str, str]] = json.loads(file.read_text("utf-8"))["codes"]
    return codes
