"""The public face: services, announcements, dates, questions."""

from django.urls import path

from guichet.access.counter.views import dates, questions, services

app_name = "counter"
urlpatterns = [
    path("services/", services.services, name="services"),
    path("services/<slug:key>/", services.service, name="service"),
    path("services/<slug:key>/enter/", services.enter, name="enter"),
    path("dates/", dates.upcoming, name="dates"),
    path("register/", services.register, name="register"),
    path("contact/", questions.ask, name="contact"),
    path("contact/asked/<str:number>/", questions.asked, name="asked"),
    path("contact/mine/", questions.mine, name="mine"),
]
