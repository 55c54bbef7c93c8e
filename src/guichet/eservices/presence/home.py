"""What presence puts on the start page: missing OUTs, remarks, who is on site now."""

from collections import Counter
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.access import front
from guichet.access.front import Home, Part, Task, Tile
from guichet.access.services import BY_KEY
from guichet.access.sessions import Acting
from guichet.audit.lookups import looked_up
from guichet.eservices.presence import day_queries, day_rows
from guichet.eservices.presence.corrections import queries as corrections
from guichet.eservices.presence.day_queries import Wanted
from guichet.eservices.presence.day_rows import WorkerDay
from guichet.eservices.presence.expected import board as boards
from guichet.eservices.presence.expected.board import Counts
from guichet.eservices.presence.words import report_until
from guichet.platform import clock, wording

_NAMED = 2  # persons named in a task; the others are counted
_SITES = 4


@front.register
def home(acting: Acting, now: datetime) -> Home:
    """The part of an employer, or of a worker.

    Who is not identified surely enough for the service finds the way to it and no fact of it.
    """
    is_employer = "presence" in acting.rights
    if not acting.satisfies(BY_KEY["presence"].policy):
        return Home(tiles=_tiles(is_employer=is_employer))
    return _employer(acting, now) if is_employer else _worker(acting, now)


def _employer(acting: Acting, now: datetime) -> Home:
    today = clock.today(now)
    wanted = Wanted(
        *day_queries.window(today - timedelta(days=1), today),
        enterprise_number=acting.enterprise_number,
        counted=True,
    )
    rows = day_rows.worker_days(day_queries.acts(wanted=wanted, language="en"), now=now)
    missing = [row for row in rows if row.misses_out]
    remarked = [row for row in rows if row.remarks and not row.misses_out]
    present = [row for row in rows if row.is_present]
    named = [row.worker.ssin for row in missing[:_NAMED]]
    if named:
        looked_up(
            viewer=acting.actor, subjects=named, purpose="start.page", channel="portal", now=now
        )
    tasks = [_missing(missing, now)] if missing else []
    tasks += [_remarks(remarked, now)] if remarked else []
    tasks += _told(acting, now)
    expected = boards.tally(
        wanted=wanted, own=acting.enterprise_number or "", rows=rows, now=now, language="en"
    )
    card = _card(present, expected, now)
    return Home(tiles=_tiles(is_employer=True), tasks=tasks, card=card)


def _worker(acting: Acting, now: datetime) -> Home:
    today = clock.today(now)
    first = today - timedelta(days=13)
    wanted = Wanted(*day_queries.window(first, today), ssin=acting.niss, counted=True)
    rows = day_rows.worker_days(day_queries.acts(wanted=wanted, language="en"), now=now)
    found = [row for row in rows if row.asks_attention]
    tasks = [_own_day(row, now) for row in found[-3:]]
    return Home(tiles=_tiles(is_employer=False), tasks=tasks)


def _tiles(*, is_employer: bool) -> list[Tile]:
    staff = Tile(
        _("Presences, Check In and Out at Work"),
        _("Days, remarks, who is on site, hours for payroll."),
        reverse("presence:staff-day"),
        _("Presences"),
    )
    own = Tile(
        _("My registrations"),
        _("Every IN and OUT registered in your name, with hours and remarks."),
        reverse("presence:own"),
        _("My registrations"),
    )
    now = Tile(
        _("Register now"),
        _("Start, break, resume, end: one button, at the site where you are."),
        reverse("presence:clock"),
        _("Register now"),
    )
    days = Tile(
        "Checkin@Work",
        _("Register a crew on a construction site or in the meat sector, ahead of the work."),
        reverse("checkin:list"),
        "Checkin@Work",
    )
    return [staff, days, own] if is_employer else [now, own]


