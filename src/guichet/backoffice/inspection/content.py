"""What stands in a file of results: the search behind it, the head, and each row in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from guichet.backoffice.inspection import words
from guichet.backoffice.inspection.forms import CriteriaForm
from guichet.backoffice.inspection.log_queries import Found, Wanted
from guichet.kernel.niss import Niss
from guichet.platform import wording

Line = tuple[object, ...]


def criteria(kept: Mapping[str, Any]) -> CriteriaForm | None:
    """The form of a search that was kept; None when what it names has left the register since."""
    form = CriteriaForm(dict(kept))
    return form if form.is_valid() else None


def wanted(form: CriteriaForm) -> Wanted:
    """What a valid form asks of the logs."""
    data, meant = form.cleaned_data, form.meant
    return Wanted(
        first=data["first"],
        last=data["last"],
        log=data["log"] or None,
        site=data["site"] or None,
        ssins=None if meant is None else meant.ssins,
        limosas=() if meant is None else meant.limosas,
        enterprise=data["enterprise"] or None,
        activity=data["activity"] or None,
        validity=data["validity"] or None,
        remark=data["remark"] or None,
    )


def head() -> Line:
    """The names of the columns, in the language of the page."""
    return (
        _("Receipt number"), _("Kind"), _("Moment"), _("Received"), _("How late"),
        _("National number"), _("Limosa number"), _("Person"), _("Employer"),
        _("Name of the employer"), _("Site number"), _("Site"), _("Activity"), _("Sender"),
        _("Channel"), _("State"), _("Remarks"),
    )  # fmt: skip


def line(row: Found) -> Line:
    """One registration."""
    return (
        str(row.receipt),
        words.kind(row),
        wording.day(row.day) if row.kind == "day" else wording.second(row.at),
        wording.second(row.received_at),
        words.late(row),
        Niss(row.ssin).formatted() if row.ssin else "",
        row.limosa_number,
        row.person_name,
        row.employer,
        row.employer_name,
        row.works_reference,
        row.site_name,
        words.activity(row.activity),
        words.sender(row),
        words.channel(row),
        words.STATES[row.validity],
        " / ".join(f"{code} {words.remark_text(code).label}" for code in row.remarks),
    )


def left_off(*, rows: int, count: int) -> Line:
    """The last line of a file that does not hold everything: how much, and what helps."""
    text = _(
        "Left off: %(count)s older registrations. This file holds the latest %(rows)s. Search a "
        "shorter period, or one site."
    )
    return (text % {"count": wording.number(count), "rows": wording.number(rows)},)
