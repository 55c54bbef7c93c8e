"""Forms of temporary unemployment for employers."""
