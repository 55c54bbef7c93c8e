"""The pages of technical channels: senders, certificates, permissions, calls."""

from django.urls import URLPattern

app_name = "chaman"
urlpatterns: list[URLPattern] = []
