"""Modules of one name are looked for once in a process."""

from unittest import mock

from guichet.platform import discovery


def test_a_name_is_looked_for_once() -> None:
    with mock.patch.object(discovery, "autodiscover_modules") as found:
        discovery.discover("nothing_has_this_name")
        discovery.discover("nothing_has_this_name")

    found.assert_called_once_with("nothing_has_this_name")
