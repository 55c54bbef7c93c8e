"""What a page warns of before an IN is sent: it may be sent all the same, with a reason."""

from datetime import date
from typing import Any, Final

from guichet.eservices.dimona.pages import addresses, asking
from guichet.eservices.dimona.pages.in_form import InForm
from guichet.rules.dimona.week_contracts import empty_days

EMPTY_DAY: Final = "emptyDay"
TOWN: Final = "townOfPostcode"


def warnings_of(form: InForm) -> list[dict[str, Any]]:
    """The warnings about a valid form, as they are kept with the declaration."""
    found: list[dict[str, Any]] = []
    data = form.cleaned_data
    end = data.get("end")
    if "weekdays" in form.fields and isinstance(end, date) and data.get("weekdays"):
        worked = {int(day) for day in data["weekdays"]}
        empty = empty_days(first=form.start, last=end, worked=worked)
        if empty:
            found.append({"code": EMPTY_DAY, "days": [day.isoformat() for day in empty]})
    for prefix in ("user", "place", "home"):
        town = addresses.wrong_town(data, prefix, asking.language())
        if town is not None:
            names = ", ".join(town.names)
            found.append({"code": TOWN, "postcode": town.postcode, "towns": names})
    return found
