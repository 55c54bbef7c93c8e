"""The files of the personnel file: columns in words, XML, and the table of a printable one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from guichet.documents import attestation
from guichet.documents.attestation import Section, Table
from guichet.eservices.dimona import export_rows
from guichet.eservices.dimona.export_rows import Names
from guichet.eservices.dimona.models import Export
from guichet.eservices.dimona.pages import words
from guichet.eservices.dimona.queries import PeriodRecord
from guichet.kernel.enterprise import EnterpriseNumber
from guichet.kernel.niss import Niss
from guichet.platform import wording
from guichet.registers.enterprises import queries as enterprises
from guichet.registers.persons import queries as persons

TYPES: Final = {"csv": "text/csv; charset=utf-8", "xml": "application/xml; charset=utf-8"}


def write(export: Export, rows: Sequence[PeriodRecord], is_first: bool, is_last: bool) -> str:
    """A part of an export, as it stands in the file (`exports.Writer`)."""
    return "".join(
        text(export.format, rows, employer=export.employer, is_first=is_first, is_last=is_last)
    )


def text(
    file_type: str,
    rows: Sequence[PeriodRecord],
    *,
    employer: str,
    is_first: bool = True,
    is_last: bool = True,
) -> Iterator[str]:
    """Rows in a format, with what stands before the first and after the last one."""
    names = names_of(rows)
    if file_type == "csv":
        yield from export_rows.csv_text(head(), lines(rows, names), is_first=is_first)
        return
    yield export_rows.xml_head(employer) if is_first else ""
    for one in rows:
        yield export_rows.xml_period(export_rows.members(one, names))
    yield export_rows.XML_FOOT if is_last else ""


def names_of(rows: Iterable[PeriodRecord]) -> Names:
    """The names behind the numbers of these rows: two questions."""
    every = list(rows)
    people = persons.names(numbers={row.niss for row in every})
    firms = {row.user_enterprise for row in every if row.user_enterprise}
    language = (get_language() or "en").partition("-")[0]
    return Names(
        {niss: (name.family_name, name.given_name) for niss, name in people.items()},
        enterprises.names(numbers=firms, language=language),
    )


def head() -> list[str]:
    """The columns of the spreadsheet."""
    return [
        _("Number of the period"), _("National number"), _("Family name"), _("Given name"),
        _("First day"), _("Start hour"), _("Last day"), _("End hour"), _("Worker type"),
        _("Joint committee"), _("Planned hours"), _("User company"),
        pgettext("period", "Cancelled"), _("Declared late"), _("Remarks"), _("Last changed"),
        _("Declared"), _("Taken over by the NSSO"), _("Sub-entity"), _("Planned days"),
        _("Enterprise number of the user company"), _("Address of the user company"),
        _("Joint committee of the user company"),
        _("Control card C3.2A of the first month"), _("Control card C3.2A of the next month"),
        _("Name of the workplace"), _("Address of the workplace"),
        _("Small statutes"), _("Beyond a quota"), _("Employment measure"),
    ]  # fmt: skip


def lines(rows: Iterable[PeriodRecord], names: Names) -> Iterator[tuple[object, ...]]:
    """The rows of the spreadsheet."""
    yes = _("yes")
    for one in rows:
        found = export_rows.members(one, names)
        small = (found.get(name) for name in ("employmentNature", "workerStatus"))
        yield (
            one.id,
            Niss(one.niss).formatted(),
            found.get("familyName"),
            found.get("givenName"),
            wording.day(one.first_day),
            words.hour(one.start_hour),
            wording.day(one.last_day) if one.last_day else "",
            words.hour(one.end_hour),
            one.worker_type,
            one.joint_committee,
            one.planned_hours,
            found.get("usingEmployerName"),
            yes if one.is_cancelled else "",
            yes if one.is_late else "",
            " / ".join(f"{code} {words.anomaly(code)}" for code in one.anomalies),
            wording.moment(one.changed_at) if one.changed_at else "",
            wording.moment(one.declared_at) if one.declared_at else "",
            yes if one.is_locked else "",
            one.sub_entity,
            found.get("plannedDaysNumber"),
            one.user_enterprise,
            found.get("usingEmployerAddress"),
            one.user_committee,
            found.get("firstMonthCard"),
            found.get("nextMonthCard"),
            found.get("placeOfWorkName"),
            found.get("placeOfWorkAddress"),
            " ".join(each for each in small if each),
            " / ".join(f"{each['amount']} {words.quota(each['quota'])}" for each in one.excess),
            found.get("employmentMeasure"),
        )


def printable(
    rows: Sequence[PeriodRecord], *, employer: str, name: str, made_at: Any
) -> dict[str, Any]:
    """The content of the printable personnel file."""
    names = names_of(rows)
    table = Table(
        caption=_("Periods, the newest first"),
        head=[_("Worker"), _("From, until"), _("Type and committee"), _("State"),
              _("Number of the period")],
        rows=[_printed(one, names) for one in rows],
        numeric=(1, 4),
        widths=(2.2, 1.7, 1.6, 1.5, 1.5),
    )  # fmt: skip
    facts = [(_("Periods"), wording.number(len(rows))), (_("Made on"), wording.moment(made_at))]
    return attestation.content(
        lead=[_("These periods were declared to social security (Dimona) by:")],
        person_title=_("Employer"),
        person=[(_("Name"), name), (_("Number"), EnterpriseNumber(employer).formatted())],
        sections=[Section(title=_("Personnel file"), facts=facts, table=table)],
        legal_title=_("What this document is not"),
        legal=[_("A period is not a contract and does not replace one in any way.")],
    )


def _printed(one: PeriodRecord, names: Names) -> list[str]:
    family, given = names.people.get(one.niss, ("", ""))
    return [
        f"{family} {given} {Niss(one.niss).formatted()}".strip(),
        words.stretch(one.first_day, one.last_day, one.start_hour, one.end_hour),
        f"{one.worker_type}, {one.joint_committee}",
        str(words.state_of(one)),
        str(one.id),
    ]
