"""What everybody may read of temporary unemployment: explanations, dates, the technical library."""
