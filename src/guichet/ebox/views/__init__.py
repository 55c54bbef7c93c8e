"""Pages of the e-Box."""
