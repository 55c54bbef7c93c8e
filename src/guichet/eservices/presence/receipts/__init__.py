"""Receipts that anybody can verify, without a network and without asking us."""
