"""The verifier of receipts, for everybody."""

from django.urls import path

from guichet.eservices.presence.views import receipts

app_name = "receipts"
urlpatterns = [
    path("", receipts.verify, name="verify"),
    path("keys.json", receipts.published, name="keys"),
    path("verifier.html", receipts.verifier, name="verifier"),
]