def _own_day(row: WorkerDay, now: datetime) -> Task:
    until = report_until(row.acts[0].occurred_at, row.acts[0].activity)
    return Task(
        title=_("%(day)s: look at your registrations")
        % {"day": wording.capital(wording.long_day(row.day, year=False))},
        text=_("Something does not fit. You can report it to your employer until %(until)s.")
        % {"until": wording.day_words(until)},
        href=reverse("presence:own") + f"?first={row.day}&last={row.day}",
        action=_("Look at this day"),
        days=max(0, (until - clock.today(now)).days),
        tone="amber",
    )


def _told(acting: Acting, now: datetime) -> list[Task]:
    """What workers report waits for the employer, who has until a day to ask the NSSO."""
    today = clock.today(now)
    count, until = corrections.waiting(enterprise=acting.enterprise_number or "", today=today)
    if until is None:
        return []
    title = ngettext(
        "A worker reports a mistake", "Workers report %(count)d mistakes", count
    )  # fmt: skip
    text = _("You can ask the NSSO to put the first one right until %(until)s.")
    return [
        Task(
            title=title % {"count": count},
            text=text % {"until": wording.day_words(until)},
            href=reverse("presence:staff-corrections"),
            action=_("See what they report"),
            days=(until - today).days,
            tone="amber",
        )
    ]


def _missing(rows: list[WorkerDay], now: datetime) -> Task:
    names = [row.worker.worker_name or _("unknown person") for row in rows[:_NAMED]]
    rest = len(rows) - len(names)
    who = ", ".join(names)
    if rest:
        who += " " + ngettext("and %(count)d other", "and %(count)d others", rest) % {"count": rest}
    oldest = min(rows, key=lambda row: row.day)
    until = report_until(oldest.acts[0].occurred_at, oldest.acts[0].activity)
    title = ngettext("One OUT is missing", "%(count)d OUTs are missing", len(rows))
    sites = {site for row in rows for site in row.sites}
    if len(sites) == 1:
        text = _("%(site)s: %(who)s. They can still report it until %(until)s.")
    else:
        text = _("%(who)s. They can still report it until %(until)s.")
    return Task(
        title=title % {"count": len(rows)},
        text=text % {"site": min(sites), "who": who, "until": wording.day_words(until)},
        # The day of today shows who is open since yesterday too.
        href=reverse("presence:staff-day"),
        action=_("See the day"),
        days=max(0, (until - clock.today(now)).days),
        tone="red",
    )


def _remarks(rows: list[WorkerDay], now: datetime) -> Task:
    oldest = min(row.day for row in rows)
    until = report_until(day_queries.window(oldest, oldest)[0], "cleaning")
    title = ngettext(
        "One day with a remark since yesterday", "%(count)d days with a remark since yesterday",
        len(rows),
    )  # fmt: skip
    text = _(
        "Each remark says what does not fit and how to repair it. A correction can be asked "
        "until %(until)s."
    )
    today = clock.today(now)
    href = reverse("presence:staff-list") + f"?first={oldest}&last={today}&remark=any"
    return Task(
        title=title % {"count": len(rows)},
        text=text % {"until": wording.day_words(until)},
        href=href,
        action=_("See the remarks"),
        days=max(0, (until - today).days),
        tone="amber",
    )


def _card(present: list[WorkerDay], expected: Counts, now: datetime) -> Part:
    here = Counter(row.open_act.site for row in present if row.open_act)
    names = {act.works_reference: act.site_name for row in present for act in row.acts}
    most = max(here.values(), default=1)
    today = clock.today(now)
    sites = [
        {
            "reference": reference,
            "name": names.get(reference) or reference,
            "count": count,
            "share": round(100 * count / most),
            "since": min(
                row.open_act.occurred_at
                for row in present
                if row.open_act and row.open_act.site == reference
            ),
        }
        for reference, count in here.most_common(_SITES)
    ]
    context = {
        "total": len(present), "sites": sites, "others": max(0, len(here) - _SITES),
        "today": today, "expected": expected if expected.expected else None,
    }  # fmt: skip
    return Part("presence/card.html", "presence/presence.css", context)
