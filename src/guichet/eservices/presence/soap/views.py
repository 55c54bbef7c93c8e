"""The address of the web service: its contract on GET, its operations on POST."""

import functools
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError

from guichet.access import signed_messages
from guichet.access.message_senders import MessageSender, NotPermitted, sender_of
from guichet.access.permissions import CHECKIN_AT_WORK
from guichet.access.signed_messages import SignatureRefused
from guichet.audit import trail
from guichet.eservices.presence.soap import calls, contract, faults
from guichet.eservices.presence.soap.calls import Call
from guichet.eservices.presence.soap.envelope import LARGEST, Envelope, opened, wrapped
from guichet.eservices.presence.soap.faults import Code, Fault
from guichet.platform import clock
from guichet.platform.problems import not_found
from guichet.platform.routes import declare, public
from guichet.platform.tracing import trace_id

_XML: Final = "text/xml; charset=utf-8"
_log = logging.getLogger(__name__)


def service(request: HttpRequest) -> HttpResponse:
    """GET ?wsdl, or POST of one message."""
    if request.method == "POST":
        return _answered(request)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if "wsdl" not in {name.lower() for name in request.GET}:
        return not_found(request)
    return HttpResponse(
        contract.wsdl(services_url=settings.ENVIRONMENT.services_url), content_type=_XML
    )


declare(service, "signature")


@public
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """GET of a schema that the WSDL names."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if name not in contract.SCHEMAS:
        return not_found(request)
    return HttpResponse(contract.file(name), content_type=_XML)


def _faults(view: Callable[[HttpRequest], bytes]) -> Callable[[HttpRequest], HttpResponse]:
    """Turn whatever ends a call into a fault."""

    @functools.wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            content, status = view(request), 200
        except Fault as fault:
            content, status = _rendered(fault, request), 500
        except (RequestDataTooBig, UnreadablePostError):
            content, status = _rendered(Fault(Code.MALFORMED), request), 500
        except (OperationalError, InterfaceError, psycopg.OperationalError):
            content, status = _rendered(Fault(Code.TEMPORARY), request), 500
        except Exception:
            _log.exception("a message ended in an accident, trace %s", trace_id(request))
            content, status = _rendered(Fault(Code.UNEXPECTED), request), 500
        headers = {"Cache-Control": "no-store"}
        response = HttpResponse(content, status=status, content_type=_XML, headers=headers)
        # SOAP answers every fault with 500: Django would log each as a failure of ours.
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark
        return response

    return answer


@_faults
def _answered(request: HttpRequest) -> bytes:
    # The day of a presence without a date is that of its receipt here.
    now = clock.now()
    envelope = opened(_raw(request))
    call = Call(_sender(envelope, now), now)
    message = envelope.message
    name, operation = calls.OPERATIONS.get(str(message.tag), ("", None))
    action = request.headers.get("SOAPAction", "").strip().strip('"')
    if operation is None or action not in ("", f"{contract.MESSAGES}/{name}"):
        raise Fault(Code.NOT_WSDL)
    if not contract.fits(message):
        raise Fault(Code.NOT_XSD)
    return wrapped(operation(message, call))


def _raw(request: HttpRequest) -> bytes:
    if request.content_type != "text/xml":
        raise Fault(Code.NOT_WSI, "A message is sent as text/xml.")
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > LARGEST:
        raise Fault(Code.MALFORMED, f"A message has at most {LARGEST} bytes.")
    return request.read(LARGEST + 1)


def _sender(envelope: Envelope, now: datetime) -> MessageSender:
    try:
        message = signed_messages.read(
            envelope=envelope.root, header=envelope.header, body=envelope.body
        )
        return sender_of(message=message, permission=CHECKIN_AT_WORK, now=now)
    except SignatureRefused as refusal:
        raise Fault(Code.NOT_AUTHENTICATED, str(refusal)) from None
    except NotPermitted as refusal:
        trail.record_refusal(
            action="presence.message.refused",
            actor=Call(refusal.sender, now).actor,
            target="presenceRegistration/v1",
            now=now,
            reason="the channel lacks the permission",
        )
        raise Fault(Code.NOT_AUTHORISED) from None


def _rendered(fault: Fault, request: HttpRequest) -> bytes:
    return faults.rendered(
        fault, trace_id=trace_id(request), environment=settings.ENVIRONMENT.environment
    )
