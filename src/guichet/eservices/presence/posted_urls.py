"""The address in the QR code of an L1, and the pages of its small session."""

from django.urls import path

from guichet.eservices.presence.views import posted

app_name = "l1"
urlpatterns = [
    path("", posted.scanned, name="open"),
    path("register/", posted.register, name="register"),
    path("receipt/<str:link>/", posted.receipt, name="receipt"),
    path("my-registrations/", posted.mine, name="mine"),
    path("leave/", posted.leave, name="leave"),
]
