"""REST ctw v1: files, single communications and decisions."""
