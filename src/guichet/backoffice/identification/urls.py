"""The desk of the video interviews (BelgianID), simulated."""

from django.urls import URLPattern

app_name = "identification_desk"
urlpatterns: list[URLPattern] = []
