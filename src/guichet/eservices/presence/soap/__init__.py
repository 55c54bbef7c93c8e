"""The web service PresenceRegistration v1: one more door to the presences of days."""
