"""The desk that answers questions and keeps the announcements."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
