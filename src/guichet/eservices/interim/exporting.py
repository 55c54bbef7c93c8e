"""The page that asks for the printable overview."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.services import BY_KEY
from guichet.access.sessions import ActingRequest, acting_required
from guichet.ebox import boxes
from guichet.eservices.interim import exports, queries
from guichet.eservices.interim.exports import Asked
from guichet.eservices.interim.forms import ListForm
from guichet.platform import clock
from guichet.registers.persons import queries as persons
from guichet.rules import interim as rules
from guichet.rules.ebox import Key

_WAYS: Final[tuple[tuple[str, Any], ...]] = (
    ("download", gettext_lazy("Download it here")),
    ("mail", gettext_lazy("Get a link by e-mail")),
    ("ebox", gettext_lazy("Send it to my e-Box")),
)
_SENT: Final = {
    "mail": gettext_lazy("The link is mailed as soon as the overview is ready."),
    "ebox": gettext_lazy("The overview comes to your e-Box as soon as it is ready."),
}


class WayForm(forms.Form):
    """How the overview is received."""

    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to receive it?"),
        choices=_WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you want to receive it.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address, for the link"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address like name@example.org.")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, has_ebox: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["way"]
        field.choices = [one for one in _WAYS if has_ebox or one[0] != "ebox"]

    def clean(self) -> dict[str, Any]:
        """A link goes to an address."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == "mail" and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the e-mail address to which the link goes."))
        return cleaned


@require_http_methods(["GET", "POST"])
@acting_required(kind="worker", policy=BY_KEY["interim"].policy)
def export(request: ActingRequest) -> HttpResponseBase:
    """What is exported stands in the address, as in the list; a POST asks for it."""
    now, language = clock.now(), (get_language() or "en").partition("-")[0]
    today = clock.today(now)
    found = queries.relations(niss=request.acting.niss, now=now, language=language)
    filters = ListForm(
        request.GET,
        today=today,
        agencies=queries.agencies(found),
        users=queries.users(found),
    )
    if not filters.is_valid():
        return redirect(f"/interim/list/?{request.GET.urlencode()}")
    wanted = filters.wanted()
    shown = queries.chosen(found, wanted)
    person = persons.person(niss=request.acting.niss)
    is_connected = bool(exports.sender_number())
    box = boxes.state_of(boxes.of_person(person_id=request.acting.person_id))
    form = WayForm(
        request.POST or None,
        has_ebox=is_connected and box is Key.OPEN,
        initial={"way": "download", "email": person.email if person else ""},
    )
    begin, end = rules.window(today)
    asked: dict[str, Any] = {
        "relations": shown,
        "first": wanted.first or begin,
        "last": wanted.last or end,
        "narrowed": filters.said(),
        "is_oldest_first": wanted.is_oldest_first,
        "language": language,
    }
    if form.is_valid():
        way = form.cleaned_data["way"]
        email = form.cleaned_data["email"] if way == "mail" else ""
        wanted_so = Asked(**asked, email=email, to_ebox=way == "ebox")
        reference = exports.ask(asked=wanted_so, acting=request.acting, now=now)
        if way in _SENT:
            messages.success(request, _SENT[way])
        return redirect("documents:detail", reference=reference)
    context = {
        "form": form,
        "asked": asked,
        "total": len(shown),
        "offers_ebox": is_connected and box is not Key.OPEN,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "interim/export.html", context, status=status)
