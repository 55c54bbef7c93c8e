"""The worker's side: his control cards, and what was communicated about him."""
