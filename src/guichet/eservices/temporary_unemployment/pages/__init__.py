"""Pages of temporary unemployment for employers."""
