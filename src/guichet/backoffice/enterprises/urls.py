"""The counter at which foreign enterprises are registered, simulated."""

from django.urls import URLPattern

app_name = "enterprise_desk"
urlpatterns: list[URLPattern] = []
