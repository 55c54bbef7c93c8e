"""Verifying a receipt: in the browser and offline, or here in memory where there is no script."""

import base64
import json
from importlib.resources import files
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guichet.eservices.presence.receipts import keys, slips
from guichet.eservices.presence.receipts.keys import ReceiptKeysMissing
from guichet.eservices.presence.receipts.slips import Slip, SlipRefused
from guichet.eservices.presence.words import RECEIPT_FAULTS, RECEIPT_KINDS
from guichet.platform.routes import public

_DAY = 86_400


class SlipForm(forms.Form):
    """What the QR code holds, and whose it should be."""

    slip = forms.CharField(
        label=gettext_lazy("Content of the QR code"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Paste what the QR code holds."),
            "max_length": gettext_lazy("This is too long for the QR code of a receipt."),
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the person, to compare (not kept)"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page; posted, the slip is looked at in memory and forgotten with the request."""
    form = SlipForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "keys": json.dumps(_published()), "slip": None,
                               "fault": "", "holder": None}  # fmt: skip
    if form.is_valid():
        context |= _looked(form.cleaned_data["slip"], form.cleaned_data["number"])
    context |= {"kinds": RECEIPT_KINDS, "faults": RECEIPT_FAULTS}
    return render(request, "presence/receipt.html", context, status=422 if form.errors else 200)


@public
@require_GET
def published(request: HttpRequest) -> JsonResponse:
    """The public keys, for whoever verifies elsewhere; kept for a day by who asks."""
    answer = JsonResponse({"keys": _published()})
    answer["Cache-Control"] = f"public, max-age={_DAY}"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@public
@require_GET
def verifier(request: HttpRequest) -> HttpResponse:
    """The page in one file, with the keys in it, to be saved and used without a network."""
    script = files("guichet.eservices.presence").joinpath("static/presence/receipt.js")
    given = {"keys": json.dumps(_published()), "kinds": RECEIPT_KINDS, "faults": RECEIPT_FAULTS,
             "script": script.read_text("utf-8")}  # fmt: skip
    answer = HttpResponse(
        render_to_string("presence/receipt-verifier.html", given, request),
        content_type="text/html; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="receipt-verifier.html"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _looked(text: str, number: str) -> dict[str, Any]:
    try:
        slip = slips.verified(_bare(text), keys=_keys())
    except SlipRefused as refusal:
        return {"fault": str(refusal)}
    digits = "".join(sign for sign in number if sign.isalnum())
    holder = _is_holder(slip, digits) if digits else None
    return {"slip": slip, "holder": holder}


def _is_holder(slip: Slip, number: str) -> bool:
    return slips.digest_of_holder(receipt=slip.receipt, number=number) == slip.holder


def _bare(text: str) -> str:
    """The slip in what was pasted: the whole address of the QR code is fine too."""
    return "".join(text.split()).rpartition("#")[2]


def _keys() -> dict[str, bytes]:
    try:
        return keys.current().public
    except ReceiptKeysMissing:
        return {}


def _published() -> dict[str, str]:
    return {
        name: base64.urlsafe_b64encode(raw).decode().rstrip("=") for name, raw in _keys().items()
    }
