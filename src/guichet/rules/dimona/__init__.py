"""The rules of Dimona, the immediate declaration of employment.

``message`` is what somebody says, ``form`` judges it by itself, ``figures`` and ``known`` are what
the registers add, ``decision`` gives the answer with its reasons. Pure: no clock, no database.
"""
