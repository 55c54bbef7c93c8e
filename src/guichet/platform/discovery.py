"""Modules of one name that several applications have: where each registers what it brings."""

from functools import cache

from django.utils.module_loading import autodiscover_modules


@cache
def discover(name: str) -> None:
    """Import the module ``name`` of every application that has one, once in a process.

    Looking for absent modules again at each request took a quarter of a page.
    """
    autodiscover_modules(name)
