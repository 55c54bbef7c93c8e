"""Passwords that everybody tries: the list of twenty thousand that comes with Django."""

import gzip
from functools import cache
from pathlib import Path

from django.contrib import auth


def is_known(password: str) -> bool:
    """Whether the password, in small letters, stands on the list."""
    return password.lower().strip() in _listed()


@cache
def _listed() -> frozenset[str]:
    place = Path(auth.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(place, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)
