"""Limosa declarations: the list, one of them, and the steps that make or change one."""

from django.urls import path, re_path

from guichet.eservices.limosa import views

app_name = "limosa"
urlpatterns = [
    path("", views.listing, name="list"),
    path("declare/", views.begin, name="begin"),
    re_path(
        r"^declare/(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?P<step>who|work|check)/$",
        views.step,
        name="step",
    ),
    path("<slug:number>/", views.detail, name="detail"),
    path("<slug:number>/cancel/", views.cancel, name="cancel"),
]
