"""The append-only log of presence acts: wire types, judging, receipts, SQL. No Django here."""
