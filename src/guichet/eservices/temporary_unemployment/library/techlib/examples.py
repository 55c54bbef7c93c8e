"""Commented example messages, each written by code and held to the published schema by a test.

Persons, enterprises and numbers are invented. What goes back (receipt, notification, decision) is
written by the same code that answers real files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from lxml import etree

from guichet.eservices.temporary_unemployment.library.techlib.meanings import MEANINGS
from guichet.eservices.temporary_unemployment.messages import layout, schema, writing
from guichet.eservices.temporary_unemployment.messages.frames import Limits
from guichet.eservices.temporary_unemployment.messages.reading import ReadForm, read
from guichet.kernel.moments import BRUSSELS
from guichet.kernel.period import Period
from guichet.rules.temporary_unemployment import check
from guichet.rules.temporary_unemployment.communication import Announced, Known
from guichet.rules.temporary_unemployment.kinds import Channel, Reason, Regime
from guichet.rules.temporary_unemployment.limits import Suspension

Told = str | Mapping[str, Any] | list[Any]
RECEIVED_AT: Final = datetime(2025, 3, 7, 9, 30, tzinfo=BRUSSELS)
TICKET: Final = "05B0000001792"
_FILE: Final = "FI.TWCT.123456.20250307.00001.R.1.1"
_FILE_TICKET: Final = "05F00000011V2"
_BIG: Final = Limits(largest=1024 * 1024, most_forms=100)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Example:
    """``key``: in its address; ``make``: the message in XML; ``about``: what it shows."""

    key: str
    title: Any
    about: Any
    make: Callable[[], bytes]

    @property
    def file_name(self) -> str:
        """Under which it is taken away."""
        return f"{self.key}.xml"


def commented(content: bytes) -> str:
    """The message, indented, with what each element says in the language of the page beside it."""
    root = etree.fromstring(content)
    etree.indent(root, space="  ")
    lines = etree.tostring(root, encoding="unicode").splitlines()
    return "\n".join(_with_meaning(line) for line in lines)


def _with_meaning(line: str) -> str:
    name = line.strip().removeprefix("<").partition(">")[0]
    return f"{line}  <!-- {MEANINGS[name]} -->" if name in MEANINGS else line


def _form(
    kind: str, own: str, *, reason: str, status: str = "0", ticket: str = "", **told: Told
) -> dict[str, Any]:
    """A form whose head is always the same; ``told``: the rest, in the order of the schema."""
    references = [{"ReferenceType": "1", "ReferenceOrigin": "1", "ReferenceNbr": own}]
    if ticket:
        references.append({"ReferenceType": "0", "ReferenceOrigin": "2", "ReferenceNbr": ticket})
    head: dict[str, Any] = {
        "Identification": kind,
        "FormCreationDate": "2025-03-07",
        "FormCreationHour": "09:12:44.120",
        "AttestationStatus": status,
        "TypeForm": "SU",
        "DclInformation": {"LanguageCodePdf": "2"},
        "Reference": references,
        "EmployerDeclarationLink": {
            "NOSSRegistrationNbr": "012345674",
            "Trusteeship": "0",
            "CompanyID": "0123456749",
        },
        "EstablishmentUnit": {
            "EstablishmentUnitNbr": "2123456791",
            "PostalCode": "4000",
            "Municipality": "Liège",
        },
    }
    if reason:
        head |= {"JointCommissionNbr": "111", "TemporaryUnemploymentReason": reason}
    return head | told


def _worker(number: int, niss: str, family: str, given: str, **told: str) -> dict[str, str]:
    return {
        "NaturalPersonSequenceNbr": str(number), "INSS": niss, "LastName": family,
        "FirstName": given, **told,
    }  # fmt: skip


def _workers(**told: str) -> list[Any]:
    return [
        _worker(1, "85073003328", "Dubois", "Anne", **told),
        _worker(2, "85473003317", "Novak", "Petr", **told),
    ]


_WORKPLACE: Final = {
    "Street": "Rue du Pont", "HouseNbr": "12", "PostalCode": "4000", "Municipality": "Liège",
    "Country": "BE",
}  # fmt: skip
_CAUSE: Final = "Orders fell by 35 percent since January; two customers postponed deliveries."


def _expected(own: str, *, posted: str = "2025-03-07", status: str = "0", ticket: str = "",
              start: str = "2025-03-17") -> dict[str, Any]:  # fmt: skip
    return _form(
        "TWCT001", own, reason="E", status=status, ticket=ticket, NotificationDate=posted,
        NotificationMode="1", SuspensionScheme="1", SuspensionStartingDate=start,
        SuspensionEndingDate="2025-04-13", ReasonDescription=_CAUSE,
        NoSubcontractingDeclaration="1", NaturalPerson=_workers(),
    )  # fmt: skip


def _reduced() -> dict[str, Any]:
    return _form(
        "TWCT001", "2025-CT-0019", reason="E", NotificationDate="2025-03-07",
        NotificationMode="3", SuspensionScheme="2", SuspensionStartingDate="2025-03-17",
        SuspensionEndingDate="2025-06-15",
        ExcludedPeriod=[{"StartingDate": "2025-04-14", "EndingDate": "2025-04-20"}],
        WorkPattern=[{"CycleWeek": "1", "WorkingDays": "1100000"}],
        ReasonDescription=_CAUSE, NoSubcontractingDeclaration="1", SectionName="Assembly",
    )  # fmt: skip


def _first_day() -> dict[str, Any]:
    return _form(
        "TWCT002", "2025-CT-0020", reason="E",
        NaturalPerson=_workers(FirstEffectiveDay="2025-03-10"),
    )  # fmt: skip


def _usual_days() -> dict[str, Any]:
    """A Saturday for who works on it, a Monday for who works half the week."""
    six_days = _worker(
        1, "85073003328", "Dubois", "Anne", FirstEffectiveDay="2025-03-08", WorkingDays="1111110"
    )
    half = _worker(
        2, "85473003317", "Novak", "Petr", FirstEffectiveDay="2025-03-10", WorkingDays="1110000"
    )
    return _form("TWCT002", "2025-CT-0028", reason="E", NaturalPerson=[six_days, half])  # fmt: skip


def _weather() -> dict[str, Any]:
    return _form(
        "TWCT002", "2025-CT-0021", reason="I", Workplace=_WORKPLACE,
        WorkNature="Bricklaying on the outside walls", WeatherNature="Frost, -6 °C at 7 h",
        ImpossibilityReason="Mortar cannot set",
        NaturalPerson=_workers(FirstEffectiveDay="2025-03-07"),
    )  # fmt: skip


def _nature() -> dict[str, Any]:
    return _form(
        "TWCT003", "2025-CT-0022", reason="T",
        ReasonDescription="The shaft of the main press broke during the night shift.",
        AccidentDate="2025-03-06", SuspensionStartingDate="2025-03-13",
    )  # fmt: skip


def _list() -> dict[str, Any]:
    return _form("TWCT004", "2025-CT-0023", reason="T", RelatedTicket=TICKET,
                 NaturalPerson=_workers())  # fmt: skip


def _force_majeure() -> dict[str, Any]:
    return _form(
        "TWCT005", "2025-CT-0024", reason="F", SuspensionStartingDate="2025-03-06",
        SuspensionEndingDate="2025-04-30",
        ReasonDescription="Fire destroyed the workshop in the night of 5 March.",
        NaturalPerson=_workers(),
    )  # fmt: skip


def _strike() -> dict[str, Any]:
    return _form(
        "TWCT006", "2025-CT-0025", reason="G",
        ReasonDescription="The drivers of our supplier strike since 6 March.",
        Workplace=_WORKPLACE,
        NaturalPerson=_workers(FirstEffectiveDay="2025-03-07", StrikeUnitMember="0",
                               Circumstances="Without deliveries nothing can be assembled."),
    )  # fmt: skip


def _modified() -> dict[str, Any]:
    return _expected("2025-CT-0026", status="1", ticket=TICKET, start="2025-03-18")


def _cancelled() -> dict[str, Any]:
    return _form("TWCT001", "2025-CT-0027", reason="", status="3", ticket=TICKET)


def _written(*forms: Mapping[str, Any]) -> bytes:
    root = etree.Element(layout.ROOT)
    for form in forms:
        _fill(etree.SubElement(root, layout.FORM), form)
    etree.indent(root, space="  ")
    return (_HEAD + etree.tostring(root, encoding="unicode") + "\n").encode()


def _fill(parent: etree._Element, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        for one in value if isinstance(value, list) else [value]:
            child = etree.SubElement(parent, name)
            if isinstance(one, str):
                child.text = one
            else:
                _fill(child, one)


def forms_of(content: bytes) -> tuple[ReadForm, ...]:
    """What the service reads in a file that comes at the moment of the examples."""
    held = etree.XMLSchema(etree.fromstring(schema.document()))
    return tuple(
        read([content], schema=held, channel=Channel.BATCH, received_at=RECEIVED_AT, limits=_BIG)
    )


def _receipt() -> bytes:
    return writing.receipt(name=_FILE, ticket=_FILE_TICKET, made_at=RECEIVED_AT)


def _refused_receipt() -> bytes:
    refusal = writing.Refusal("CTW-094", "Ligne 3", 3)
    return writing.receipt(name=_FILE, ticket=_FILE_TICKET, made_at=RECEIVED_AT, refusal=refusal)


def _notification() -> bytes:
    """One form in order, one with a warning, one that is refused."""
    wrong = _expected("2025-CT-0018")
    wrong["NaturalPerson"] = [_worker(1, "85073003329", "Dubois", "Anne")]
    content = _written(
        _expected("2025-CT-0017"), _expected("2025-CT-0016", start="2025-03-14"), wrong
    )
    answers = []
    for form in forms_of(content):
        faults = form.faults
        if form.meant is not None:
            faults = form.placed(check.faults(form.meant.said))
        is_refused = any(one.fault.blocks for one in faults)
        ticket = None if is_refused else TICKET
        answers.append(writing.Answered(form.position, form.head, ticket, faults))
    return _notified(answers)


def _remarks_about_workers() -> bytes:
    """A Saturday without usual days, and a worker at the limit of the four quarters."""
    workers = [
        _worker(1, "85073003328", "Dubois", "Anne", FirstEffectiveDay="2025-03-08"),
        _worker(2, "85473003317", "Novak", "Petr", FirstEffectiveDay="2025-03-10"),
    ]
    told = _form("TWCT002", "2025-CT-0029", reason="E", NaturalPerson=workers)
    [form] = forms_of(_written(told))
    if form.meant is None:
        raise ValueError("an example that nobody can read")
    said = form.meant.said
    named = frozenset(line.niss for line in said.lines)
    known = Known(announced=(_announcement(named),), economic_days={2: 110})
    faults = form.placed(check.faults(said, known=known))
    return _notified([writing.Answered(form.position, form.head, TICKET, faults)])


def _announcement(workers: frozenset[str]) -> Announced:
    """What the first days rest on."""
    period = Period(date(2025, 3, 3), date(2025, 3, 30))
    suspension = Suspension(period, Regime.FULL)
    return Announced(ticket=TICKET, reason=Reason.ECONOMIC, suspension=suspension, workers=workers)


def _notified(answers: list[writing.Answered]) -> bytes:
    pieces = writing.notification(answers, ticket=_FILE_TICKET, made_at=RECEIVED_AT, language="fr")
    return b"".join(pieces)


def _decision() -> bytes:
    """Three days late: normal wage for a week, allowances after it."""
    decided = writing.Decided(
        number="LIE-2025-004512",
        decided_on=date(2025, 3, 19),
        result=writing.Result.PARTIALLY_ACCEPTED,
        ticket=TICKET,
        own_reference="2025-CT-0018",
        reasons=("R02",),
        accepted_from=date(2025, 3, 24),
        accepted_until=date(2025, 4, 13),
    )
    at = datetime(2025, 3, 20, 2, 0, 11, tzinfo=BRUSSELS)
    return writing.decision(decided, pdf=b"%PDF-1.7 (shortened)", made_at=at)


def _one(key: str, title: Any, about: Any, form: Callable[[], dict[str, Any]]) -> Example:
    return Example(key, title, about, lambda: _written(form()))


EXAMPLES: Final = (
    _one("expected", _("Expected communication"),
         _("Notice of 7 March for a full suspension from 17 March: in time."),
         lambda: _expected("2025-CT-0017")),
    _one("expected-section", _("Expected communication of a section"),
         _("A large suspension of a section, with a closure that is cut out and two days of work "
           "a week."), _reduced),
    _one("first-day", _("First effective day"), _("Two workers, economic causes."), _first_day),
    _one("first-day-usual-days", _("First effective day, usual days of work"),
         _("WorkingDays, the last element of a worker: one who works from Monday to Saturday and "
           "one who works half the week. Without it, Monday to Friday are meant."), _usual_days),
    _one("first-day-weather", _("First effective day, bad weather"),
         _("Place, work, weather and why it was impossible are compulsory."), _weather),
    _one("accident-nature", _("Technical accident, nature"),
         _("The first message after an accident: no workers yet."), _nature),
    _one("accident-list", _("Technical accident, list of workers"),
         _("It carries the ticket of the first message."), _list),
    _one("force-majeure", _("Force majeure"), _("At most three months in one form."),
         _force_majeure),
    _one("strike", _("Strike or lock-out"),
         _("For each worker: whether he belongs to the striking unit."), _strike),
    _one("modification", _("Modification"),
         _("Status 1: a second reference carries the ticket that is changed. The start moves, the "
           "end stays."), _modified),
    _one("cancellation", _("Cancellation"),
         _("Status 3: nothing after the establishment is needed."), _cancelled),
    Example("receipt", _("Receipt (ACRF)"), _("The file is taken; its forms are handled."),
            _receipt),
    Example("receipt-refused", _("Receipt of a refused file (ACRF)"),
            _("Nothing of the file was handled: code, line and path say why."), _refused_receipt),
    Example("notification", _("Notification (NOTI)"),
            _("One form in order, one with a warning, one that is refused: its neighbours are "
              "received all the same."), _notification),
    Example("notification-workers", _("Notification with remarks about workers (NOTI)"),
            _("A form that is received all the same: a first day on a Saturday without usual days "
              "of work, and a worker at the limit of economic unemployment in four quarters."),
            _remarks_about_workers),
    Example("decision", _("Final decision (DEFI)"),
            _("Accepted in part. The document is the same PDF that the screen shows, in base64; "
              "here it is shortened."), _decision),
)  # fmt: skip
BY_KEY: Final = {example.key: example for example in EXAMPLES}
