"""Whoever holds the QR code of an L1: he registers presences of that posting, and sees nothing."""
