"""Temporary unemployment: what employers communicate to the National Employment Office."""
