"""Identity cards: the pages of the sign-in provider around the card listener."""

from django.urls import path

from guichet.csam.eid import card_views, views

app_name = "eid"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("ticket/<slug:ticket>/", views.redeem, name="redeem"),
    path("refused/<slug:reason>/", views.refused, name="refused"),
    path("help/", views.assistance, name="help"),
    path("test-card/", card_views.card, name="test-card"),
    path("test-card/<slug:serial>/revoke/", card_views.revoke, name="revoke"),
]
