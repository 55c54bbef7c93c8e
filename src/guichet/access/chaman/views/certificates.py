"""Certificates of a channel: a second one for a rotation, withdrawing, and one for tests."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guichet.access import channels
from guichet.access.chaman import queries, test_authority, words
from guichet.access.chaman.forms import CertificateForm
from guichet.access.chaman.views.shared import manager, number_of, own_channel, show, status_of
from guichet.access.models import Channel
from guichet.access.sessions import ActingRequest
from guichet.platform import clock


@require_http_methods(["GET", "POST"])
@manager
def add(request: ActingRequest, client_id: str) -> HttpResponseBase:
    """Two steps at one place: upload, then look and confirm."""
    found, now = own_channel(request.acting, client_id), clock.now()
    form = CertificateForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        reader=lambda data: channels.proposed(data=data, environment=found.environment, now=now),
    )
    if not form.is_valid() or form.certificate_read is None:
        context = {"form": form, "channel": found}
        return show(request, "certificate_new.html", context, status=status_of(form))
    if "confirmed" not in request.POST:
        shown = queries.shown(form.certificate_read)
        return show(request, "certificate_confirm.html", {"channel": found, "certificate": shown})
    return _added(request, found, form, form.certificate_read.pem)


def _added(
    request: ActingRequest, channel: Channel, form: CertificateForm, pem: str
) -> HttpResponseBase:
    try:
        channels.add_certificate(
            client_id=channel.client_id,
            data=pem.encode(),
            actor=request.acting.actor,
            now=clock.now(),
        )
    except channels.ChannelRefused as refusal:
        form.add_error("certificate", words.refusal(refusal))
        context = {"form": form, "channel": channel}
        return show(request, "certificate_new.html", context, status=422)
    messages.success(request, _("The certificate is added. Both work until you withdraw one."))
    return redirect("chaman:detail", channel.client_id)


@require_http_methods(["GET", "POST"])
@manager
def withdraw(request: ActingRequest, client_id: str, thumbprint: str) -> HttpResponseBase:
    """Ask once more, then withdraw for ever."""
    found = own_channel(request.acting, client_id)
    lines = [
        line
        for line in queries.certificates(channel=found, now=clock.now())
        if line.thumbprint == thumbprint
    ]
    if not lines:
        raise Http404
    if request.method == "POST":
        try:
            channels.withdraw_certificate(
                client_id=client_id,
                thumbprint=thumbprint,
                actor=request.acting.actor,
                now=clock.now(),
            )
        except channels.UnknownCertificate as refusal:  # a second click
            messages.error(request, words.refusal(refusal))
        else:
            messages.success(request, _("The certificate is withdrawn. It signs nothing more."))
        return redirect("chaman:detail", client_id)
    others = sum(kept.state == "active" for kept in found.certificates.all()) - 1
    context = {"channel": found, "line": lines[0], "is_last": others < 1}
    return show(request, "withdraw.html", context)


@require_POST
@manager
def test(request: ActingRequest) -> HttpResponse:
    """A key with a test certificate, to download once; exists in simulation only."""
    if not settings.ENVIRONMENT.simulation:
        raise Http404
    acting = request.acting
    issued = test_authority.issue(
        enterprise_number=number_of(acting),
        name=acting.enterprise_name or number_of(acting),
        note=_note(),
        actor=acting.actor,
        now=clock.now(),
    )
    return HttpResponse(
        issued.archive,
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="guichet-TEST-certificate.zip"',
            "Cache-Control": "no-store",
        },
    )


def _note() -> str:
    return _(
        "TEST ONLY. This key and certificate were made by the test authority of a simulation.\n"
        "Upload certificate.pem to your channel; your software signs with key.pem.\n"
        "key-and-certificate.p12 holds both, for software that wants PKCS#12; its password is "
        "%(password)s.\n"
        "Nobody kept the key: if you lose this file, make a new one."
    ) % {"password": test_authority.P12_PASSWORD}
