"""The rules of career breaks, time credit and thematic leave.

Two layers that never mix: the *right* to be absent, towards the employer (``rights``), and the
*allowance*, towards the National Employment Office (``allowances``). ``kinds`` names what exists,
``periods`` counts, ``catalogue`` says what exists for whom. Pure: no clock, no database.
"""
