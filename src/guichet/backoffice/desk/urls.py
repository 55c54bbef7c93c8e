"""The desk that answers questions and keeps the announcements."""

from django.urls import path

from guichet.backoffice.desk import emergency, views

app_name = "desk"
urlpatterns = [
    path("questions/", views.queue, name="queue"),
    path("questions/<str:number>/", views.question, name="question"),
    path("questions/<str:number>/<slug:word>/", views.step, name="step"),
    path("emergency/", emergency.switch, name="emergency"),
    path("announcements/", views.announcements, name="announcements"),
    path("announcements/new/", views.announce, name="announce"),
    path("announcements/<int:key>/", views.announcement, name="announcement"),
    path("announcements/<int:key>/end/", views.end, name="end"),
]
