"""Registering oneself on a page: where one stands, for whom one works, the press of the button."""
