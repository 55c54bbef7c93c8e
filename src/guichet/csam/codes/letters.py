"""The two messages that bring posted codes: user name and password, never together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.kernel.niss import InvalidNiss, Niss
from guichet.platform import clock, post, typeset, wording
from guichet.registers.addresses import Address
from guichet.registers.enterprises.queries import EnterpriseRecord
from guichet.registers.persons.queries import PersonRecord


class NoAddress(Exception):
    """No postal address, and not both a mail address and a telephone number."""


@dataclass(frozen=True, slots=True, repr=False)
class Addressee:
    """Who gets the codes, and where he can be reached."""

    person: PersonRecord
    enterprise: EnterpriseRecord | None
    email: str
    phone: str

    @property
    def language(self) -> str:
        """The language of the person."""
        return self.person.language


@dataclass(frozen=True, slots=True, repr=False)
class Codes:
    """What is sent; ``last_day``: the last one on which they work."""

    user_name: str
    password: str
    last_day: date


@dataclass(frozen=True, slots=True, repr=False)
class Parcel:
    """Two messages, ready to leave; ``way``: ``letter`` or ``message``."""

    way: str
    lines: Sequence[str] = ()
    letters: Sequence[tuple[str, bytes]] = ()
    email: str = ""
    phone: str = ""
    texts: Sequence[str] = field(default=())


def parcel(*, to: Addressee, codes: Codes, now: datetime) -> Parcel:
    """Both messages in the language of the person; raises NoAddress."""
    with override(to.language):
        if _is_abroad(to.person) and to.email and to.phone:
            return _messages(to, codes)
        return _letters(to, codes, now)


def send(parcel: Parcel, *, now: datetime, language: str) -> None:
    """Put both into the outbox, in the caller's transaction."""
    for subject, pdf in parcel.letters:
        post.letter(
            recipient_lines=parcel.lines, subject=subject, pdf=pdf, now=now, language=language
        )
    if parcel.texts:
        by_mail, by_text = parcel.texts
        with override(language):
            subject = _("Your user name")
        post.mail(to=parcel.email, subject=subject, body=by_mail, now=now, language=language)
        post.text_message(to=parcel.phone, body=by_text, now=now, language=language)


def _is_abroad(person: PersonRecord) -> bool:
    """A BIS number and no address in Belgium: a letter would be long on its way, or lost."""
    try:
        is_bis = Niss.parse(person.niss).is_bis
    except InvalidNiss:
        return False
    return is_bis and not (person.address.country == "BE" and person.address.in_one_line())


def _messages(to: Addressee, codes: Codes) -> Parcel:
    until = wording.day(codes.last_day)
    by_mail = _(
        "Hello %(name)s,\n\n"
        "Your provisional user name is %(user_name)s.\n\n"
        "The password that goes with it comes by text message. Both work until %(until)s. At your "
        "first connection you choose a user name and a password of your own.\n\n"
        "We never ask for your password by e-mail or by telephone."
    ) % {"name": to.person.given_name, "user_name": codes.user_name, "until": until}
    by_text = _("Guichet: your provisional password is %(password)s. It works until %(until)s.") % {
        "password": codes.password,
        "until": until,
    }
    return Parcel("message", email=to.email, phone=to.phone, texts=(by_mail, by_text))


def _letters(to: Addressee, codes: Codes, now: datetime) -> Parcel:
    lines = _lines(to)
    sheets = (
        (_("Your user name"), (_("User name"), codes.user_name), _other_is_password()),
        (_("Your password"), (_("Password"), codes.password), _other_is_user_name()),
    )
    made = []
    for title, pair, other in sheets:
        data = {
            "recipient": lines,
            "date": wording.long_day(clock.today(now)),
            "paragraphs": [_for_whom(to), other],
            "values": [pair],
            "closing": _closing(codes),
        }
        pdf = typeset.pdf(
            template="letter", data=data, language=to.language, title=title, made_at=now
        )
        made.append((title, pdf))
    return Parcel("letter", lines=lines, letters=tuple(made))


def _closing(codes: Codes) -> list[str]:
    until = wording.long_day(codes.last_day)
    return [
        _("It works until %(until)s, this day included.") % {"until": until},
        _(
            "At your first connection you choose a user name and a password of your own. "
            "After that, the codes of this letter are no longer of use."
        ),
        _("We never ask for your password by e-mail or by telephone."),
    ]


def _other_is_password() -> str:
    return _("The password that goes with this user name comes in another letter.")


def _other_is_user_name() -> str:
    return _("The user name that goes with this password comes in another letter.")


def _for_whom(to: Addressee) -> str:
    name = f"{to.person.given_name} {to.person.family_name}".strip()
    if to.enterprise is None:
        return _("This letter is for %(name)s.") % {"name": name}
    return _("This letter is for %(name)s, who manages access for %(enterprise)s.") % {
        "name": name,
        "enterprise": to.enterprise.name(to.language),
    }


def _lines(to: Addressee) -> list[str]:
    """As on the envelope; the enterprise's address goes before the person's own."""
    name = f"{to.person.given_name} {to.person.family_name}".strip()
    if to.enterprise is not None and to.enterprise.address.in_one_line():
        return [to.enterprise.name(to.language), name, *_street(to.enterprise.address)]
    if not to.person.address.in_one_line():
        raise NoAddress
    return [name, *_street(to.person.address)]


def _street(address: Address) -> list[str]:
    lines = address.in_one_line().split(", ")
    return lines if address.country == "BE" else [*lines, address.country]
