"""The sender: created at the first visit, with its one technical contact."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.chaman import senders, words
from guichet.access.chaman.forms import ContactForm
from guichet.access.chaman.models import Sender
from guichet.access.chaman.views.shared import manager, number_of, show, status_of
from guichet.access.sessions import ActingRequest
from guichet.platform import clock

_FIELDS = ("given_name", "family_name", "email", "phone", "language")


@require_http_methods(["GET", "POST"])
@manager
def sender(request: ActingRequest) -> HttpResponseBase:
    """The sender with its contact; without one the form that creates it."""
    found = senders.sender(enterprise_number=number_of(request.acting))
    is_post = request.method == "POST"
    form = ContactForm(request.POST if is_post else None, initial=_initial(request, found))
    if form.is_valid():
        try:
            _keep(request, form, is_new=request.POST.get("step") == "create")
        except senders.SenderRefused as refusal:
            form.add_error(None, words.refusal(refusal))
        else:
            return redirect("chaman:list" if found is None else "chaman:sender")
    context = {"form": form, "sender": found}
    return show(request, "sender.html", context, status=status_of(form))


def _keep(request: ActingRequest, form: ContactForm, *, is_new: bool) -> None:
    contact, actor, now = form.reachable(), request.acting.actor, clock.now()
    if is_new:
        made = senders.create(contact=contact, actor=actor, now=now)
        told = _("Your sender number is %(number)s.") % {"number": made.number}
    else:
        senders.change_contact(contact=contact, actor=actor, now=now)
        told = _("The technical contact is changed.")
    messages.success(request, told)


def _initial(request: ActingRequest, found: Sender | None) -> dict[str, str]:
    """What is kept; a new sender starts with the person who fills the form in."""
    if found is None:
        own = request.acting
        language = (get_language() or "en").partition("-")[0]
        return {
            "given_name": own.given_name,
            "family_name": own.family_name,
            "language": language,
        }
    kept = next(iter(found.contacts.all()), None)
    return {} if kept is None else {name: getattr(kept, name) for name in _FIELDS}
