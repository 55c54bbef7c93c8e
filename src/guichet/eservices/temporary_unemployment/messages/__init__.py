"""Structured messages of temporary unemployment: files in and out, and the same over REST."""
