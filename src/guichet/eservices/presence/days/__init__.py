"""Presences of a day (Checkin@Work): announced, checked, withdrawn, consulted."""
