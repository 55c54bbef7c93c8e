"""What the holder of a box settles: consent, address, mails."""

from django.contrib import messages as told
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guichet.access.sessions import NoRight
from guichet.ebox import boxes, consumers, words
from guichet.ebox.boxes import CodeRefused, NoConsentToWithdraw
from guichet.ebox.forms import ActivationForm, AddressForm, CodeForm, PreferencesForm
from guichet.ebox.views.shared import BoxRequest, OpenRequest, managed, placed, show, status_of
from guichet.platform import clock, throttle
from guichet.platform.throttle import Throttled

_HOUR = 3600
_CODES_AN_HOUR = 6


@require_http_methods(["GET", "POST"])
@placed
def activation(request: BoxRequest) -> HttpResponseBase:
    """The terms, and the consent of a person; an enterprise's box opens by itself."""
    if request.place.is_enterprise:
        return redirect("ebox:list")
    start = {"language": (get_language() or "nl")[:2], "email": ""}
    form = ActivationForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid() and _may_ask(request, form):
        boxes.ask_to_open(
            person_id=request.acting.person_id,
            email=form.cleaned_data["email"],
            language=form.cleaned_data["language"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        return redirect("ebox:confirmation")
    return show(request, "activation.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@managed
def confirmation(request: OpenRequest) -> HttpResponseBase:
    """The six digits of the mail."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opens = boxes.confirm(
                box_id=request.box.pk,
                code=form.digits(),
                actor=request.acting.actor,
                now=clock.now(),
            )
        except CodeRefused as refusal:
            form.add_error("code", words.CODE_FAULTS[str(refusal)])
        else:
            done = _("Your e-Box is open.") if opens else _("The address is changed.")
            told.success(request, done)
            return redirect("ebox:list" if opens else "ebox:preferences")
    return show(request, "confirmation.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@managed
def preferences(request: OpenRequest) -> HttpResponseBase:
    """Mails, language, word of recognition; the consent with its date."""
    box = request.box
    start = {
        "mails": box.mails,
        "language": box.language,
        "code_word": box.code_word,
        "is_exclusive": box.is_exclusive,
    }
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        boxes.prefer(
            box_id=box.pk,
            language=form.cleaned_data["language"],
            mails_wanted=form.cleaned_data["mails"],
            code_word=form.cleaned_data["code_word"],
            is_exclusive=form.cleaned_data["is_exclusive"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        told.success(request, _("Your preferences are kept."))
        return redirect("ebox:preferences")
    context = {"form": form, "box": box, "programs": consumers.how_many(box_id=box.pk)}
    return show(request, "preferences.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@managed
def address(request: OpenRequest) -> HttpResponseBase:
    """Another address; the old one serves until the code of the new one is confirmed."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _may_ask(request, form):
        boxes.change_address(
            box_id=request.box.pk,
            email=form.cleaned_data["email"],
            actor=request.acting.actor,
            now=clock.now(),
        )
        return redirect("ebox:confirmation")
    return show(request, "address.html", {"form": form, "box": request.box}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@managed
def withdraw(request: OpenRequest) -> HttpResponseBase:
    """Take the consent back, after one question."""
    if request.place.is_enterprise:
        raise NoRight(_("The e-Box of an enterprise stays open."))
    if request.method == "POST":
        try:
            boxes.withdraw(box_id=request.box.pk, actor=request.acting.actor, now=clock.now())
        except NoConsentToWithdraw:
            told.error(request, _("Your e-Box is not open: there is no consent to take back."))
        else:
            told.success(
                request, _("Your consent is withdrawn. From now on letters come on paper.")
            )
        return redirect("ebox:list")
    return show(request, "withdraw.html", {})


def _may_ask(request: BoxRequest, form: ActivationForm | AddressForm) -> bool:
    """A mail to any address is worth little, but not nothing: a few an hour."""
    key = f"ebox-code:{request.acting.person_id}"
    try:
        throttle.hit(key=key, limit=_CODES_AN_HOUR, seconds=_HOUR, now=clock.now())
    except Throttled:
        form.add_error(None, _("You asked for several codes. Try again in an hour."))
        return False
    return True
