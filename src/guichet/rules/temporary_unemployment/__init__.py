"""The rules of temporary unemployment: which reasons exist, what must be said to whom, and when.

``kinds`` and ``reasons`` name what exists, ``workdays`` counts as the National Employment Office
does, ``notice``, ``limits`` and ``first_day`` judge days, ``check`` judges a whole communication.
What the office only warns about is only warned about here. Pure: no clock, no database.
"""
