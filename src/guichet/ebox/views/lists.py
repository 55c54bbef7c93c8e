"""The list of messages: search, filters, pages, what is done with several at once."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as told
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guichet.ebox import labels, queries, reading, saved, senders, visibility, words
from guichet.ebox.boxes import state_of
from guichet.ebox.forms import FilterForm, LabelForm, SearchNameForm
from guichet.ebox.labels import LabelRefused
from guichet.ebox.models import SavedSearch
from guichet.ebox.queries import SIZES, SORTS, Wanted
from guichet.ebox.reading import UnknownFolder, UnknownMessage
from guichet.ebox.views.shared import BoxRequest, OpenRequest, opened, placed, show, status_of
from guichet.ebox.visibility import Reader
from guichet.platform import clock, csv_export, wording
from guichet.rules.ebox import Act, ActRefused, Key

_TEXTS: Final = "ebox.texts"
_KEPT: Final = 20
_MOST: Final = 100
_MOST_EXPORTED: Final = 10_000
_NAMES: Final = ("sender", "type", "read", "label", "first", "last", "ending", "registered")
_OF_LABELS: Final = (Act.LABEL, Act.UNLABEL)


@require_http_methods(["GET", "POST"])
@placed
def listed(request: BoxRequest) -> HttpResponseBase:
    """The messages; a POST carries the filters, which go into the address without the words."""
    reader, now = request.place.reader, clock.now()
    if reader is None:
        return _nothing(request)
    if request.method == "POST":
        form = filter_form(reader, request.POST, now)
        if form.is_valid():
            return redirect(f"{reverse('ebox:list')}?{urlencode(_address(request, form))}")
        return _list(request, reader, form, Wanted(), now)
    given = _given(request)
    form = filter_form(reader, given, now)
    wanted = _wanted(request, form) if form.is_valid() else Wanted()
    return _list(request, reader, form, wanted, now)


def filter_form(reader: Reader, data: Mapping[str, Any], now: datetime) -> FilterForm:
    """The filters over what occurs in the box for this reader."""
    found, types = queries.choices(reader=reader, now=now)
    carried = labels.offered(reader=reader, now=now)
    return FilterForm(data, senders=found, types=types, labels=carried)


@require_GET
@opened
def export(request: OpenRequest) -> HttpResponseBase:
    """The list as a file for a spreadsheet, with the same filters."""
    now = clock.now()
    form = filter_form(request.reader, _given(request), now)
    wanted = _wanted(request, form) if form.is_valid() else Wanted()
    rows = queries.found(reader=request.reader, wanted=wanted, now=now)
    head = [_("Received"), _("Sender"), _("Kind of message"), _("Subject"), _("Read"),
            _("Expires")]  # fmt: skip
    lines = [
        [
            wording.moment(row.published_at), senders.name_of(row.sender),
            words.type_name(row.type), row.subject,
            wording.moment(row.read_at) if row.read_at else "", wording.day(row.expires_on),
        ]
        for row in rows.select_related("sender")[:_MOST_EXPORTED]
    ]  # fmt: skip
    return csv_export.download(name="e-box.csv", head=head, rows=lines)


@require_POST
@opened
def carry_out(request: OpenRequest) -> HttpResponseBase:
    """One act on the messages that are ticked."""
    act, numbers = _act(request), list(_numbers(request))
    back = _back(request)
    label = LabelForm(request.POST)
    if not numbers or (act in _OF_LABELS and not label.is_valid()):
        missing = _("Tick at least one message."), _("Give the label a name of at most 30 signs.")
        told.error(request, missing[bool(numbers)])
        return redirect(back)
    try:
        count = reading.carry_out(
            reader=request.reader,
            messages=numbers,
            act=act,
            folder=_target(request),
            label=label.cleaned_data["label"] if act in _OF_LABELS else "",
            actor=request.acting.actor,
            now=clock.now(),
        )
    except (UnknownMessage, UnknownFolder):
        raise Http404 from None
    except (ActRefused, LabelRefused) as refusal:
        told.error(request, words.ACT_FAULTS[str(refusal)])
        return redirect(back)
    done = ngettext("Done for one message.", "Done for %(count)d messages.", count)
    told.success(request, done % {"count": count})
    return redirect(back)


def _nothing(request: BoxRequest) -> HttpResponseBase:
    if request.place.is_enterprise:
        return show(request, "empty.html", {})
    return redirect("ebox:activation")


def again(request: OpenRequest, form: FilterForm, named: SearchNameForm) -> HttpResponseBase:
    """The list with what was wrong about keeping a search."""
    return _list(request, request.reader, form, Wanted(), clock.now(), named=named)


def filters_of(request: HttpRequest, form: FilterForm) -> dict[str, str]:
    """The filters that are filled in, the words among them, as they are kept."""
    cleaned = form.cleaned_data
    kept = {name: str(cleaned[name]) for name in (*_NAMES, "text") if cleaned.get(name)}
    others = {name: request.POST.get(name, "")[:20] for name in ("folder", "place", "sort")}
    return kept | {name: text for name, text in others.items() if text}


def address_of_search(row: SavedSearch) -> str:
    """Where a search that is kept shows its messages."""
    return f"{reverse('ebox:list')}?search={row.pk}"


def _list(
    request: BoxRequest,
    reader: Reader,
    form: FilterForm,
    wanted: Wanted,
    now: datetime,
    *,
    named: SearchNameForm | None = None,
) -> HttpResponseBase:
    size = _one_of(request.GET.get("size", ""), SIZES)
    number = _page(request)
    rows, total = queries.page(reader=reader, wanted=wanted, number=number, size=size, now=now)
    pages = max(1, -(-total // size))
    context: dict[str, Any] = {
        "form": form,
        "rows": rows,
        "labels": labels.of_messages(messages=[row.pk for row in rows]),
        "wanted": wanted,
        "counts": queries.counts(reader=reader, now=now),
        "folders": list(visibility.folders(reader=reader)),
        "given": {name: value for name, value in request.GET.items() if name in _KNOWN},
        "named": named or SearchNameForm(),
        "searches": saved.kept(box_id=reader.box_id, person_id=request.acting.person_id),
        "search": _search_number(request),
        "paging": _Paging(number, size, total, pages),
        "is_waiting": _takes_nothing(request),
    }
    status = status_of(named) if named else status_of(form)
    return show(request, "list.html", context, status=status)


def _takes_nothing(request: BoxRequest) -> bool:
    """The box of a person that takes nothing new (any more)."""
    return state_of(request.place.box) is not Key.OPEN


class _Paging:
    """Pages of an exact total, as the shared pieces of a page draw them."""

    def __init__(self, page: int, size: int, total: int, pages: int) -> None:
        self.page, self.size, self.total, self.pages = page, size, total, pages
        self.sizes = SIZES
        self.has_next = page < pages
        self.pages_in_words = wording.number(pages)


_KNOWN: Final = (*_NAMES, "text", "folder", "place", "sort", "size", "page", "search")


def _given(request: BoxRequest) -> dict[str, str]:
    """What the form shows: the address, with the words that this session keeps."""
    kept = _kept_search(request)
    given = {name: kept.get(name, request.GET.get(name, "")) for name in _NAMES}
    return given | {"text": kept.get("text") or _text(request)}


def _search_number(request: HttpRequest) -> int | None:
    text = request.GET.get("search", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _kept_search(request: BoxRequest) -> dict[str, str]:
    """The filters of the search that the address names; nothing for another's and for none."""
    number, box = _search_number(request), request.place.box
    if number is None or box is None:
        return {}
    row = saved.one(box_id=box.pk, person_id=request.acting.person_id, number=number)
    return {name: str(text) for name, text in row.filters.items()} if row else {}


