"""Start page, session and the look-ups of one's own data."""

from django.urls import path

from guichet.access import views
from guichet.access.privacy.views import consulted

urlpatterns = [
    path("", views.front, name="front"),
    path("act-for/", views.act_for, name="act-for"),
    path("sign-out/", views.leave, name="sign-out"),
    path("who-consulted-my-data/", consulted, name="consulted"),
]
