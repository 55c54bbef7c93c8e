"""User names and passwords: posted codes, the first connection, choosing one's own."""

from django.urls import URLPattern

app_name = "codes"
urlpatterns: list[URLPattern] = []
