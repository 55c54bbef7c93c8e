"""The public face: services, announcements, dates, questions."""

from django.urls import path

from guichet.access.counter import views

app_name = "counter"
urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/<slug:key>/", views.service, name="service"),
    path("services/<slug:key>/enter/", views.enter, name="enter"),
    path("register/", views.register, name="register"),
]
