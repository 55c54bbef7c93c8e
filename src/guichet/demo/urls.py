"""The persona picker, in simulation only."""

from django.urls import path

from guichet.demo import views

app_name = "demo"
urlpatterns = [
    path("personas/", views.personas, name="personas"),
    path("personas/<slug:key>/", views.become, name="become"),
]
