"""The counter at which foreign enterprises are registered, simulated."""

from django.urls import path

from guichet.backoffice.enterprises import views

app_name = "enterprise_desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<slug:number>/", views.receipt, name="receipt"),
]
