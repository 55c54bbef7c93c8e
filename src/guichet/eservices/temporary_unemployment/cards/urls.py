"""The worker's pages: his cards, what was communicated about him, his choices."""

from django.urls import path

from guichet.eservices.temporary_unemployment.cards.views import (
    card,
    choices,
    communicated,
    home,
    sending,
)

app_name = "temporary_unemployment_mine"
_CARD = "cards/<str:employer>/<int:year>/<int:number>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("choices/", choices.choices, name="choices"),
    path("communicated/<str:signs>/", communicated.communicated, name="communicated"),
    path("communicated/<str:signs>/wrong/", communicated.wrong, name="wrong"),
    path(_CARD, card.card, name="card"),
    path(f"{_CARD}send/", sending.send, name="send"),
    path(f"{_CARD}correct/", sending.correct, name="correct"),
    path(f"{_CARD}give-up/", sending.give_up, name="give-up"),
    path(f"{_CARD}sent/<int:version>/", sending.sent, name="sent"),
    path(f"{_CARD}<int:day>/", card.day, name="day"),
]
