"""A communication as it stands in a registered letter, keyed in by an officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.backoffice.temporary_unemployment.forms import Day, choice, text
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.eservices.temporary_unemployment.office.paper import Letter
from guichet.eservices.temporary_unemployment.typed import MOST_CLOSURES, MOST_WEEKS, is_week
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
from guichet.kernel.period import Period
from guichet.registers.persons import queries as persons
from guichet.rules.career_break.entry_dates import ImpossibleDate, read_date
from guichet.rules.temporary_unemployment.communication import Communication, Line
from guichet.rules.temporary_unemployment.faults import Fault
from guichet.rules.temporary_unemployment.findings import word
from guichet.rules.temporary_unemployment.kinds import (
    Category,
    Channel,
    Kind,
    NoticeKind,
    PaperGround,
    Reason,
    Regime,
)
from guichet.rules.temporary_unemployment.reasons import takes, usual_category
from guichet.rules.temporary_unemployment.regimes import Cycle, days_of

_NONE: Final = ("", "")
_MOST_LINES: Final = 500
_KINDS: Final = (
    Kind.EXPECTED, Kind.FIRST_DAY, Kind.ACCIDENT_NATURE, Kind.ACCIDENT_LIST, Kind.FORCE_MAJEURE,
    Kind.STRIKE,
)  # fmt: skip


def _short(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=500, help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Fill this in.")},
    )  # fmt: skip


_GROUPS: Final = (
    (gettext_lazy("The letter"), ("ground", "letter_on", "tracking", "proof")),
    (gettext_lazy("What it communicates, and for whom"), (
        "told", "employer", "establishment", "postcode", "committee", "level", "language",
    )),
    (gettext_lazy("Notice, period and causes"), (
        "posted_on", "notice_kind", "first_day", "last_day", "excluded", "regime", "cycle",
        "causes", "no_subcontracting",
    )),
    (gettext_lazy("Who has no work"), ("workers", "category", "section")),
    (gettext_lazy("Place, and bad weather"), (
        "workplace", "nature_of_work", "weather", "why_impossible",
    )),
    (gettext_lazy("Technical accident"), ("accident_on", "nature_ticket")),
    (gettext_lazy("Strike or lock-out"), ("in_striking_unit", "circumstances")),
    (gettext_lazy("What else the letter says"), ("changes", "remarks")),
)  # fmt: skip


class PaperForm(forms.Form):
    """The letter itself, then what it tells; the same rules judge it as any other."""

    ground = choice(gettext_lazy("Why a letter is allowed"), required=True)
    letter_on = Day(
        label=gettext_lazy("Day on which the letter was posted"),
        help_text=gettext_lazy("It counts as the day of the communication."),
        error_messages={"required": gettext_lazy("Enter the day of the letter.")},
    )
    tracking = _short(gettext_lazy("Number of the registered letter"))
    proof = forms.FileField(
        label=gettext_lazy("Scan of the letter, or proof of the failure"),
        help_text=gettext_lazy("PDF or picture, at most 10 MB; compulsory for a failure."),
        required=False,
    )
    told = choice(gettext_lazy("What the letter communicates"), required=True)
    employer = _short(gettext_lazy("Enterprise number"), required=True)
    establishment = _short(gettext_lazy("Establishment unit"), required=True)
    postcode = _short(gettext_lazy("Postcode of the establishment"), required=True)
    committee = _short(gettext_lazy("Joint committee"), required=True)
    level = choice(gettext_lazy("Blue or white collars, in a mixed committee"))
    language = choice(gettext_lazy("Language that the employer wants in Brussels"), required=True)
    posted_on = Day(label=gettext_lazy("Day of the notice to the workers"), required=False)
    notice_kind = choice(gettext_lazy("How the workers were told"))
    first_day = Day(label=gettext_lazy("First day of the period"), required=False)
    last_day = Day(label=gettext_lazy("Last day of the period"), required=False)
    excluded = forms.CharField(
        label=gettext_lazy("Closures that are cut out, one on each line"),
        help_text=gettext_lazy("First and last day: 14/04/2025 20/04/2025"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    regime = choice(gettext_lazy("Régime"))
    cycle = _short(
        gettext_lazy("Days on which work is done"),
        help_text=gettext_lazy(
            "Seven signs a week from Monday on, 1 for a day of work; two weeks that take turns: "
            "1110000 0000000"
        ),
    )
    causes = text(
        gettext_lazy("Causes, or nature of what happened"),
        gettext_lazy("As the letter says it."),
        required=False,
    )
    no_subcontracting = forms.BooleanField(
        label=gettext_lazy("The letter holds the undertaking not to subcontract"), required=False
    )
    workers = forms.CharField(
        label=gettext_lazy("Workers, one on each line"),
        help_text=gettext_lazy(
            "National number, then for a first day that day: 85.07.30-033.28 17/03/2025. Usual "
            "days of work may follow: 1110000"
        ),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    category = choice(gettext_lazy("Quality of these workers"))
    section = _short(gettext_lazy("Section, instead of workers"))
    workplace = _short(gettext_lazy("Place of work"))
    nature_of_work = _short(gettext_lazy("Nature of the work"))
    weather = _short(gettext_lazy("Weather"))
    why_impossible = _short(gettext_lazy("Why work was impossible"))
    accident_on = Day(label=gettext_lazy("Day of the accident"), required=False)
    nature_ticket = _short(gettext_lazy("Ticket of the nature of the accident"))
    in_striking_unit = choice(gettext_lazy("Do the workers belong to the striking unit?"))
    circumstances = text(
        gettext_lazy("Circumstances that make the work impossible"), "", required=False
    )
    changes = _short(gettext_lazy("Ticket of the communication that it changes"))
    remarks = text(
        gettext_lazy("What the employer explains"),
        gettext_lazy("A late notice, for instance; at most 1000 signs."),
        required=False,
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("It is another letter with the same content"), required=False
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._set("ground", [(one.value, words.said(word(one))) for one in PaperGround])
        self._set("told", [
            (f"{kind.value}/{reason.value}", f"{words.kind(kind)}: {words.reason(reason)}")
            for kind in _KINDS for reason in Reason if takes(reason=reason, kind=kind)
        ])  # fmt: skip
        levels = (Category.BLUE, Category.WHITE)
        self._set("level", [_NONE, *[(one.value, words.said(word(one))) for one in levels]])
        kinds = [(one.value, words.notice_kind(one)) for one in NoticeKind]
        self._set("notice_kind", [_NONE, *kinds])
        self._set("category", [
            ("", _("As the level or the joint committee says")),
            *[(one.value, words.category(one.value)) for one in Category],
        ])  # fmt: skip
        self._set("in_striking_unit", [_NONE, ("yes", _("Yes")), ("no", _("No"))])
        self._set("regime", [_NONE, *[(one.value, words.regime(one)) for one in Regime]])
        names = (("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")))
        self._set("language", names)

    def _set(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [*choices]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the form.

        Whether the same content is meant again is asked when it came before.
        """
        first, *others = _GROUPS
        is_again = "confirmed" in self.errors or bool(self.data.get("confirmed"))
        again = ("confirmed",) if is_again else ()
        groups = [(first[0], (*first[1], *again)), *others]
        return [(heading, [self[name] for name in names]) for heading, names in groups]

    def clean_employer(self) -> str:
        """Ten digits."""
        try:
            return EnterpriseNumber.parse(self.cleaned_data["employer"]).digits
        except InvalidEnterpriseNumber:
            raise forms.ValidationError(_("This is no valid enterprise number.")) from None

    def clean_workers(self) -> tuple[Line, ...]:
        """Lines with their numbers and days; whether a number is valid is said by the rules."""
        rows = [line.split() for line in self.cleaned_data["workers"].splitlines()]
        rows = [row for row in rows if row]
        if len(rows) > _MOST_LINES:
            raise forms.ValidationError(_("At most 500 workers can be keyed in."))
        return tuple(_line(number, row) for number, row in enumerate(rows, start=1))

    def clean_cycle(self) -> Cycle | None:
        """The weeks, None when the letter tells none."""
        weeks = self.cleaned_data["cycle"].split()
        if len(weeks) > MOST_WEEKS or not all(map(is_week, weeks)):
            raise forms.ValidationError(
                _("Write seven signs for each week, at most four, such as 1110000.")
            )
        return tuple(days_of(week) for week in weeks) or None

    def clean_excluded(self) -> tuple[Period, ...]:
        """First and last days; one day alone is a closure of a day."""
        rows = [line.split() for line in self.cleaned_data["excluded"].splitlines()]
        rows = [row for row in rows if row]
        if len(rows) > MOST_CLOSURES:
            raise forms.ValidationError(_("At most five closures can be cut out."))
        return tuple(_closure(number, row) for number, row in enumerate(rows, start=1))

    def letter(self) -> Letter:
        """The letter of a valid form."""
        given = self.cleaned_data
        proof = given["proof"]
        return Letter(
            ground=PaperGround(given["ground"]),
            posted_on=given["letter_on"],
            tracking=given["tracking"].strip(),
            proof_name=proof.name if proof else "",
            proof=proof.read() if proof else None,
        )

    def communication(self, *, now: datetime) -> Told:
        """What a valid form tells; workers get the names of the register."""
        given = self.cleaned_data
        kind, _slash, reason = given["told"].partition("/")
        lines = self._lines(Reason(reason))
        said = Communication(
            kind=Kind(kind), reason=Reason(reason), received_at=now, channel=Channel.PAPER,
            enterprise=given["employer"], establishment=_digits(given["establishment"]),
            postcode=given["postcode"].strip(), committee=given["committee"].strip(),
            level=Category(given["level"]) if given["level"] else None,
            posted_on=given["posted_on"],
            notice_kind=NoticeKind(given["notice_kind"]) if given["notice_kind"] else None,
            first_day=given["first_day"], last_day=given["last_day"], excluded=given["excluded"],
            regime=Regime(given["regime"]) if given["regime"] else None, cycle=given["cycle"],
            causes=given["causes"].strip(),
            no_subcontracting=given["no_subcontracting"] or None,
            workplace=given["workplace"].strip(), nature_of_work=given["nature_of_work"].strip(),
            weather=given["weather"].strip(), why_impossible=given["why_impossible"].strip(),
            accident_on=given["accident_on"], nature_ticket=given["nature_ticket"].strip(),
            lines=lines, section=given["section"].strip(),
            remarks=given["remarks"].strip(), changes=given["changes"].strip(),
        )  # fmt: skip
        return Told(said=said, names=self._names(lines), language=given["language"])

    def _lines(self, reason: Reason) -> tuple[Line, ...]:
        given = self.cleaned_data
        level = Category(given["level"]) if given["level"] else None
        usual = usual_category(reason=reason, committee=given["committee"], level=level)
        category = Category(given["category"]) if given["category"] else usual
        unit = {"yes": True, "no": False}.get(given["in_striking_unit"])
        return tuple(
            replace(
                one, category=category, in_striking_unit=unit,
                circumstances=given["circumstances"].strip(),
            )
            for one in given["workers"]
        )  # fmt: skip

    def _names(self, lines: tuple[Line, ...]) -> tuple[Name, ...]:
        numbers = [_digits(one.niss) for one in lines]
        known = persons.names(numbers=numbers)
        found = [known.get(number) for number in numbers]
        return tuple(Name(one.family_name, one.given_name) if one else Name() for one in found)

    def refuse(self, faults: tuple[Fault, ...]) -> None:
        """What stops the communication, each at its field; what is asked once is told once."""
        told = set()
        for fault in faults:
            name = _field_of(fault)
            if not fault.blocks or (fault.key, name) in told:
                continue
            if name in _OF_LINES.values():
                told.add((fault.key, name))
            said = " ".join(filter(None, (words.fault(fault), words.repair(fault))))
            self.add_error(name, said)


