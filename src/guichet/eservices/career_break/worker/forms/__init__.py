"""The forms of the worker: each step of his part, and what he reports afterwards."""
