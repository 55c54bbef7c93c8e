"""Pages to read before signing in; their figures are those of the rules of the day."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guichet.eservices.temporary_unemployment.library import derogations, film, tables
from guichet.platform import clock
from guichet.platform.routes import public
from guichet.rules.access_codes import specials
from guichet.rules.dated import whole
from guichet.rules.temporary_unemployment.figures import figure, names
from guichet.rules.temporary_unemployment.kinds import Reason


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What temporary unemployment is: reasons, régimes, longest durations, windows."""
    today = clock.today(clock.now())
    given = {"reasons": tables.reasons(), "regimes": tables.regimes(on=today)}
    return _page(request, "about", today, given)


@public
@require_GET
def who(request: HttpRequest) -> HttpResponse:
    """Who must communicate, of which reason, and by which way."""
    rows = tables.reasons()
    given = {
        "told": [row for row in rows if row.kinds],
        "untold": [row for row in rows if not row.kinds],
    }
    return _page(request, "who", clock.today(clock.now()), given)


@public
@require_GET
def after(request: HttpRequest) -> HttpResponse:
    """What follows a communication."""
    return _page(request, "after", clock.today(clock.now()), {})


@public
@require_GET
def access(request: HttpRequest) -> HttpResponse:
    """From the letter with access codes to the service, step by step."""
    today = clock.today(clock.now())
    names = ("user_name.min_length", "user_name.max_length", "password.min_length",
             "password.max_length", "password.others")  # fmt: skip
    codes = {name.replace(".", "_"): whole(f"access_codes.{name}", on=today) for name in names}
    return _page(request, "access", today, {"codes": codes, "specials": specials(on=today)})


@public
@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """The service step by step."""
    row = {row.reason: row for row in tables.reasons()}
    given = {"rows": [row[reason] for reason in Reason if row[reason].kinds]}
    return _page(request, "manual", clock.today(clock.now()), given)


@public
@require_GET
def committees(request: HttpRequest) -> HttpResponse:
    """What joint committees have of their own, with its source and from when to when."""
    today = clock.today(clock.now())
    return _page(request, "committees", today, {"rows": derogations.rows(today=today)})


@public
@require_GET
def screen_film(request: HttpRequest) -> HttpResponse:
    """One picture; with ``play`` the next one follows by itself."""
    step = request.GET.get("step", "")
    numbers = {str(number): number for number in range(1, len(film.SCENES) + 1)}
    number = numbers.get(step, 1)
    playing = bool(request.GET.get("play")) and number < len(film.SCENES)
    given = {
        "scenes": film.SCENES,
        "scene": film.SCENES[number - 1],
        "number": number,
        "playing": playing,
        "width": film.WIDTH,
        "height": film.HEIGHT,
    }
    response = _page(request, "film", clock.today(clock.now()), given)
    if playing:
        # Asked for by the reader, who can pause it: no script is needed.
        following = f"{request.path}?step={number + 1}&play=1#film"
        response["Refresh"] = f"{film.SECONDS}; url={following}"
    return response


def _page(request: HttpRequest, name: str, today: date, given: dict[str, Any]) -> HttpResponse:
    context = {
        "current": name,
        "today": today,
        "figure": partial(figure, on=today),
        "names": partial(names, on=today),
        **given,
    }
    return render(request, f"temporary_unemployment_library/{name}.html", context)
