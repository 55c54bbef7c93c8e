"""Pages of the worker: what was communicated about him, his control cards, his choices."""
