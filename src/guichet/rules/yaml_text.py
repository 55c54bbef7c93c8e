"""The catalogues and parameters are read by the parser in C, a tenth of the time of that in Python.

Where PyYAML was built without it, its own reads the same.
"""

from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def plain(text: str) -> Any:
    """The plain values of a text in YAML; raises yaml.YAMLError."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader either way
