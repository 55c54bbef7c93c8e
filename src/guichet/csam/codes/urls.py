"""User names and passwords: posted codes, the first connection, choosing one's own."""

from django.urls import path

from guichet.csam.codes import profile_views, views

app_name = "codes"
urlpatterns = [
    path("", profile_views.mine, name="mine"),
    path("<int:account_id>/password/", profile_views.change, name="change"),
    path("<int:account_id>/forgotten/", profile_views.replace, name="replace"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("first/", views.first, name="first"),
    path("first/details/", views.details, name="first-details"),
    path("first/confirm/", views.confirm, name="first-confirm"),
    path("first/done/", views.done, name="first-done"),
    path("forgotten/", views.forgotten, name="forgotten"),
]
