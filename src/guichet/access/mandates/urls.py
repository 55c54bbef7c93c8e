"""What an enterprise lets a social secretariat or another provider do in its name."""

from django.urls import URLPattern

app_name = "mandates"
urlpatterns: list[URLPattern] = []
