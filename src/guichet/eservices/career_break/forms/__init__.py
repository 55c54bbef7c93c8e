"""The forms of requests: what is typed, as text, and how it is read."""
