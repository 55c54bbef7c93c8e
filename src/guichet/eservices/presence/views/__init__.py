"""Pages of presence: for the worker himself, and for the employer about his staff."""
