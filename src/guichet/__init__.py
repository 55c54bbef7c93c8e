"""Guichet: an open counter for Belgian social-security e-services."""
