"""The persona picker and the outbox, in simulation only."""

from django.urls import path

from guichet.demo import kiosk, outbox, views

app_name = "demo"
urlpatterns = [
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:dispatch>/letter.pdf", outbox.letter, name="letter"),
    path("personas/", views.personas, name="personas"),
    path("personas/<slug:key>/", views.become, name="become"),
]
