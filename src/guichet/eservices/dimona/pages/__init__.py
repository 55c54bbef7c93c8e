"""Pages of Dimona for whoever acts for an employer."""
