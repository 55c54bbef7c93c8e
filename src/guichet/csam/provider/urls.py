"""The OpenID endpoints, the sign-in and the profile."""

from django.urls import path

from guichet.csam.provider import endpoints, views

app_name = "provider"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("fas/oauth2/.well-known/openid-configuration", endpoints.discovery, name="discovery"),
    path("fas/oauth2/authorize", endpoints.authorize, name="authorize"),
    path("fas/oauth2/access_token", endpoints.token, name="token"),
    path("fas/oauth2/userinfo", endpoints.userinfo, name="userinfo"),
    path("fas/oauth2/connect/jwk_uri", endpoints.keys, name="keys"),
    path("fas/oauth2/connect/endSession", endpoints.end_session, name="end-session"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/cancel/", views.cancel, name="cancel"),
    path("sign-in/fault/", views.fault, name="fault"),
    path("sign-in/enterprise/", views.enterprise, name="enterprise"),
    path("profile/", views.home, name="profile"),
    path("profile/sign-in/", views.profile_sign_in, name="profile-sign-in"),
    path("profile/sign-out/", views.profile_sign_out, name="profile-sign-out"),
]
