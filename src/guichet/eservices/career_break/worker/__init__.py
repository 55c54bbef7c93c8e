"""The worker's side of career breaks: his part of a request, and what follows it."""
