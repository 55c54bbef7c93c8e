"""Simulated providers outside: itsme, eIDAS, BelgianID."""

from django.urls import URLPattern, path

from guichet.csam.outside.views import activation, belgianid, eidas, itsme

app_name = "outside"
urlpatterns: list[URLPattern] = [
    path("itsme/", itsme.begin, name="itsme"),
    path("itsme/app/", itsme.confirm, name="itsme-app"),
    path("eidas/", eidas.begin, name="eidas"),
    path("eidas/first/", eidas.first, name="eidas-first"),
    path("eidas/number/", eidas.number, name="eidas-number"),
    path("eidas/from/<str:country>/", eidas.abroad, name="eidas-abroad"),
    path("belgianid/", belgianid.ask, name="belgianid"),
    path("belgianid/confirmed/", belgianid.confirmed, name="belgianid-confirmed"),
    path("belgianid/cancelled/", belgianid.cancelled, name="belgianid-cancelled"),
    path("belgianid/activated/", activation.done, name="activated"),
    path("belgianid/confirm/<str:secret>/", belgianid.confirm, name="belgianid-confirm"),
    path("belgianid/cancel/<str:secret>/", belgianid.cancel, name="belgianid-cancel"),
    path("belgianid/activate/<str:secret>/", activation.code, name="activation"),
    path("belgianid/activate/<str:secret>/codes/", activation.codes, name="activation-codes"),
    path("belgianid/activate/<str:secret>/app/", activation.app, name="activation-app"),
]
