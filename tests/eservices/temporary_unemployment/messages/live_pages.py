"""Give a live portal a sender with files; print its session and the addresses.

Run as a program, with the environment of the live server.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any, Final

_FORMS: Final = 12


def main() -> None:
    """A file with forms that were refused, one that was refused whole, one that waits."""
    import django

    django.setup()
    from guichet.platform import clock
    from tests.eservices.temporary_unemployment import world
    from tests.eservices.temporary_unemployment.messages import files, house, keys
    from tests.eservices.temporary_unemployment.pages.conftest import LONG_AGO

    now = clock.now()
    today = clock.today(now)
    world.build(LONG_AGO)
    # The firm of these helpers lives in 2025: its certificate is one of today here.
    keys.NOW = house.NOW = now  # type: ignore[misc]  # the one place where it moves
    house.build()
    forms = [_form(today, at) for at in range(_FORMS)]
    for at in (3, 7):
        forms[at]["NaturalPerson"] = [files.person(world.LUC), files.person("85073003328", 2)]
    forms[5]["JointCommissionNbr"] = "999"
    told: dict[str, Any] = {
        "clerk": world.clerk().cookies["guichet_portal"].value,
        "without": world.clerk(world.OTHER).cookies["guichet_portal"].value,
        "done": _sent("00001", files.written(forms), today, now),
        "refused": _sent("00002", b"<TWCT><Form>", today, now),
    }
    house.work(now)
    told["waiting"] = _sent("00003", files.written(forms[:2]), today, now)
    told["name"] = house.name("FI", "00004", day=f"{today:%Y%m%d}")
    told["content"] = files.written([_form(today, 40)]).decode()
    print(json.dumps(told))  # read by the tests


def _form(today: date, at: int) -> dict[str, Any]:
    from tests.eservices.temporary_unemployment.messages import house

    first = today + timedelta(days=9 + at)
    return house.form(
        FormCreationDate=f"{today}", NotificationDate=f"{today}",
        SuspensionStartingDate=f"{first}", SuspensionEndingDate=f"{first + timedelta(days=20)}",
        Reference=house.own(f"2026-CT-{at:04d}"),
    )  # fmt: skip


def _sent(sequence: str, content: bytes, today: date, now: datetime) -> str:
    from tests.eservices.temporary_unemployment.messages import house

    for prefix, data in (("FI", content), ("FS", house.beside(content)), ("GO", b"")):
        house.put(house.name(prefix, sequence, day=f"{today:%Y%m%d}"), data, now=now)
    return house.last().ticket


if __name__ == "__main__":
    main()
