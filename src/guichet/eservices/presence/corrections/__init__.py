"""Corrections as the worker has them: prepared by his phone, sent to his employer or let go."""
