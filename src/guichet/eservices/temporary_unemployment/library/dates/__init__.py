"""Reckoning of the days by which something must be sent, for whoever is not signed in."""
