"""The pages of webhooks."""

from django.urls import path

from guichet.access.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:number>/", views.detail, name="detail"),
    path("<uuid:number>/secret/", views.renew, name="renew"),
    path("<uuid:number>/test/", views.test, name="test"),
    path("<uuid:number>/state/", views.state, name="state"),
]
