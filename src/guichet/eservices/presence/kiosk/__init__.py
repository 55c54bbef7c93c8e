"""Registered devices on a site, personal means, and what counts instead of both."""
