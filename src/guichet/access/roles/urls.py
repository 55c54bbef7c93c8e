"""Who manages an enterprise's access, who its users are, and what each may do."""

from django.urls import URLPattern

app_name = "roles"
urlpatterns: list[URLPattern] = []
