"""A communication as it stands in a registered letter, keyed in by an officer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.backoffice.temporary_unemployment.forms import Day, choice, text
from guichet.eservices.temporary_unemployment import words
from guichet.eservices.temporary_unemployment.content import Name, Told
from guichet.eservices.temporary_unemployment.office.paper import Letter
from guichet.kernel.enterprise import EnterpriseNumber, InvalidEnterpriseNumber
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
from guichet.rules.temporary_unemployment.reasons import takes

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
        "posted_on", "notice_kind", "first_day", "last_day", "regime", "causes",
        "no_subcontracting",
    )),
    (gettext_lazy("Who has no work"), ("workers", "section")),
    (gettext_lazy("Place, and bad weather"), (
        "workplace", "nature_of_work", "weather", "why_impossible",
    )),
    (gettext_lazy("Technical accident"), ("accident_on", "nature_ticket")),
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
    regime = choice(gettext_lazy("Régime"))
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
            "National number, then for a first day that day: 85.07.30-033.28 17/03/2025"
        ),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    section = _short(gettext_lazy("Section, instead of workers"))
    workplace = _short(gettext_lazy("Place of work"))
    nature_of_work = _short(gettext_lazy("Nature of the work"))
    weather = _short(gettext_lazy("Weather"))
    why_impossible = _short(gettext_lazy("Why work was impossible"))
    accident_on = Day(label=gettext_lazy("Day of the accident"), required=False)
    nature_ticket = _short(gettext_lazy("Ticket of the nature of the accident"))

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
        self._set("regime", [_NONE, *[(one.value, words.regime(one)) for one in Regime]])
        names = (("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")))
        self._set("language", names)

    def _set(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [*choices]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the form."""
        return [(heading, [self[name] for name in names]) for heading, names in _GROUPS]

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
        found = []
        for number, row in enumerate(rows, start=1):
            try:
                day = read_date(row[-1]) if len(row) > 1 else None
            except ImpossibleDate:
                raise forms.ValidationError(
                    _("Line %(line)d: the day is not valid.") % {"line": number}
                ) from None
            found.append(Line(niss=row[0], first_day=day))
        return tuple(found)

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
        lines = self._lines(Reason(reason), given["level"])
        said = Communication(
            kind=Kind(kind), reason=Reason(reason), received_at=now, channel=Channel.PAPER,
            enterprise=given["employer"], establishment=_digits(given["establishment"]),
            postcode=given["postcode"].strip(), committee=given["committee"].strip(),
            level=Category(given["level"]) if given["level"] else None,
            posted_on=given["posted_on"],
            notice_kind=NoticeKind(given["notice_kind"]) if given["notice_kind"] else None,
            first_day=given["first_day"], last_day=given["last_day"],
            regime=Regime(given["regime"]) if given["regime"] else None,
            causes=given["causes"].strip(),
            no_subcontracting=given["no_subcontracting"] or None,
            workplace=given["workplace"].strip(), nature_of_work=given["nature_of_work"].strip(),
            weather=given["weather"].strip(), why_impossible=given["why_impossible"].strip(),
            accident_on=given["accident_on"], nature_ticket=given["nature_ticket"].strip(),
            lines=lines, section=given["section"].strip(),
        )  # fmt: skip
        return Told(said=said, names=self._names(lines), language=given["language"])

    def _lines(self, reason: Reason, level: str) -> tuple[Line, ...]:
        is_white = reason is Reason.WHITE_COLLAR or level == Category.WHITE
        category = Category.WHITE if is_white else Category.BLUE
        return tuple(
            Line(niss=one.niss, first_day=one.first_day, category=category)
            for one in self.cleaned_data["workers"]
        )

    def _names(self, lines: tuple[Line, ...]) -> tuple[Name, ...]:
        numbers = [_digits(one.niss) for one in lines]
        known = persons.names(numbers=numbers)
        found = [known.get(number) for number in numbers]
        return tuple(Name(one.family_name, one.given_name) if one else Name() for one in found)

    def refuse(self, faults: tuple[Fault, ...]) -> None:
        """What stops the communication, each at its field."""
        for fault in faults:
            if fault.blocks:
                told = " ".join(filter(None, (words.fault(fault), words.repair(fault))))
                self.add_error(_FIELDS.get(fault.field.partition(".")[0]), told)


_FIELDS: Final = {
    "enterprise": "employer", "establishment": "establishment", "postcode": "postcode",
    "committee": "committee", "level": "level", "posted_on": "posted_on",
    "first_day": "first_day", "last_day": "last_day", "regime": "regime", "causes": "causes",
    "no_subcontracting": "no_subcontracting", "lines": "workers", "section": "section",
    "workplace": "workplace", "nature_of_work": "nature_of_work", "weather": "weather",
    "why_impossible": "why_impossible", "accident_on": "accident_on",
    "nature_ticket": "nature_ticket", "reason": "told", "kind": "told",
}  # fmt: skip


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
