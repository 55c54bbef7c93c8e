"""What a visitor of the demonstration sees first: whom he can be."""

from guichet.access import front
from guichet.demo import views

front.register_landing(views.personas)
