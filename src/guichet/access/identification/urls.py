"""Sign-in, step-up, sessions."""

from django.urls import path

from guichet.access.identification import views

app_name = "identification"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/callback/", views.callback, name="callback"),
    path("sign-in/step-up/", views.step_up, name="step-up"),
    path("signed-out/", views.signed_out, name="signed-out"),
    path("session/extend/", views.stay, name="extend"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/close/", views.close, name="close"),
]