def _text(request: HttpRequest) -> str:
    kept = request.session.get(_TEXTS, {}).get(request.GET.get("text", ""), "")
    return kept if isinstance(kept, str) else ""


def _address(request: HttpRequest, form: FilterForm) -> dict[str, str]:
    """The filters for the address; the words stay in the session under a random key."""
    cleaned = form.cleaned_data
    address = {name: str(cleaned[name]) for name in _NAMES if cleaned.get(name)}
    if cleaned["text"]:
        key = secrets.token_urlsafe(9)
        kept = [*request.session.get(_TEXTS, {}).items(), (key, cleaned["text"])]
        request.session[_TEXTS] = dict(kept[-_KEPT:])
        address["text"] = key
    for name in ("folder", "place", "sort", "size"):
        if request.POST.get(name, ""):
            address[name] = request.POST[name][:20]
    return address


def _wanted(request: BoxRequest, form: FilterForm) -> Wanted:
    cleaned = form.cleaned_data
    where = request.GET.dict() | _kept_search(request)
    sort = where.get("sort", "")
    return Wanted(
        text=cleaned["text"],
        sender=cleaned["sender"],
        type=cleaned["type"],
        read=cleaned["read"],
        registered=cleaned["registered"],
        label=cleaned.get("label", ""),
        ending=cleaned["ending"],
        first=cleaned["first"],
        last=cleaned["last"],
        folder=where.get("folder", ""),
        place="deleted" if where.get("place") == "deleted" else "box",
        sort=sort if sort in SORTS else "-received",
    )


def _act(request: HttpRequest) -> Act:
    try:
        return Act(request.POST.get("act", ""))
    except ValueError:
        raise Http404 from None


def _numbers(request: HttpRequest) -> Iterator[UUID]:
    for text in request.POST.getlist("messages")[:_MOST]:
        try:
            yield UUID(text)
        except ValueError:
            raise Http404 from None


def _target(request: HttpRequest) -> int | None:
    text = request.POST.get("folder", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _back(request: HttpRequest) -> str:
    """The place from where the form came: a page of the e-Box, else the list."""
    place = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if is_ours and place.startswith("/ebox/") else reverse("ebox:list")


def _one_of(text: str, sizes: tuple[int, ...]) -> int:
    return int(text) if text in {str(size) for size in sizes} else sizes[0]


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
