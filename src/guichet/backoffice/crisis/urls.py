"""The desk of the measures for a rush of communications."""

from django.urls import path

from guichet.backoffice.crisis import views

app_name = "crisis_desk"
urlpatterns = [
    path("", views.measures_page, name="measures"),
    path("waivers/<int:key>/end/", views.end_waiver, name="end-waiver"),
    path("modes/<int:key>/close/", views.close_mode, name="close-mode"),
]
