"""The pages of career breaks for employers."""
