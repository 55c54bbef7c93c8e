"""The worker's remaining credit, the simulator, the codes for an employer."""

from django.urls import path

from guichet.eservices.career_break.credit.views import codes, remaining, simulator

app_name = "career_break_credit"
urlpatterns = [
    path("", remaining.remaining, name="remaining"),
    path("for-whom/", remaining.for_whom, name="for-whom"),
    path("simulator/", simulator.own, name="simulator"),
    path("open-simulator/", simulator.open_to_all, name="open-simulator"),
    path("codes/", codes.codes, name="codes"),
    path("codes/new/", codes.new, name="new-code"),
    path("codes/<uuid:key>/", codes.code, name="code"),
    path("codes/<uuid:key>/revoke/", codes.revoke, name="revoke"),
]
