"""Start page, session and the look-ups of one's own data."""

from django.urls import path

from guichet.access import views

urlpatterns = [
    path("", views.front, name="front"),
    path("act-for/", views.act_for, name="act-for"),
    path("sign-out/", views.leave, name="sign-out"),
    path("who-consulted-my-data/", views.consulted, name="consulted"),
]
