"""What the kit says: a leaflet in each language, a poster for each address of the site."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from guichet.documents import squares
from guichet.kernel.works import WorksReference
from guichet.registers.works.queries import SiteRecord
from guichet.rules.presence_activities import ActivityRules, Events, activity_rules

LANGUAGES: Final = ("fr", "nl", "de", "en")
# A mobile route has hundreds of stops; a building seldom more than a handful of doors.
MOST_POSTERS: Final = 20


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask; ``phone`` or ``email`` may be empty, not both."""

    who: str
    phone: str = ""
    email: str = ""
    note: str = ""

    @property
    def lines(self) -> list[str]:
        """One thing a line."""
        return [line for line in (self.who, self.phone, self.email, self.note) if line]


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses that the staff needs; absolute."""

    site: str
    register: str
    own: str


def places(reference: str) -> Places:
    """The pages of a site and of the worker."""
    base = settings.ENVIRONMENT.url
    return Places(
        site=f"{base}{reverse('poster:site', args=[reference])}",
        register=f"{base}{reverse('presence:clock')}",
        own=f"{base}{reverse('presence:own')}",
    )


def content(*, site: SiteRecord, firm: str, contact: Contact, on: date) -> dict[str, Any]:
    """The data of the document; every text in each of the four languages."""
    rules = activity_rules(site.activity, on=on)
    where = places(site.reference)
    return {
        "site": site.name,
        "firm": firm,
        "leaflets": _each(lambda code: _leaflet(code, site, rules, where, contact)),
        "posters": _posters(site, where, rules),
    }


def _leaflet(
    language: str, site: SiteRecord, rules: ActivityRules, where: Places, contact: Contact
) -> dict[str, Any]:
    facts = [
        (_("Site"), site.name),
        (_("Site number"), WorksReference(site.reference).formatted()),
        (_("To register"), where.site),
        (_("Your own registrations"), where.own),
    ]
    return {
        "language": language,
        "title": _("How you register on this site"),
        "facts": [list(pair) for pair in facts],
        "steps_title": _("What you do"),
        "steps": steps(rules),
        "ask_title": _("Whom to ask"),
        "ask": contact.lines,
    }


def steps(rules: ActivityRules) -> list[str]:
    """What a worker does, in the order of a day, in the language of the page."""
    said = _in_and_out(rules) if rules.events is Events.IN_OUT else _once_a_day()
    return [
        *said,
        _("If you go to another site, you register there too."),
        _("You sign in with itsme, your identity card or another recognised digital key."),
        _("The means to register costs you nothing; it is yours alone, so never lend it."),
        _mistake(rules),
    ]


def _in_and_out(rules: ActivityRules) -> list[str]:
    minutes = (rules.max_late_seconds or 0) // 60
    return [
        _("Register IN when you begin and OUT when you stop. For a break: OUT, and IN after it."),
        _("Do it at once, on the site: at most %(minutes)s minutes later.") % {"minutes": minutes},
        _("Scan the square of the poster, open the address given, or use the device on the site."),
        _("Only you can register yourself: nobody does it for you."),
    ]


def _once_a_day() -> list[str]:
    return [
        _("Your presence is registered each day, before you begin to work."),
        _("Ask whether your employer registers you or you do it yourself; without a registration "
          "you do not begin."),
        _("If you do it yourself: scan the square of the poster, open the address given, or use "
          "the device on the site."),
    ]  # fmt: skip


def _mistake(rules: ActivityRules) -> str:
    if rules.correction_window_days is None:
        return _("Is something wrong? Tell your employer on the same day.")
    return _(
        "Is something wrong? Tell your employer within %(days)s days; who is self-employed tells "
        "the NSSO."
    ) % {"days": rules.correction_window_days}


def _posters(site: SiteRecord, where: Places, rules: ActivityRules) -> list[dict[str, Any]]:
    addresses: Sequence[str] = [one.address.in_one_line() for one in site.addresses]
    return [
        _poster(site, address, f"{where.site}?a={at + 1}" if at else where.site, rules)
        for at, address in enumerate((addresses or [""])[:MOST_POSTERS])
    ]


def _poster(site: SiteRecord, address: str, place: str, rules: ActivityRules) -> dict[str, Any]:
    return {
        "name": site.name,
        "address": address,
        "number": WorksReference(site.reference).formatted(),
        "number_label": " / ".join(_each(lambda _code: _("Site number"))),
        "place": place,
        "qr": squares.drawing(place, error="q"),
        "alt": _("QR code that leads to the registration of presences at site %(number)s")
        % {"number": site.reference},
        "texts": _each(lambda code: _call(code, rules)),
    }


def _call(language: str, rules: ActivityRules) -> dict[str, str]:
    said = (
        _("Scan the square with your telephone: IN when you begin, OUT when you stop.")
        if rules.events is Events.IN_OUT
        else _("Scan the square with your telephone before you begin to work.")
    )
    return {"language": language, "title": _("Register your presence"), "text": said}


def _each(said: Callable[[str], Any]) -> list[Any]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(said(language))
    return found
