"""What an enterprise lets a social secretariat or another provider do in its name."""

from django.urls import path

from guichet.access.mandates import choosing, views

app_name = "mandates"
urlpatterns = [
    path("", views.given_or_received, name="list"),
    path("new/", views.new, name="new"),
    path("clients/", choosing.clients, name="clients"),
    path("to-sign/", views.to_sign, name="to-sign"),
    path("<int:mandate>/", views.detail, name="detail"),
    path("<int:mandate>/mandate.pdf", views.document, name="document"),
    path("<int:mandate>/sign/", views.sign, name="sign"),
    path("<int:mandate>/send-in/", views.send_in, name="send-in"),
    path("<int:mandate>/reject/", views.reject, name="reject"),
    path("<int:mandate>/end/", views.end, name="end"),
    path("<int:mandate>/take-back/", views.take_back, name="take-back"),
]