_FIELDS: Final = {
    "enterprise": "employer", "lines": "workers", "reason": "told", "kind": "told",
    "received_at": "letter_on",
}  # fmt: skip
# One answer for all the workers of a letter.
_OF_LINES: Final = {
    "category": "category", "in_striking_unit": "in_striking_unit", "workplace": "workplace",
    "circumstances": "circumstances",
}  # fmt: skip


def _field_of(fault: Fault) -> str | None:
    """The box that a fault is about, None for none of them."""
    head, _dot, rest = fault.field.partition(".")
    name = _OF_LINES.get(rest.rpartition(".")[2]) or _FIELDS.get(head, head)
    return name if name in PaperForm.base_fields else None


def _line(number: int, row: list[str]) -> Line:
    """A worker with the day and the usual days that stand behind the number, in any order."""
    day, week = None, None
    for told in row[1:]:
        if is_week(told):
            week = days_of(told)
            continue
        try:
            day = read_date(told)
        except ImpossibleDate:
            raise forms.ValidationError(
                _("Line %(line)d: the day is not valid.") % {"line": number}
            ) from None
    return Line(niss=row[0], first_day=day, usual_days=week)


def _closure(number: int, row: list[str]) -> Period:
    try:
        first, last = read_date(row[0]), read_date(row[-1])
    except ImpossibleDate:
        raise forms.ValidationError(
            _("Line %(line)d: the day is not valid.") % {"line": number}
        ) from None
    if last < first:
        raise forms.ValidationError(
            _("Line %(line)d: the last day lies before the first.") % {"line": number}
        )
    return Period(first, last)


def _digits(value: str) -> str:
    return "".join(sign for sign in value if sign.isdigit())


class WaiverForm(forms.Form):
    """The director's waiver for an employer."""

    employer = _short(gettext_lazy("Enterprise number"), required=True)
    given_on = Day(
        label=gettext_lazy("Day of the waiver"),
        help_text=gettext_lazy("It holds for twenty-four months."),
        error_messages={"required": gettext_lazy("Enter the day of the waiver.")},
    )

    clean_employer = PaperForm.clean_employer
