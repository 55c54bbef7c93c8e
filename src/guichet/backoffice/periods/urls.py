"""The desk where the NSSO takes Dimona periods over and gives them back."""

from django.urls import path

from guichet.backoffice.periods import views

app_name = "period_desk"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>/", views.period, name="period"),
]
